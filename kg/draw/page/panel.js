/** The evidence for what is selected. */

const CARDS = 20;
const LATEST = 3;

/** Newest first, those of unknown date last; the rank of each event is worked out once. */
const ageRank = new Int32Array(events.length);
[...events].sort((a, b) => {
  const [x, y] = [a.begin ?? "", b.begin ?? ""];
  return x < y ? 1 : x > y ? -1 : a.at - b.at;
}).forEach(({ at }, rank) => (ageRank[at] = rank));
const newest = (list) => [...list].sort((a, b) => ageRank[a.at] - ageRank[b.at]);

/** The first few of the newest, without sorting all. */
function fewNewest(list, number) {
  const found = [];
  for (const event of list) {
    if (found.length === number && ageRank[event.at] > ageRank[found[number - 1].at]) continue;
    found.push(event);
    found.sort((a, b) => ageRank[a.at] - ageRank[b.at]);
    found.length = Math.min(found.length, number);
  }
  return found;
}

/** Heading, words beneath it, and the events for what is selected. */
function subject() {
  const { kind, at } = state.selected;
  if (kind === "event") return ["One event", "", [events[at]]];
  const list = { actor: nodes, edge: edges, hub: hubs }[kind][at].events.map((i) => events[i]);
  if (kind === "actor") {
    const node = nodes[at];
    const words = [node.kind, node.country && wordOf("country", node.country), node.sector && wordOf("sector", node.sector)];
    return [node.label, words.filter(Boolean).join(", "), list];
  }
  const thing = (kind === "edge" ? edges : hubs)[at];
  const names = kind === "edge" ? [thing.a, thing.b] : [...new Set(thing.parties.map(([, actor]) => actor))];
  const words = thing.done ? thing.stance : `${thing.stance}, not reported as done`;
  return [names.map((i) => nodes[i].label).join(" – "), words, list];
}

function drawPanel() {
  const body = byId("evidence-body");
  const heading = byId("evidence-heading");
  drawCorrections();
  if (!state.selected) {
    heading.textContent = "Evidence";
    const latest = fewNewest(view.passing, LATEST);
    const told = JSON.stringify([latest.map(({ at }) => at), joining?.at, wrong]);
    if (body.dataset.told === told) return;
    body.dataset.told = told;
    const help = !events.length ? "There are no events to show." : !latest.length ? "No events match the filters."
      : "Click an actor, a line, a diamond or a row of the table: here you read who says so, in which words, and where.";
    body.replaceChildren(element("p", { className: "quiet" }, help),
      ...(latest.length ? [element("h3", { className: "latest" }, "Latest events")] : []), ...latest.map(card));
    return;
  }
  delete body.dataset.told;
  const [title, words, all] = subject();
  const passing = state.selected.kind === "event" ? all : all.filter(({ at }) => view.ok[at]);
  heading.textContent = title;
  const tally = state.selected.kind === "event" ? (view.ok[all[0].at] ? "" : "The filters leave this event out.")
    : passing.length === all.length ? count(all.length, "event") : `${passing.length} of ${count(all.length, "event")} match the filters`;
  const close = element("button", { type: "button", className: "small", onclick: () => select(null) }, "Close");
  body.replaceChildren(
    element("p", { className: "quiet" }, [words, tally].filter(Boolean).join(" · ")),
    element("div", { className: "acts" }, close, ...actorButtons(), ...foldButtons()), ...actorPage(passing),
    ...cards(newest(passing), CARDS));
}

function cards(list, shown) {
  const made = list.slice(0, shown).map(card);
  if (list.length > shown) {
    const more = element("button", { type: "button" }, `Show ${Math.min(CARDS, list.length - shown)} more`);
    more.addEventListener("click", () => {
      const next = cards(list.slice(shown), CARDS);
      more.replaceWith(...next);
      next[0].querySelector("button")?.focus();
    });
    made.push(more);
  }
  return made;
}

/** Offers the partners and joint events of the selected actor that are not on the canvas yet, and to fold them again. */
function foldButtons() {
  const { kind, at } = state.selected;
  if (kind !== "actor") return [];
  const made = [];
  const partners = [...nodes[at].partners].filter((other) => !isShown(nodes[other]) && !state.removed.has(other));
  const joint = hubs.filter((hub) => !isHubShown(hub) && hub.parties.some(([, actor]) => actor === at));
  const words = [partners.length && count(partners.length, "partner"), joint.length && count(joint.length, "joint event")];
  const fold = (words, act) => made.push(panelButton(words, act));
  if (partners.length || joint.length) {
    fold(`Add ${words.filter(Boolean).join(" and ")} to the graph`, () => [at, ...partners].forEach(reveal));
  }
  const unfolded = [at, ...nodes[at].partners].filter((other) => state.revealed.has(other));
  if (unfolded.length && !state.all) {
    fold("Fold its partners again", () => unfolded.forEach((other) => state.revealed.delete(other)));
  }
  return made;
}

/** The evidence for what is selected. */

const CARDS = 20;
const LATEST = 3;

let cardsShown = CARDS;

/** Heading and words beneath it for what is selected. */
function subject() {
  const { kind, at } = state.selected;
  if (kind === "event") return ["One event", ""];
  if (kind === "actor") {
    const node = nodes[at];
    const words = [node.kind, node.country && wordOf("country", node.country), node.sector && wordOf("sector", node.sector)];
    return [node.label, words.filter(Boolean).join(", ")];
  }
  const thing = (kind === "edge" ? edges : hubs)[at];
  const names = kind === "edge" ? [thing.a, thing.b] : [...new Set(thing.parties.map(([, actor]) => actor))];
  const words = thing.done ? thing.stance : `${thing.stance}, not reported as done`;
  return [names.map((i) => nodes[i].label).join(" – "), words];
}

function drawPanel() {
  const body = byId("evidence-body");
  const heading = byId("evidence-heading");
  drawCorrections();
  const shown = view.shown.events.map((at) => events[at]);
  if (!state.selected) {
    heading.textContent = "Evidence";
    const told = JSON.stringify([data.state, view.shown.events, joining?.at, wrong]);
    if (body.dataset.told === told) return;
    body.dataset.told = told;
    const latest = shown;
    const help = !totals.events ? "There are no events to show." : !latest.length ? "No events match the filters."
      : "Click an actor, a line, a diamond or a row of the table: here you read who says so, in which words, and where.";
    body.replaceChildren(element("p", { className: "quiet" }, help),
      ...(latest.length ? [element("h3", { className: "latest" }, "Latest events")] : []), ...latest.map(card));
    return;
  }
  delete body.dataset.told;
  const [title, words] = subject();
  const { total, passing } = view.shown;
  heading.textContent = title;
  const tally = state.selected.kind === "event" ? (passing ? "" : "The filters leave this event out.")
    : passing === total ? count(total, "event") : `${passing.toLocaleString("en")} of ${count(total, "event")} match the filters`;
  const close = element("button", { type: "button", className: "small", onclick: () => select(null) }, "Close");
  body.replaceChildren(
    element("p", { className: "quiet" }, [words, tally].filter(Boolean).join(" · ")),
    element("div", { className: "acts" }, close, ...actorButtons(), ...foldButtons()), ...actorPage(),
    ...shown.map(card), ...moreCards(passing - shown.length));
}

function moreCards(left) {
  if (left <= 0 || state.selected.kind === "event") return [];
  if (cardsShown >= source.mostCards) return [element("p", { className: "quiet" }, `${left.toLocaleString("en")} more: the table lists them when the filters choose them.`)];
  const more = element("button", { type: "button" }, `Show ${Math.min(CARDS, left)} more`);
  more.addEventListener("click", async () => {
    const before = view.shown.events.length;
    cardsShown += CARDS;
    if (!(await ask())) return;
    drawPanel();
    byId("evidence-body").querySelectorAll(".card")[before]?.querySelector("button")?.focus();
  });
  return [more];
}

/** Offers the partners and joint events of the selected actor that are not on the canvas yet, and to fold them again. */
function foldButtons() {
  const { kind, at } = state.selected;
  if (kind !== "actor") return [];
  const made = [];
  const { partners, hidden, joint } = view.shown;
  const some = hidden > partners.length ? `${partners.length} of ${count(hidden, "partner")}` : hidden && count(hidden, "partner");
  const words = [some, joint && count(joint, "joint event")];
  const fold = (words, act) => made.push(panelButton(words, act));
  if (partners.length || joint) {
    fold(`Add ${words.filter(Boolean).join(" and ")} to the graph`, () => [at, ...partners].forEach(reveal));
  }
  const unfolded = view.shown.unfolded;
  if (unfolded.length && !state.all) {
    fold("Fold its partners again", () => unfolded.forEach((other) => state.revealed.delete(other)));
  }
  return made;
}

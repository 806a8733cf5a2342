/** The page of an actor: other names, offices, partners, time line, mediations; beside its events in the panel. */

const PARTNERS = 8;
const NAMES_SHOWN = 12;

/** A button of the panel that changes the view; the panel is drawn anew, so the focus goes to its heading. */
function panelButton(words, act) {
  const button = element("button", { type: "button", className: "small" }, words);
  button.addEventListener("click", async () => {
    await change(act);
    byId("evidence-heading").focus({ preventScroll: true });
  });
  return button;
}

/** Offers to show the events of the selected actor alone, and to take it out of the graph. */
function actorButtons() {
  const { kind, at } = state.selected;
  if (kind !== "actor") return [];
  const { name } = nodes[at];
  const chosen = state.chosen.get("actor");
  const only = chosen.size === 1 && chosen.has(name);
  const narrow = () => {
    chosen.clear();
    if (!only) {
      chosen.add(name);
      reveal(at);
    }
  };
  return [
    panelButton(only ? "Show other actors' events again" : "Show only this actor", narrow),
    state.removed.has(at) ? panelButton("Put back into the graph", () => reveal(at))
      : panelButton("Remove from the graph", () => {
        state.revealed.delete(at);
        state.removed.add(at);
      }),
  ];
}

/** What is told of the selected actor: its events that pass the filters are counted by the source of the data. */
function actorPage() {
  const { kind, at } = state.selected;
  if (kind !== "actor") return [];
  const node = nodes[at];
  const facts = element("dl", {});
  const fact = (name, ...values) => facts.append(element("dt", {}, name), element("dd", {}, ...values));
  if (node.aliases.length) {
    const left = node.aliases.length - NAMES_SHOWN;
    fact("Also called", node.aliases.slice(0, NAMES_SHOWN).join("; ") + (left > 0 ? ` and ${count(left, "other name")}` : ""));
  }
  if (node.links.length) fact("Elsewhere", ...node.links.flatMap(([words, link], i) => [i ? ", " : "", outsideLink(link, words)]));
  const parts = [facts.children.length ? facts : null, officesOf(node), ...timeLine(), ...partnersOf(), ...mediationsOf()];
  return [element("div", { className: "actor" }, ...parts, element("h3", {}, "Events"))];
}

function officesOf(node) {
  if (!node.offices.length) return null;
  const lines = node.offices.map(([title, body, term]) => element("li", {}, `${title}, ${body} `, element("span", { className: "quiet" }, term)));
  return element("div", {}, element("h3", {}, "Offices"), element("ul", { className: "plain-list" }, ...lines),
    element("p", { className: "quiet small-words" }, "Names and offices are kg's own tables, not the articles."));
}

/** The actor's events in the bars of the time line below the graph, and in words. */
function timeLine() {
  const { bars: tallies, pale: open, undone } = view.shown.line;
  const dated = tallies.reduce((all, tally) => all + tally.events, 0);
  if (dated < 2) return [];
  const highest = Math.max(...tallies.map((tally) => tally.events));
  const [first, latest] = [tallies.findIndex((tally) => tally.events), tallies.findLastIndex((tally) => tally.events)].map((at) => bins[at].words);
  const most = bins[tallies.findIndex((tally) => tally.events === highest)].words;
  const pale = notDone(undone);
  const words = `${count(dated, "event")} with a date, ${first === latest ? first : `${first} to ${latest}`}; most in ${most} (${highest}).${pale ? ` Pale: ${pale}.` : ""}`;
  const boxes = tallies.flatMap((tally, at) => {
    let y = TALL;
    const box = (number, name) => {
      const height = (number / highest) * (TALL - 2);
      y -= height;
      return number ? svg("rect", { class: name, x: at * BAR + 0.75, y, width: BAR - 1.5, height }) : "";
    };
    return STANCES.flatMap((stance, i) => [box(tally.stances[i] - open[at].stances[i], stance), box(open[at].stances[i], `${stance} pale`)]);
  });
  return [element("h3", {}, "Time line"),
    svg("svg", { class: "tiny", viewBox: `0 0 ${bins.length * BAR} ${TALL}`, preserveAspectRatio: "none", "aria-hidden": "true" }, ...boxes),
    element("p", { className: "quiet small-words" }, words)];
}

/** Each partner with the events that it shares with the actor: done ones by stance, the others in words. */
function partnersOf() {
  const ranked = view.shown.joined;
  if (!ranked.length) return [];
  const rows = element("tbody", {});
  const add = (list) => rows.append(...list.map(([other, , stances, undone]) => {
    const open = notDone(undone);
    const name = element("th", { scope: "row" }, actorButton(other), open ? element("span", { className: "open" }, `${open}`) : null);
    return element("tr", {}, name, ...stances.map((number) => element("td", {}, String(number || "–"))));
  }));
  add(ranked.slice(0, PARTNERS));
  const left = ranked.slice(PARTNERS);
  const more = element("button", { type: "button", className: "small" }, `Show ${count(left.length, "more partner")}`);
  more.addEventListener("click", () => {
    add(left);
    more.remove();
    rows.children[PARTNERS].querySelector("button").focus();
  });
  const head = ["Partner", "Cooperation", "Conflict", "Neutral"].map((words) => element("th", { scope: "col" }, words));
  return [element("h3", {}, "Partners"), element("p", { className: "quiet small-words" }, "Joint events that happened; beneath the name, those that did not."), element("table", { className: "partners" }, element("thead", {}, element("tr", {}, ...head)), rows),
    ...(left.length ? [more] : [])];
}

/** The events in which the actor mediates, newest first. */
function mediationsOf() {
  const { events: found, total } = view.shown.mediations;
  if (!total) return [];
  const line = (event) => element("li", {},
    element("button", { type: "button", className: "plain", onclick: () => select("event", event.at) }, event.label),
    element("span", { className: "quiet" }, ` ${event.when}, ${event.statusWords}`));
  const box = element("ul", { className: "plain-list" }, ...found.map((at) => line(events[at])));
  return [element("h3", {}, `Mediations (${total.toLocaleString("en")})`), box,
    total > CARDS ? element("p", { className: "quiet small-words" }, `The ${CARDS} newest are listed.`) : null];
}

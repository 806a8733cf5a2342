/** The evidence: who did what, when, whether it happened, who says so, in which words, where to read it. */

const CARDS = 20;
const LATEST = 3;

/** Newest first, those of unknown date last. */
const newest = (list) => [...list].sort((a, b) => (b.begin ?? "").localeCompare(a.begin ?? "") || a.at - b.at);

/** A sample of the line by which events of this stance are drawn. */
function lineSample(stance, done) {
  const dash = dashes(stance, done);
  const mark = svg("line", { x1: 0, y1: 5, x2: 30, y2: 5, class: stance, ...(dash ? { "stroke-dasharray": dash.join(" ") } : {}) });
  return svg("svg", { class: done ? "sample" : "sample faint", viewBox: "0 0 30 10", "aria-hidden": "true" }, mark);
}

const percent = (confidence) => `${Math.round(confidence * 100)}%`;

function actorButton(at) {
  return element("button", { type: "button", className: "plain", onclick: () => find(at) }, nodes[at].label);
}

function partiesOf(event) {
  const lines = [];
  for (const [role, words] of ROLE_WORDS) {
    const actors = event.parties.filter(([name]) => name === role).map(([, actor]) => actor);
    if (actors.length) lines.push([words, actors.map(actorButton)]);
  }
  return lines;
}

function report(one) {
  const quote = element("blockquote", {}, ...one.parts.map(([kind, text]) => {
    if (kind === "trigger") return element("mark", {}, text);
    return kind === "quote" ? element("span", { className: "quoted" }, text) : text;
  }));
  const confidence = one.confidence === null ? "" : `, confidence ${percent(one.confidence)}`;
  return element("li", {}, quote,
    element("p", { className: "says" }, element("strong", {}, one.says), ` — ${one.how || "how is not given"}${confidence}`),
    element("p", { className: "source" }, one.link ? outsideLink(one.link, one.title) : element("span", {}, one.title), ` (${one.source})`),
    one.reference ? element("p", { className: "source" }, "Reference: ",
      one.referenceLink ? outsideLink(one.referenceLink, one.reference) : one.reference) : null);
}

function card(event) {
  const facts = element("dl", {});
  const fact = (name, ...values) => facts.append(element("dt", {}, name), element("dd", {}, ...values));
  for (const [words, buttons] of partiesOf(event)) fact(words, ...buttons);
  fact("What", event.kind);
  fact("When", event.when);
  fact("Status", element("span", { className: event.done ? "badge done" : "badge" }, event.statusWords));
  if (event.place) fact("Where", event.place);
  if (event.figures.length) fact("Figures", event.figures.join("; "));
  if (event.about.length) fact("About", event.about.join("; "));
  if (event.codes.length) fact("Codes", event.codes.join(", "));
  if (event.confidence !== null) fact("Confidence", percent(event.confidence));
  const reports = event.reports.length
    ? element("ul", { className: "reports" }, ...event.reports.map(report))
    : element("p", { className: "quiet" }, "No report is kept for this event.");
  return element("article", { className: `card ${event.stance}${event.done ? "" : " not-done"}` },
    element("h3", {}, event.label), facts,
    element("h4", {}, count(event.reports.length, "report")), reports);
}

/** Heading, words beneath it, and the events for what is selected. */
function subject() {
  const { kind, at } = state.selected;
  if (kind === "event") return ["One event", "", [events[at]]];
  const list = { actor: nodes, edge: edges, hub: hubs }[kind][at].events.map((i) => events[i]);
  if (kind === "actor") {
    const node = nodes[at];
    return [node.label, [node.kind, node.country, node.sector].filter(Boolean).join(", "), list];
  }
  const thing = (kind === "edge" ? edges : hubs)[at];
  const names = kind === "edge" ? [thing.a, thing.b] : [...new Set(thing.parties.map(([, actor]) => actor))];
  const words = thing.done ? thing.stance : `${thing.stance}, not reported as done`;
  return [names.map((i) => nodes[i].label).join(" – "), words, list];
}

function drawPanel() {
  const body = byId("evidence-body");
  const heading = byId("evidence-heading");
  if (!state.selected) {
    heading.textContent = "Evidence";
    const latest = newest(events.filter((event) => passes(event))).slice(0, LATEST);
    const help = !events.length ? "There are no events to show." : !latest.length ? "No events match the filters."
      : "Click an actor, a line, a diamond or a row of the table: here you read who says so, in which words, and where.";
    body.replaceChildren(element("p", { className: "quiet" }, help),
      ...(latest.length ? [element("h3", { className: "latest" }, "Latest events")] : []), ...latest.map(card));
    return;
  }
  const [title, words, all] = subject();
  const passing = state.selected.kind === "event" ? all : all.filter((event) => passes(event));
  heading.textContent = title;
  const tally = state.selected.kind === "event" ? "" : passing.length === all.length
    ? count(all.length, "event") : `${passing.length} of ${count(all.length, "event")} match the filters`;
  body.replaceChildren(
    element("p", { className: "quiet" }, [words, tally].filter(Boolean).join(" · ")),
    ...unfoldButton(), ...cards(newest(passing), CARDS));
}

function cards(list, shown) {
  const made = list.slice(0, shown).map(card);
  if (list.length > shown) {
    const more = element("button", { type: "button" }, `Show ${Math.min(CARDS, list.length - shown)} more`);
    more.addEventListener("click", () => more.replaceWith(...cards(list.slice(shown), CARDS)));
    made.push(more);
  }
  return made;
}

/** Offers the partners and joint events of the selected actor that are not on the canvas yet. */
function unfoldButton() {
  const { kind, at } = state.selected;
  if (kind !== "actor") return [];
  const partners = [...nodes[at].partners].filter((other) => !isShown(nodes[other]));
  const joint = hubs.filter((hub) => !isHubShown(hub) && hub.parties.some(([, actor]) => actor === at));
  const words = [partners.length && count(partners.length, "partner"), joint.length && count(joint.length, "joint event")];
  if (!partners.length && !joint.length) return [];
  const button = element("button", { type: "button" }, `Add ${words.filter(Boolean).join(" and ")} to the graph`);
  button.addEventListener("click", () => {
    [at, ...partners].forEach((other) => state.revealed.add(other));
    refresh();
    byId("evidence-heading").focus({ preventScroll: true });
  });
  return [button];
}

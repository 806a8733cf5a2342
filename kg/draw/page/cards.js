/** One event for a reader who wants to check it: who, what, when, whether it happened, who says so, in which words. */

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
  const { title, source, link, reference, referenceLink } = one.article;
  const confidence = one.confidence === undefined ? "" : `, confidence ${percent(one.confidence)}`;
  return element("li", {}, quote,
    element("p", { className: "says" }, element("strong", {}, one.says), ` — ${one.how || "how is not given"}${confidence}`),
    element("p", { className: "source" }, link ? outsideLink(link, title) : element("span", {}, title), ` (${source})`),
    reference ? element("p", { className: "source" }, "Reference: ",
      referenceLink ? outsideLink(referenceLink, reference) : reference) : null);
}

/** The event as a citation in plain text: what is told, and each report with title, source, words and address. */
function citation(event) {
  const told = `${event.label}. ${event.kind}, ${event.when}, ${event.statusWords}.`;
  const reports = event.reports.map(({ article, parts, says }) =>
    `“${article.title}”, ${article.source}${article.link ? `, ${article.link}` : ""}: “${parts.map(([, text]) => text).join("")}” (${says})`);
  return [told, ...reports, [...event.codes, event.id].join("; ")].join("\n");
}

/** Put the text on the clipboard; where the browser gives none, show it selected. */
async function copyText(text, button) {
  const words = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
    setTimeout(() => (button.textContent = words), 2000);
  } catch {
    const box = element("textarea", { readOnly: true, value: text, rows: 6, "aria-label": "Citation, to copy" });
    button.after(box);
    box.select();
  }
}

/** Pieces of Turtle with the prefixes that they use. */
function wholeTurtle(pieces) {
  const text = pieces.join("\n");
  const used = Object.entries(data.prefixes).filter(([prefix]) => new RegExp(`(^|[\\s(^])${prefix}:`, "m").test(text));
  return [...used.map(([prefix, iri]) => `@prefix ${prefix}: <${iri}> .`), "", text].join("\n");
}

function rdf(event) {
  const box = element("details", { className: "rdf" }, element("summary", {}, "RDF"));
  box.addEventListener("toggle", async () => {
    if (!box.open || box.children.length > 1) return;
    const text = element("pre", { tabIndex: 0, role: "region", "aria-label": `Turtle of ${event.label}` });
    box.append(text);
    text.textContent = await source.turtle(event);
  });
  return box;
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
  if (event.score !== undefined) fact("Score", `${signed(event.score)} of ±10 (PLOVER)`);
  if (event.confidence !== undefined) fact("Confidence", percent(event.confidence));
  const reports = event.reports.length
    ? element("ul", { className: "reports" }, ...event.reports.map(report))
    : element("p", { className: "quiet" }, "No report is kept for this event.");
  const cite = element("button", { type: "button", className: "small" }, "Copy as citation");
  cite.addEventListener("click", () => copyText(citation(event), cite));
  return element("article", { className: `card ${event.stance}${event.done ? "" : " not-done"}`, "data-at": event.at },
    element("h3", {}, event.label), facts,
    element("h4", {}, count(event.reports.length, "report")), reports,
    source.hasTurtle(event) ? rdf(event) : null,
    element("div", { className: "acts" }, cite, ...correctionButtons(event)));
}

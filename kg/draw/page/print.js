/** The view on paper: its filters in words, the graph as a drawing, all rows, the legend, the sources. */

const PRINTED = 1000;

/** What the filters ask for, in words. */
function viewWords() {
  const asked = facets.filter(({ key }) => state.chosen.get(key).size)
    .map(({ key, title }) => `${title.toLowerCase()}: ${[...state.chosen.get(key)].map((value) => view.kinds[key].values.find(([one]) => one === value)?.[1] ?? value).join(" or ")}`);
  if (state.text.trim()) asked.push(`words: “${state.text.trim()}”`);
  if (state.least) asked.push(`confidence of ${state.least}% or more`);
  if (state.from) asked.push(`from ${dayWords(state.from)}`);
  if (state.to) asked.push(`to ${dayWords(state.to)}`);
  if (state.removed.size) asked.push(`not in the graph: ${[...state.removed].map((at) => nodes[at].label).join(", ")}`);
  const number = `${view.matching.toLocaleString("en")} of ${count(totals.events, "event")}`;
  return asked.length ? `${number}; ${asked.join("; ")}.` : `${number}; no filter is set.`;
}

/** The articles that report the events that pass, each once, by title. */
function sourceList() {
  const list = source.articles();
  list.sort((a, b) => (a.title < b.title ? -1 : a.title > b.title ? 1 : 0));
  const lines = list.slice(0, PRINTED).map(({ title, source, link, reference }) =>
    element("li", {}, `“${title}”, ${source}`, link ? `, ${link}` : "", reference ? `. Reference: ${reference}` : ""));
  const left = list.length - lines.length;
  return [element("h2", {}, "Sources"),
    lines.length ? element("ol", {}, ...lines) : element("p", {}, "No article is kept for these events."),
    left > 0 ? element("p", {}, `${count(left, "more article")} are not printed.`) : null].filter(Boolean);
}

let before = null;

/** Make what is printed and not shown: it is worked out for each printing, and taken away after it. */
function startPrinting() {
  if (before) return;
  before = { view, inks, legend: byId("legend").open, position: network.getViewPosition(), scale: network.getScale() };
  if (byId("graph").clientHeight) {
    inks = paperInks();
    drawGraph(); // In colours for paper, whatever the screen has.
    fit();
    byId("print-graph").replaceChildren(...(drawn.nodes.size ? [drawing()] : [element("p", {}, byId("empty-words").textContent)]));
  }
  byId("evidence").classList.toggle("unprinted", !state.selected);
  byId("print-words").textContent = viewWords();
  byId("print-sources").replaceChildren(...sourceList());
  byId("legend").open = true;
  const listed = source.printed?.(PRINTED);
  if (listed) view = { ...view, rows: listed };
  drawTable();
  const left = view.matching - view.rows.length;
  byId("print-left").textContent = left > 0 ? `${count(left, "more event")} match and are not printed; narrow the filters or save the table as CSV.` : "";
}

function endPrinting() {
  if (!before) return;
  ({ view, inks } = before);
  byId("legend").open = before.legend;
  for (const id of ["print-words", "print-graph", "print-sources", "print-left"]) byId(id).replaceChildren();
  drawGraph();
  network.moveTo({ position: before.position, scale: before.scale });
  drawLabels();
  drawTable();
  before = null;
}

/** The colours of the page in light, which is that of paper. */
function paperInks() {
  document.documentElement.classList.add("paper");
  inks = null;
  const found = theme();
  document.documentElement.classList.remove("paper");
  return found;
}

function listenToPrinting() {
  window.addEventListener("beforeprint", startPrinting);
  window.addEventListener("afterprint", endPrinting);
}

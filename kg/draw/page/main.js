/** Joins the parts: one state, one way to draw it. */

/** What the page shows of all of its data: those that it holds, or those that a server counts. */
const source = isServed ? remoteSource : localSource;

/** Whether all is to be drawn with the next answer: what asked for it may be overtaken by what draws a part alone. */
let due = false;

/** Have the state answered; false where another state was asked for since. */
async function ask() {
  const found = await source.view(toldOf(state));
  if (!found) return false;
  view = found;
  if (due) draw();
  return true;
}

/** Draw everything anew; false as `ask`. */
function refresh() {
  due = true;
  return ask();
}

function draw() {
  due = false;
  drawGraph();
  drawFilters();
  drawTime();
  drawTable();
  drawPanel();
  drawView();
  drawMap();
  drawCounts();
  for (const part of PARTS) part.draw();
}

/** The one way to change the state: change it, write it into the address, draw it. */
function change(how, kind = "") {
  how();
  foldRows();
  cardsShown = CARDS;
  remember(kind);
  return refresh();
}

/** Show the state that the address tells. */
async function showState() {
  foldRows();
  cardsShown = CARDS;
  const query = queryOf(location.hash);
  if (!(await source.know(read(query)))) return;
  state = stateOf(read(query), query);
  if (!(await refresh())) return;
  if (state.selected?.kind === "actor" && !drawn.nodes.has(`a${state.selected.at}`)) fit();
}

function drawView() {
  for (const name of VIEWS) byId(`view-${name}`).setAttribute("aria-pressed", String(state.view === name));
  if (byId("main").dataset.view === state.view) return;
  byId("main").dataset.view = state.view;
  if (!["both", "graph"].includes(state.view)) return;
  network.setSize("100%", "100%");
  requestAnimationFrame(fit);
}

function drawCounts() {
  const actors = view.graph.actors.length;
  byId("counts").textContent =
    `${view.matching.toLocaleString("en")} of ${count(totals.events, "event")} · ` +
    `${actors.toLocaleString("en")} of ${count(totals.actors, "actor")} in the graph`;
  byId("empty").hidden = actors > 0;
  byId("png").disabled = byId("svg").disabled = actors === 0;
  byId("empty-words").textContent = !totals.events ? "There are no events to show."
    : view.matching ? "No actor on the graph has a matching event; the table lists them." : "No events match.";
  byId("empty-reset").hidden = !totals.events;
  byId("more").hidden = view.graph.whole;
  byId("put-back").hidden = !state.removed.size;
  byId("put-back").textContent = `Put back ${count(state.removed.size, "actor")}`;
}

/** Show the evidence for an actor, a line, a hub or an event; null for none of them. */
async function select(kind, at) {
  const next = kind ? { kind, at } : null;
  if (JSON.stringify(next) !== JSON.stringify(state.selected)) {
    state.selected = next;
    cardsShown = CARDS;
    remember();
  }
  const before = view.graph.left.lines;
  if (!(await ask())) return;
  if (before || view.graph.left.lines) drawGraph();
  else markSelected();
  markRow();
  drawPanel();
  toEvidence(kind);
}

/** Go to the beginning of the evidence, on narrow screens also of the part of the page. */
function toEvidence(kind) {
  byId("evidence").scrollTop = 0;
  if (kind && window.innerWidth < 1000) byId("evidence-heading").scrollIntoView({ block: "start" });
}

/** Bring an actor into the graph, go there and show its evidence. */
async function find(at) {
  const done = await change(() => {
    reveal(at);
    state.selected = { kind: "actor", at };
  });
  if (!done) return;
  toEvidence("actor");
  if (drawn.nodes.has(`a${at}`)) network.focus(`a${at}`, { scale: Math.max(0.6, network.getScale()) });
  drawLabels();
}

/** List the actors whose names have what was typed; they are given back. */
async function searched() {
  const wanted = byId("search").value.trim();
  const { hits, total } = wanted ? await source.search(wanted) : { hits: [], total: 0 };
  if (wanted !== byId("search").value.trim()) return [];
  byId("found").replaceChildren(...hits.map((node) => {
    const button = element("button", { type: "button" }, node.label,
      element("span", { className: "number" }, count(node.count, "event")));
    button.addEventListener("click", () => pick(node.at));
    return element("li", {}, button);
  }));
  byId("search-note").textContent = !wanted ? "" : !hits.length ? "No actor has this name."
    : total > 8 ? `${total.toLocaleString("en")} actors; the first 8 are listed.` : "";
  return hits;
}

function pick(at) {
  byId("search").value = "";
  searched();
  find(at);
}

function drawLegend() {
  const lines = STANCES.map((s) => element("li", {}, lineSample(s, true), s === "conflict" ? "conflict (dashed)" : s));
  lines.push(element("li", {}, lineSample("cooperation", false), "dotted and pale: planned, denied or otherwise not done"));
  const shapes = data.legend.kinds.map(([kind, shape]) => element("li", {}, shapeSample(shape), kind));
  shapes.push(element("li", {}, shapeSample("diamond"), "event of several parties or with a mediator"));
  const countries = data.legend.countries.map(([code, name, colour]) => {
    const swatch = element("span", { className: "swatch" });
    swatch.style.backgroundColor = colour;
    return element("li", {}, swatch, name === code ? code : `${name} (${code})`);
  });
  if (countries.length) countries.push(element("li", {}, element("span", { className: "swatch" }), "other or none"));
  byId("legend-body").replaceChildren(
    element("ul", { "aria-label": "Lines" }, ...lines), element("ul", { "aria-label": "Shapes" }, ...shapes),
    ...(countries.length ? [element("ul", { "aria-label": "Colours" }, ...countries)] : []));
}

function shapeSample(shape) {
  const points = {
    square: "2,2 14,2 14,14 2,14", triangle: "8,1 15,14 1,14", triangleDown: "8,15 15,2 1,2", diamond: "8,1 15,8 8,15 1,8",
    hexagon: "4,2 12,2 15.5,8 12,14 4,14 .5,8", star: "8,0 10,6 16,6 11,10 13,16 8,12 3,16 5,10 0,6 6,6",
  };
  const drawn = points[shape] ? svg("polygon", { points: points[shape] }) : svg("circle", { cx: 8, cy: 8, r: 7 });
  return svg("svg", { class: "shape", viewBox: "0 0 16 16", "aria-hidden": "true" }, drawn);
}

function listen() {
  byId("search").addEventListener("input", searched);
  byId("search").addEventListener("keydown", (pressed) => {
    if (pressed.key === "Enter") searched().then(([first]) => first && pick(first.at));
    if (pressed.key === "Escape") {
      byId("search").value = "";
      searched();
    }
  });
  for (const id of ["reset", "empty-reset"]) {
    byId(id).addEventListener("click", async () => {
      stopPlaying();
      byId("search").value = "";
      searched();
      if (await change(() => (state = { ...fresh(), view: state.view }))) fit();
    });
  }
  for (const name of VIEWS) byId(`view-${name}`).addEventListener("click", () => change(() => (state.view = name)));
  byId("more").addEventListener("click", async () => {
    if (await change(() => (state.all = true))) fit();
  });
  byId("put-back").addEventListener("click", () => change(() => state.removed.clear()));
  byId("skip").addEventListener("click", async (pressed) => {
    pressed.preventDefault(); // The address holds the view, so the jump is made here.
    if (["graph", "questions"].includes(state.view)) await change(() => (state.view = "both"));
    byId("table-heading").focus();
    byId("table-heading").scrollIntoView();
  });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    inks = null;
    refresh();
  });
}

if (window.innerWidth < 1000) {
  byId("choices").open = false;
  byId("legend").open = false;
}
if (window.innerHeight < 950) byId("legend").open = false;
/** Make ready what depends on the data alone. */
function prepare() {
  for (const [kind, words] of Object.entries(data.words)) wordMaps.set(kind, new Map(Object.entries(words)));
  bins = isServed ? (data.days.length ? binsOf(...data.days) : []) : allBins(events.map(({ begin }) => begin).filter(Boolean));
  makeBars();
  madeRows = new Map();
  if (!isServed) binOf = Int32Array.from(column.begin, (begin) => (begin ? binAt(begin) : -1));
  capitals = new Map(data.capitals.map(([code, lat, lon]) => [code, { x: lon, y: -lat }]));
  drawLegend();
  buildFilters();
  openChosen();
}

startGraph();
prepare();
listen();
listenToFilters();
listenToHistory();
listenToBars();
listenToPlay();
listenToTable();
listenToExport();
listenToMap();
listenToMinimap();
listenToPrinting();
{
  const query = queryOf(location.hash);
  if (await source.know(read(query))) {
    state = stateOf(read(query), query);
    openChosen();
    if (await ask()) {
      stretch();
      draw();
      fit();
    }
  }
}

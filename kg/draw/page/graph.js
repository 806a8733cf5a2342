/** The graph on the canvas: actors, lines between pairs, and diamonds for events of several parties. */

/** Lines drawn at once: more than these nobody can follow, and the browser would take seconds for them. */
const LINES = 160;

let inks = null;

/** Colours come from the style sheet, so that dark and light are defined once. */
function theme() {
  if (inks) return inks;
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  inks = {
    ink: colour("--ink"), paper: colour("--canvas"), border: colour("--border-strong"), accent: colour("--accent"),
    cooperation: colour("--cooperation"), conflict: colour("--conflict"), neutral: colour("--neutral"),
  };
  return inks;
}

/** Done conflict is dashed; whatever did not happen is dotted. */
const dashes = (stance, done) => (!done ? [2, 6] : stance === "conflict" ? [9, 5] : false);

const UNDONE = ["planned", "denied", "not happened", "unknown"];

/** "2 planned, 1 denied" for the numbers of what is not done in each of these ways. */
const notDone = (numbers) => UNDONE.map((word, i) => numbers[i] && `${numbers[i]} ${word}`).filter(Boolean).join(", ");

/** The code of a state, the initials of others; a triangle has no room. */
function insideOf(node) {
  if (node.shape.startsWith("triangle")) return "";
  if (node.kind === "state" && node.country && node.country.length <= 3) return node.country;
  const parts = node.label.split(/[\s-]+/).filter((part) => /^\p{Lu}/u.test(part)).map((part) => [...part][0]);
  return parts.slice(0, 3).join("");
}

function actorItem(node, colours) {
  return {
    id: `a${node.at}`, words: node.short, shape: node.shape, size: node.size, x: node.x, y: node.y,
    color: {
      background: node.colour, border: colours.border,
      highlight: { background: node.colour, border: colours.accent },
      hover: { background: node.colour, border: colours.accent },
    },
    borderWidth: 1.5, borderWidthSelected: 4, inside: insideOf(node),
  };
}

function hubItem(hub, at, number, undone, colours) {
  const colour = colours[hub.stance];
  const fill = hub.done ? colour : colours.paper;
  const many = hub.done && number > 1 ? ` ×${number}` : "";
  return {
    id: `h${at}`, words: hub.done ? hub.label + many : `${hub.label}\n${notDone(undone)}`,
    shape: "diamond", size: 8 + Math.min(8, number), x: hub.x, y: hub.y,
    color: { background: fill, border: colour, highlight: { background: fill, border: colours.accent },
      hover: { background: fill, border: colours.accent } },
    borderWidth: 2, borderWidthSelected: 4, shapeProperties: { borderDashes: hub.done ? false : [2, 3] },
  };
}

function line(id, from, to, stance, done, colours) {
  const colour = colours[stance];
  return {
    id, from, to, dash: dashes(stance, done),
    color: { color: colour, highlight: colour, hover: colour, opacity: done ? 0.9 : 0.55 }, strength: done ? 0.9 : 0.55,
    hoverWidth: 1, selectionWidth: 2,
  };
}

function edgeItem(edge, at, [number, aActs, bActs, ...undone], colours) {
  const { bend } = edge;
  const arrow = (on) => ({ enabled: Boolean(on), scaleFactor: 0.6 });
  return {
    ...line(`e${at}`, `a${edge.a}`, `a${edge.b}`, edge.stance, edge.done, colours),
    width: Math.min(9, 1 + 1.4 * Math.sqrt(number)),
    words: !edge.done ? notDone(undone) : number > 1 ? String(number) : "", bend,
    arrows: { to: arrow(aActs), from: arrow(bActs) },
    smooth: bend === 0 ? false : { enabled: true, type: bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(bend) },
  };
}

/** What is on the canvas now: items of nodes and lines. */
function items() {
  const colours = theme();
  const visible = new Set(view.graph.actors);
  const nodeItems = view.graph.actors.map((at) => actorItem(nodes[at], colours));
  const edgeItems = view.graph.edges.map(([at, ...numbers]) => edgeItem(edges[at], at, numbers, colours));
  for (const [at, number, ...undone] of view.graph.hubs) {
    const hub = hubs[at];
    nodeItems.push(hubItem(hub, at, number, undone, colours));
    for (const [actor, role] of new Map(hub.parties.map(([role, actor]) => [actor, role]))) {
      if (!visible.has(actor)) continue;
      const spoke = line(`s${at} ${actor}`, `a${actor}`, `h${at}`, hub.stance, hub.done, colours);
      const words = role === "actor" || role === "recipient" ? "" : role;
      edgeItems.push({ ...spoke, width: 1.5, words, bend: 0, smooth: false });
    }
  }
  return { nodeItems, edgeItems };
}

/** Build the empty canvas; `refresh` fills it. */
function startGraph() {
  held.nodes = new vis.DataSet();
  held.edges = new vis.DataSet();
  network = new vis.Network(byId("graph"), held, {
    autoResize: true, physics: { enabled: false }, layout: { improvedLayout: false },
    interaction: { hover: true, keyboard: { enabled: true, bindToWindow: false }, zoomSpeed: 0.6 },
  });
  network.on("click", ({ nodes: [node], edges: [edge] }) => choose(node ?? edge));
  network.on("dragEnd", ({ nodes: ids }) => {
    ids.forEach(keepPlace);
    if (ids.length) drawLabels();
  });
  network.on("zoom", drawLabels);
  network.on("afterDrawing", paintLabels);
  byId("zoom-in").addEventListener("click", () => zoom(1.3));
  byId("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
  byId("fit").addEventListener("click", fit);
}

/** By how much the picture is wider and higher than it was laid out. */
const stretched = { x: 1, y: 1 };

/** Give the picture the proportions of the canvas, within bounds: the room that is there is used for the names. */
function stretch() {
  const all = [...nodes.filter(isShown), ...hubs.filter((hub) => hub.top)];
  const span = (side) => Math.max(...all.map((thing) => thing[side])) - Math.min(...all.map((thing) => thing[side])) || 1;
  const { clientWidth, clientHeight } = byId("graph");
  if (all.length < 3 || !clientHeight) return;
  const factor = (clientWidth - 160) / (clientHeight - 40) / (span("x") / span("y"));
  const bounded = Math.max(0.5, Math.min(2, factor));
  if (bounded < 1) stretched.y = 1 / bounded;
  else stretched.x = bounded;
  nodes.forEach(stretchOne);
  hubs.forEach(stretchOne);
}

function stretchOne(thing) {
  thing.x = Math.round(thing.x * stretched.x);
  thing.y = Math.round(thing.y * stretched.y);
}

/** Show everything with its names, which do not shrink with the picture: hence a second, truer try. */
function fit() {
  const all = [...drawn.nodes.values()];
  if (!all.length) return;
  show(all.map(({ x, y }) => ({ left: x, right: x, top: y, bottom: y })), 65);
  const marks = all.map(({ x, y, size }) => ({ left: x - size, right: x + size, top: y - size, bottom: y + size }));
  for (let tries = 0; tries < 3; tries += 1) { // At each scale the names find other places.
    show([...labelBoxes(), ...marks], 14);
    if (labelBoxes().every(isSeen)) return;
  }
}

/** Where the names stand, in the canvas' units. */
function labelBoxes() {
  const scale = network.getScale();
  return labels.map(({ box }) => Object.fromEntries(["left", "right", "top", "bottom"].map((side) => [side, box[side] / scale])));
}

/** Whether all of a box is on the canvas. */
function isSeen({ left, right, top, bottom }) {
  const { x, y } = network.getViewPosition();
  const { clientWidth, clientHeight } = byId("graph");
  const [wide, high] = [clientWidth, clientHeight].map((length) => length / 2 / network.getScale());
  return left >= x - wide && right <= x + wide && top >= y - high && bottom <= y + high;
}

/** Bring these boxes into the canvas, with a margin in pixels of the screen. */
function show(boxes, margin) {
  const { clientWidth, clientHeight } = byId("graph");
  const [left, top] = ["left", "top"].map((side) => Math.min(...boxes.map((box) => box[side])));
  const [right, bottom] = ["right", "bottom"].map((side) => Math.max(...boxes.map((box) => box[side])));
  const scale = Math.min(1.2, (clientWidth - 2 * margin) / (right - left || 1), (clientHeight - 2 * margin) / (bottom - top || 1));
  network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale: Math.max(0.02, scale) });
  drawLabels();
}

function zoom(factor) {
  network.moveTo({ scale: network.getScale() * factor });
  drawLabels();
}

/** Turn an item's id on the canvas into a selection. */
function choose(id) {
  if (id === undefined) {
    select(null);
    return;
  }
  const at = Number(id.slice(1).split(" ")[0]);
  select({ a: "actor", h: "hub", s: "hub", e: "edge" }[id[0]], at);
}

function drawGraph() {
  const { nodeItems, edgeItems } = items();
  drawItems(nodeItems, edgeItems);
  const { actors, left } = view.graph;
  const words = `Graph of ${count(actors.length, "actor")} and ${count(edgeItems.length, "line")}; the table lists the same events.`;
  const not = (number, rest) => (number ? `${number.toLocaleString("en")} ${rest}` : "");
  byId("lines-note").textContent = [
    left.lines ? `The ${LINES} lines of most events are drawn, ${not(left.lines, "are not")}; select an actor to see all of its own.` : "",
    left.actors ? `The ${actors.length} actors of most events are drawn, ${not(left.actors, "are not")}; the filters narrow them.` : "",
    not(left.hubs, "diamonds of fewer events are not drawn."),
  ].filter(Boolean).join(" ");
  network.canvas.frame.setAttribute("role", "application");
  network.canvas.frame.setAttribute("aria-label", words);
  markSelected();
}

/** The items that stand for the selection itself: nodes, lines. */
function selectedItems() {
  if (!state.selected) return [[], []];
  const { kind, at } = state.selected;
  if (kind === "actor") return [[`a${at}`], []];
  if (kind === "hub") return [[`h${at}`], []];
  if (kind === "edge") return [[], [`e${at}`]];
  const { hub = -1, edge = -1 } = events[at];
  if (hub >= 0 && drawn.nodes.has(`h${hub}`)) return [[`h${hub}`], []];
  return edge >= 0 && drawn.edges.has(`e${edge}`) ? [[], [`e${edge}`]] : [events[at].parties.map(([, actor]) => `a${actor}`), []];
}

/** Select on the canvas what is selected on the page, and let what has no part in it fade. */
function markSelected() {
  withoutDrawing(fade);
  drawLabels();
}

function fade() {
  network.unselectAll();
  const [nodeIds, edgeIds] = selectedItems();
  const own = new Set([...nodeIds, ...edgeIds].filter(itemOf));
  const lines = [...drawn.edges.values()].filter(({ id, from, to }) => own.has(id) || own.has(from) || own.has(to));
  const near = new Set([...own, ...lines.flatMap(({ from, to }) => [from, to])]);
  if (own.size) fadeBut(near, new Set(lines.map(({ id }) => id)));
  else fadeBut(null, null);
  const [chosen, picked] = [nodeIds, edgeIds].map((ids) => ids.filter((id) => own.has(id)));
  if (chosen.length) network.selectNodes(chosen, true);
  else if (picked.length) network.selectEdges(picked);
}

/** The graph on the canvas: actors, lines between pairs, and diamonds for events of several parties. */

/** Lines drawn at once: more than these nobody can follow, and the browser would take seconds for them. */
const LINES = 160;
let linesLeft = 0;

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

/** "2 planned, 1 denied" for what is not done. */
function notDone(list) {
  const words = { Expected: "planned", NotOccurred: "denied", Hypothetical: "not happened", StatusUnknown: "unknown" };
  const counts = new Map();
  for (const event of list) {
    const word = words[event.status] ?? "unknown";
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].map(([word, number]) => `${number} ${word}`).join(", ");
}

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

function hubItem(hub, at, list, colours) {
  const colour = colours[hub.stance];
  const fill = hub.done ? colour : colours.paper;
  const many = hub.done && list.length > 1 ? ` ×${list.length}` : "";
  return {
    id: `h${at}`, words: hub.done ? hub.label + many : `${hub.label}\n${notDone(list)}`,
    shape: "diamond", size: 8 + Math.min(8, list.length), x: hub.x, y: hub.y,
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

{ // Lines of one pair lie beside each other, each at its own place however the filters stand.
  const pairs = new Map();
  for (const edge of edges) {
    const pair = `${edge.a} ${edge.b}`;
    if (pairs.has(pair)) pairs.get(pair).push(edge);
    else pairs.set(pair, [edge]);
  }
  for (const alike of pairs.values()) alike.forEach((edge, i) => (edge.bend = (i - (alike.length - 1) / 2) * 0.22));
}

/** 1 if the first of the pair acts in the event, 2 if the second does, 3 if both do. */
function actingOf({ a, b }, event) {
  const acts = (actor) => event.parties.some(([role, who]) => who === actor && (role === "actor" || role === "speaker"));
  return acts(a) + 2 * acts(b);
}

function edgeItem(edge, at, list, colours) {
  const { bend } = edge;
  edge.acting ??= edge.events.map((one) => actingOf(edge, events[one]));
  const acting = edge.events.reduce((all, one, i) => all | (view.ok[one] ? edge.acting[i] : 0), 0);
  const arrow = (on) => ({ enabled: on > 0, scaleFactor: 0.6 });
  return {
    ...line(`e${at}`, `a${edge.a}`, `a${edge.b}`, edge.stance, edge.done, colours),
    width: Math.min(9, 1 + 1.4 * Math.sqrt(list.length)),
    words: !edge.done ? notDone(list) : list.length > 1 ? String(list.length) : "", bend,
    arrows: { to: arrow(acting & 1), from: arrow(acting & 2) },
    smooth: bend === 0 ? false : { enabled: true, type: bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(bend) },
  };
}

/** The lines to draw, each with its place and events: those of the selection, then those of most events. */
function strongest(visible, passingOf) {
  const all = [];
  edges.forEach((edge, at) => {
    if (!visible.has(edge.a) || !visible.has(edge.b)) return;
    let number = 0;
    for (const event of edge.events) number += view.ok[event];
    if (number) all.push([number, edge, at]);
  });
  const { kind, at: chosen } = state.selected ?? {};
  const first = (edge, at) => (kind === "actor" && (edge.a === chosen || edge.b === chosen)) || (kind === "edge" && at === chosen)
    || (kind === "event" && edge.events.includes(chosen));
  let own = 0;
  if (all.length > LINES) {
    for (const one of all) {
      if (!first(one[1], one[2])) continue;
      one[0] = Infinity;
      own += 1;
    }
    all.sort((a, b) => (a[0] === b[0] ? a[2] - b[2] : b[0] - a[0]));
  }
  const kept = all.slice(0, Math.max(LINES, own)).sort((a, b) => a[2] - b[2]);
  linesLeft = all.length - kept.length;
  return kept.map(([, edge, at]) => [edge, at, passingOf(edge)]);
}

/** What is on the canvas now: items of nodes and lines. */
function items(passing) {
  const colours = theme();
  const alive = new Uint8Array(nodes.length);
  const { first, list: actors } = column.actors;
  for (const { at } of passing) for (let i = first[at]; i < first[at + 1]; i += 1) alive[actors[i]] = 1;
  const visible = new Set(nodes.filter((node) => alive[node.at] && isShown(node)).map((node) => node.at));
  const passingOf = (thing) => thing.events.filter((at) => view.ok[at]).map((at) => events[at]);
  const nodeItems = [...visible].map((at) => actorItem(nodes[at], colours));
  const edgeItems = [];
  for (const [edge, at, list] of strongest(visible, passingOf)) edgeItems.push(edgeItem(edge, at, list, colours));
  hubs.forEach((hub, at) => {
    const list = isHubShown(hub) ? passingOf(hub) : [];
    const parties = [...new Map(hub.parties.map(([role, actor]) => [actor, role]))].filter(([actor]) => visible.has(actor));
    if (!list.length || parties.length < 2) return;
    nodeItems.push(hubItem(hub, at, list, colours));
    for (const [actor, role] of parties) {
      const spoke = line(`s${at} ${actor}`, `a${actor}`, `h${at}`, hub.stance, hub.done, colours);
      const words = role === "actor" || role === "recipient" ? "" : role;
      edgeItems.push({ ...spoke, width: 1.5, words, bend: 0, smooth: false });
    }
  });
  return { nodeItems, edgeItems, actors: visible.size };
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

/** Give the picture the proportions of the canvas, within bounds: the room that is there is used for the names. */
function stretch() {
  const all = [...nodes.filter(isShown), ...hubs.filter((hub) => hub.top)];
  const span = (side) => Math.max(...all.map((thing) => thing[side])) - Math.min(...all.map((thing) => thing[side])) || 1;
  const { clientWidth, clientHeight } = byId("graph");
  if (all.length < 3 || !clientHeight) return;
  const factor = (clientWidth - 160) / (clientHeight - 40) / (span("x") / span("y"));
  const bounded = Math.max(0.5, Math.min(2, factor));
  for (const thing of [...nodes, ...hubs]) {
    if (bounded < 1) thing.y = Math.round(thing.y / bounded);
    else thing.x = Math.round(thing.x * bounded);
  }
}

/** Show everything with its names, which do not shrink with the picture: hence a second, truer try. */
function fit() {
  const all = [...drawn.nodes.values()];
  if (!all.length) return;
  show(all.map(({ x, y }) => ({ left: x, right: x, top: y, bottom: y })), 65);
  const scale = network.getScale();
  const named = labels.map(({ box }) => Object.fromEntries(["left", "right", "top", "bottom"].map((side) => [side, box[side] / scale])));
  show([...named, ...all.map(({ x, y, size }) => ({ left: x - size, right: x + size, top: y - size, bottom: y + size }))], 14);
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

function drawGraph(passing) {
  const { nodeItems, edgeItems, actors } = items(passing);
  drawItems(nodeItems, edgeItems);
  const words = `Graph of ${count(actors, "actor")} and ${count(edgeItems.length, "line")}; the table lists the same events.`;
  byId("lines-note").textContent = linesLeft
    ? `The ${LINES} lines of most events are drawn, ${linesLeft.toLocaleString("en")} are not; select an actor to see all of its own.` : "";
  network.canvas.frame.setAttribute("role", "application");
  network.canvas.frame.setAttribute("aria-label", words);
  markSelected();
  return actors;
}

/** The items that stand for the selection itself: nodes, lines. */
function selectedItems() {
  if (!state.selected) return [[], []];
  const { kind, at } = state.selected;
  const has = (thing) => thing.events.includes(at);
  if (kind === "actor") return [[`a${at}`], []];
  if (kind === "hub") return [[`h${at}`], []];
  if (kind === "edge") return [[], [`e${at}`]];
  const hub = hubs.findIndex(has);
  const edge = edges.findIndex(has);
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

/** The view in the address, so that a link or a reload shows the same; the browser's history is the undo. */

const LONGEST_ADDRESS = 20000;
const LONGEST_TEXT = 200;

/** A line, hub or event of an address, by the name of an event; null where there is none. */
function selectionNamed(text) {
  const [kind, name] = [text.slice(0, text.indexOf(".")), text.slice(text.indexOf(".") + 1)];
  if (kind === "actor") return nodeNamed.has(name) ? { kind, at: nodeNamed.get(name) } : null;
  const at = ["event", "edge", "hub"].includes(kind) ? source.placeOf(kind, name) : undefined;
  return at === undefined ? null : { kind, at };
}

/** The state in names, which hold from build to build. */
function toldOf({ chosen, selected, revealed, removed, ...told }) {
  const things = { actor: nodes, event: events, edge: edges, hub: hubs };
  return {
    ...told, chosen: Object.fromEntries([...chosen].map(([key, values]) => [key, [...values]])),
    unfold: [...revealed].map((at) => nodes[at].name), remove: [...removed].map((at) => nodes[at].name),
    show: selected ? `${selected.kind}.${things[selected.kind][selected.at].name}` : "",
  };
}

/** The same as the part of the address after #; what is as at the start is left out. */
function write({ chosen, from, to, text, least, all, unfold, remove, view: looked, sort: { column, down }, show }) {
  const query = new URLSearchParams();
  for (const [key, values] of Object.entries(chosen)) for (const value of values) query.append(key, value);
  for (const [name, value] of Object.entries({ from, to, text })) if (value) query.append(name, value);
  if (least) query.append("confidence", least);
  if (all) query.append("actors", "all");
  for (const name of unfold) query.append("unfold", name);
  for (const name of remove) query.append("remove", name);
  if (looked !== "both") query.append("view", looked);
  if (column || down) query.append("sort", COLUMNS[column][2] + (down ? ".down" : ""));
  if (show) query.append("show", show);
  return query;
}

const isDay = (text) => /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;

const queryOf = (hash) => new URLSearchParams(hash.length > LONGEST_ADDRESS ? "" : hash.replace(/^#/, ""));

/** What an address tells, in names; what is not well formed is passed over. */
function read(query) {
  const day = (name) => (isDay(query.get(name) ?? "") ? query.get(name) : "");
  const least = Number(query.get("confidence"));
  const looked = query.get("view");
  const [column, down] = (query.get("sort") ?? "").split(".");
  const show = query.get("show") ?? "";
  return {
    chosen: Object.fromEntries(facets.map(({ key }) => [key, query.getAll(key)])),
    from: day("from"), to: day("to"), text: (query.get("text") ?? "").slice(0, LONGEST_TEXT),
    least: least > 0 && least <= 100 ? Math.round(least) : 0,
    all: query.get("actors") === "all", unfold: query.getAll("unfold"), remove: query.getAll("remove"), view: VIEWS.includes(looked) ? looked : "both",
    sort: { column: Math.max(0, COLUMNS.findIndex(([, , kind]) => kind === column)), down: COLUMNS.some(([, , kind]) => kind === column) && down === "down" },
    show: /^(actor|event|edge|hub)\./.test(show) ? show : "",
  };
}

/** The state that these names tell; what names nothing on this page is passed over. */
function stateOf({ chosen, unfold, remove, show, ...told }, query = new URLSearchParams()) {
  const found = { ...fresh(), ...told };
  for (const [key, values] of Object.entries(chosen)) {
    for (const value of values) if (source.hasValue(key, value)) found.chosen.get(key).add(value);
  }
  for (const name of unfold) if (nodeNamed.has(name)) found.revealed.add(nodeNamed.get(name));
  for (const name of remove) if (nodeNamed.has(name)) found.removed.add(nodeNamed.get(name));
  found.selected = selectionNamed(show);
  for (const part of PARTS) part.read(query, found);
  return found;
}

let depth = 0;
let deepest = 0;
let last = { kind: "", time: 0 };

/** Write the state into the address: a new step, or the same one while one thing is dragged or typed. */
function remember(kind = "") {
  const query = write(toldOf(state));
  for (const part of PARTS) part.write(query);
  const hash = `#${query}`;
  const now = Date.now();
  const goesOn = kind && kind === last.kind && now - last.time < 1500;
  last = { kind, time: now };
  if (hash === (location.hash || "#")) return;
  try {
    if (!goesOn) deepest = depth += 1;
    history[goesOn ? "replaceState" : "pushState"]({ depth }, "", hash);
  } catch {
    deepest = depth = 0; // A frame without an address of its own has no history.
  }
  drawUndo();
}

function drawUndo() {
  byId("undo").disabled = depth === 0;
  byId("redo").disabled = depth >= deepest;
}

function listenToHistory() {
  depth = deepest = Number.isInteger(history.state?.depth) ? history.state.depth : 0;
  window.addEventListener("popstate", ({ state: step }) => {
    if (Number.isInteger(step?.depth)) depth = step.depth;
    else if (location.hash.length > 1) { // Somebody typed into the address.
      deepest = depth += 1;
      history.replaceState({ depth }, "", location.hash);
    } else depth = 0;
    last = { kind: "", time: 0 };
    deepest = Math.max(deepest, depth);
    drawUndo();
    showState();
  });
  byId("undo").addEventListener("click", () => history.back());
  byId("redo").addEventListener("click", () => history.forward());
  document.addEventListener("keydown", (pressed) => {
    if (!(pressed.ctrlKey || pressed.metaKey) || pressed.altKey) return;
    const { type, isContentEditable } = pressed.target;
    if (isContentEditable || ["text", "search", "date", "number", "textarea"].includes(type)) return; // These have an undo of their own.
    const key = pressed.key.toLowerCase();
    const back = key === "z" && !pressed.shiftKey;
    const on = key === "y" || (key === "z" && pressed.shiftKey);
    if (back && depth > 0) history.back();
    if (on && depth < deepest) history.forward();
    if (back || on) pressed.preventDefault();
  });
  drawUndo();
}

/** The view in the address, so that a link or a reload shows the same; the browser's history is the undo. */

const LONGEST_ADDRESS = 20000;
const LONGEST_TEXT = 200;

/** Lines and hubs are named by their first event, whose name holds from build to build. */
function selectionName({ kind, at }) {
  if (kind === "actor") return `actor.${nodes[at].name}`;
  if (kind === "event") return `event.${events[at].name}`;
  return `${kind}.${events[(kind === "edge" ? edges : hubs)[at].events[0]].name}`;
}

function selectionNamed(text) {
  const [kind, name] = [text.slice(0, text.indexOf(".")), text.slice(text.indexOf(".") + 1)];
  if (kind === "actor") return nodeNamed.has(name) ? { kind, at: nodeNamed.get(name) } : null;
  if (!["event", "edge", "hub"].includes(kind) || !eventNamed.has(name)) return null;
  const event = eventNamed.get(name);
  if (kind === "event") return { kind, at: event };
  const at = (kind === "edge" ? edges : hubs).findIndex((thing) => thing.events.includes(event));
  return at < 0 ? null : { kind, at };
}

/** The state as the part of the address after #; what is as at the start is left out. */
function address() {
  const told = new URLSearchParams();
  for (const { key, values } of facets) for (const at of state.chosen.get(key)) told.append(key, values[at]);
  for (const name of ["from", "to", "text"]) if (state[name]) told.append(name, state[name]);
  if (state.least) told.append("confidence", state.least);
  if (state.all) told.append("actors", "all");
  for (const at of state.revealed) told.append("unfold", nodes[at].name);
  for (const at of state.removed) told.append("remove", nodes[at].name);
  if (state.view !== "both") told.append("view", state.view);
  const { column, down } = state.sort;
  if (column || down) told.append("sort", COLUMNS[column][2] + (down ? ".down" : ""));
  if (state.selected) told.append("show", selectionName(state.selected));
  for (const part of PARTS) part.write(told);
  return told.toString();
}

const isDay = (text) => /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;

/** The state that an address tells; whatever names nothing on this page is passed over. */
function stateOf(hash) {
  const found = fresh();
  if (hash.length > LONGEST_ADDRESS) return found;
  const told = new URLSearchParams(hash.replace(/^#/, ""));
  for (const { key, place } of facets) {
    for (const value of told.getAll(key)) if (place.has(value)) found.chosen.get(key).add(place.get(value));
  }
  for (const name of ["from", "to"]) if (isDay(told.get(name) ?? "")) found[name] = told.get(name);
  found.text = (told.get("text") ?? "").slice(0, LONGEST_TEXT);
  const least = Number(told.get("confidence"));
  if (least > 0 && least <= 100) found.least = Math.round(least);
  found.all = told.get("actors") === "all";
  for (const name of told.getAll("unfold")) if (nodeNamed.has(name)) found.revealed.add(nodeNamed.get(name));
  for (const name of told.getAll("remove")) if (nodeNamed.has(name)) found.removed.add(nodeNamed.get(name));
  if (VIEWS.includes(told.get("view"))) found.view = told.get("view");
  const [column, down] = (told.get("sort") ?? "").split(".");
  const at = COLUMNS.findIndex(([, , kind]) => kind === column);
  if (at >= 0) found.sort = { column: at, down: down === "down" };
  found.selected = selectionNamed(told.get("show") ?? "");
  for (const part of PARTS) part.read(told, found);
  return found;
}

let depth = 0;
let deepest = 0;
let last = { kind: "", time: 0 };

/** Write the state into the address: a new step, or the same one while one thing is dragged or typed. */
function remember(kind = "") {
  const hash = `#${address()}`;
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
    state = stateOf(location.hash);
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

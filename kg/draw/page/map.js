/** A small map of the world: places where events were, and who acted on whom from capital to capital. */

const FLOWS = 80;
let capitals = new Map();
let wholeWorld = false;

/** The part of the world to show, in degrees: what is on the map with room around, of the box's proportions. */
function partOfWorld(marks, aspect) {
  const whole = { left: -180, right: 180, top: -84, bottom: 60 };
  const far = (side, sign) => marks.map((mark) => mark[side]).reduce((a, b) => (sign * b > sign * a ? b : a));
  const box = wholeWorld || !marks.length ? whole
    : { left: far("x", -1) - 10, right: far("x", 1) + 10, top: far("y", -1) - 6, bottom: far("y", 1) + 6 };
  const width = Math.min(400, Math.max(40, box.right - box.left, (box.bottom - box.top) * aspect));
  return { x: (box.left + box.right - width) / 2, y: (box.top + box.bottom - width / aspect) / 2, width, height: width / aspect };
}

/** A dot that chooses its place or country, as a button for mouse and keyboard. */
function mapDot(mark, pixel) {
  const all = state.chosen.get(mark.facet);
  const chosen = all.has(mark.value);
  const dot = svg("circle", {
    cx: mark.x, cy: mark.y, r: (3 + Math.min(12, 1.6 * Math.sqrt(mark.events))) * pixel, class: `dot-${mark.facet}${chosen ? " on" : ""}`,
    "stroke-width": (chosen ? 3 : 1) * pixel, tabindex: 0, role: "button", "aria-pressed": String(chosen), "aria-label": `${mark.words}: ${count(mark.events, "event")}`,
    "data-dot": `${mark.facet} ${mark.value}`,
  });
  const title = svg("title", {});
  title.textContent = `${mark.words}: ${count(mark.events, "event")}`;
  dot.append(title);
  const toggle = () => change(() => (chosen ? all.delete(mark.value) : all.add(mark.value)));
  dot.addEventListener("click", toggle);
  dot.addEventListener("keydown", (pressed) => {
    if (pressed.key !== "Enter" && pressed.key !== " ") return;
    pressed.preventDefault();
    toggle();
  });
  return dot;
}

/** A bow from capital to capital. */
function mapFlow(flow, pixel) {
  const [a, b] = [capitals.get(flow.a), capitals.get(flow.b)];
  const [x, y] = [(a.x + b.x) / 2 + (b.y - a.y) * 0.2, (a.y + b.y) / 2 - (b.x - a.x) * 0.2];
  const dash = dashes(flow.stance, flow.done);
  const line = svg("path", {
    d: `M${a.x},${a.y}Q${x},${y} ${b.x},${b.y}`, class: `flow ${flow.stance}`, "stroke-width": Math.min(7, 1 + Math.sqrt(flow.events)) * pixel,
    opacity: flow.done ? 0.75 : 0.45, ...(dash ? { "stroke-dasharray": dash.map((length) => length * pixel).join(" ") } : {}),
  });
  const title = svg("title", {});
  title.textContent = `${wordOf("country", flow.a)} to ${wordOf("country", flow.b)}, ${flow.stance}${flow.done ? "" : ", not done"}: ${flow.events}`;
  line.append(title);
  return line;
}

/** The names that find room beside their dots, those of most events first. */
function mapNames(marks, pixel, part) {
  const seen = { left: part.x / pixel, right: (part.x + part.width) / pixel };
  const taken = marks.map(({ x, y }) => boxAt(x / pixel, y / pixel, 8, 8));
  return marks.map((mark, own) => {
    const [width, far] = [widthOf(mark.words, 12), 8 + Math.min(12, 1.6 * Math.sqrt(mark.events))];
    const spots = [[far + width / 2, 0], [-far - width / 2, 0], [0, far + 4], [0, -far - 4]];
    const box = spots.map(([dx, dy]) => boxAt(mark.x / pixel + dx, mark.y / pixel + dy, width, 14))
      .find((place) => place.left > seen.left && place.right < seen.right && !taken.some((other, at) => at !== own && meets(place, other)));
    if (!box) return null;
    taken.push(box);
    const name = svg("text", { x: box.x * pixel, y: box.y * pixel, "font-size": 12 * pixel, "stroke-width": 3 * pixel, "aria-hidden": "true" });
    name.textContent = mark.words;
    return name;
  }).filter(Boolean);
}

function drawMap() {
  if (state.view !== "map" || !view.map) return;
  const box = byId("world");
  const { spots, countries, flows } = view.map;
  const marks = [...countries, ...spots];
  const [width, height] = [box.clientWidth || 600, box.clientHeight || 400];
  const part = partOfWorld(marks, width / height);
  const pixel = part.width / width;
  const had = box.contains(document.activeElement) ? document.activeElement.dataset.dot : null;
  box.setAttribute("viewBox", `${part.x} ${part.y} ${part.width} ${part.height}`);
  box.replaceChildren(svg("path", { d: data.world, class: "land", "stroke-width": 0.7 * pixel }), ...flows.map((flow) => mapFlow(flow, pixel)),
    ...marks.map((mark) => mapDot(mark, pixel)), ...mapNames(marks.toSorted((a, b) => b.events - a.events), pixel, part));
  if (had) [...box.querySelectorAll("circle")].find((dot) => dot.dataset.dot === had)?.focus();
  byId("whole").setAttribute("aria-pressed", String(wholeWorld));
  byId("map-words").textContent = marks.length
    ? `${count(spots.length, "place")} of events and ${count(countries.length, "country", "countries")} at their capitals; bows go from who acts to whom. A dot chooses its events.`
    : "No place of these events is known; the table lists them.";
}

function listenToMap() {
  byId("view-map").hidden = !data.world;
  byId("whole").addEventListener("click", () => {
    wholeWorld = !wholeWorld;
    drawMap();
  });
  window.addEventListener("resize", drawMap);
}

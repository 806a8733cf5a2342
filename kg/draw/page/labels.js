/** Names on the canvas: drawn by the page itself, of one size at every zoom; none covers another name or a node. */

const LETTERS = { node: 13, hub: 11, line: 11 };
const FOREMOST = 14;
const FONT = 'system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';
const pen = element("canvas").getContext("2d");
const widths = new Map();

/** The names that have found room: lines of text, their middle in the canvas' units, size in pixels of the screen. */
let labels = [];

function widthOf(words, size) {
  const key = `${size} ${words}`;
  if (!widths.has(key)) {
    pen.font = `${size}px ${FONT}`;
    widths.set(key, Math.max(...words.split("\n").map((line) => pen.measureText(line).width)));
  }
  return widths.get(key);
}

const meets = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Boxes by the squares of the plane that they touch, so that each is compared with its neighbours alone. */
class Taken {
  static SQUARE = 64;

  constructor() {
    this.squares = new Map();
  }

  * near({ left, right, top, bottom }) {
    const square = (at) => Math.floor(at / Taken.SQUARE);
    for (let x = square(left); x <= square(right); x += 1) for (let y = square(top); y <= square(bottom); y += 1) yield x * 65536 + y;
  }

  add(box) {
    for (const key of this.near(box)) {
      if (this.squares.has(key)) this.squares.get(key).push(box);
      else this.squares.set(key, [box]);
    }
  }

  /** Whether a box of another item is in the way. */
  holds(place, id) {
    for (const key of this.near(place)) if (this.squares.get(key)?.some((other) => other.id !== id && meets(place, other))) return true;
    return false;
  }
}

/** A box in pixels of the screen, with a little air. */
function boxAt(x, y, width, height) {
  return { x, y, left: x - width / 2 - 2, right: x + width / 2 + 2, top: y - height / 2 - 1, bottom: y + height / 2 + 1 };
}

/** Where the name of a node may stand: below, above, beside it, and at its corners. */
function nodeBoxes(item, scale, size) {
  const height = item.words.split("\n").length * size * 1.2;
  const width = widthOf(item.words, size);
  const [x, y, far] = [item.x * scale, item.y * scale, item.size * scale * 1.1 + 4];
  const spots = [[0, far + height / 2], [0, -far - height / 2], [far + width / 2, 0], [-far - width / 2, 0]];
  for (const side of [1, -1]) for (const down of [1, -1]) spots.push([side * (far * 0.7 + width / 2), down * (far * 0.7 + height / 2)]);
  const near = spots.map(([right, below]) => boxAt(x + right, y + below, width, height));
  return Number(item.id.slice(1)) < FOREMOST && item.id[0] === "a" ? [...near, ...farBoxes(x, y, far, width, height)] : near;
}

/** For the foremost actors also places further off, which a thin line joins to the node. */
function farBoxes(x, y, near, width, height) {
  const spots = [];
  for (const far of [16, 32, 48, 64]) {
    for (let i = 0; i < 16; i += 1) {
      const [right, below] = [Math.cos((i * Math.PI) / 8), Math.sin((i * Math.PI) / 8)];
      spots.push({ ...boxAt(x + right * (near + far + width / 2), y + below * (near + far + height / 2), width, height), far: true });
    }
  }
  return spots;
}

/** Where the words of a line may stand: in its middle, moved aside where it is bent, or nearer to one end. */
function lineBoxes(item, scale, size) {
  const [a, b] = [drawn.nodes.get(item.from), drawn.nodes.get(item.to)];
  return [0.5, 0.38, 0.62].map((part) => {
    const aside = item.bend * 2 * part * (1 - part);
    const x = a.x + (b.x - a.x) * part + (b.y - a.y) * aside;
    const y = a.y + (b.y - a.y) * part - (b.x - a.x) * aside;
    return boxAt(x * scale, y * scale, widthOf(item.words, size), size * 1.2);
  });
}

/** The order of importance: the selection, actors by number of events, then hubs. */
const importance = (item) => (item.id[0] === "a" ? 0 : 1e6) + Number(item.id.slice(1)) - (network.getSelectedNodes().includes(item.id) ? 1e7 : 0);

/** Give each name the first of its places that is free, the most important first: actors, hubs, lines. */
function drawLabels() {
  const scale = network.getScale();
  dashLines();
  const ordered = [...drawn.nodes.values()].map((item) => [importance(item), item]).sort(([a], [b]) => a - b).map(([, item]) => item);
  const taken = new Taken();
  for (const { id, x, y, size } of ordered) taken.add({ ...boxAt(x * scale, y * scale, size * 2.1 * scale, size * 2.1 * scale), id });
  const corner = minimapBox();
  if (corner) taken.add({ ...corner, id: "minimap" });
  labels = [];
  const { x, y } = network.getViewPosition();
  const seen = boxAt(x * scale, y * scale, byId("graph").clientWidth - 4, byId("graph").clientHeight - 4);
  const set = (item, size, boxes) => {
    let box = null;
    for (const place of boxes) {
      if (taken.holds(place, item.id)) continue;
      box ??= place;
      if (place.left > seen.left && place.right < seen.right && place.top > seen.top && place.bottom < seen.bottom) {
        box = place;
        break;
      }
    }
    if (!box) return;
    taken.add({ ...box, id: `words of ${item.id}` });
    labels.push({ id: item.id, lines: item.words.split("\n"), x: box.x / scale, y: box.y / scale, size, far: box.far, box });
  };
  for (const item of ordered) {
    const size = item.id[0] === "a" ? LETTERS.node : LETTERS.hub;
    if (item.words) set(item, size, nodeBoxes(item, scale, size));
  }
  for (const item of drawn.edges.values()) if (item.words) set(item, LETTERS.line, lineBoxes(item, scale, LETTERS.line));
  network.body.emitter.emit("_requestRedraw"); // With the next frame; redraw() would draw at once and again.
}

/** What stands inside a node that is large enough: the code of a state, the initials of a person. */
function initials(item, scale) {
  if (!item.inside || item.size * scale < 12) return "";
  return widthOf(item.inside, 10) < item.size * scale * 1.8 ? item.inside : "";
}

/** After each drawing of the canvas: the names above all nodes and lines. */
function paintLabels(context) {
  const scale = network.getScale();
  const { ink, paper } = theme();
  Object.assign(context, { textAlign: "center", textBaseline: "middle", lineJoin: "round", strokeStyle: paper, lineWidth: 4 / scale });
  context.setLineDash([]);
  const pale = (item) => item.opacity < 0.3;
  for (const item of drawn.nodes.values()) {
    const text = initials(item, scale);
    if (!text) continue;
    Object.assign(context, { font: `600 ${10 / scale}px ${FONT}`, fillStyle: "#1d1f23", globalAlpha: pale(item) ? 0.3 : 1 });
    context.fillText(text, item.x, item.y);
  }
  for (const { id, lines, x, y, size, far } of labels) {
    const item = itemOf(id);
    if (!item) continue; // It has just left the canvas.
    if (far) {
      Object.assign(context, { strokeStyle: ink, lineWidth: 0.7 / scale, globalAlpha: pale(item) ? 0.2 : 0.6 });
      context.beginPath();
      context.moveTo(item.x, item.y);
      context.lineTo(x, y);
      context.stroke();
      Object.assign(context, { strokeStyle: paper, lineWidth: 4 / scale });
    }
    Object.assign(context, { font: `${size / scale}px ${FONT}`, fillStyle: ink, globalAlpha: pale(item) ? 0.3 : 1 });
    lines.forEach((line, i) => {
      const at = y + ((i - (lines.length - 1) / 2) * size * 1.2) / scale;
      context.strokeText(line, x, at);
      context.fillText(line, x, at);
    });
  }
  context.globalAlpha = 1;
}

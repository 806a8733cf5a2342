/** Names on the canvas keep their size on the screen, and give way to more important ones instead of covering them. */

const LETTERS = { node: 13, hub: 11, line: 11 };
const pen = element("canvas").getContext("2d");

function widthOf(words, size) {
  pen.font = `${size}px arial`;
  return Math.max(...words.split("\n").map((line) => pen.measureText(line).width));
}

const meets = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** A box in pixels of the screen, with a little air. */
function boxAt(x, y, width, height) {
  return { left: x - width / 2 - 2, right: x + width / 2 + 2, top: y - height / 2 - 1, bottom: y + height / 2 + 1 };
}

function nodeLabelBox(item, scale, size) {
  const height = item.words.split("\n").length * size * 1.2;
  return boxAt(item.x * scale, (item.y + item.size) * scale + 4 + height / 2, widthOf(item.words, size), height);
}

/** The middle of a line, moved sideways where the line is bent. */
function lineLabelBox(item, scale, size) {
  const [a, b] = [shownNodes.get(item.from), shownNodes.get(item.to)];
  const x = (a.x + b.x) / 2 + ((b.y - a.y) * item.bend) / 2;
  const y = (a.y + b.y) / 2 - ((b.x - a.x) * item.bend) / 2;
  return boxAt(x * scale, y * scale, widthOf(item.words, size), size * 1.2);
}

/** The order of importance: actors by number of events, then hubs. */
const importance = (item) => (item.id[0] === "a" ? 0 : 1e6) + Number(item.id.slice(1));

/** Give each label its place if that is free, the most important first: actors, hubs, lines.

A name may cover a node that matters less than its own, but never another name. */
function drawLabels() {
  const scale = network.getScale();
  const paper = theme().paper;
  const ink = theme().ink;
  const taken = shownNodes.map((item) => [importance(item), boxAt(item.x * scale, item.y * scale, item.size * 1.6 * scale, item.size * 1.6 * scale)]);
  const labelled = (item, size, box, rank) => {
    const free = item.words && !taken.some(([other, place]) => other < rank && meets(box, place));
    if (free) taken.push([-1, box]);
    const label = free ? item.words : " ";
    return { id: item.id, label, font: { size: size / scale, color: ink, strokeWidth: 4 / scale, strokeColor: paper } };
  };
  const order = shownNodes.get({ order: (a, b) => importance(a) - importance(b) });
  shownNodes.update(order.map((item) => {
    const size = item.id[0] === "a" ? LETTERS.node : LETTERS.hub;
    return labelled(item, size, nodeLabelBox(item, scale, size), item.id[0] === "a" ? importance(item) : Infinity);
  }));
  // The canvas takes each update as a new item, so lines without a label before and after are left alone.
  const lines = shownEdges.get({ filter: (item) => item.words });
  const next = lines.map((item) => [item, labelled(item, LETTERS.line, lineLabelBox(item, scale, LETTERS.line), Infinity)]);
  shownEdges.update(next.filter(([item, { label }]) => label !== " " || (item.label ?? " ") !== " ").map(([, update]) => update));
}

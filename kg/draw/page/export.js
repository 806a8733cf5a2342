/** Saves the view: the table as CSV, its events as Turtle, the graph as PNG, SVG and GEXF. */

function save(name, type, content) {
  const link = element("a", { href: URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/** A field of CSV (RFC 4180); what a spreadsheet would take for a formula starts with an apostrophe. */
function csvField(text) {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The events that pass in the order of the table, one a line, with what the cards tell. */
function csv(list) {
  const all = (list) => [...new Set(list)].join("; ");
  const columns = [
    ["id", (e) => e.id], ["event", (e) => e.label], ["when", (e) => e.when], ["begin", (e) => e.begin ?? ""], ["end", (e) => e.end ?? ""],
    ["who", (e) => named(e, "actor", "speaker")], ["to whom", (e) => named(e, "recipient", "addressee")],
    ["others", (e) => e.parties.filter(([role]) => !["actor", "speaker", "recipient", "addressee"].includes(role)).map(([role, at]) => `${nodes[at].label} (${role})`).join("; ")],
    ["type", (e) => e.type], ["mode", (e) => e.mode ?? ""], ["stance", (e) => e.stance], ["status", (e) => e.status], ["status in words", (e) => e.statusWords],
    ["place", (e) => e.place ?? ""], ["figures", (e) => e.figures.join("; ")], ["codes", (e) => e.codes.join("; ")],
    ["score", (e) => String(e.score ?? "")], ["confidence", (e) => String(e.confidence ?? "")], ["reports", (e) => String(e.reports.length)],
    ["who says so", (e) => all(e.reports.map(({ says }) => says))], ["articles", (e) => all(e.reports.map(({ article }) => article.title))],
    ["links", (e) => all(e.reports.map(({ article }) => article.link ?? "").filter(Boolean))],
  ];
  // A score such as -9 is a number, not a formula.
  const field = (text) => (/^-?\d+(\.\d+)?$/.test(text) ? text : csvField(text));
  const lines = [columns.map(([name]) => name), ...list.map((event) => columns.map(([, of]) => of(event)))];
  return `\uFEFF${lines.map((line) => line.map(field).join(",")).join("\r\n")}\r\n`;
}

/** What the graph says of the events that pass, of their actors and of the articles that report them. */
function turtle(list) {
  const things = [...list, ...new Set(list.flatMap(({ actors }) => actors.map((at) => nodes[at]))), ...new Set(list.flatMap(({ reports }) => reports.map(({ article }) => article)))];
  return `${wholeTurtle(things.map((thing) => thing.turtle).filter(Boolean))}\n`;
}

/** The canvas as it is seen, on its own ground. */
function savePng() {
  const { canvas } = network.canvas.frame;
  const copy = element("canvas", { width: canvas.width, height: canvas.height });
  const context = copy.getContext("2d");
  context.fillStyle = theme().paper;
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(canvas, 0, 0);
  copy.toBlob((blob) => save("graph.png", "image/png", blob), "image/png");
}

const CORNERS = {
  square: [[-1, -1], [1, -1], [1, 1], [-1, 1]],
  diamond: [[0, -1], [1, 0], [0, 1], [-1, 0]],
  triangle: [[0, -1], [1, 0.75], [-1, 0.75]],
  triangleDown: [[0, 1], [1, -0.75], [-1, -0.75]],
  hexagon: [0, 1, 2, 3, 4, 5].map((i) => [Math.cos((i * Math.PI) / 3), Math.sin((i * Math.PI) / 3)]),
  star: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((i) => [(i % 2 ? 0.5 : 1.2) * Math.sin((i * Math.PI) / 5), -(i % 2 ? 0.5 : 1.2) * Math.cos((i * Math.PI) / 5)]),
};

function nodeMark(item) {
  const look = { fill: item.color.background, stroke: item.color.border, "stroke-width": item.borderWidth };
  const corners = CORNERS[item.shape];
  if (!corners) return svg("circle", { cx: item.x, cy: item.y, r: item.size, ...look });
  return svg("polygon", { points: corners.map(([x, y]) => `${item.x + x * item.size},${item.y + y * item.size}`).join(" "), ...look });
}

/** A line, bent as on the canvas, with an arrow at the rim of each node that it points to. */
function lineMarks(item) {
  const [a, b] = [drawn.nodes.get(item.from), drawn.nodes.get(item.to)];
  const by = { x: (a.x + b.x) / 2 + (b.y - a.y) * item.bend, y: (a.y + b.y) / 2 - (b.x - a.x) * item.bend };
  const colour = item.color.color;
  const path = svg("path", {
    d: `M${a.x},${a.y} Q${by.x},${by.y} ${b.x},${b.y}`, fill: "none", stroke: colour, "stroke-width": item.width,
    "stroke-opacity": item.strength, ...(item.dash ? { "stroke-dasharray": item.dash.map((length) => length / network.getScale()).join(" ") } : {}),
  });
  const arrow = (end) => {
    const [dx, dy] = [end.x - by.x, end.y - by.y];
    const far = Math.hypot(dx, dy) || 1;
    const [x, y] = [end.x - (dx / far) * (end.size + 2), end.y - (dy / far) * (end.size + 2)];
    const [back, side] = [6 + item.width, 3 + item.width / 2];
    const corner = (sign) => `${x - (dx / far) * back - (sign * dy * side) / far},${y - (dy / far) * back + (sign * dx * side) / far}`;
    return svg("polygon", { points: `${x},${y} ${corner(1)} ${corner(-1)}`, fill: colour, "fill-opacity": item.strength });
  };
  return [path, ...(item.arrows?.to.enabled ? [arrow(b)] : []), ...(item.arrows?.from.enabled ? [arrow(a)] : [])];
}

/** The graph as a drawing of its own: all nodes and lines on the canvas, with the names that are seen now. */
function drawing() {
  const scale = network.getScale();
  const { ink, paper } = theme();
  const all = [...drawn.nodes.values()];
  const ends = (values) => [Math.min(...values), Math.max(...values)];
  const room = 60 + 80 / scale;
  const [left, right] = ends(all.map(({ x }) => x));
  const [top, bottom] = ends(all.map(({ y }) => y));
  const [x, y, width, height] = [left - room, top - room, right - left + 2 * room, bottom - top + 2 * room];
  const words = labels.flatMap((label) => label.lines.map((line, i) => {
    const drawn = svg("text", {
      x: label.x, y: label.y + ((i - (label.lines.length - 1) / 2) * label.size * 1.2) / scale, fill: ink, stroke: paper, "stroke-width": 4 / scale,
      "paint-order": "stroke", "font-size": label.size / scale, "font-family": "sans-serif", "text-anchor": "middle", "dominant-baseline": "central",
    });
    drawn.textContent = xmlText(line);
    return drawn;
  }));
  const title = svg("title", {});
  title.textContent = document.title;
  return svg("svg", { viewBox: `${x} ${y} ${width} ${height}`, width: Math.round(width * scale), height: Math.round(height * scale) },
    title, svg("rect", { x, y, width, height, fill: paper }), ...[...drawn.edges.values()].flatMap(lineMarks), ...all.map(nodeMark), ...words);
}

/** The files that the events can be saved as, by their endings: media type, and what writes them. */
const SAVED = { csv: ["text/csv", csv], ttl: ["text/turtle", turtle], gexf: ["application/gexf+xml", gexf] };
const SAVE_BUTTONS = { csv: "csv", turtle: "ttl", gexf: "gexf" };

/** Offer the files that can hold what passes, and tell which cannot. */
function drawSaves() {
  for (const [id, ending] of Object.entries(SAVE_BUTTONS)) byId(id).disabled = !source.savable(ending);
  byId("save-note").textContent = source.saveWords();
}

function listenToExport() {
  for (const [id, ending] of Object.entries(SAVE_BUTTONS)) byId(id).addEventListener("click", () => source.save(ending));
  byId("png").addEventListener("click", savePng);
  byId("svg").addEventListener("click", () => save("graph.svg", "image/svg+xml", new XMLSerializer().serializeToString(drawing())));
}

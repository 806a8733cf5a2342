/** Pictures of an answer, chosen by its shape: days with numbers, places or countries, pairs of actors. */

const ENDS = 48;
const TIES = 240;
const dateText = /^[.[/]{0,3}(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:$|[~?%./\]T].*)/;
const spotNamed = new Map(events.flatMap(({ spots }) => spots).map(([name, lat, lon]) => [name, { x: lon, y: -lat }]));
const codeNamed = new Map(Object.entries(data.words.country).map(([code, name]) => [name, code]));
const actorNames = new Set(nodes.map(({ label }) => label));

function svgTitle(words) {
  const title = svg("title", {});
  title.textContent = words;
  return title;
}

/** The first day that a date stands for; null where it is none. */
function dayOf(cell, column) {
  if (!cell || cell.iri || (cell.number !== null && !/year/i.test(column))) return null;
  const [, year, month = "01", day = "01"] = dateText.exec(cell.text) ?? [];
  return year && isDay(`${year}-${month}-${day}`) ? `${year}-${month}-${day}` : null;
}

/** The share of a column's values of which something holds. */
function share(rows, at, holds) {
  const held = rows.map((row) => row[at]).filter(Boolean);
  return held.length ? held.filter(holds).length / held.length : 0;
}

/** The pictures that fit, the most telling first: each draws itself into a figure. */
function shapesOf({ columns, rows, triples }) {
  const shapes = new Map();
  const numbers = columns.map((_, at) => at).filter((at) => share(rows, at, ({ number }) => number !== null) === 1);
  const days = columns.findIndex((column, at) => share(rows, at, (cell) => dayOf(cell, column)) > 0.7);
  const codes = columns.map((_, at) => at).filter((at) => share(rows, at, ({ text }) => capitals.has(text)) > 0.6);
  const time = (figure) => drawAnswerTime(figure, days, numbers.filter((at) => at !== days));
  const counted = days >= 0 && numbers.some((at) => at !== days);
  if (counted) shapes.set("time", time);
  const map = mapShape(columns, rows, numbers, codes);
  if (map) shapes.set("map", map);
  const ends = columns.map((_, at) => at).filter((at) => codes.includes(at) || share(rows, at, isEnd) > 0.6);
  const pairs = triples ? tripleTies(rows) : ends.length > 1 ? ties(rows, ends[0], ends[1], columns.includes("events") ? columns.indexOf("events") : -1) : [];
  if (pairs.length) shapes.set("graph", (figure) => drawTies(figure, pairs));
  if (days >= 0 && !counted && new Set(rows.map((row) => dayOf(row[days], columns[days]))).size > 1) shapes.set("time", time);
  // Rows about single events are read one by one: the table stands first, the pictures are offered.
  return columns.includes("event") && shapes.size ? new Map([["table", null], ...shapes]) : shapes;
}

/** Bars of the days, one line of bars for each number, or for the rows where there is none. */
function drawAnswerTime(figure, days, numbers) {
  const { columns, rows } = answer;
  const dated = rows.map((row) => [dayOf(row[days], columns[days]), row]).filter(([day]) => day);
  const slots = allBins(dated.map(([day]) => day));
  const slotAt = (day) => slots.findLastIndex(({ from }) => from <= day);
  const lines = numbers.length ? numbers.slice(0, 4).map((at) => [heading(columns[at]), (row) => row[at]?.number ?? 0]) : [["rows", () => 1]];
  for (const [words, value] of lines) {
    const sums = slots.map(() => 0);
    for (const [day, row] of dated) sums[slotAt(day)] += value(row);
    const [top, low] = [Math.max(...sums, 0), Math.min(...sums, 0)];
    const y = (sum) => TALL - ((sum - low) / (top - low || 1)) * (TALL - 2);
    const bars = sums.map((sum, at) => {
      const box = { class: "sum", x: at * BAR + 0.75, width: BAR - 1.5, y: Math.min(y(sum), y(0)), height: Math.abs(y(0) - y(sum)) };
      return svg("rect", box, svgTitle(`${slots[at].words}: ${sum.toLocaleString("en")} ${words}`));
    });
    figure.append(element("p", { className: "quiet" }, `${words[0].toUpperCase()}${words.slice(1)}, at most ${top.toLocaleString("en")} a ${slots[slots.length >> 1].unit ?? "bar"}`),
      svg("svg", { class: "sums", viewBox: `0 0 ${slots.length * BAR} ${TALL}`, preserveAspectRatio: "none", "aria-hidden": "true" }, ...bars));
  }
  const left = rows.length - dated.length;
  figure.append(element("p", { className: "ends" }, element("span", {}, slots[0].words), element("span", {}, slots.length > 1 ? slots[slots.length - 1].words : "")));
  figure.append(element("figcaption", {}, `The rows below by ${heading(columns[days])}${left ? `; ${count(left, "row")} without a date left out` : ""}.`));
}

/** How to draw places or countries on the map of the world; null where the answer has none. */
function mapShape(columns, rows, numbers, codes) {
  if (!data.world) return null;
  const weight = columns.indexOf("events") >= 0 ? columns.indexOf("events") : numbers.find((at) => !/^(lat|lon|long|lng|latitude|longitude)$/i.test(columns[at])) ?? -1;
  const tally = (row) => (weight >= 0 ? Math.max(0, row[weight]?.number ?? 0) : 1);
  if (codes.length > 1) return (figure) => drawAnswerMap(figure, [], ties(rows, codes[0], codes[1], weight));
  const [lat, lon] = [/^lat(itude)?$/i, /^(lon|long|lng|longitude)$/i].map((name) => columns.findIndex((column) => name.test(column)));
  const point = /^\s*POINT\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)\s*\)/i;
  const place = columns.findIndex((column, at) => /place|where|location|country|point/i.test(column) && share(rows, at, (cell) => spotOf(cell.text, point)) > 0.3);
  const at = (row) => (lat >= 0 && lon >= 0 ? { x: row[lon]?.number, y: -row[lat]?.number } : spotOf(row[place]?.text ?? "", point));
  if (place < 0 && (lat < 0 || lon < 0)) return null;
  const names = lat >= 0 && lon >= 0 ? columns.findIndex((_, i) => ![lat, lon].includes(i) && share(rows, i, ({ number }) => number === null) > 0.5) : place;
  const marks = new Map();
  for (const row of rows) {
    const spot = at(row);
    if (!spot || !(Math.abs(spot.x) <= 180 && Math.abs(spot.y) <= 90)) continue;
    const words = names >= 0 && row[names] && !point.test(row[names].text) ? codeWords(row[names].text) : `${-spot.y}, ${spot.x}`;
    const key = `${spot.x} ${spot.y}`;
    marks.set(key, { ...spot, words: marks.get(key)?.words ?? words, events: (marks.get(key)?.events ?? 0) + tally(row) });
  }
  return marks.size ? (figure) => drawAnswerMap(figure, [...marks.values()], []) : null;
}

const codeWords = (text) => wordOf("country", text);

function spotOf(text, point) {
  const [, x, y] = point.exec(text) ?? [];
  if (x !== undefined) return { x: Number(x), y: -Number(y) };
  return spotNamed.get(text) ?? capitals.get(text) ?? capitals.get(codeNamed.get(text)) ?? null;
}

function drawAnswerMap(figure, spots, pairs) {
  const reached = pairs.filter(({ a, b }) => capitals.has(a) && capitals.has(b) && a !== b).slice(0, FLOWS);
  const countries = new Map();
  for (const { a, b, weight } of reached) {
    for (const code of [a, b]) countries.set(code, { ...capitals.get(code), words: codeWords(code), events: (countries.get(code)?.events ?? 0) + weight });
  }
  const marks = [...spots, ...countries.values()].sort((a, b) => b.events - a.events);
  const width = figure.clientWidth || 600;
  const part = partOfWorld(marks, 1.7);
  const pixel = part.width / width;
  const small = Math.min(1, width / 600);
  const flows = reached.map(({ a, b, weight }) => {
    const [from, to] = [capitals.get(a), capitals.get(b)];
    const [x, y] = [(from.x + to.x) / 2 + (to.y - from.y) * 0.2, (from.y + to.y) / 2 - (to.x - from.x) * 0.2];
    return svg("path", { d: `M${from.x},${from.y}Q${x},${y} ${to.x},${to.y}`, class: "tie", "stroke-width": Math.min(7, 1 + Math.sqrt(weight)) * pixel * small },
      svgTitle(`${codeWords(a)} to ${codeWords(b)}: ${weight.toLocaleString("en")}`));
  });
  const dots = marks.map((mark) => svg("circle", { cx: mark.x, cy: mark.y, r: (3 + Math.min(12, 1.6 * Math.sqrt(mark.events))) * pixel * small, class: "spot", "stroke-width": pixel },
    svgTitle(`${mark.words}: ${mark.events.toLocaleString("en")}`)));
  const drawing = svg("svg", { viewBox: `${part.x} ${part.y} ${part.width} ${part.height}`, class: "answer-map", role: "img", "aria-label": "Map of the answer; the table below has the same" },
    svg("path", { d: data.world, class: "land", "stroke-width": 0.7 * pixel }), ...flows, ...dots, ...mapNames(marks, pixel, part));
  const words = reached.length ? `Bows go from who acts to whom, between capitals${pairs.length > reached.length ? `; the strongest ${reached.length} of ${pairs.length}` : ""}.` : `${count(marks.length, "place")}.`;
  figure.append(drawing, element("figcaption", {}, words));
}

const isEnd = ({ text, iri }) => (iri ? actorById.has(text) : text.split("; ").some((name) => actorNames.has(name)));

/** Pairs of what stands in two columns, with the rows or numbers behind each, strongest first. */
function ties(rows, from, to, weight) {
  const found = new Map();
  const ends = (cell) => (cell ? (cell.iri ? [cell.text] : cell.text.split("; ")) : []);
  for (const row of rows) {
    for (const a of ends(row[from])) {
      for (const b of ends(row[to])) {
        const key = JSON.stringify([a, b]);
        if (!found.has(key)) found.set(key, { a, b, weight: 0, words: "" });
        found.get(key).weight += weight >= 0 ? row[weight]?.number ?? 0 : 1;
      }
    }
  }
  return [...found.values()].filter(({ a, b }) => a !== b).sort((x, y) => y.weight - x.weight);
}

/** Names that an answer in triples gives to things that are not on the page. */
let toldNames = new Map();

/** Triples between two things as pairs, with the properties that join them. */
function tripleTies(rows) {
  const found = new Map();
  toldNames = new Map(rows.filter(([, property, name]) => !name.iri && /[#/](prefLabel|label)$/.test(property.text)).map(([thing, , name]) => [thing.text, name.text]));
  for (const [a, property, b] of rows) {
    if (!b.iri || a.text === b.text || property.text.endsWith("#type")) continue;
    const key = JSON.stringify([a.text, b.text]);
    if (!found.has(key)) found.set(key, { a: a.text, b: b.text, weight: 0, words: new Set() });
    found.get(key).weight += 1;
    found.get(key).words.add(prefixed(property.text));
  }
  return [...found.values()].map((tie) => ({ ...tie, words: [...tie.words].join(", ") }));
}

const endWords = (name) => (actorById.has(name) ? nodes[actorById.get(name)].label : eventById.has(name) ? events[eventById.get(name)].label : toldNames.get(name) ?? (isIri(name) ? prefixed(name) : codeWords(name)));

/** The foremost ends in an order in which each stands beside one that it is tied to. */
function orderedEnds(pairs, most) {
  const weights = new Map();
  for (const { a, b, weight } of pairs) for (const end of [a, b]) weights.set(end, (weights.get(end) ?? 0) + weight);
  const left = [...weights.keys()].sort((a, b) => weights.get(b) - weights.get(a)).slice(0, most);
  const order = left.splice(0, 1);
  while (left.length) {
    const latest = order[order.length - 1];
    const tie = pairs.find(({ a, b }) => (a === latest && left.includes(b)) || (b === latest && left.includes(a)));
    const next = tie ? (tie.a === latest ? tie.b : tie.a) : left[0];
    order.push(...left.splice(left.indexOf(next), 1));
  }
  return [order, weights.size];
}

/** Ends in a circle, their names outside, lines from who to whom; many names stand like the spokes of a wheel. */
function drawTies(figure, pairs) {
  const width = Math.max(240, (figure.clientWidth || 600) - 24);
  const [order, all] = orderedEnds(pairs, Math.min(ENDS, Math.floor(width / 14)));
  const spokes = order.length > 14;
  const room = Math.min(width * 0.3, 180);
  const radius = Math.min(width / 2 - room, Math.max(70, order.length * 3.4));
  const height = 2 * radius + (spokes ? 2 * room : 56);
  const spots = new Map(order.map((end, at) => {
    const angle = (at / order.length) * 2 * Math.PI - Math.PI / 2;
    return [end, { x: width / 2 + Math.cos(angle) * radius, y: height / 2 + Math.sin(angle) * radius, angle }];
  }));
  const seen = pairs.filter(({ a, b }) => spots.has(a) && spots.has(b)).slice(0, TIES);
  const drawing = svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, class: "ties", role: "img", "aria-label": "Graph of the answer; the table below has the same" },
    ...seen.map((tie) => tieMark(tie, spots)), ...[...spots].map(([end, spot]) => endMark(end, spot, { spokes, width, height, room })));
  const left = all - order.length;
  figure.append(drawing, element("figcaption", {}, `${count(order.length, "node")}, ${count(seen.length, "line")}${left > 0 ? `; ${left.toLocaleString("en")} nodes with fewer lines left out` : ""}.`));
}

/** A bent line with an arrow at its end. */
function tieMark({ a, b, weight, words }, spots) {
  const [from, to] = [spots.get(a), spots.get(b)];
  const [x, y] = [(from.x + to.x) / 2 + (to.y - from.y) * 0.12, (from.y + to.y) / 2 - (to.x - from.x) * 0.12];
  const far = Math.hypot(to.x - x, to.y - y) || 1;
  const [ux, uy] = [(to.x - x) / far, (to.y - y) / far];
  const tip = [to.x - ux * 7, to.y - uy * 7];
  const corner = (sign) => `${tip[0] - ux * 8 - sign * uy * 4},${tip[1] - uy * 8 + sign * ux * 4}`;
  return svg("g", {}, svgTitle(`${endWords(a)} to ${endWords(b)}: ${words || weight.toLocaleString("en")}`),
    svg("path", { d: `M${from.x},${from.y}Q${x},${y} ${tip}`, class: "tie", "stroke-width": Math.min(6, 1 + Math.sqrt(weight) / 2) }),
    svg("polygon", { points: `${tip} ${corner(1)} ${corner(-1)}`, class: "tip" }));
}

/** A dot with its name, cut to its room; the whole name is its title. */
function endMark(end, { x, y, angle }, { spokes, width, height, room }) {
  const right = Math.cos(angle);
  const middle = !spokes && Math.abs(right) < 0.08;
  const at = middle ? { x, y: y + (y < height / 2 ? -12 : 14), "text-anchor": "middle" } : { x: x + (right >= 0 ? 9 : -9), y, "text-anchor": right >= 0 ? "start" : "end" };
  const turned = spokes ? { transform: `rotate(${((right >= 0 ? angle : angle + Math.PI) * 180) / Math.PI} ${x} ${y})` } : {};
  const name = svg("text", { ...at, ...turned, "dominant-baseline": "central" });
  const words = endWords(end);
  const most = spokes ? room - 12 : middle ? width : (right > 0 ? width - x : x) - 12;
  let shown = words;
  while (shown.length > 4 && widthOf(shown, 12) > most) shown = `${shown.slice(0, -2)}…`;
  name.textContent = shown;
  return svg("g", {}, svgTitle(words), svg("circle", { cx: x, cy: y, r: 5, class: "end" }), name);
}

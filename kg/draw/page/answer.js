/** An answer as a table, whose events and actors lead to their evidence, and what else can be made of it. */

const ANSWER_ROWS = 100;
const OWN = "https://w3id.org/dekg/id/";
const PATHS = [["event/", "/event/"], ["entity/", "/actor/"], ["article/", "/article/"]];
const SHAPE_WORDS = { table: "Table alone", time: "Time line", map: "Map", graph: "Graph" };
let answerRows = ANSWER_ROWS;

/** An IRI under its prefix, where one fits. */
function prefixed(iri) {
  const fits = Object.entries(offered?.prefixes ?? {}).filter(([, base]) => iri.startsWith(base)).sort(([, a], [, b]) => b.length - a.length);
  return fits.length ? `${fits[0][0]}:${iri.slice(fits[0][1].length)}` : iri;
}

/** An IRI as what it leads to: evidence on this page, a page of the service, a page elsewhere. */
function iriLink(iri, short) {
  const show = (kind, at, words) => element("button", { type: "button", className: "plain", onclick: () => select(kind, at), ...(short ? { "aria-label": `Evidence: ${words}` } : {}) },
    short ? "Evidence" : words);
  if (eventById.has(iri)) return show("event", eventById.get(iri), events[eventById.get(iri)].label);
  if (actorById.has(iri)) return show("actor", actorById.get(iri), nodes[actorById.get(iri)].label);
  const [from, path] = PATHS.find(([kind]) => iri.startsWith(OWN + kind)) ?? [];
  if (from && !/[?#]/.test(iri)) {
    return element("a", { href: new URL(path + iri.slice(OWN.length + from.length), location.origin).href, target: "_blank", rel: "noopener" }, prefixed(iri));
  }
  const words = prefixed(iri);
  return words === iri ? outsideLink(iri, iri) : element("span", { title: iri }, words);
}

/** A status in the words of the page; of an agreement, its name in words. */
const statusWords = (name) => (wordOf("status", name) !== name ? wordOf("status", name) : name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase());

/** One cell of a row; `countries` are the places of the columns that hold codes of countries. */
function answerCell(cell, at, countries, short) {
  const column = answer.columns[at];
  if (!cell) return element("td", {});
  if (cell.number !== null) {
    const grouped = Math.abs(cell.number) >= 10000 && !/year/i.test(column);
    return element("td", { className: "num" }, cell.number.toLocaleString("en", { maximumFractionDigits: 6, useGrouping: grouped }));
  }
  if (column === "status" && !cell.iri) return element("td", {}, statusWords(cell.text));
  if (countries.has(at)) return element("td", {}, wordOf("country", cell.text) === cell.text ? cell.text : `${wordOf("country", cell.text)} (${cell.text})`);
  if (/^[\d./~?%-]{4,24}$/.test(cell.text)) return element("td", { className: "day" }, cell.text);
  return element("td", {}, cell.iri ? iriLink(cell.text, short) : cell.text);
}

const heading = (column) => column.replaceAll("_", " ");

function answerTable() {
  const { columns, rows } = answer;
  const named = columns.includes("what");
  const numeric = columns.map((_, at) => rows.some((row) => row[at]) && rows.every((row) => !row[at] || row[at].number !== null));
  const countries = new Set(columns.map((_, at) => at).filter((at) => share(rows, at, ({ text }) => Object.hasOwn(data.words.country, text)) > 0.6));
  const line = (row) => element("tr", {}, ...row.map((cell, at) => answerCell(cell, at, countries, named && columns[at] === "event")));
  const body = element("tbody", {}, ...rows.slice(0, answerRows).map(line));
  const table = element("table", { className: "answer-table" }, element("caption", { className: "unseen" }, "The answer"),
    element("thead", {}, element("tr", {}, ...columns.map((column, at) => element("th", { scope: "col", className: numeric[at] ? "num" : "" }, heading(column))))), body);
  const box = element("div", { className: "scrolled", tabIndex: 0, role: "region", "aria-label": "Rows of the answer" }, table);
  if (rows.length <= answerRows) return [box];
  const more = element("button", { type: "button" }, `Show more rows (${(rows.length - answerRows).toLocaleString("en")} left)`);
  more.addEventListener("click", () => {
    body.append(...rows.slice(answerRows, answerRows + ANSWER_ROWS).map(line));
    const first = body.children[answerRows];
    answerRows += ANSWER_ROWS;
    more.textContent = `Show more rows (${(rows.length - answerRows).toLocaleString("en")} left)`;
    if (rows.length <= answerRows) more.remove();
    (first.querySelector("button, a") ?? box).focus();
  });
  return [box, more];
}

/** The answer as CSV; what a spreadsheet would take for a formula starts with an apostrophe. */
function answerCsv() {
  const field = (cell) => (!cell ? "" : cell.number === null ? csvField(cell.text) : cell.text);
  const lines = [answer.columns.map(csvField), ...answer.rows.map((row) => row.map(field))];
  return `\uFEFF${lines.map((line) => line.join(",")).join("\r\n")}\r\n`;
}

/** How many rows there are, in words. */
function tallyWords() {
  const { rows, total, triples } = answer;
  const [one, many] = triples ? ["triple", "triples"] : ["row", "rows"];
  if (!rows.length) return "Nothing fits: the answer is empty.";
  return rows.length < total ? `The first ${rows.length.toLocaleString("en")} of ${count(total, one, many)}` : count(total, one, many);
}

function answerActs() {
  const made = [];
  const act = (words, how) => made.push(element("button", { type: "button", className: "small", onclick: how }, words));
  const { number, unknown, over } = answeredEvents();
  if (number) {
    const left = unknown ? ` (${unknown.toLocaleString("en")} more are not on this page)` : "";
    const these = over ? `the first ${number.toLocaleString("en")} of ${(number + over).toLocaleString("en")} events` : number === 1 ? "this event" : `these ${number.toLocaleString("en")} events`;
    act(`Show ${these} in the graph${left}`, async () => {
      if (!(await change(() => Object.assign(state, { within: true, view: "both", selected: null })))) return;
      fit();
      byId("counts").scrollIntoView({ block: "nearest" });
    });
  }
  if (isPart(answer)) act(`Get ${answer.total > MOST_ROWS ? `the first ${MOST_ROWS.toLocaleString("en")}` : "all"} rows`, () => getAnswer(state.ask, true));
  if (answer.rows.length) act("Save the answer as CSV", () => save("answer.csv", "text/csv", answerCsv()));
  return element("div", { className: "acts" }, ...made);
}

/** Draw the answer: its picture, if its shape allows one, above its rows. */
function drawAnswer() {
  const box = byId("answer");
  const shown = state.ask?.asked && answer.key === keyOf(state.ask);
  byId("answer-trouble").textContent = shown ? answer.trouble : "";
  if (!shown || answer.trouble || (answer.busy && !answer.rows.length)) {
    box.replaceChildren();
    return;
  }
  if (answer.truth !== undefined) {
    box.replaceChildren(element("p", { className: "truth" }, answer.truth ? "Yes: there is a match." : "No: nothing matches."));
    return;
  }
  const shapes = answer.rows.length ? shapesOf(answer) : new Map();
  const as = shapes.has(state.ask.as) || state.ask.as === "table" ? state.ask.as : [...shapes.keys()][0] ?? "table";
  const choice = shapes.size ? element("div", { className: "acts", role: "group", "aria-label": "Show the answer as" }, ...[...new Set([...shapes.keys(), "table"])].map((shape) =>
    element("button", { type: "button", className: "small", "aria-pressed": String(shape === as), "data-shape": shape,
      onclick: () => {
        change(() => (state.ask = { ...state.ask, as: shape }), "shape");
        box.querySelector(`[data-shape=${shape}]`)?.focus();
      } }, SHAPE_WORDS[shape]))) : null;
  box.replaceChildren(element("p", { className: "quiet" }, tallyWords()), element("div", { className: "tools-line" }, choice, answer.rows.length ? answerActs() : null));
  const picture = shapes.get(as);
  if (picture) {
    const figure = element("figure", { className: "drawn", "data-as": as });
    box.append(figure); // First into the page, so that it has a width to draw for.
    picture(figure);
  }
  if (answer.rows.length) box.append(...answerTable());
}

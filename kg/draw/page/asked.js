/** What is asked of the service, and its answer: named questions by the JSON API, SPARQL by its protocol. */

const PAGE_ROWS = 1000;
const MOST_ROWS = 20000;
const LONGEST_SPARQL = 10000;
const SPARQL = "sparql";
const SHAPES = ["table", "time", "map", "graph"];
const eventById = new Map(events.map(({ id, at }) => [id, at]));
const actorById = new Map(nodes.map(({ id, at }) => [id, at]));

/** What the service offers: its questions by name, and prefixes, terms and examples for SPARQL; null until told. */
let offered = null;

/** The answer on the page: `key` names what was asked; `rows` or `trouble` come later. */
let answer = { key: "", busy: false, trouble: "", columns: [], rows: [], total: 0 };
let stopAsking = new AbortController();

/** A refusal or a fault in the words of the service. */
async function troubleOf(response) {
  const told = (await response.text()).trim();
  if (!response.headers.get("content-type")?.includes("json")) return told || `The service answers ${response.status}.`;
  return JSON.parse(told).detail;
}

async function request(address, options = {}) {
  let response = null;
  try {
    response = await fetch(address, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Error("The service does not answer. Does kg serve still run?", { cause: error });
  }
  if (!response.ok) throw new Error(await troubleOf(response));
  return response;
}

async function loadOffered() {
  const [{ questions }, words] = await Promise.all(
    ["/api/questions", "/explore/completion.json"].map(async (address) => (await request(address)).json()));
  offered = { ...words, questions, named: new Map(questions.map((question) => [question.name, question])) };
}

/** What names a thing asked, for the address and to know whether the answer on the page is its answer. */
const keyOf = (ask) => JSON.stringify([ask.name, [...ask.values].sort(), ask.name === SPARQL ? ask.sparql : ""]);

const isIri = (text) => /^(https?:\/\/|urn:)[^\s<>"]+$/.test(text);

/** A value of the API as a cell: its text, and whether it is an IRI or a number. */
function cellOf(value) {
  if (value === null || value === undefined) return null;
  const text = String(value);
  return { text, iri: typeof value === "string" && isIri(text), number: typeof value === "number" ? value : null };
}

/** A term of SPARQL's results as a cell. */
function termCell(term) {
  if (!term) return null;
  const number = /#(integer|decimal|double|float|int|long)$/.test(term.datatype ?? "") ? Number(term.value) : NaN;
  return { text: term.value, iri: term.type === "uri", number: Number.isFinite(number) ? number : null };
}

/** Triples as rows; N-Triples has one on each line. */
function triplesOf(text) {
  const term = String.raw`(<[^>]*>|_:\S+|"(?:[^"\\]|\\.)*"(?:\^\^<[^>]*>|@[\w-]+)?)`;
  const line = new RegExp(String.raw`^${term} ${term} ${term} \.$`);
  const plainText = (quoted) => quoted.slice(1, quoted.lastIndexOf('"')).replace(/\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)/g, (_, code) =>
    code.length > 1 ? String.fromCodePoint(parseInt(code.slice(1), 16)) : { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" }[code] ?? code);
  const cell = (told) => (told.startsWith("<") ? { text: told.slice(1, -1), iri: true, number: null }
    : { text: told.startsWith('"') ? plainText(told) : told, iri: false, number: null });
  return text.split("\n").map((told) => line.exec(told.trim())).filter(Boolean).map(([, ...terms]) => terms.map(cell));
}

/** One page of a named question's rows, from this row on. */
async function questionPage(ask, offset, signal) {
  const told = new URLSearchParams([...ask.values, ["limit", PAGE_ROWS], ["offset", offset]]);
  const { columns, rows, total } = await (await request(`/api/questions/${encodeURIComponent(ask.name)}?${told}`, { signal })).json();
  return { columns, total, rows: rows.map((row) => columns.map((column) => cellOf(row[column]))), triples: columns.join() === "subject,predicate,object" };
}

async function sparqlAnswer(ask, signal) {
  const response = await request("/sparql", {
    method: "POST", body: ask.sparql, signal,
    headers: { "Content-Type": "application/sparql-query", Accept: "application/sparql-results+json, application/n-triples" },
  });
  if (response.headers.get("content-type").startsWith("application/n-triples")) {
    const rows = triplesOf(await response.text());
    return { columns: ["subject", "predicate", "object"], rows, total: rows.length, triples: true };
  }
  const { head, results, boolean } = await response.json();
  if (boolean !== undefined) return { columns: [], rows: [], total: 0, truth: boolean };
  const rows = results.bindings.map((row) => head.vars.map((name) => termCell(Object.hasOwn(row, name) ? row[name] : null)));
  return { columns: head.vars, rows, total: rows.length };
}

const answerNow = () => answer;

/** Whether rows of the answer are missing that can be had. */
const isPart = ({ rows, total }) => rows.length < Math.min(total, MOST_ROWS);

/** Get the answer to this, if it is not there or on its way; of a long one all rows where all are needed. */
function getAnswer(ask, all = false) {
  const key = keyOf(ask);
  if (answer.key !== key) {
    stopAsking.abort();
    stopAsking = new AbortController();
    answer = { key, busy: true, trouble: "", columns: [], rows: [], total: 0 };
  } else if (answer.busy || answer.trouble || !all || !isPart(answer)) return answer.coming;
  answer.busy = true;
  answer.coming = readRows(answer, ask, all);
  return answer.coming;
}

/** The answer to this with all rows that can be had; as it stands where it has trouble, or another thing is asked since. */
async function wholeAnswer(ask) {
  const key = keyOf(ask);
  do await getAnswer(ask, true);
  while (answer.key === key && !answer.trouble && isPart(answer));
  return answer;
}

async function readRows(own, ask, all) {
  drawAsking();
  try {
    const { signal } = stopAsking;
    do {
      const found = ask.name === SPARQL ? await sparqlAnswer(ask, signal) : await questionPage(ask, own.rows.length, signal);
      Object.assign(own, found, { rows: [...own.rows, ...found.rows] });
      if (!found.rows.length) own.total = own.rows.length;
    } while (all && isPart(own));
  } catch (error) {
    own.trouble = error.name === "AbortError" ? "Stopped before there was an answer." : error.message;
  }
  own.busy = false;
  if (own !== answer) return;
  showAnswer();
}

/** The events of the answer: their IRIs, how many can be shown, how many are not on this page, how many are too many. */
function answeredEvents() {
  const all = [...new Set(answer.rows.flat().filter((cell) => cell?.iri && cell.text.includes("/id/event/")).map(({ text }) => text))];
  const iris = isServed ? all.slice(0, data.mostWithin) : all.filter((iri) => eventById.has(iri));
  const left = all.length - iris.length;
  if (!isServed) return { iris, number: iris.length, unknown: left, over: 0 };
  const { known, unknown } = narrowing.of === answer ? narrowing : { known: iris.length, unknown: 0 };
  return { iris, number: known, unknown, over: left };
}

/** Whether the address can hold this query, percent-encoded. */
const fitsAddress = (sparql) => encodeURIComponent(sparql).length <= LONGEST_SPARQL;

PARTS.push({
  write(told) {
    const { ask, within } = state;
    if (!ask) return;
    told.append("ask", ask.name);
    for (const [name, value] of ask.values) told.append(`with.${name}`, value);
    if (ask.name === SPARQL && fitsAddress(ask.sparql)) told.append("sparql", ask.sparql);
    if (ask.asked) told.append("answer", ask.as || "any");
    if (within) told.append("within", "answer");
  },
  read(told, found) {
    const name = told.get("ask") ?? "";
    if (!/^[\w-]{1,100}$/.test(name)) return;
    const values = [...told].filter(([key, value]) => key.startsWith("with.") && value).map(([key, value]) => [key.slice(5), value.slice(0, LONGEST_TEXT)]);
    const as = told.get("answer");
    const sparql = (told.get("sparql") ?? "").slice(0, LONGEST_SPARQL);
    found.ask = { name, values: new Map(values), sparql, asked: as !== null && (name !== SPARQL || sparql !== ""), as: SHAPES.includes(as) ? as : "" };
    found.within = found.ask.asked && told.get("within") === "answer";
  },
  /** The events that may pass: those of the answer, none until it is there. */
  only: () => (state.within ? new Set(answer.key === keyOf(state.ask) && !answer.busy ? answeredEvents().iris.map((iri) => eventById.get(iri)) : []) : null),
  draw: () => drawQuestions(),
});

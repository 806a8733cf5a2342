/** The source of a page that a server counts for: asks it, anew for each state, and drops what is asked no more. */

const PAUSE_MS = 60;
const SLOW_MS = 300;
const SUGGEST_MS = 150;

/** Whether the server has forgotten a choice of events; a function, since the page asks before this file has run. */
function isGone(answer) {
  return answer?.status === 410;
}

function tell(words) {
  byId("server-words").textContent = words;
}

function pause(time) {
  return new Promise((done) => setTimeout(done, time));
}

/** The JSON at an address of the server; while it is busy, asked again. Null where the signal says that nobody waits. */
async function fetched(address, signal, options = {}) {
  for (;;) {
    let answer = null;
    try {
      answer = await fetch(address, { ...options, signal });
      if (isGone(answer)) return { gone: true };
      if (answer.ok) {
        const told = await answer.json();
        tell("");
        return told;
      }
      const { detail } = await answer.json().catch(() => ({ detail: `it answers ${answer.status}; choose fewer values` }));
      tell(answer.status === 503 ? `One moment: ${detail}` : `The server refuses: ${detail}`);
      if (answer.status !== 503) return null;
    } catch {
      if (signal?.aborted) return null;
      tell("The server does not answer; the page asks again until it does.");
    }
    await pause(answer ? 1000 : 3000);
    if (signal?.aborted) return null;
  }
}

/** What does not change with the view, asked before all else. */
async function begun(address) {
  const told = await fetched(`${address}/start`);
  if (!told) throw new Error("the server has refused what every page asks for first");
  return told;
}

/** Keep what an answer tells of actors, lines, hubs and events; places that the reader has moved stay. */
function take(told) {
  const added = (table, known, complete) => {
    for (const [at, thing] of Object.entries(known)) {
      if (table[at]) continue;
      table[at] = complete(thing, Number(at));
    }
  };
  added(nodes, told.nodes, (node, at) => {
    nodeNamed.set(node.name, at);
    stretchOne(node);
    return completeNode(node, at);
  });
  added(edges, told.edges, (edge) => edge);
  added(hubs, told.hubs, (hub) => {
    stretchOne(hub);
    return hub;
  });
  added(events, told.events, (event, at) => {
    eventNamed.set(event.name, at);
    return completeEvent(event, at);
  });
}

/** The store has changed, and with it the places of all things: begin anew, from the names. */
async function renew() {
  Object.assign(data, await begun(block.address));
  for (const table of [nodes, edges, hubs, events]) table.length = 0;
  for (const names of [nodeNamed, eventNamed]) names.clear();
  Object.assign(totals, { events: data.totalEvents, actors: data.totalActors });
  for (const facet of facets) facet.all = data.kinds[facet.key];
  prepare();
}

/** By bar of the time line, from what the server tells by day. */
function barsFrom({ day, stances, sum, scored }) {
  const bars = bins.map(() => ({ stances: STANCES.map(() => 0), events: 0, sum: 0, scored: 0 }));
  day.forEach((one, i) => {
    const bar = bars[binAt(one)];
    stances[i].forEach((number, stance) => {
      bar.stances[stance] += number;
      bar.events += number;
    });
    bar.sum += sum[i];
    bar.scored += scored[i];
  });
  return bars;
}

/** What the panel shows: of an actor also its time line, which the server tells by day. */
function shownFrom(shown) {
  if (!shown.line) return shown;
  const { undone, days, pale } = shown.line;
  return { ...shown, line: { bars: barsFrom(days), pale: barsFrom(pale), undone } };
}

function mapFrom({ spots, countries, flows }) {
  return {
    spots: spots.map(([name, lat, lon, number]) => ({ facet: "place", value: name, words: name, x: lon, y: -lat, events: number })),
    countries: countries.map(([code, number]) => ({ facet: "country", value: code, words: wordOf("country", code), ...capitals.get(code), events: number })),
    flows: flows.map(([a, b, stance, done, number]) => ({ a, b, stance, done, events: number })),
  };
}

/** The view that is asked for now, and the answer that came last, by what was asked. */
let asking = null;
let answered = { query: null, answer: null };

/** The events that the server knows of an answer: `of` is the answer, `within` what the server calls them. */
let narrowing = { of: null, state: "", within: "", known: 0, unknown: 0 };

/** Tell the server which events an answer has, and learn how it calls them; null where nobody waits any more. */
async function nameOfAnswer(ask, signal) {
  drawWithin(); // Says that the events are asked for, until they are there.
  const of = await wholeAnswer(ask);
  if (of.key !== keyOf(ask)) return null;
  if (narrowing.of === of && narrowing.state === data.state) return narrowing.within;
  const body = JSON.stringify({ events: answeredEvents().iris });
  const found = signal?.aborted ? null : await fetched(`${block.address}/within`, signal, { method: "POST", headers: { "Content-Type": "application/json" }, body });
  if (!found) return null;
  narrowing = { ...found, of };
  return narrowing.within;
}

/** What a request comes to, of the events of an answer alone where the state asks for these; null where it cannot be asked. */
async function ofAnswer(query, { ask, within }, signal, request) {
  for (let tries = 0; tries < 5; tries += 1) {
    if (within) {
      const name = await nameOfAnswer(ask, signal);
      if (!name) return null;
      query.set("within", name);
    }
    const found = await request(query);
    if (!found?.gone) return found;
    narrowing.of = null; // The server has forgotten them, and is told again.
    await pause(PAUSE_MS);
  }
  tell("The server forgets the events of the answer again and again: ask the question once more.");
  return null;
}

/** What the server tells under `path` of a view. */
function askedFor(path, query, one, signal) {
  return ofAnswer(query, one, signal, () => fetched(`${block.address}${path}?${query}`, signal));
}

/** The server's answer for what the address tells; null where something else was asked since, or it refuses. */
async function answerTo(told, more = {}) {
  const query = write(told);
  if (told.view !== "map") query.delete("view");
  query.delete("show"); // Last, as it changes most often.
  for (const [name, value] of Object.entries({ rows: rowsShown, cards: cardsShown, ...more })) query.set(name, value);
  if (!told.all && few() < 60) query.set("actors", few());
  if (told.show) query.set("show", told.show);
  const text = query.toString() + (told.within ? ` in ${keyOf(told.ask)}` : "");
  asking?.abort();
  if (answered.query === text && (!told.within || narrowing.of === answerNow())) return answered.answer;
  const own = (asking = new AbortController());
  const slow = setTimeout(() => {
    byId("main").setAttribute("aria-busy", "true");
    if (!view) byId("counts").textContent = "Asking for the events …";
  }, SLOW_MS);
  await pause(PAUSE_MS);
  const answer = own.signal.aborted ? null : await askedFor("", query, told, own.signal);
  clearTimeout(slow);
  if (asking === own) byId("main").removeAttribute("aria-busy");
  if (!answer || own.signal.aborted) return null;
  if (answer.state !== data.state) await renew();
  take(answer.told);
  answered = { query: text, answer };
  return answer;
}

/** What of a state chooses its events, and their order. */
function wordsOf(one) {
  const query = write(toldOf(one));
  for (const name of ["show", "view", "unfold", "remove", "actors"]) query.delete(name);
  return query;
}

/** What the server says before it sends a file: its status, 0 where it says nothing; and the file's address. */
function beforeFile(ending) {
  return ofAnswer(wordsOf(state), state, undefined, async (query) => {
    const address = `${block.address}/events.${ending}?${query}`;
    const answer = await fetch(address, { method: "HEAD" }).catch(() => null);
    return { status: answer?.status ?? 0, address, gone: isGone(answer) };
  });
}

let suggesting = null;

const remoteSource = {
  mostRows: 1000,
  mostCards: 200,

  async view(told) {
    const { state: before } = data;
    const answer = await answerTo(told);
    if (!answer) return null;
    if (data.state !== before) state = { ...state, ...stateOf(told) };
    const { passing: matching, ...rest } = answer;
    return {
      ...rest, matching, hasTurtle: matching > 0, shown: shownFrom(rest.shown), bars: barsFrom(answer.days), map: answer.map && mapFrom(answer.map),
    };
  },

  /** Make known what an address names. */
  async know(told) {
    return Boolean(await answerTo(told));
  },

  async values(key, text, every) {
    const query = wordsOf(state);
    for (const [name, value] of Object.entries({ kind: key, find: text, every: every ? "1" : "" })) query.set(name, value);
    return askedFor("/values", query, state);
  },

  async search(text) {
    const told = await fetched(`${block.address}/values?${new URLSearchParams({ kind: "actor", find: text })}`);
    if (!told || told.state !== data.state) return { hits: [], total: 0 };
    take({ nodes: told.nodes, edges: {}, hubs: {}, events: {} });
    const hits = told.values.map(([name]) => nodes[nodeNamed.get(name)]).filter((node) => node && plain(node.label).includes(plain(text)));
    return { hits, total: hits.length + told.left };
  },

  /** Names for the box of a question, those of most events first; null where another text is looked for since. */
  async actors(text) {
    suggesting?.abort();
    const own = (suggesting = new AbortController());
    await pause(SUGGEST_MS);
    const told = own.signal.aborted ? null : await fetched(`${block.address}/actors?${new URLSearchParams({ find: text })}`, own.signal);
    return told && told.actors.map(([value, words]) => [value, words]);
  },

  /** Whether a file of this ending can hold what passes. */
  savable: (ending) => view.matching > 0 && view.matching <= data.mostSaved[ending],

  saveWords() {
    const over = Object.entries(data.mostSaved).filter(([, most]) => view.matching > most);
    const words = over.map(([ending, most]) => `${ending === "ttl" ? "Turtle" : ending.toUpperCase()} ${most.toLocaleString("en")} events`);
    return over.length ? `At most, a file holds: ${words.join(", ")}. Narrow the filters, or let kg export write the whole store.` : "";
  },

  /** Have the browser save the events that pass, as a file that the server sends while it makes it. */
  async save(ending) {
    const said = await beforeFile(ending);
    if (!said) return;
    const { status, address } = said;
    if (status === 200) element("a", { href: address, download: `events.${ending}` }).click();
    tell(status === 200 ? `The browser saves ${count(view.matching, "event")} as events.${ending}.`
      : status === 503 || status === 429 ? "The server is busy: press once more in a moment."
        : status ? `The server does not give this file (${status}).` : "The server does not answer. Does kg serve still run?");
  },

  /** The articles of the events that the table lists. */
  articles: () => [...new Map(view.rows.flatMap((at) => events[at].reports.map(({ article }) => [JSON.stringify(article), article]))).values()],

  hasTurtle: (event) => event.id.startsWith(data.eventIds),

  /** The RDF that the server gives of an event under its own address. */
  async turtle(event) {
    const answer = await fetch(`/event/${event.id.slice(data.eventIds.length).split("/").map(encodeURIComponent).join("/")}`, { headers: { Accept: "text/turtle" } }).catch(() => null);
    return answer?.ok ? answer.text() : "The server does not tell it just now; close and open this to ask again.";
  },

  hasValue: (key, value) => !answered.answer.unknown.some(([kind, missing]) => kind === key && missing === value),

  placeOf(kind) {
    const { shown } = answered.answer;
    return shown.kind === kind ? shown.at : undefined;
  },
};

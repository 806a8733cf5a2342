/** The source of a page that a server counts for: asks it, anew for each state, and drops what is asked no more. */

const PAUSE_MS = 60;
const SLOW_MS = 300;
const PAGE = 1000;
/** Events that one saved file holds at most: all of them lie in the browser's memory meanwhile. */
const MOST_SAVED = 20000;

function tell(words) {
  byId("server-words").textContent = words;
}

function pause(time) {
  return new Promise((done) => setTimeout(done, time));
}

/** The JSON at an address of the server; while it is busy, asked again. Null where the signal says that nobody waits. */
async function fetched(address, signal) {
  for (;;) {
    let answer = null;
    try {
      answer = await fetch(address, { signal });
      if (answer.ok) {
        const told = await answer.json();
        tell("");
        return told;
      }
      const { detail } = await answer.json();
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

/** The server's answer for what the address tells; null where something else was asked since, or it refuses. */
async function answerTo(told, more = {}) {
  const query = write(told);
  if (told.view !== "map") query.delete("view");
  query.delete("show"); // Last, as it changes most often.
  for (const [name, value] of Object.entries({ rows: rowsShown, cards: cardsShown, ...more })) query.set(name, value);
  if (!told.all && few() < 60) query.set("actors", few());
  if (told.show) query.set("show", told.show);
  const text = query.toString();
  asking?.abort();
  if (answered.query === text) return answered.answer;
  const own = (asking = new AbortController());
  const slow = setTimeout(() => byId("main").setAttribute("aria-busy", "true"), SLOW_MS);
  await pause(PAUSE_MS);
  const answer = own.signal.aborted ? null : await fetched(`${block.address}?${text}`, own.signal);
  clearTimeout(slow);
  if (asking === own) byId("main").removeAttribute("aria-busy");
  if (!answer || own.signal.aborted) return null;
  if (answer.state !== data.state) await renew();
  take(answer.told);
  answered = { query: text, answer };
  return answer;
}

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
      ...rest, matching, hasTurtle: false, shown: shownFrom(rest.shown), bars: barsFrom(answer.days), map: answer.map && mapFrom(answer.map),
    };
  },

  /** The events of an answer are not known here, so that the page cannot be narrowed to them. */
  async know(told) {
    return Boolean(await answerTo(told));
  },

  async values(key, text, every) {
    const query = write(toldOf(state));
    for (const name of ["show", "view"]) query.delete(name);
    for (const [name, value] of Object.entries({ kind: key, find: text, every: every ? "1" : "" })) query.set(name, value);
    return fetched(`${block.address}/values?${query}`);
  },

  async search(text) {
    const told = await fetched(`${block.address}/values?${new URLSearchParams({ kind: "actor", find: text })}`);
    if (!told || told.state !== data.state) return { hits: [], total: 0 };
    take({ nodes: told.nodes, edges: {}, hubs: {}, events: {} });
    const hits = told.values.map(([name]) => nodes[nodeNamed.get(name)]).filter((node) => node && plain(node.label).includes(plain(text)));
    return { hits, total: hits.length + told.left };
  },

  async all() {
    const found = [];
    const query = write(toldOf(state));
    for (const name of ["show", "view"]) query.delete(name);
    while (found.length < Math.min(view.matching, MOST_SAVED)) {
      query.set("rows", PAGE);
      query.set("skip", found.length);
      const answer = await fetched(`${block.address}?${query}`);
      if (!answer || !answer.rows.length) break;
      if (answer.state !== data.state) {
        tell("The store has changed while its events were read; nothing was saved: save once more.");
        refresh();
        return null;
      }
      take({ ...answer.told, events: {} });
      found.push(...answer.rows.map((at) => events[at] ?? completeEvent(answer.told.events[at], at)));
      tell(`${found.length.toLocaleString("en")} of ${count(Math.min(view.matching, MOST_SAVED), "event")} read.`);
    }
    tell(view.matching > found.length ? `The file holds the first ${found.length.toLocaleString("en")} of ${count(view.matching, "event")}; narrow the filters for the others.` : "");
    return found;
  },

  /** The articles of the events that the table lists. */
  articles: () => [...new Map(view.rows.flatMap((at) => events[at].reports.map(({ article }) => [JSON.stringify(article), article]))).values()],

  hasTurtles: false,

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

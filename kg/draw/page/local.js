/** The source of a page that holds all of its events: counts them here. */

/** What the free text is looked for in: made when first asked for. */
function words(event) {
  event.words ??= plain([event.label, ...event.reports.flatMap((one) => [one.article.title, one.parts.map(([, text]) => text).join("")])].join("\n"));
  return event.words;
}

function inTime(at) {
  const { from, to } = state;
  if (!from && !to) return true;
  if (!column.begin[at]) return false;
  return (!from || column.end[at] >= from) && (!to || column.begin[at] <= to);
}

/** Whether an event has one of the wanted values of a facet. */
function hasOne({ first, list }, wanted, at) {
  for (let i = first[at]; i < first[at + 1]; i += 1) if (wanted[list[i]]) return true;
  return false;
}

function tally({ first, list, counts }, at) {
  for (let i = first[at]; i < first[at + 1]; i += 1) counts[list[i]] += 1;
}

/** The facets in which something is chosen, each with a 1 for every value that is wanted. */
function activeFacets() {
  return facets.filter(({ key }) => state.chosen.get(key).size).map((facet) => {
    const wanted = new Uint8Array(facet.values.length);
    for (const value of state.chosen.get(facet.key)) wanted[facet.place.get(value)] = 1;
    return [facet, wanted];
  });
}

/** Go once over all events: what fails in one kind of choice alone still counts beside that kind's boxes. */
function measure() {
  const active = activeFacets();
  const wanted = plain(state.text.trim());
  const found = { ok: new Uint8Array(events.length), passing: [], timeless: [] };
  for (const facet of facets) facet.counts.fill(0);
  const sets = PARTS.map((part) => part.only()).filter(Boolean);
  const least = state.least;
  for (let at = 0; at < events.length; at += 1) {
    if (column.confidence[at] * 100 < least || (wanted && !words(events[at]).includes(wanted))) continue;
    if (sets.some((set) => !set.has(at))) continue;
    let missed = null;
    let misses = 0;
    for (let i = 0; i < active.length && misses < 2; i += 1) {
      if (hasOne(active[i][0], active[i][1], at)) continue;
      missed = active[i][0];
      misses += 1;
    }
    const timely = inTime(at);
    if (misses > 1 || (misses && !timely)) continue;
    if (!misses) found.timeless.push(events[at]);
    if (!timely) continue;
    if (misses) {
      tally(missed, at);
      continue;
    }
    for (let i = 0; i < facets.length; i += 1) tally(facets[i], at);
    found.passing.push(events[at]);
    found.ok[at] = 1;
  }
  return found;
}

/** The values to list: all of a short list; of a long one those that match, the chosen and the most frequent. */
function listed(facet, text, every) {
  const places = facet.values.map((_, at) => at);
  const told = (list, left) => ({ values: list.map((at) => [facet.values[at], facet.words[at], facet.counts[at]]), left });
  if (places.length <= SHORT) return told(places, 0);
  const chosen = state.chosen.get(facet.key);
  const wanted = plain(text);
  const own = (at) => chosen.has(facet.values[at]);
  const found = places.filter((at) => (wanted ? plain(facet.words[at]).includes(wanted) : own(at) || facet.counts[at] || every));
  found.sort((a, b) => own(b) - own(a) || facet.counts[b] - facet.counts[a] || a - b);
  const most = every ? 500 : Math.max(SHORT, chosen.size);
  return told(found.slice(0, most), found.length - Math.min(found.length, most));
}

const UNDONE_PLACES = { Expected: 0, NotOccurred: 1, Hypothetical: 2 };

/** How many of these events are planned, denied, not happened and not known. */
function undoneOf(list) {
  const numbers = [0, 0, 0, 0];
  for (const { status } of list) numbers[UNDONE_PLACES[status] ?? 3] += 1;
  return numbers;
}

/** The lines to draw, each with its number of events: those of the selection, then those of most events. */
function strongest(visible, ok) {
  const all = [];
  edges.forEach((edge, at) => {
    if (!visible.has(edge.a) || !visible.has(edge.b)) return;
    let number = 0;
    for (const event of edge.events) number += ok[event];
    if (number) all.push([number, edge, at]);
  });
  const { kind, at: chosen } = state.selected ?? {};
  const first = (edge, at) => (kind === "actor" && (edge.a === chosen || edge.b === chosen)) || (kind === "edge" && at === chosen)
    || (kind === "event" && events[chosen].edge === at);
  let own = 0;
  if (all.length > LINES) {
    for (const one of all) {
      if (!first(one[1], one[2])) continue;
      one[0] = Infinity;
      own += 1;
    }
    all.sort((a, b) => (a[0] === b[0] ? a[2] - b[2] : b[0] - a[0]));
  }
  const drawn = all.slice(0, Math.max(LINES, own)).sort((a, b) => a[2] - b[2]);
  return [drawn.map(([, edge, at]) => [edge, at]), all.length - drawn.length];
}

/** 1 if the first of the pair acts in the event, 2 if the second does, 3 if both do. */
function actingOf({ a, b }, event) {
  const acts = (actor) => event.parties.some(([role, who]) => who === actor && (role === "actor" || role === "speaker"));
  return acts(a) + 2 * acts(b);
}

/** Actors, lines and diamonds to draw; see `graph` of kg/serve/view/drawn.py, which tells the same. */
function graphOf({ passing, ok }) {
  const alive = new Uint8Array(nodes.length);
  const { first, list: actors } = column.actors;
  for (const { at } of passing) for (let i = first[at]; i < first[at + 1]; i += 1) alive[actors[i]] = 1;
  const visible = new Set(nodes.filter((node) => alive[node.at] && isShown(node)).map((node) => node.at));
  const passingOf = (thing) => thing.events.filter((at) => ok[at]).map((at) => events[at]);
  const [drawn, lines] = strongest(visible, ok);
  const told = [];
  hubs.forEach((hub, at) => {
    const list = isHubShown(hub) ? passingOf(hub) : [];
    if (list.length && new Set(hub.parties.map(([, actor]) => actor).filter((actor) => visible.has(actor))).size > 1) told.push([at, list.length, ...undoneOf(list)]);
  });
  return {
    actors: [...visible],
    edges: drawn.map(([edge, at]) => {
      const list = passingOf(edge);
      edge.acting ??= edge.events.map((one) => actingOf(edge, events[one]));
      const acting = edge.events.reduce((all, one, i) => all | (ok[one] ? edge.acting[i] : 0), 0);
      return [at, list.length, acting & 1, acting >> 1, ...undoneOf(list)];
    }),
    hubs: told, left: { lines, actors: 0, hubs: 0 }, whole: nodes.every((node) => isShown(node) || state.removed.has(node.at)),
  };
}

/** The bar of each event by the day it begins on, -1 without a date. */
let binOf = new Int32Array(0);

/** For each bar the events by stance, all of them, and of those that happened how many have a score, and its sum. */
function talliesOf(list) {
  const tallies = bins.map(() => ({ stances: [0, 0, 0], events: 0, scored: 0, sum: 0 }));
  for (const { at } of list) {
    const tally = tallies[binOf[at]];
    if (!tally) continue;
    tally.stances[column.stance[at]] += 1;
    tally.events += 1;
    if (Number.isNaN(column.score[at])) continue;
    tally.scored += 1;
    tally.sum += column.score[at];
  }
  return tallies;
}

/** The sum and number of the scores of those that happened. */
function scoreOf(list) {
  let [sum, scored] = [0, 0];
  for (const { at } of list) {
    if (Number.isNaN(column.score[at])) continue;
    sum += column.score[at];
    scored += 1;
  }
  return [sum, scored];
}

/** What the map shows of the events that pass: places and countries with their events, and the strongest flows. */
function mapped(passing) {
  const [spots, countries, flows] = [new Map(), new Map(), new Map()];
  const add = (map, key, made, event) => {
    if (!map.has(key)) map.set(key, { ...made, events: 0 });
    map.get(key).events += 1;
    return event;
  };
  const countriesOf = (event, ...roles) => [...new Set(event.parties.filter(([role]) => roles.includes(role)).map(([, at]) => nodes[at].country))]
    .filter((code) => capitals.has(code));
  for (const event of passing) {
    for (const [name, lat, lon] of event.spots) add(spots, name, { facet: "place", value: name, words: name, x: lon, y: -lat }, event);
    const [from, to] = [countriesOf(event, "actor", "speaker", "mediator"), countriesOf(event, "recipient", "addressee")];
    for (const code of new Set([...from, ...to])) add(countries, code, { facet: "country", value: code, words: wordOf("country", code), ...capitals.get(code) }, event);
    for (const a of from) {
      for (const b of to) if (a !== b) add(flows, `${a} ${b} ${event.stance} ${event.done}`, { a, b, stance: event.stance, done: event.done }, event);
    }
  }
  const most = (map) => [...map.values()].sort((a, b) => b.events - a.events);
  return { spots: most(spots), countries: most(countries), flows: most(flows).slice(0, FLOWS) };
}

/** Newest first, those of unknown date last; the rank of each event is worked out once. */
const ageRank = new Int32Array(events.length);
[...events].sort((a, b) => {
  const [x, y] = [a.begin ?? "", b.begin ?? ""];
  return x < y ? 1 : x > y ? -1 : a.at - b.at;
}).forEach(({ at }, rank) => (ageRank[at] = rank));

/** The first few of the newest, without sorting all. */
function fewNewest(list, number) {
  const found = [];
  for (const event of list) {
    if (found.length === number && ageRank[event.at] > ageRank[found[number - 1].at]) continue;
    found.push(event);
    found.sort((a, b) => ageRank[a.at] - ageRank[b.at]);
    found.length = Math.min(found.length, number);
  }
  return found.map(({ at }) => at);
}

/** The events of what is selected, newest first, else the latest ones; of an actor also what of it is not drawn. */
function shownOf({ passing, ok }) {
  if (!state.selected) return { events: fewNewest(passing, LATEST) };
  const { kind, at } = state.selected;
  if (kind === "event") return { total: 1, passing: ok[at], events: [at] };
  const own = { actor: nodes, edge: edges, hub: hubs }[kind][at].events;
  const both = own.filter((event) => ok[event]);
  const told = { total: own.length, passing: both.length, events: both.sort((a, b) => ageRank[a] - ageRank[b]).slice(0, cardsShown) };
  if (kind !== "actor") return told;
  const partners = [...nodes[at].partners].filter((other) => !isShown(nodes[other]) && !state.removed.has(other));
  const joint = hubs.filter((hub) => !isHubShown(hub) && hub.parties.some(([, actor]) => actor === at)).length;
  const unfolded = [at, ...nodes[at].partners].filter((other) => state.revealed.has(other));
  return { ...told, partners, hidden: partners.length, joint, unfolded, ...actorOf(at, both.map((one) => events[one])) };
}

/** Of an actor's events that pass: its time line, its partners, its mediations. */
function actorOf(actor, passing) {
  const dated = passing.filter(({ begin }) => begin);
  const open = dated.filter(({ done }) => !done);
  const shared = new Map();
  for (const event of passing) {
    for (const other of event.actors) {
      if (other === actor) continue;
      if (!shared.has(other)) shared.set(other, []);
      shared.get(other).push(event);
    }
  }
  const joined = [...shared].sort(([a, x], [b, y]) => y.length - x.length || a - b).map(([other, list]) => {
    const done = STANCES.map((stance) => list.filter((event) => event.done && event.stance === stance).length);
    return [other, list.length, done, undoneOf(list.filter((event) => !event.done))];
  });
  const mediated = passing.filter(({ parties }) => parties.some(([role, at]) => role === "mediator" && at === actor));
  return {
    line: { bars: talliesOf(dated), pale: talliesOf(open), undone: undoneOf(open) }, joined,
    mediations: { events: fewNewest(mediated, CARDS), total: mediated.length },
  };
}

/** All events in the order of the table, kept until another order is asked for. */
let ordered = { name: "", list: [] };

/** The events that pass, in the order of the table. */
function sortedEvents(ok) {
  const { column, down } = state.sort;
  if (ordered.name !== `${column} ${down}`) {
    const [, key] = COLUMNS[column];
    const order = down ? -1 : 1;
    const keyed = events.map((event) => [key(event), event]);
    keyed.sort(([a, x], [b, y]) => (a < b ? -order : a > b ? order : x.at - y.at));
    ordered = { name: `${column} ${down}`, list: keyed.map(([, event]) => event) };
  }
  return ordered.list.filter(({ at }) => ok[at]);
}

/** What was measured for the filters asked for last. */
let measured = { name: "", found: null };

/** How many actors have each name: of one that is alone the service knows whom it means. */
const nodesLabelled = new Map();
for (const { label } of nodes) nodesLabelled.set(label, (nodesLabelled.get(label) ?? 0) + 1);

const localSource = {
  mostRows: Infinity,
  mostCards: Infinity,

  /** What the page shows of a state. */
  async view(told) {
    const { chosen, from, to, text, least } = told;
    const name = JSON.stringify([chosen, from, to, text, least]);
    const narrowed = PARTS.some((part) => part.only());
    if (measured.name !== name || narrowed) measured = { name: narrowed ? "" : name, found: measure() };
    const { found } = measured;
    return {
      ...found,
      matching: found.passing.length,
      kinds: Object.fromEntries(facets.map((facet) => [facet.key, listed(facet, "", false)])),
      bars: talliesOf(found.timeless), hasTurtle: found.passing.some((event) => event.turtle), score: scoreOf(found.passing), graph: graphOf(found),
      map: state.view === "map" ? mapped(found.passing) : null,
      rows: sortedEvents(found.ok).slice(0, rowsShown).map(({ at }) => at),
      shown: shownOf(found),
    };
  },

  /** Make known what an address names: all is known here. */
  async know() {
    return true;
  },

  /** The values of a kind of choice that have this text, or all. */
  async values(key, text, every) {
    return listed(facets.find((facet) => facet.key === key), text, every);
  },

  /** The first actors whose names have this text, and how many there are. */
  async search(text) {
    const hits = nodes.filter((node) => plain(node.label).includes(plain(text)));
    return { hits: hits.slice(0, 8), total: hits.length };
  },

  /** Names for the box of a question, those of most events first. */
  async actors(text) {
    const named = (node) => (nodesLabelled.get(node.label) === 1 ? node.label : node.id);
    return nodes.filter((node) => plain(`${node.label}\n${node.id}`).includes(plain(text))).slice(0, SUGGESTED).map((node) => [named(node), node.label]);
  },

  /** Whether a file of this ending can hold what passes. */
  savable: (ending) => (ending === "ttl" ? view.hasTurtle : view.matching > 0),

  saveWords: () => (events.length && !events.some((event) => event.turtle) ? "A page of more than 2,000 events carries no RDF; kg export -f ttl writes it." : ""),

  /** Save the events that pass, in the order of the table. */
  async save(ending) {
    const [type, written] = SAVED[ending];
    save(`events.${ending}`, type, written(sortedEvents(view.ok)));
  },

  /** Rows for paper, at once: a browser that prints does not wait. */
  printed: (most) => sortedEvents(view.ok).slice(0, most).map(({ at }) => at),

  /** The articles that report the events that pass, each once. */
  articles: () => [...new Set(view.passing.flatMap(({ reports }) => reports.map(({ article }) => article)))],

  hasTurtle: (event) => Boolean(event.turtle),

  async turtle(event) {
    return wholeTurtle([event.turtle]);
  },

  hasValue: (key, value) => facets.find((facet) => facet.key === key).place.has(value),

  /** The place of an event, line or hub that is named by an event. */
  placeOf(kind, name) {
    const event = events[eventNamed.get(name)];
    return kind === "event" ? event?.at : event?.[kind];
  },
};

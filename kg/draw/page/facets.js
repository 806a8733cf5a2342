/** The kinds of choice that the filters offer: which values there are, which of them each event has. */

/** Each with its name in the address, its title, and the values of an event with their words. */
const KINDS = [
  ["stance", "Stance", (event) => [[event.stance, event.stance]]],
  ["status", "Status", (event) => [[event.status, wordOf("status", event.status)]]],
  ["type", "Type", (event) => [[event.type, event.type.toLowerCase()]]],
  ["mode", "Mode", (event) => (event.mode ? [[`${event.type}-${event.mode}`, `${event.type.toLowerCase()}: ${event.mode.replaceAll("-", " ")}`]] : [])],
  ["actor", "Actor", (event) => event.actors.map((at) => [nodes[at].name, nodes[at].label])],
  ["country", "Country", (event) => event.actors.map((at) => nodes[at].country).filter(Boolean).map((code) => [code, wordOf("country", code)])],
  ["sector", "Sector", (event) => event.actors.map((at) => nodes[at].sector).filter(Boolean).map((code) => [code, wordOf("sector", code)])],
  ["place", "Place", (event) => (event.spots.length ? event.spots.map(([name]) => same(name)) : event.place ? [same(event.place)] : [])],
  ["publisher", "Publisher", (event) => event.reports.map(({ article }) => article.publisher).filter(Boolean).map(same)],
  ["article", "Article", (event) => event.reports.map(({ article }) => [article.name, article.name])],
  ["says", "Who says so", (event) => event.reports.flatMap(({ sayers }) => sayers).map(same)],
];
const wordMaps = new Map(Object.entries(data.words).map(([kind, words]) => [kind, new Map(Object.entries(words))]));
const wordOf = (kind, code) => wordMaps.get(kind).get(code) || code;
const same = (value) => [value, value];

{ // Two articles of one title are told apart by their source, else by number.
  const taken = new Set();
  for (const article of articles) {
    const tries = [article.title, `${article.title} (${article.source})`];
    article.name = tries.find((name) => !taken.has(name)) ?? `${tries[1]} ${taken.size}`;
    taken.add(article.name);
  }
}

/** A facet: its values, most frequent first; `list` from `first[event]` to `first[event + 1]` has the places of an event's values. */
function facetOf([key, title, valuesOf]) {
  const words = new Map();
  const totals = new Map();
  const each = events.map((event) => {
    const own = new Map(valuesOf(event));
    for (const [value, word] of own) {
      words.set(value, word);
      totals.set(value, (totals.get(value) ?? 0) + 1);
    }
    return [...own.keys()];
  });
  const rank = key === "stance" ? (value) => STANCES.indexOf(value) : (value) => -totals.get(value);
  const values = [...words.keys()].sort((a, b) => rank(a) - rank(b) || (words.get(a) < words.get(b) ? -1 : 1));
  const place = new Map(values.map((value, at) => [value, at]));
  return {
    key, title, all: values.length, values, place, words: values.map((value) => words.get(value)),
    ...packed(each.map((own) => own.map((value) => place.get(value)))), counts: new Int32Array(values.length),
  };
}

/** A served page knows how many values there are, and is told those that it lists. */
const facets = KINDS.map(isServed ? ([key, title]) => ({ key, title, all: data.kinds[key] }) : facetOf);

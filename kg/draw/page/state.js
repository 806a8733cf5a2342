/** What the reader has chosen. */

const VIEWS = ["both", "graph", "table", "map"];

const fresh = () => ({
  chosen: new Map(facets.map(({ key }) => [key, new Set()])),
  from: "", to: "", text: "", least: 0,
  selected: null, revealed: new Set(), all: false, view: "both", sort: { column: 0, down: false },
});
let state = fresh();

/** Narrow screens start with fewer actors, so that names stay legible. */
const few = () => (window.innerWidth < 700 ? 12 : Infinity);

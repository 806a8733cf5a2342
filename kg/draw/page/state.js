/** What the reader has chosen. */

const VIEWS = ["both", "graph", "table", "map"];

/** Parts that keep something of their own in the state: they `write` it into the address, `read` it from there, tell
which events `only` may pass (null for all), and `draw` it. */
const PARTS = [];

const fresh = () => ({
  chosen: new Map(facets.map(({ key }) => [key, new Set()])),
  from: "", to: "", text: "", least: 0,
  selected: null, revealed: new Set(), removed: new Set(), all: false, view: "both", sort: { column: 0, down: false },
});
let state = fresh();

/** Narrow screens start with fewer actors, so that names stay legible. */
const few = () => (window.innerWidth < 700 ? 12 : Infinity);

const isShown = (node) => !state.removed.has(node.at) && (state.all || state.revealed.has(node.at) || (node.top && node.at < few()));

/** Bring an actor into the graph. */
function reveal(at) {
  state.removed.delete(at);
  state.revealed.add(at);
}

/** Beside the foremost hubs, those of actors whom the reader has looked up or unfolded. */
const isHubShown = (hub) => hub.top || hub.parties.some(([, actor]) => state.revealed.has(actor));

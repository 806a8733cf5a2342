/** What is on the canvas: the library makes each item once, then it is only shown, hidden or changed in width. */

let network = null;
/** What is on the canvas now, by id. */
const drawn = { nodes: new Map(), edges: new Map() };
/** What the library holds, hidden or not, and how each item looked when it was last sent. */
const held = { nodes: null, edges: null };
const looks = { nodes: new Map(), edges: new Map() };

const itemOf = (id) => drawn.nodes.get(id) ?? drawn.edges.get(id);

/** All about an item that the library has to work out; width, arrows and the page's own words it has not. */
const lookOf = (item) => JSON.stringify({ ...item, width: 0, arrows: 0, words: 0, opacity: 0 });

/** Let exactly these items be seen; making or updating one costs the library a hundred times what hiding it does. */
function sync(kind, wanted) {
  const changed = wanted.filter((item) => {
    const look = lookOf(item);
    if (looks[kind].get(item.id) === look) return false;
    looks[kind].set(item.id, look);
    return true;
  });
  if (changed.length) held[kind].update(changed);
  const made = network.body[kind];
  for (const id of drawn[kind].keys()) made[id].options.hidden = true;
  drawn[kind] = new Map(wanted.map((item) => [item.id, item]));
  for (const { id, width, arrows } of wanted) {
    const { options } = made[id];
    options.hidden = false;
    if (width) options.width = width;
    for (const end of arrows ? ["to", "from"] : []) options.arrows[end].enabled = arrows[end].enabled;
  }
}

/** Change what is on the canvas and draw it once, with the next frame; the library would draw after each change. */
function withoutDrawing(act) {
  network.body.emitter.emit("_blockRedraw");
  act();
  network.body.emitter.emit("_allowRedraw");
}

function drawItems(nodeItems, edgeItems) {
  withoutDrawing(() => {
    sync("nodes", nodeItems);
    sync("edges", edgeItems);
    network._updateVisibleIndices();
  });
}

/** Dashes keep their length on the screen at every zoom, or they would run together. */
function dashLines() {
  const scale = network.getScale();
  for (const { id, dash } of drawn.edges.values()) {
    network.body.edges[id].options.dashes = dash ? dash.map((length) => length / scale) : false;
  }
}

/** Let all but these nodes and lines fade; null lets none. */
function fadeBut(near, lines) {
  for (const item of drawn.edges.values()) {
    item.opacity = !lines || lines.has(item.id) ? item.strength : 0.12;
    network.body.edges[item.id].options.color.opacity = item.opacity;
  }
  for (const item of drawn.nodes.values()) {
    item.opacity = !near || near.has(item.id) ? 1 : 0.25;
    network.body.nodes[item.id].options.opacity = item.opacity;
  }
}

/** A node that the reader has moved stays where it was put. */
function keepPlace(id) {
  const place = network.getPosition(id);
  Object.assign(id[0] === "a" ? nodes[id.slice(1)] : hubs[id.slice(1)], place);
  Object.assign(drawn.nodes.get(id), place);
  looks.nodes.set(id, lookOf(drawn.nodes.get(id)));
}

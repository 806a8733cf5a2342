/** The events that pass as a network in GEXF 1.3, for Gephi and networkx: actors and events are nodes, roles are edges. */

const GEXF = "http://gexf.net/1.3";
const VIZ = "http://gexf.net/1.3/viz";

/** Text that XML can hold: no control characters but tab and line ends, no halves of characters. */
const xmlText = (text) => String(text).toWellFormed().replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "\ufffd");

/** Attributes with the names that `kg export` gives them; `class` is the stance of an event, the kind of an actor. */
const NODE_COLUMNS = ["kind", "class", "country", "sector", "code", "mode", "status", "status_in_words", "date", "first_day", "last_day", "place", "source", "quote", "mentions", "iri"];
const EDGE_COLUMNS = ["role", "code", "class", "status", "date", "source"];

/** All publishers of the reports of an event, each once. */
const sourcesOf = (event) => [...new Set(event.reports.map(({ article }) => article.publisher || article.source).filter(Boolean))].join("; ");

function eventValues(event) {
  return {
    kind: "event", class: event.stance, code: event.type, mode: event.mode, status: event.status, status_in_words: event.statusWords, date: event.when,
    first_day: event.begin, last_day: event.end, place: event.place, source: sourcesOf(event), iri: event.id,
    quote: event.reports[0]?.parts.map(([, text]) => text).join(""), mentions: event.reports.length,
  };
}

const actorValues = (node) => ({ kind: "actor", class: node.kind, country: node.country, sector: node.sector, iri: node.id });

/** The network as text; an edge runs from an actor to what it does, and on to the recipient. */
function gexf(list) {
  const whole = document.implementation.createDocument(GEXF, "gexf");
  const make = (name, attributes = {}, space = GEXF) => {
    const made = whole.createElementNS(space, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, xmlText(value));
    return made;
  };
  const columns = (kind, names) => {
    const box = make("attributes", { class: kind, mode: "static" });
    names.forEach((title, id) => box.append(make("attribute", { id, title, type: "string" })));
    return box;
  };
  const values = (names, told) => {
    const box = make("attvalues");
    names.forEach((name, at) => {
      if (told[name] !== undefined && told[name] !== "") box.append(make("attvalue", { for: at, value: told[name] }));
    });
    return box;
  };
  const node = (id, label, told, look) => {
    const made = make("node", { id, label });
    made.append(values(NODE_COLUMNS, told), ...look);
    return made;
  };
  const spot = ({ x, y, size }) => [make("viz:position", { x, y: -y, z: 0 }, VIZ), make("viz:size", { value: size }, VIZ)];
  const [points, lines] = [make("nodes"), make("edges")];
  const actors = [...new Set(list.flatMap((event) => event.actors))].sort((a, b) => a - b).map((at) => nodes[at]);
  points.append(...actors.map((actor) => node(`ent:${actor.name}`, actor.label, actorValues(actor), spot(actor))),
    ...list.map((event) => node(`ev:${event.name}`, event.label, eventValues(event), [])));
  for (const event of list) {
    const told = { code: event.type, class: event.stance, status: event.status, date: event.when, source: sourcesOf(event) };
    for (const [role, at] of event.parties) {
      const ends = [`ent:${nodes[at].name}`, `ev:${event.name}`];
      const [source, target] = role === "recipient" || role === "addressee" ? ends.reverse() : ends;
      const edge = make("edge", { id: `${source} ${role} ${target}`, source, target, label: role });
      edge.append(values(EDGE_COLUMNS, { role, ...told }));
      lines.append(edge);
    }
  }
  const graph = make("graph", { defaultedgetype: "directed", mode: "static" });
  graph.append(columns("node", NODE_COLUMNS), columns("edge", EDGE_COLUMNS), points, lines);
  whole.documentElement.setAttribute("version", "1.3");
  whole.documentElement.setAttributeNS("http://www.w3.org/2000/xmlns/", "xmlns:viz", VIZ);
  const about = make("meta");
  about.append(make("description"));
  about.firstChild.textContent = xmlText(`${document.title}: ${viewWords()}`);
  whole.documentElement.append(about, graph);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(whole)}\n`;
}

/** The data of the page: the only place that knows where they come from. */

/** The block of data in the page, which is packed when it is large: deflated, in base64. */
async function load() {
  const block = byId("data");
  if (block.type === "application/json") return JSON.parse(block.textContent);
  const letters = atob(block.textContent.trim());
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i += 1) bytes[i] = letters.charCodeAt(i);
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return JSON.parse(await new Response(unpacked).text());
}

const block = await load();
/** Whether a server is asked for what is shown; else all of it is here. */
const isServed = Boolean(block.address);
const data = isServed ? await begun(block.address) : block;
/** Actors, lines, diamonds and events by their places; of a served page only those that were told of until now. */
const { nodes = [], edges = [], hubs = [], events = [], articles = [] } = data;
/** How many there are. */
const totals = { events: data.totalEvents ?? events.length, actors: data.totalActors ?? nodes.length };

const STANCES = ["cooperation", "conflict", "neutral"];
const ROLE_WORDS = new Map([
  ["actor", "Who"], ["speaker", "Speaker"], ["recipient", "To whom"], ["addressee", "Addressee"],
  ["mediator", "Mediator"], ["host", "Host"], ["guarantor", "Guarantor"], ["beneficiary", "For"],
  ["target", "Target"], ["thirdParty", "Third party"],
]);

/** The last part of an IRI where no other thing's ends so too, else all of it: how the address names things. */
function nameShortly(things) {
  const last = (id) => id.slice(Math.max(id.lastIndexOf("/"), id.lastIndexOf("#")) + 1);
  const times = new Map();
  for (const { id } of things) times.set(last(id), (times.get(last(id)) ?? 0) + 1);
  for (const thing of things) thing.name = last(thing.id) && times.get(last(thing.id)) === 1 ? last(thing.id) : thing.id;
  return new Map(things.map((thing, at) => [thing.name, at]));
}

function completeNode(node, at) {
  for (const list of ["aliases", "offices", "links"]) node[list] ??= [];
  return Object.assign(node, { at, events: [], partners: new Set() });
}

/** The data leave out what is empty. */
function completeEvent(event, at) {
  event.at = at;
  for (const list of ["parties", "figures", "about", "codes", "keys", "reports", "spots"]) event[list] ??= [];
  event.actors = [...new Set(event.parties.map(([, actor]) => actor))];
  for (const one of event.reports) {
    one.parts ??= [];
    one.sayers ??= [];
  }
  return event;
}

nodes.forEach(completeNode);
events.forEach((event, at) => {
  completeEvent(event, at);
  for (const actor of event.actors) {
    nodes[actor].events.push(at);
    for (const other of event.actors) if (other !== actor) nodes[actor].partners.add(other);
  }
  for (const one of event.reports) one.article = articles[one.article];
});
const nodeNamed = nameShortly(nodes);
const eventNamed = nameShortly(events);
{ // Lines of one pair lie beside each other, each at its own place however the filters stand.
  const pairs = new Map();
  for (const edge of edges) {
    const pair = `${edge.a} ${edge.b}`;
    if (pairs.has(pair)) pairs.get(pair).push(edge);
    else pairs.set(pair, [edge]);
  }
  for (const alike of pairs.values()) alike.forEach((edge, i) => (edge.bend = (i - (alike.length - 1) / 2) * 0.22));
}
/** Lines and hubs are named by their first event, whose name holds from build to build; each event knows its own. */
for (const [kind, things] of [["edge", edges], ["hub", hubs]]) {
  things.forEach((thing, at) => {
    thing.name = events[thing.events[0]].name;
    for (const event of thing.events) events[event][kind] = at;
  });
}

/** The names of those who take part in one of these roles. */
function named(event, ...roles) {
  return event.parties.filter(([role]) => roles.includes(role)).map(([, actor]) => nodes[actor].label).join(", ");
}

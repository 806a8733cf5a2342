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

const data = await load();
const { nodes, edges, hubs, events, articles } = data;

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

nodes.forEach((node, at) => {
  for (const list of ["aliases", "offices", "links"]) node[list] ??= [];
  Object.assign(node, { at, events: [], partners: new Set() });
});
events.forEach((event, at) => {
  event.at = at;
  // The data leave out what is empty.
  for (const list of ["parties", "figures", "about", "codes", "keys", "reports", "spots"]) event[list] ??= [];
  event.actors = [...new Set(event.parties.map(([, actor]) => actor))];
  for (const actor of event.actors) {
    nodes[actor].events.push(at);
    for (const other of event.actors) if (other !== actor) nodes[actor].partners.add(other);
  }
  for (const one of event.reports) {
    one.parts ??= [];
    one.sayers ??= [];
    one.article = articles[one.article];
  }
});
const nodeNamed = nameShortly(nodes);
const eventNamed = nameShortly(events);

/** The names of those who take part in one of these roles. */
function named(event, ...roles) {
  return event.parties.filter(([role]) => roles.includes(role)).map(([, actor]) => nodes[actor].label).join(", ");
}

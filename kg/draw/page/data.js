/** The data of the page: the only place that knows where they come from. */

const data = JSON.parse(byId("data").textContent);
const { nodes, edges, hubs, events } = data;

const STANCES = ["cooperation", "conflict", "neutral"];
const ROLE_WORDS = new Map([
  ["actor", "Who"], ["speaker", "Speaker"], ["recipient", "To whom"], ["addressee", "Addressee"],
  ["mediator", "Mediator"], ["host", "Host"], ["guarantor", "Guarantor"], ["beneficiary", "For"],
  ["target", "Target"], ["thirdParty", "Third party"],
]);

nodes.forEach((node, at) => Object.assign(node, { at, events: [], partners: new Set() }));
events.forEach((event, at) => {
  event.at = at;
  const parties = [...new Set(event.parties.map(([, actor]) => actor))];
  for (const actor of parties) {
    nodes[actor].events.push(at);
    for (const other of parties) if (other !== actor) nodes[actor].partners.add(other);
  }
});

/** The names of those who take part in one of these roles. */
function named(event, ...roles) {
  return event.parties.filter(([role]) => roles.includes(role)).map(([, actor]) => nodes[actor].label).join(", ");
}

/** What the reader has chosen, and which events pass. */

const fresh = () => ({
  stance: new Set(), status: new Set(), type: new Set(), from: "", to: "",
  selected: null, revealed: new Set(), all: false,
});
let state = fresh();

/** Narrow screens start with fewer actors, so that names stay legible. */
const few = () => (window.innerWidth < 700 ? 12 : Infinity);

function inTime(event) {
  if (!state.from && !state.to) return true;
  if (!event.begin) return false;
  return (!state.from || event.end >= state.from) && (!state.to || event.begin <= state.to);
}

/** Whether the event passes every filter but the one named. */
function passes(event, but = "") {
  for (const facet of ["stance", "status", "type"]) {
    if (facet !== but && state[facet].size && !state[facet].has(event[facet])) return false;
  }
  return but === "time" || inTime(event);
}

const isShown = (node) => state.all || state.revealed.has(node.at) || (node.top && node.at < few());

/** Beside the foremost hubs, those of actors whom the reader has looked up or unfolded. */
const isHubShown = (hub) => hub.top || hub.parties.some(([, actor]) => state.revealed.has(actor));

/** A list of check boxes with the number of events behind each under the other filters. */
function drawChoices(box, facet, options) {
  const counts = new Map();
  for (const event of events) {
    if (passes(event, facet)) counts.set(event[facet], (counts.get(event[facet]) ?? 0) + 1);
  }
  const had = document.activeElement?.dataset?.value;
  const inside = box.contains(document.activeElement);
  box.replaceChildren(...options.map(([value, words]) => {
    const input = element("input", { type: "checkbox", checked: state[facet].has(value), "data-value": value });
    input.addEventListener("change", () => {
      if (input.checked) state[facet].add(value);
      else state[facet].delete(value);
      refresh();
    });
    const swatch = facet === "stance" ? lineSample(value, true) : null;
    return element("label", {}, input, swatch, element("span", {}, words),
      element("span", { className: "number" }, (counts.get(value) ?? 0).toLocaleString("en")));
  }));
  if (inside) [...box.querySelectorAll("input")].find((input) => input.dataset.value === had)?.focus();
}

function drawFilters() {
  const has = new Set(data.ranges.stances.map(([name]) => name));
  drawChoices(byId("stances"), "stance", STANCES.filter((s) => has.has(s)).map((s) => [s, s]));
  drawChoices(byId("statuses"), "status", data.ranges.statuses.map(([name, words]) => [name, words]));
  drawChoices(byId("types"), "type", data.ranges.types.map(([name]) => [name, name.toLowerCase()]));
  byId("from").value = state.from;
  byId("to").value = state.to;
  const left = state.from || state.to ? "left out" : "of unknown date";
  byId("undated").textContent = data.ranges.undated ? `${count(data.ranges.undated, "event")} ${left}` +
    (left === "left out" ? ": date not known" : "") : "";
}

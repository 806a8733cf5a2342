/** Which events pass, and the boxes that choose them: AND between kinds of choice, OR within one. */

const SHORT = 8;
/** Names suggested at once in the box of a question. */
const SUGGESTED = 20;

/** What is shown: what the source of the data has made of the state. */
let view = null;

/** Lower case without accents, so that "ulkerie" would find "Ülkerié". */
const plain = (text) => text.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase();

/** One closed list a kind of choice; its boxes are made when it opens. */
function buildFilters() {
  byId("facets").replaceChildren(...facets.filter(({ all }) => all).map((facet) => {
    const open = facet.key === "stance" || facet.key === "status";
    const box = element("details", { className: "facet", open, "data-facet": facet.key });
    const find = facet.all > SHORT
      ? element("input", { type: "search", className: "narrow", placeholder: "Find", "aria-label": `Find in ${facet.title.toLowerCase()}` }) : null;
    find?.addEventListener("input", () => drawChoices(box, facet));
    const choices = element("div", { className: "choices", role: "group", "aria-label": facet.title });
    box.append(element("summary", {}, facet.title, element("span", { className: "chosen" })), ...(find ? [find] : []), choices);
    box.addEventListener("toggle", () => drawChoices(box, facet));
    return box;
  }));
}

/** Open the lists in which the address has chosen something, so that it can be seen. */
function openChosen() {
  for (const box of byId("facets").children) if (state.chosen.get(box.dataset.facet).size) box.open = true;
}

async function drawChoices(box, facet) {
  const chosen = state.chosen.get(facet.key);
  box.querySelector(".chosen").textContent = chosen.size ? `${chosen.size} chosen` : "";
  if (!box.open || !view) return;
  const choices = box.querySelector(".choices");
  const wanted = box.querySelector(".narrow")?.value.trim() ?? "";
  const every = "all" in box.dataset;
  const told = wanted || every ? await source.values(facet.key, wanted, every) : view.kinds[facet.key];
  if (!told || wanted !== (box.querySelector(".narrow")?.value.trim() ?? "")) return; // Something else was asked since.
  const had = choices.contains(document.activeElement) ? document.activeElement.dataset.value : null;
  const lines = told.values.map((one) => choice(facet, one, chosen));
  if (told.left && !every) {
    const more = element("button", { type: "button", className: "plain" }, `${told.left.toLocaleString("en")} more`);
    more.addEventListener("click", async () => {
      box.dataset.all = "";
      await drawChoices(box, facet);
      choices.querySelectorAll("input")[lines.length - 1]?.focus();
    });
    lines.push(more);
  } else if (told.left) lines.push(element("p", { className: "quiet" }, `${told.left.toLocaleString("en")} more: find them by name.`));
  if (!lines.length) lines.push(element("p", { className: "quiet" }, wanted ? "None has this name." : "None matches."));
  choices.replaceChildren(...lines);
  if (had !== null) [...choices.querySelectorAll("input")].find((input) => input.dataset.value === had)?.focus();
}

function choice(facet, [value, words, number], chosen) {
  const input = element("input", { type: "checkbox", checked: chosen.has(value), "data-value": value });
  input.addEventListener("change", () => change(() => (input.checked ? chosen.add(value) : chosen.delete(value))));
  const sample = facet.key === "stance" ? lineSample(value, true) : null;
  return element("label", { className: number ? "" : "none" }, input, sample, element("span", {}, words),
    element("span", { className: "number" }, number.toLocaleString("en")));
}

function drawFilters() {
  for (const box of byId("facets").children) drawChoices(box, facets.find(({ key }) => key === box.dataset.facet));
  for (const name of ["from", "to", "text"]) if (byId(name).value !== state[name]) byId(name).value = state[name];
  byId("least").value = state.least;
  byId("least-words").textContent = state.least ? `${state.least}% or more` : "any";
  const { undated } = data.ranges;
  byId("undated").textContent = !undated ? "" : state.from || state.to
    ? `${count(undated, "event")} left out: date not known` : `${count(undated, "event")} of unknown date`;
}

/** The boxes for text, confidence and days, which go on as one step while they are moved. */
function listenToFilters() {
  let waiting = 0;
  byId("text").addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => change(() => (state.text = byId("text").value.slice(0, LONGEST_TEXT)), "text"), 150);
  });
  byId("least").addEventListener("input", () => change(() => (state.least = Number(byId("least").value)), "least"));
  for (const end of ["from", "to"]) {
    byId(end).addEventListener("change", () => change(() => (state[end] = byId(end).value)));
  }
}

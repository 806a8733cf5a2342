/** Which events pass, and the boxes that choose them: AND between kinds of choice, OR within one. */

const SHORT = 8;

/** What passes: `ok` by event, and the events that pass but for the time. */
let view = { ok: new Uint8Array(events.length), passing: events, timeless: events };

/** Lower case without accents, so that "ulkerie" would find "Ülkerié". */
const plain = (text) => text.normalize("NFD").replace(/\p{Diacritic}/gu, "").toLowerCase();

/** What the free text is looked for in: made when first asked for. */
function words(event) {
  event.words ??= plain([event.label, ...event.reports.flatMap((one) => [one.article.title, ...one.parts.map(([, text]) => text)])].join("\n"));
  return event.words;
}

function inTime(at) {
  const { from, to } = state;
  if (!from && !to) return true;
  if (!column.begin[at]) return false;
  return (!from || column.end[at] >= from) && (!to || column.begin[at] <= to);
}

/** Whether an event has one of the wanted values of a facet. */
function hasOne({ first, list }, wanted, at) {
  for (let i = first[at]; i < first[at + 1]; i += 1) if (wanted[list[i]]) return true;
  return false;
}

function tally({ first, list, counts }, at) {
  for (let i = first[at]; i < first[at + 1]; i += 1) counts[list[i]] += 1;
}

/** The facets in which something is chosen, each with a 1 for every value that is wanted. */
function activeFacets() {
  return facets.filter(({ key }) => state.chosen.get(key).size).map((facet) => {
    const wanted = new Uint8Array(facet.values.length);
    for (const value of state.chosen.get(facet.key)) wanted[value] = 1;
    return [facet, wanted];
  });
}

/** Go once over all events: what fails in one kind of choice alone still counts beside that kind's boxes. */
function measure() {
  const active = activeFacets();
  const wanted = plain(state.text.trim());
  view = { ok: new Uint8Array(events.length), passing: [], timeless: [] };
  for (const facet of facets) facet.counts.fill(0);
  const sets = PARTS.map((part) => part.only()).filter(Boolean);
  const least = state.least;
  for (let at = 0; at < events.length; at += 1) {
    if (column.confidence[at] * 100 < least || (wanted && !words(events[at]).includes(wanted))) continue;
    if (sets.some((set) => !set.has(at))) continue;
    let missed = null;
    let misses = 0;
    for (let i = 0; i < active.length && misses < 2; i += 1) {
      if (hasOne(active[i][0], active[i][1], at)) continue;
      missed = active[i][0];
      misses += 1;
    }
    const timely = inTime(at);
    if (misses > 1 || (misses && !timely)) continue;
    if (!misses) view.timeless.push(events[at]);
    if (!timely) continue;
    if (misses) {
      tally(missed, at);
      continue;
    }
    for (let i = 0; i < facets.length; i += 1) tally(facets[i], at);
    view.passing.push(events[at]);
    view.ok[at] = 1;
  }
}

/** One closed list a kind of choice; its boxes are made when it opens. */
function buildFilters() {
  byId("facets").replaceChildren(...facets.filter(({ values }) => values.length).map((facet) => {
    const open = facet.key === "stance" || facet.key === "status";
    const box = element("details", { className: "facet", open, "data-facet": facet.key });
    const find = facet.values.length > SHORT
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

/** The values to list: all of a short list; of a long one those that match, the chosen and the most frequent. */
function listed(facet, wanted, all) {
  const places = facet.values.map((_, at) => at);
  if (places.length <= SHORT) return [places, 0];
  const chosen = state.chosen.get(facet.key);
  const found = places.filter((at) => (wanted ? plain(facet.words[at]).includes(wanted) : chosen.has(at) || facet.counts[at] || all));
  found.sort((a, b) => chosen.has(b) - chosen.has(a) || facet.counts[b] - facet.counts[a] || a - b);
  const most = all ? 500 : Math.max(SHORT, chosen.size);
  return [found.slice(0, most), found.length - Math.min(found.length, most)];
}

function drawChoices(box, facet) {
  const chosen = state.chosen.get(facet.key);
  box.querySelector(".chosen").textContent = chosen.size ? `${chosen.size} chosen` : "";
  if (!box.open) return;
  const choices = box.querySelector(".choices");
  const had = choices.contains(document.activeElement) ? document.activeElement.dataset.value : null;
  const wanted = plain(box.querySelector(".narrow")?.value.trim() ?? "");
  const [places, left] = listed(facet, wanted, "all" in box.dataset);
  const lines = places.map((at) => choice(facet, at, chosen));
  if (left && !("all" in box.dataset)) {
    const more = element("button", { type: "button", className: "plain" }, `${left.toLocaleString("en")} more`);
    more.addEventListener("click", () => {
      box.dataset.all = "";
      drawChoices(box, facet);
      choices.querySelectorAll("input")[places.length]?.focus();
    });
    lines.push(more);
  }
  if (!lines.length) lines.push(element("p", { className: "quiet" }, wanted ? "None has this name." : "None matches."));
  choices.replaceChildren(...lines);
  if (had !== null) [...choices.querySelectorAll("input")].find((input) => input.dataset.value === had)?.focus();
}

function choice(facet, at, chosen) {
  const input = element("input", { type: "checkbox", checked: chosen.has(at), "data-value": facet.values[at] });
  input.addEventListener("change", () => change(() => (input.checked ? chosen.add(at) : chosen.delete(at))));
  const sample = facet.key === "stance" ? lineSample(facet.values[at], true) : null;
  return element("label", { className: facet.counts[at] ? "" : "none" }, input, sample, element("span", {}, facet.words[at]),
    element("span", { className: "number" }, facet.counts[at].toLocaleString("en")));
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

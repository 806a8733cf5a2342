/** The table of events: the same as the graph for those who do not see it, sortable, for the keyboard. */

/** Rows while the table is seen, rows while it is not, and rows that the button adds. */
const ROWS = 60;
const FEW_ROWS = 10;
const MORE_ROWS = 100;
const COLUMNS = [
  ["When", (e) => e.begin ?? "9999", "when"],
  ["Event", (e) => e.label.toLowerCase(), "what"],
  ["Who", (e) => named(e, "actor", "speaker").toLowerCase(), "who"],
  ["To whom", (e) => named(e, "recipient", "addressee").toLowerCase(), "whom"],
  ["Type", (e) => e.type.toLowerCase(), "type"],
  ["Status", (e) => e.statusWords, "status"],
  ["Reports", (e) => e.reports.length, "tally"],
];
let tableSeen = false;
let rowsShown = FEW_ROWS;

/** Back to the first rows, as after each change of the view. */
const foldRows = () => (rowsShown = tableSeen ? ROWS : FEW_ROWS);

function drawColumns() {
  const told = JSON.stringify(state.sort);
  if (byId("columns").dataset.sort === told) return;
  byId("columns").dataset.sort = told;
  byId("columns").replaceChildren(...COLUMNS.map(([name, , kind], at) => {
    const on = state.sort.column === at;
    const arrow = on ? (state.sort.down ? " ▼" : " ▲") : "";
    const button = element("button", { type: "button", "data-column": at }, name,
      element("span", { "aria-hidden": "true" }, arrow));
    button.addEventListener("click", async () => {
      state.sort = { column: at, down: on && !state.sort.down };
      remember();
      if (!(await ask())) return;
      drawTable();
      byId("columns").querySelectorAll("button")[at].focus();
    });
    const sort = on ? (state.sort.down ? "descending" : "ascending") : "none";
    return element("th", { scope: "col", className: kind, "aria-sort": sort }, button);
  }));
}

function row(event) {
  const button = element("button", { type: "button", className: "plain" }, event.label);
  button.addEventListener("click", () => select("event", event.at));
  const cell = (kind, ...content) => element("td", { className: kind }, ...content);
  return element("tr", { className: event.done ? "" : "not-done", "data-at": event.at },
    cell("when", event.when), element("th", { scope: "row", className: "what" }, button),
    cell("who", named(event, "actor", "speaker")), cell("whom", named(event, "recipient", "addressee")),
    cell("type", element("span", { className: `dot ${event.stance}`, "aria-hidden": "true" }), event.type.toLowerCase()),
    cell("status", event.statusWords), cell("tally", String(event.reports.length)));
}

/** Rows by event, so that a row that stays is not made again. */
let madeRows = new Map();

function rowsNow() {
  const now = new Map();
  for (const at of view.rows) now.set(at, madeRows.get(at) ?? row(events[at]));
  madeRows = now;
  return now.values();
}

function drawTable() {
  drawColumns();
  const left = view.matching - view.rows.length;
  const [box, rows] = [byId("rows"), [...rowsNow()]];
  // Rows that stay are not taken out, or a click that has begun on one would be lost.
  if ([...box.children].every((line, at) => line === rows[at])) box.append(...rows.slice(box.children.length));
  else box.replaceChildren(...rows);
  markRow();
  byId("no-rows").hidden = view.matching > 0;
  byId("no-rows").textContent = totals.events ? "No events match." : "There are no events to show.";
  drawSaves();
  byId("more-rows").hidden = !left;
  byId("more-rows").disabled = rowsShown >= source.mostRows;
  byId("more-rows").textContent = rowsShown < source.mostRows ? `Show more rows (${left.toLocaleString("en")} left)`
    : `${left.toLocaleString("en")} more: narrow the filters, or save all as CSV`;
}

/** Move the mark of the current row without building the table anew, so that the focus stays. */
function markRow() {
  for (const line of byId("rows").children) {
    const on = state.selected?.kind === "event" && state.selected.at === Number(line.dataset.at);
    if (on) line.setAttribute("aria-current", "true");
    else line.removeAttribute("aria-current");
  }
}

async function drawMoreRows() {
  if (!view || !(await ask())) return false;
  drawTable();
  return true;
}

/** Build most rows only once the table comes into sight. */
function listenToTable() {
  new IntersectionObserver((seen) => {
    tableSeen = seen[seen.length - 1].isIntersecting;
    if (!tableSeen || rowsShown >= ROWS) return;
    rowsShown = ROWS;
    drawMoreRows();
  }).observe(byId("table").querySelector("table"));
  byId("more-rows").addEventListener("click", async () => {
    const before = rowsShown;
    rowsShown = Math.min(rowsShown + MORE_ROWS, source.mostRows);
    if (!(await drawMoreRows())) return;
    byId("rows").children[before]?.querySelector("button").focus();
  });
}

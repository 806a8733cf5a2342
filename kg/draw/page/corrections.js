/** "This is wrong": which reports are one event and which are not, saved as a file that `kg link --apply` takes in. */

let wrong = { same: [], apart: [] };
let joining = null;

const isJoinable = (event) => joining && joining !== event && joining.type === event.type;

/** What a reader can correct here is what `kg link` honours: parting the reports of an event, joining two events. */
function correctionButtons(event) {
  if (!event.keys.length) return [];
  const button = (words, act) => element("button", { type: "button", className: "small", onclick: act }, words);
  const made = [];
  if (event.keys.length > 1) made.push(button("Wrong: not one event", () => correct("apart", event.keys)));
  if (isJoinable(event)) made.push(button("The same as the marked event", () => join(event)));
  else made.push(button("Wrong: told twice", () => {
    joining = event;
    drawPanel();
    byId("corrections").querySelector("button")?.focus();
  }));
  return made;
}

function join(event) {
  const other = joining;
  joining = null;
  correct("same", [other.keys[0], event.keys[0]]);
}

/** Note each pair of these reports, in order; the latest decision on a pair holds. */
function correct(how, keys) {
  const pairs = keys.flatMap((a, i) => keys.slice(i + 1).map((b) => [a, b].sort()));
  const other = how === "same" ? "apart" : "same";
  const is = ([a, b]) => pairs.some(([c, d]) => a === c && b === d);
  wrong = { [how]: [...wrong[how].filter((pair) => !is(pair)), ...pairs], [other]: wrong[other].filter((pair) => !is(pair)) };
  drawPanel();
  byId("corrections").querySelector("button")?.focus();
}

function drawCorrections() {
  const pairs = wrong.same.length + wrong.apart.length;
  byId("corrections").hidden = !pairs && !joining;
  const lines = [];
  if (joining) {
    lines.push(element("p", {}, `Choose the event that is the same as “${joining.label}”: its card then offers it.`),
      element("button", { type: "button", className: "small", onclick: () => ((joining = null), drawPanel()) }, "Never mind"));
  }
  if (pairs) {
    lines.push(element("p", {}, `${count(pairs, "correction")} noted; save them, then: kg link --apply corrections.json`),
      element("button", { type: "button", className: "small", onclick: () => save("corrections.json", "application/json", `${JSON.stringify({ same: wrong.same, apart: wrong.apart }, null, 1)}\n`) }, "Save corrections"),
      element("button", { type: "button", className: "small", onclick: () => ((wrong = { same: [], apart: [] }), drawPanel()) }, "Discard"));
  }
  byId("corrections").replaceChildren(...lines);
}

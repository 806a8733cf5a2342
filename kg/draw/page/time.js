/** Events over time, stacked by stance, with a brush; above them the mean PLOVER score; a player that moves the brush. */

const BAR = 10;
const TALL = 50;
const STEP_MS = 700;

let bins = [];
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
let playing = 0;

function binAt(day) {
  let [low, high] = [0, bins.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (bins[middle].from <= day) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The bars that the chosen days touch: first and last. */
function brushed() {
  const first = state.from ? binAt(state.from) : 0;
  const latest = state.to ? binAt(state.to) : bins.length - 1;
  return [Math.min(first, latest), latest];
}

/** Choose the days of these bars; all bars are the same as no choice, which also shows events without a date. */
function brush(a, b, kind = "") {
  const [first, latest] = a <= b ? [a, b] : [b, a];
  const all = first === 0 && latest === bins.length - 1;
  change(() => {
    state.from = all ? "" : bins[first].from;
    state.to = all ? "" : bins[latest].to;
  }, kind);
}

const signed = (score) => (score > 0 ? "+" : score < 0 ? "−" : "") + Math.abs(score).toFixed(1);

function drawTime() {
  byId("time").hidden = !bins.length;
  if (!bins.length) return;
  const tallies = view.bars;
  const highest = Math.max(0, ...tallies.map((tally) => tally.events));
  const [first, latest] = brushed();
  byId("brush").hidden = byId("play").hidden = bins.length === 1;
  for (const id of ["bars", "scores"]) byId(id).setAttribute("viewBox", `0 0 ${bins.length * BAR} ${TALL}`);
  drawBars(tallies, highest || 1, first, latest);
  byId("scores").replaceChildren(...drawScores(tallies, first, latest));
  drawBrush(first, latest);
  const unit = bins[bins.length >> 1].unit;
  byId("time-words").textContent = !highest ? "No event with a date matches."
    : `By ${unit}, at most ${count(highest, "event")} a bar; drag over the bars to choose days.`;
  const [sum, scored] = view.score;
  byId("score-words").textContent = !scored ? "No PLOVER score: nothing of the selection is reported as done."
    : `Mean PLOVER score ${signed(sum / scored)} of ${count(scored, "event")} that happened; −10 is conflict, +10 cooperation.`;
}

/** Made once: a path for the boxes of each stance in the chosen days and outside, and a box for each bar to point at. */
const stacks = ["", " out"].flatMap((out) => STANCES.map((stance) => svg("path", { class: stance + out })));
let bars = [];

function makeBars() {
  bars = bins.map((_, at) => svg("g", { class: "bar" }, svg("rect", { class: "hit", x: at * BAR, y: 0, width: BAR, height: TALL }), svg("title", {})));
  byId("bars").replaceChildren(...stacks, ...bars);
}

function drawBars(tallies, highest, first, latest) {
  const paths = stacks.map(() => "");
  tallies.forEach(({ stances, events: all }, at) => {
    const out = at < first || at > latest;
    let y = TALL;
    stances.forEach((number, i) => {
      if (!number) return;
      const height = (number / highest) * (TALL - 2);
      y -= height;
      paths[out ? i + STANCES.length : i] += `M${at * BAR + 0.75},${y.toFixed(2)}h${BAR - 1.5}v${height.toFixed(2)}h${1.5 - BAR}z`;
    });
    const name = out ? "bar out" : "bar";
    if (bars[at].getAttribute("class") !== name) bars[at].setAttribute("class", name);
    const words = `${bins[at].words}: ${all}`;
    if (bars[at].lastChild.textContent !== words) bars[at].lastChild.textContent = words;
  });
  stacks.forEach((path, i) => path.setAttribute("d", paths[i]));
}

/** The line of the mean score, a dot where it has one bar alone; outside the chosen days it is pale. */
function drawScores(tallies, first, latest) {
  const y = (score) => TALL / 2 - (score / 10) * (TALL / 2 - 3);
  const spots = tallies.map(({ sum, scored }, at) => [at, (at + 0.5) * BAR, y(sum / scored), scored]).filter(([, , , scored]) => scored);
  const middle = svg("line", { class: "zero", x1: 0, x2: bins.length * BAR, y1: TALL / 2, y2: TALL / 2 });
  const path = (list, name) => svg("polyline", { class: name, points: list.map(([, x, at]) => `${x},${at}`).join(" ") });
  const chosen = spots.filter(([at]) => at >= first && at <= latest);
  const dots = svg("path", { class: "score-dot", d: chosen.map(([, x, at]) => `M${x},${at}h0`).join("") });
  return [middle, path(spots, "score-all"), path(chosen, "score"), dots];
}

function drawBrush(first, latest) {
  const ends = { "brush-from": first, "brush-to": latest };
  for (const [id, at] of Object.entries(ends)) {
    const input = byId(id);
    input.max = bins.length - 1;
    input.value = at;
    input.setAttribute("aria-valuetext", bins[at].words);
  }
  const share = (at) => `${(at / bins.length) * 100}%`;
  byId("brush-span").style.left = share(first);
  byId("brush-span").style.width = share(latest - first + 1);
  byId("time-first").textContent = bins[first].words;
  byId("time-last").textContent = latest > first ? bins[latest].words : "";
}

/** Drag over the bars to choose their days; a click chooses one bar, and again all. */
function listenToBars() {
  const box = byId("bars");
  let start = -1;
  let moved = false;
  const under = ({ clientX }) => {
    const { left, width } = box.getBoundingClientRect();
    return Math.max(0, Math.min(bins.length - 1, Math.floor(((clientX - left) / width) * bins.length)));
  };
  box.addEventListener("pointerdown", (pressed) => {
    if (pressed.button) return;
    start = under(pressed);
    moved = false;
    box.setPointerCapture(pressed.pointerId);
    pressed.preventDefault();
  });
  box.addEventListener("pointermove", (at) => {
    if (start < 0 || (!moved && under(at) === start)) return;
    moved = true;
    const [first, latest] = [start, under(at)].sort((a, b) => a - b);
    const shown = brushed();
    if (first !== shown[0] || latest !== shown[1]) brush(first, latest, "brush");
  });
  box.addEventListener("pointerup", () => {
    const only = start >= 0 && !moved && brushed().every((at) => at === start) && (state.from || state.to);
    if (only) brush(0, bins.length - 1);
    else if (start >= 0 && !moved) brush(start, start);
    start = -1;
  });
  box.addEventListener("pointercancel", () => (start = -1));
  const ends = () => [Number(byId("brush-from").value), Number(byId("brush-to").value)];
  byId("brush-from").addEventListener("input", () => brush(Math.min(...ends()), ends()[1], "brush-from"));
  byId("brush-to").addEventListener("input", () => brush(ends()[0], Math.max(...ends()), "brush-to"));
}

/** Move the brush by one bar; from all bars start with the first; false at the end. */
function playOn() {
  const [first, latest] = brushed();
  if (first === 0 && latest === bins.length - 1) brush(0, 0, "play");
  else if (latest === bins.length - 1) return false;
  else brush(first + 1, latest + 1, "play");
  return true;
}

function stopPlaying() {
  clearInterval(playing);
  playing = 0;
  drawPlay();
}

function drawPlay() {
  byId("play").textContent = calm.matches ? "Next step" : playing ? "Stop" : "Play";
}

/** With reduced motion each press moves one step and nothing moves by itself. */
function listenToPlay() {
  byId("play").addEventListener("click", () => {
    const atEnd = brushed()[1] === bins.length - 1;
    if (playing) {
      stopPlaying();
      return;
    }
    if (atEnd) brush(0, 0, "play");
    else playOn();
    if (!calm.matches) playing = setInterval(() => playOn() || stopPlaying(), STEP_MS);
    drawPlay();
  });
  calm.addEventListener("change", stopPlaying);
  drawPlay();
}

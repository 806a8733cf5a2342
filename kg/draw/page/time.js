/** The histogram of events over time, stacked by stance; a click on a bar chooses its days. */

const pad = (number) => String(number).padStart(2, "0");
const NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The last day of a month; months count from 1. */
const lastDay = (year, month) => new Date(Date.UTC(year, month, 0)).getUTCDate();

const DAY = 86400000;
const iso = (time) => new Date(time).toISOString().slice(0, 10);
const shift = (day, by) => iso(Date.parse(day) + by * DAY);

/** The bars: of the days that hold four fifths of the events, and one for all before, one for all after. */
function allBins(days) {
  const sorted = [...days].sort();
  const core = makeBins(sorted[Math.floor(sorted.length * 0.1)], sorted[Math.ceil(sorted.length * 0.9) - 1]);
  const [first, last] = [sorted[0], sorted[sorted.length - 1]];
  const [from, to] = [core[0].from, core[core.length - 1].to];
  if (first < from) core.unshift({ from: first, to: shift(from, -1), words: `before ${core[0].words}` });
  if (last > to) core.push({ from: shift(to, 1), to: last, words: `after ${core[core.length - 1].words}` });
  return core;
}

/** Days for up to ten weeks, months for up to six years, otherwise years or steps of several years. */
function makeBins(first, last) {
  const [y1, m1] = first.split("-").map(Number);
  const [y2, m2] = last.split("-").map(Number);
  const bins = [];
  if (Date.parse(last) - Date.parse(first) <= 70 * DAY) {
    for (let day = first; day <= last; day = shift(day, 1)) {
      bins.push({ from: day, to: day, words: `${Number(day.slice(8))} ${NAMES[day.slice(5, 7) - 1]} ${Number(day.slice(0, 4))}` });
    }
    return bins;
  }
  if ((y2 - y1) * 12 + m2 - m1 < 72) {
    for (let y = y1, m = m1; y < y2 || (y === y2 && m <= m2); m === 12 ? (y++, m = 1) : m++) {
      bins.push({ from: `${y}-${pad(m)}-01`, to: `${y}-${pad(m)}-${pad(lastDay(y, m))}`, words: `${NAMES[m - 1]} ${y}` });
    }
    return bins;
  }
  const step = Math.max(1, Math.ceil((y2 - y1 + 1) / 90));
  const year = (y) => String(y).padStart(4, "0");
  for (let y = y1; y <= y2; y += step) {
    const end = y + step - 1;
    bins.push({ from: `${year(y)}-01-01`, to: `${year(end)}-12-31`, words: step === 1 ? `${y}` : `${y} to ${end}` });
  }
  return bins;
}

function drawTime() {
  const begins = events.filter((event) => event.begin).map((event) => event.begin);
  byId("time").hidden = !begins.length;
  if (!begins.length) return;
  const bins = allBins(begins);
  const dated = events.filter((event) => event.begin && passes(event, "time"));
  for (const bin of bins) {
    bin.counts = STANCES.map((s) => dated.filter((e) => e.stance === s && e.begin >= bin.from && e.begin <= bin.to).length);
    bin.total = bin.counts.reduce((a, b) => a + b, 0);
  }
  const highest = Math.max(1, ...bins.map((bin) => bin.total));
  const box = byId("bars");
  box.setAttribute("viewBox", `0 0 ${bins.length * 10} 50`);
  box.replaceChildren(...bins.map((bin, i) => drawBar(bin, i * 10, highest)));
  byId("time-first").textContent = bins[0].words;
  byId("time-last").textContent = bins.length > 1 ? bins[bins.length - 1].words : "";
  byId("time-words").textContent = !dated.length ? "No event with a date matches."
    : `Events by date; the highest bar is ${count(highest, "event")}. Click a bar to choose its days.`;
}

function drawBar(bin, x, highest) {
  let y = 50;
  const chosen = (!state.from || bin.to >= state.from) && (!state.to || bin.from <= state.to);
  const bar = svg("g", { class: chosen ? "bar" : "bar out" });
  bin.counts.forEach((number, i) => {
    const height = (number / highest) * 48;
    y -= height;
    if (number) bar.append(svg("rect", { class: STANCES[i], x: x + 0.75, y, width: 8.5, height }));
  });
  bar.append(svg("rect", { class: "hit", x, y: 0, width: 10, height: 50 }));
  const title = svg("title", {});
  title.textContent = `${bin.words}: ${bin.total}`;
  bar.append(title);
  bar.addEventListener("click", () => {
    const same = state.from === bin.from && state.to === bin.to;
    state.from = same ? "" : bin.from;
    state.to = same ? "" : bin.to;
    refresh();
  });
  return bar;
}

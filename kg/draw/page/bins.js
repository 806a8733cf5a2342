/** Cuts time into bars: days, weeks, months or years, as the range of the events asks. */

const pad = (number) => String(number).padStart(2, "0");
const NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The last day of a month; months count from 1. */
const lastDay = (year, month) => new Date(Date.UTC(year, month, 0)).getUTCDate();

const DAY = 86400000;
const iso = (time) => new Date(time).toISOString().slice(0, 10);
const shift = (day, by) => iso(Date.parse(day) + by * DAY);
const dayWords = (day) => `${Number(day.slice(8))} ${NAMES[day.slice(5, 7) - 1]} ${Number(day.slice(0, 4))}`;

/** The bars: of the days that hold four fifths of the events, and one for all before, one for all after, where these
lie far away; else of all days. */
function allBins(days) {
  return days.length ? binsOf(...endsOf(days)) : [];
}

/** The first day, those that a tenth of the events lie before and after, and the last. */
function endsOf(days) {
  const sorted = [...days].sort();
  return [sorted[0], sorted[Math.floor(sorted.length * 0.1)], sorted[Math.ceil(sorted.length * 0.9) - 1], sorted[sorted.length - 1]];
}

function binsOf(first, early, late, latest) {
  const span = (a, b) => Date.parse(b) - Date.parse(a);
  if (span(first, latest) < 2 * span(early, late)) return makeBins(first, latest);
  const core = makeBins(early, late);
  const [from, to] = [core[0].from, core[core.length - 1].to];
  if (first < from) core.unshift({ from: first, to: shift(from, -1), words: `before ${core[0].words}` });
  if (latest > to) core.push({ from: shift(to, 1), to: latest, words: `after ${core[core.length - 1].words}` });
  return core;
}

/** Bars of equal length, all in one unit. */
function makeBins(first, latest) {
  const days = (Date.parse(latest) - Date.parse(first)) / DAY;
  if (days <= 62) return steps(first, latest, 1, dayWords);
  const monday = shift(first, -((new Date(first).getUTCDay() + 6) % 7));
  if (days <= 400) return steps(monday, latest, 7, (day) => `week of ${dayWords(day)}`);
  return days <= 2200 ? months(first, latest) : years(first, latest);
}

function steps(first, latest, length, words) {
  const bins = [];
  for (let day = first; day <= latest; day = shift(day, length)) {
    bins.push({ from: day, to: shift(day, length - 1), words: words(day), unit: length === 1 ? "day" : "week" });
  }
  return bins;
}

function months(first, latest) {
  const [y1, m1] = first.split("-").map(Number);
  const [y2, m2] = latest.split("-").map(Number);
  const bins = [];
  for (let y = y1, m = m1; y < y2 || (y === y2 && m <= m2); m === 12 ? (y++, m = 1) : m++) {
    bins.push({ from: `${y}-${pad(m)}-01`, to: `${y}-${pad(m)}-${pad(lastDay(y, m))}`, words: `${NAMES[m - 1]} ${y}`, unit: "month" });
  }
  return bins;
}

/** Years, or steps of several where there would be more than 90 bars. */
function years(first, latest) {
  const [y1, y2] = [first, latest].map((day) => Number(day.slice(0, 4)));
  const step = Math.max(1, Math.ceil((y2 - y1 + 1) / 90));
  const year = (y) => String(y).padStart(4, "0");
  const bins = [];
  for (let y = y1; y <= y2; y += step) {
    const end = Math.min(9999, y + step - 1);
    bins.push({ from: `${year(y)}-01-01`, to: `${year(end)}-12-31`, words: step === 1 ? `${y}` : `${y} to ${end}`, unit: step === 1 ? "year" : `${step} years` });
  }
  return bins;
}

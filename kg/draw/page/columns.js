/** What filters and pictures ask of every event, as columns: objects of many shapes are slow to go through. */

/** Lists of whole numbers, one after the other: that of event `at` goes from `first[at]` to `first[at + 1]`. */
function packed(lists) {
  const first = new Uint32Array(lists.length + 1);
  lists.forEach((list, at) => (first[at + 1] = first[at] + list.length));
  const list = new Uint32Array(first[lists.length]);
  lists.forEach((own, at) => list.set(own, first[at]));
  return { first, list };
}

const column = {
  actors: packed(events.map(({ actors }) => actors)),
  confidence: Float64Array.from(events, ({ confidence }) => confidence ?? 0),
  stance: Uint8Array.from(events, ({ stance }) => STANCES.indexOf(stance)),
  /** The score of those that happened; NaN where there is none. */
  score: Float64Array.from(events, ({ done, score }) => (done ? score ?? NaN : NaN)),
  begin: events.map(({ begin }) => begin ?? ""),
  end: events.map(({ end }) => end ?? ""),
};

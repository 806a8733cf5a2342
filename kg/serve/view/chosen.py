"""Which events a view's filters leave, and what one more choice would: AND between kinds of choice, OR within one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kg.serve.view.index import Index
from kg.serve.view.tally import Array, Flags
from kg.serve.view.texts import encoded, plain
from kg.serve.view.wanted import Wanted


@dataclass(frozen=True, slots=True)
class Chosen:
    """What passes."""

    passing: Flags
    timeless: Flags
    """What passes but for the days."""
    counts: dict[str, Array]
    """By kind: how many of what passes, or fails in this kind alone, have each value."""
    unknown: list[tuple[str, str]]
    """Kinds and values that no event has; they are passed over."""


def choose(index: Index, wanted: Wanted) -> Chosen:
    """The events that pass a view's filters."""
    base = np.ones(index.events, dtype=bool)
    if wanted.least:
        # As the page compares: in percent, with the rounding of doubles.
        base &= index["confidence"] * 100 >= wanted.least
    if text := plain(wanted.text.strip()):
        base &= index.having(encoded(text))
    if wanted.only is not None:
        own = np.zeros(index.events, dtype=bool)
        own[wanted.only] = True
        base &= own
    unknown: list[tuple[str, str]] = []
    met: dict[str, Flags] = {}
    for name, values in wanted.chosen.items():
        kind = index.kinds[name]
        unknown += [(name, value) for value in values if value not in kind.at]
        if places := [kind.at[value] for value in values if value in kind.at]:
            met[name] = kind.tally.having(places, index.events)
    missed = np.zeros(index.events, dtype=np.int8)
    for flags in met.values():
        missed += ~flags
    timeless = base & (missed == 0)
    timely = _timely(index, wanted)
    passing = timeless & timely
    counts = {name: kind.tally.counts(passing) for name, kind in index.kinds.items()}
    if met:
        once = base & timely & (missed == 1)
        for name, flags in met.items():  # What fails in this kind alone has other values than what passes.
            counts[name] = counts[name] + index.kinds[name].tally.counts(once & ~flags)
    return Chosen(passing, timeless, counts, unknown)


def _timely(index: Index, wanted: Wanted) -> Flags:
    if not wanted.since and not wanted.until:
        return np.ones(index.events, dtype=bool)
    flags: Flags = index["begin"] > 0
    if wanted.since:
        flags &= index["end"] >= wanted.since
    if wanted.until:
        flags &= index["begin"] <= wanted.until
    return flags

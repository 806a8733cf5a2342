"""Which events have which values, and how often each value is met."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.serve.view.spans import places_of, starts_of

Flags = npt.NDArray[np.bool_]
"""One truth value for each event."""
Array = npt.NDArray[Any]
_FEW = 6
"""Where less than one in so many events is asked for, its values are taken one by one, else all are looked through."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Pairs of an event and a value, by event."""

    event: Array
    value: Array
    size: int
    """How many values there are."""
    starts: Array | None
    """Where the pairs of each event begin; None where each event has one."""
    totals: Array
    """How many events have each value."""

    @classmethod
    def of(cls, event: Array, value: Array, size: int, events: int) -> Tally:
        """The tally of these pairs, for so many events."""
        single = len(event) == events and bool((event == np.arange(events)).all())
        starts = None if single else starts_of(event, events)
        return cls(event, value, size, starts, np.bincount(value, minlength=size))

    def places(self, flags: Flags) -> Array:
        """Which pairs are of these events, as places or as flags."""
        if self.starts is None:
            return flags
        events = np.flatnonzero(flags)
        return places_of(self.starts, events) if len(events) * _FEW < len(flags) else flags[self.event]

    def counts(self, flags: Flags) -> Array:
        """How many of these events have each value."""
        if 2 * np.count_nonzero(flags) > len(flags):
            return self.totals - np.bincount(self.value[self.places(~flags)], minlength=self.size)
        return np.bincount(self.value[self.places(flags)], minlength=self.size)

    def having(self, values: list[int], events: int) -> Flags:
        """Which events have one of these values."""
        wanted = np.zeros(self.size, dtype=bool)
        wanted[values] = True
        if self.starts is None:
            return wanted[self.value]
        found = np.zeros(events, dtype=bool)
        found[self.event[wanted[self.value]]] = True
        return found


def leading(counts: Array, most: int, first: Array | None = None) -> Array:
    """The places of the largest counts, the largest first, equals by place.

    Args:
        counts: Whole numbers of 0 or more.
        most: How many places to give.
        first: Which of them come before all others.

    >>> leading(np.array([1, 3, 3, 0]), 3).tolist()
    [1, 2, 0]
    """
    size = len(counts)
    keys = counts.astype(np.int64) * size + np.arange(size - 1, -1, -1)
    if first is not None and size:
        keys[first] += (int(counts.max()) + 1) * size
    if most >= size:
        return np.argsort(-keys)
    found = np.argpartition(keys, size - most)[size - most :]
    return found[np.argsort(-keys[found])]

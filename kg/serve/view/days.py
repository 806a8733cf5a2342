"""The events of a view by the day on which they begin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from kg.serve.view.kinds import STANCES
from kg.serve.view.tally import Array, Flags, Tally


@dataclass(frozen=True, slots=True)
class Days:
    """What is counted by day; events without a day are not counted."""

    names: list[str]
    """The days, such as 2024-01-31, in order."""
    stances: Tally
    """Which events have which day and stance: the place of the day times three, and that of the stance."""
    scored: Array
    """The events with a score, with their scores, and the places of their days."""
    scores: Array
    scored_days: Array

    def told(self, flags: Flags) -> dict[str, list[Any]]:
        """By day of these events: how many of each stance, and the sum and number of the scores of what happened."""
        size = len(self.names)
        stances = self.stances.counts(flags).reshape(-1, len(STANCES))
        own = flags[self.scored]
        days = self.scored_days[own]
        # Of no days at all numpy counts in whole numbers.
        sums = np.bincount(days, self.scores[own], minlength=size).astype(float)
        numbers = np.bincount(days, minlength=size)
        some = np.flatnonzero(stances.any(axis=1))
        return {
            "day": [self.names[at] for at in some.tolist()],
            "stances": stances[some].tolist(),
            "sum": [round(number, 3) for number in sums[some].tolist()],
            "scored": numbers[some].tolist(),
        }


def days_of(begin: Array, stance: Array, score: Array) -> Days:
    """The days of events.

    Args:
        begin: The day of each event since year 1, 0 for none.
        stance: Its stance's place.
        score: Its score, NaN for none.
    """
    dated = np.flatnonzero(begin > 0).astype(np.int32)
    found, places = np.unique(begin[dated], return_inverse=True)
    places = places.astype(np.int32)
    names = [date.fromordinal(day).isoformat() for day in found.tolist()]
    keys = places * len(STANCES) + stance[dated]
    known = ~np.isnan(score[dated])
    stances = Tally.of(dated, keys, len(names) * len(STANCES), len(begin))
    return Days(names, stances, dated[known], score[dated[known]], places[known])

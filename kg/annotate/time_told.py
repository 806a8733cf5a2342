"""Forms that count from an event told before: a day earlier, that night, the next January, two days after the vote."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kg.annotate.patterns import plain
from kg.annotate.readings import Month, Offset, Period, Reading, Run, Season, Told, Weekday
from kg.annotate.time_groups import Groups, month_of, number, unit, which
from kg.lexicon.wordlists import words

_SIDES = {"next": "next", "following": "next", "previous": "previous", "preceding": "previous", "that": "that"}


def _earlier(groups: Groups) -> Reading | None:
    sign = -1 if plain(groups["side"]) in ("earlier", "before", "beforehand") else 1
    return Offset(sign * number(groups.get("n")), unit(groups), event=True)


def _clause(groups: Groups) -> Reading | None:
    """ "Two days after the vote" dates the vote: two days before what the sentence tells."""
    return Offset(-number(groups.get("n")), unit(groups), event=True, clause=True)


def _neighbour(groups: Groups) -> Reading | None:
    step = 1 if groups["which"].lower() in ("next", "following") else -1
    return Period(unit(groups), step, event=True)


def _same(groups: Groups) -> Reading | None:
    return Period(unit(groups), 0, event=True)


def _weekday(groups: Groups) -> Reading | None:
    day = Weekday(words("time")["weekdays"][groups["weekday"].capitalize()])
    return Told(_SIDES[which(groups) or "that"], day)


def _month(groups: Groups) -> Reading | None:
    return Told(_SIDES[which(groups) or "that"], Month(month_of(groups)))


def _season(groups: Groups) -> Reading | None:
    code, first = words("time")["seasons"][groups["season"].lower()]
    return Told(_SIDES[which(groups) or "that"], Season(code, first))


def _nth(groups: Groups) -> Reading | None:
    """For a third day: it began two days before."""
    said = plain(groups["nth"])
    count = int(said[:-2]) if said[0].isdigit() else words("time")["nth"][said]
    return Run(1 - count, unit(groups)) if count > 1 else None


def _run(groups: Groups) -> Reading | None:
    """The length of a visit that is over; its days count the last one too."""
    kind, count = unit(groups), number(groups["n"])
    return Run(1 - count if kind == "day" else -count, kind) if count > 1 or kind != "day" else None


TOLD: Mapping[str, Callable[[Groups], Reading | None]] = {
    "earlier": _earlier,
    "beside": _earlier,
    "clause": _clause,
    "clause_the": _clause,
    "neighbour": _neighbour,
    "same": _same,
    "that": _same,
    "in_day": _same,
    "told_weekday": _weekday,
    "that_weekday": _weekday,
    "told_month": _month,
    "that_month": _month,
    "told_season": _season,
    "hours": lambda _: Offset(0, "hour", event=True),
    "within": lambda _: Offset(0, "hour", event=True),
    "hours_after": lambda _: Offset(0, "hour", event=True, clause=True),
    "eve": lambda _: Offset(-1, "day", event=True),
    "nth": _nth,
    "run": _run,
}
"""For each form that counts from an event the function from its groups to its reading."""

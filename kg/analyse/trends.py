"""How a dyad fares over time: its monthly PLOVER score, and the months in which its level changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import fmean

from kg.analyse.acts import Act, Unit, between, read_acts
from kg.analyse.changes import Segment, segments
from kg.analyse.result import Cell, Result, as_rows, plural, rounded, unit_note
from kg.errors import UsageError
from kg.query.properties import Queryable


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """One month in which something is told between the two."""

    month: date
    """Its first day."""
    events: int
    """Events with a score."""
    score: float
    """Their mean PLOVER score, -10 hostile to 10 friendly."""
    level: float
    """Mean of the monthly scores of the segment that the month lies in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePoint:
    """A month from which on the level is another."""

    month: date
    before: float
    """Level of the segment before it, -10 to 10."""
    after: float
    """Level of the segment that begins with it."""
    strength: float
    """Above 1; what the change explains, in multiples of what a change must. See ``kg.analyse.segments``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend(Result):
    """The months of a dyad in order, and its changes."""

    a: Unit
    b: Unit
    months: tuple[Month, ...]
    changes: tuple[ChangePoint, ...]
    undated: int
    """Events that no month could be told for, and which are left out."""
    by: str

    @property
    def title(self) -> str:
        """What this is."""
        return f"{self.a.label} and {self.b.label}: mean PLOVER score by month"

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return ("month", "events", "score", "level", "change")

    def rows(self) -> list[dict[str, Cell]]:
        """One row a month with events; ``change`` is the strength of a change that begins in it."""
        change = {c.month: c.strength for c in self.changes}
        return as_rows(
            self.columns,
            [(f"{m.month:%Y-%m}", m.events, m.score, m.level, change.get(m.month)) for m in self.months],
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """The changes in words, and what was left out."""
        told = tuple(f"{c.month:%Y-%m}: the level goes from {c.before:g} to {c.after:g}." for c in self.changes)
        left = f"{plural(self.undated, 'event')} without a month left out. " if self.undated else ""
        return (*(told or ("No change of level found.",)), left + unit_note(self.by))


def trend(
    store: Queryable,
    a: str,
    b: str,
    *,
    by: str = "country",
    since: date | None = None,
    until: date | None = None,
    status: Sequence[str] | None = None,
    min_confidence: float = 0.0,
    min_months: int = 3,
    penalty: float = 3.0,
) -> Trend:
    """The conflict-cooperation line of two units, month by month, with the months in which its level changes.

    A month's score is the mean PLOVER score (-10 hostile to 10 friendly) of the events between the two that begin in
    it: what one does to the other, and what both do with each other where nobody else is acted upon. Months without an
    event are left out and not taken as neutral. The line is cut where its mean changes: binary segmentation with at
    least ``min_months`` months to a segment; how, and how often noise alone gives a cut, tells ``kg.analyse.segments``.

    What it does not show: what caused a change, or when it set in to the day. The score tells the tone of what is
    reported, not its amount: one insult and a hundred bombs a month may score alike, so read ``events`` beside it. A
    month with one event counts as much as one with fifty. Events dated by the year or not at all are left out and
    counted; one that lasts is counted in the month in which it begins. A mediator's work is no act between the sides.
    A change of the sources looks like a change of the dyad.

    Args:
        store: Anything that answers SPARQL over the union of its graphs.
        a: Name, id or IRI of an actor, or the code of a country.
        b: The other one.
        by: ``country``: actors stand for their country, rebels, the opposition and bodies without a country for
            themselves; ``actor``: each for itself.
        since: Only events that end on this day or later; events without a date are left out.
        until: Only events that begin on this day or earlier; events without a date are left out.
        status: Only events with one of these statuses; None: those that happened, at least in part.
        min_confidence: Only events with a mention of this confidence or more, 0 to 1.
        min_months: The fewest months with events in a segment, 1 or more.
        penalty: Above 0; more finds fewer changes.

    Raises:
        UsageError: The two are one, or an option is out of its range.
        QueryError: The store has no such actor, or cannot answer.

    >>> from kg.store import open_store
    >>> with open_store(":memory:") as store:
    ...     trend(store, "Egypt", "Israel")
    Traceback (most recent call last):
    kg.errors.QueryError: the store knows no 'Egypt'; it holds no entity at all, so build a graph first
    """
    read = read_acts(store, by=by, since=since, until=until, status=status, min_confidence=min_confidence)
    one, other = read.units.find(store, a), read.units.find(store, b)
    if one == other:
        raise UsageError(f"{a!r} and {b!r} are both {one.label!r}; give two, or take by='actor'")
    by_month: dict[date | None, list[float]] = defaultdict(list)
    for act in read.acts:
        if act.score is not None and _is_between(act, one, other):
            by_month[act.month].append(act.score)
    undated = len(by_month.pop(None, ()))
    dated = sorted((month, scores) for month, scores in by_month.items() if month)
    cut = segments([fmean(scores) for _, scores in dated], min_length=min_months, penalty=penalty)
    months = [
        Month(month=month, events=len(scores), score=rounded(fmean(scores), 2) or 0.0, level=_level(segment))
        for segment in cut
        for month, scores in dated[segment.start : segment.end]
    ]
    changes = [
        ChangePoint(
            month=months[after.start].month,
            before=_level(before),
            after=_level(after),
            strength=rounded(after.strength, 2) or 0.0,
        )
        for before, after in pairwise(cut)
    ]
    return Trend(a=one, b=other, months=tuple(months), changes=tuple(changes), undated=undated, by=by)


def _is_between(act: Act, one: Unit, other: Unit) -> bool:
    return any({a, b} == {one, other} for a, b, _ in between(act))


def _level(segment: Segment) -> float:
    return rounded(segment.mean, 2) or 0.0

"""How much is told to happen over time, by stance."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from kg.analyse.acts import Act, read_acts
from kg.analyse.result import Cell, Result, as_rows, plural
from kg.errors import UsageError, unknown
from kg.query.properties import Queryable

PERIODS: Mapping[str, Callable[[date], date]] = MappingProxyType(
    {
        "day": lambda day: day,
        "week": lambda day: day - timedelta(days=min(day.weekday(), day.toordinal() - 1)),
        "month": lambda day: day.replace(day=1),
        "year": lambda day: day.replace(month=1, day=1),
    }
)
"""Each period with the first day of the one that a day lies in; weeks begin on Monday."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The number of events that begin in a period, by stance."""

    start: date
    """Its first day."""
    cooperation: int
    neutral: int
    conflict: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity(Result):
    """The periods in which events begin, in order; those without an event are left out."""

    periods: tuple[Period, ...]
    per: str
    """day, week, month or year."""
    undated: int
    """Events that are not dated closely enough for the period."""

    @property
    def title(self) -> str:
        """What this is."""
        return f"Events by {self.per}"

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return (self.per, "cooperation", "neutral", "conflict")

    def rows(self) -> list[dict[str, Cell]]:
        """One row a period with events."""
        return as_rows(
            self.columns, [(p.start.isoformat(), p.cooperation, p.neutral, p.conflict) for p in self.periods]
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """What was left out."""
        return (f"{plural(self.undated, 'event')} not dated to the {self.per} left out.",) if self.undated else ()


def activity(
    store: Queryable,
    actor: str | None = None,
    *,
    per: str = "month",
    by: str = "country",
    since: date | None = None,
    until: date | None = None,
    status: Sequence[str] | None = None,
    min_confidence: float = 0.0,
) -> Activity:
    """The number of events that begin in each day, week, month or year: cooperation, neutral and conflict.

    The stance comes from the PLOVER score: above 0.5 cooperation, below -1 conflict, else neutral.

    What it does not show: how much happened, only how much is told in these articles; more articles give more events.
    An event that lasts is counted once, where it begins. Events dated less closely than the period are left out and
    counted in ``undated``.

    Args:
        store: Anything that answers SPARQL over the union of its graphs.
        actor: Only events in which it acts, is acted upon or mediates: name, id or IRI, or the code of a country.
        per: ``day``, ``week``, ``month`` or ``year``.
        by: What ``actor`` means: ``country``: all who act for its country; ``actor``: it alone.
        since: Only events that end on this day or later.
        until: Only events that begin on this day or earlier.
        status: Only events with one of these statuses; None: those that happened, at least in part.
        min_confidence: Only events with a mention of this confidence or more, 0 to 1.

    Raises:
        UsageError: There is no such period, unit, status or confidence, or the range of days is empty.
        QueryError: The store has no such actor, or cannot answer.

    >>> from kg.store import open_store
    >>> with open_store(":memory:") as store:
    ...     activity(store, per="year").title
    'Events by year'
    """
    if per not in PERIODS:
        raise UsageError(unknown("period", per, PERIODS))
    read = read_acts(store, by=by, since=since, until=until, status=status, min_confidence=min_confidence)
    wanted = read.units.find(store, actor) if actor is not None else None
    counts: dict[date, Counter[str]] = defaultdict(Counter)
    undated = 0
    for act in read.acts:
        if wanted is not None and wanted not in {*act.actors, *act.recipients, *act.mediators}:
            continue
        day = _day(act, per)
        if day is None:
            undated += 1
        else:
            counts[PERIODS[per](day)][act.stance] += 1
    periods = [
        Period(start=start, cooperation=c["cooperation"], neutral=c["neutral"], conflict=c["conflict"])
        for start, c in sorted(counts.items())
    ]
    return Activity(periods=tuple(periods), per=per, undated=undated)


def _day(act: Act, per: str) -> date | None:
    """A day in the period in which the event begins, where the text tells it."""
    if per in {"day", "week"}:
        return act.day
    return act.month if per == "month" else act.year

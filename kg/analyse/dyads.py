"""Who acts on whom, how often and how friendly."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from kg.analyse.acts import Unit, between, read_acts
from kg.analyse.result import Cell, Result, as_rows, plural, rounded, unit_note
from kg.query.properties import Queryable


@dataclass(frozen=True, slots=True, kw_only=True)
class Dyad:
    """What one unit does to another, or with it."""

    actor: Unit
    recipient: Unit
    events: int
    score: float | None
    """Mean PLOVER score, -10 hostile to 10 friendly; None where no event has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dyads(Result):
    """Directed dyads, most events first, then by id."""

    found: tuple[Dyad, ...]
    by: str

    @property
    def title(self) -> str:
        """What this is."""
        return "Who acts on whom"

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return ("from", "to", "actor", "recipient", "events", "score")

    def rows(self) -> list[dict[str, Cell]]:
        """One row a directed dyad."""
        return as_rows(
            self.columns,
            [(d.actor.id, d.recipient.id, d.actor.label, d.recipient.label, d.events, d.score) for d in self.found],
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """What a row is about."""
        return (f"{plural(len(self.found), 'directed dyad')}. {unit_note(self.by)}",)

    def foremost(self, top: int) -> tuple[Unit, ...]:
        """The units with most events, at most ``top``, by number of events and id."""
        counts: Counter[Unit] = Counter()
        for dyad in self.found:
            counts[dyad.actor] += dyad.events
            counts[dyad.recipient] += dyad.events
        return tuple(sorted(counts, key=lambda u: (-counts[u], u.id))[:top])


def dyads(
    store: Queryable,
    *,
    by: str = "country",
    since: date | None = None,
    until: date | None = None,
    status: Sequence[str] | None = None,
    min_confidence: float = 0.0,
) -> Dyads:
    """Every directed dyad with its number of events and their mean PLOVER score.

    What one does to another counts for that direction; what two do with each other (a meeting, a clash) counts for
    both. The score runs from -10 (hostile) to 10 (friendly).

    What it does not show: a mean of 0 may stand for silence, for neutral acts, or for aid and bombs together; the
    reciprocity table keeps cooperation and conflict apart. An event of n actors and m recipients counts in n * m dyads.

    Args:
        store: Anything that answers SPARQL over the union of its graphs.
        by: ``country``: actors stand for their country, rebels, the opposition and bodies without a country for
            themselves; ``actor``: each for itself.
        since: Only events that end on this day or later; events without a date are left out.
        until: Only events that begin on this day or earlier; events without a date are left out.
        status: Only events with one of these statuses; None: those that happened, at least in part.
        min_confidence: Only events with a mention of this confidence or more, 0 to 1.

    Raises:
        UsageError: There is no such unit, status or confidence, or the range of days is empty.
        QueryError: The store cannot answer.

    >>> from kg.store import open_store
    >>> with open_store(":memory:") as store:
    ...     dyads(store).rows()
    []
    """
    read = read_acts(store, by=by, since=since, until=until, status=status, min_confidence=min_confidence)
    scores: dict[tuple[Unit, Unit], list[float | None]] = defaultdict(list)
    for act in read.acts:
        for a, b, directed in between(act):
            scores[a, b].append(act.score)
            if not directed:
                scores[b, a].append(act.score)
    found = [
        Dyad(actor=a, recipient=b, events=len(all_), score=_mean([s for s in all_ if s is not None]))
        for (a, b), all_ in scores.items()
    ]
    return Dyads(found=tuple(sorted(found, key=lambda d: (-d.events, d.actor.id, d.recipient.id))), by=by)


def _mean(scores: Sequence[float]) -> float | None:
    return rounded(fmean(scores), 2) if scores else None

"""Who mediates: how often, between how many, and how much of the network of mediation hangs on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from kg.analyse.acts import Act, Unit, read_acts
from kg.analyse.result import Cell, Result, as_rows, plural, rounded, unit_note
from kg.query.properties import Queryable


@dataclass(frozen=True, slots=True, kw_only=True)
class Mediator:
    """One who mediated, with the counts and the measure."""

    unit: Unit
    mediations: int
    """Events in which it mediates."""
    sides: int
    """How many different sides it brought together."""
    pairs: int
    """How many different pairs of sides."""
    betweenness: float
    """0 to 1; see ``mediators``."""
    first: date | None
    """Begin of its first dated mediation."""
    last: date | None
    """Begin of its last dated mediation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mediators(Result):
    """Those who mediated, most mediations first, then most sides, betweenness and id."""

    found: tuple[Mediator, ...]
    events: int
    """How many events were mediated."""
    by: str

    @property
    def title(self) -> str:
        """What this is."""
        return "Mediators"

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return ("id", "mediator", "mediations", "sides", "pairs", "betweenness", "first", "last")

    def rows(self) -> list[dict[str, Cell]]:
        """One row a mediator."""
        return as_rows(
            self.columns,
            [
                (
                    m.unit.id,
                    m.unit.label,
                    m.mediations,
                    m.sides,
                    m.pairs,
                    m.betweenness,
                    None if m.first is None else m.first.isoformat(),
                    None if m.last is None else m.last.isoformat(),
                )
                for m in self.found
            ],
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """What was counted."""
        return (f"From {plural(self.events, 'mediated event')}. {unit_note(self.by)}",)


def mediators(
    store: Queryable,
    *,
    by: str = "country",
    since: date | None = None,
    until: date | None = None,
    status: Sequence[str] | None = None,
    min_confidence: float = 0.0,
) -> Mediators:
    """Who mediated, with plain counts and betweenness side by side.

    The network of mediation joins, for each mediated event, each mediator to each side, and nothing else: two sides
    are connected only through those who mediate between them. **Betweenness** is the share, over all pairs of the
    other nodes, of the shortest paths that run through the mediator (Freeman 1977, divided by the number of pairs):
    0 for one on whom no path hangs, 1 for the only mediator between all others. It counts a link once, however many
    events stand behind it; **mediations** counts the events.

    The two differ, and should be read together: one who mediates a single conflict ten times has a high count and a
    low betweenness; one who links two conflicts that share no other mediator the reverse.

    What it does not show: whether a mediation had success, how much each of several mediators did (each gets the full
    count), and what the articles do not tell: secret channels are missing, and the well-covered are seen more often.
    Betweenness of a small network jumps with a single event; below some 20 mediated events rank by the count.

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
    ...     print(mediators(store, by="actor").to_text(), end="")
    Mediators
    <BLANKLINE>
    id  mediator  mediations  sides  pairs  betweenness  first  last
    --  --------  ----------  -----  -----  -----------  -----  ----
    no rows
    <BLANKLINE>
    From 0 mediated events. Every actor stands for itself.
    """
    read = read_acts(store, by=by, since=since, until=until, status=status, min_confidence=min_confidence)
    mediated = [act for act in read.acts if act.mediators]
    by_mediator: dict[Unit, list[Act]] = defaultdict(list)
    for act in mediated:
        for unit in act.mediators:
            by_mediator[unit].append(act)
    shares = _betweenness(mediated)
    found = [_mediator(unit, acts, shares.get(unit.id, 0.0)) for unit, acts in by_mediator.items()]
    ranked = sorted(found, key=lambda m: (-m.mediations, -m.sides, -m.betweenness, m.unit.id))
    return Mediators(found=tuple(ranked), events=len(mediated), by=by)


def _mediator(unit: Unit, acts: Sequence[Act], share: float) -> Mediator:
    days = [act.begin for act in acts if act.begin]
    return Mediator(
        unit=unit,
        mediations=len(acts),
        sides=len({side for act in acts for side in act.sides}),
        pairs=len({pair for act in acts for pair in combinations(act.sides, 2)}),
        betweenness=share,
        first=min(days, default=None),
        last=max(days, default=None),
    )


def _betweenness(mediated: Iterable[Act]) -> dict[str, float]:
    import networkx as nx

    links = {(m.id, side.id) for act in mediated for m in act.mediators for side in act.sides}
    graph: nx.Graph[str] = nx.Graph()
    # In sorted order, so that sums of fractions come out the same in every run.
    graph.add_edges_from(sorted(links))
    return {unit: rounded(share, 4) or 0.0 for unit, share in nx.betweenness_centrality(graph).items()}

"""Who works with whom: communities of the network of cooperation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from kg.analyse.acts import Acts, Unit, read_acts
from kg.analyse.result import Cell, Result, as_rows, plural, rounded, unit_note
from kg.errors import UsageError
from kg.query.properties import Queryable

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coalition:
    """A group that cooperates more within itself than chance would have it."""

    members: tuple[Unit, ...]
    """Those with most cooperation inside the group first."""
    inside: float
    """Sum of the weights between members."""
    outside: float
    """Sum of the weights from members to others."""
    hostile: int
    """Hostile events between members: what a group of rivals who negotiate has many of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coalitions(Result):
    """The groups, largest first, then most cooperation inside and first member's id."""

    found: tuple[Coalition, ...]
    modularity: float | None
    """-0.5 to 1: how much more cooperation lies inside the groups than chance would put there; None without any."""
    events: int
    """How many cooperative events between two or more were counted."""
    by: str

    @property
    def title(self) -> str:
        """What this is."""
        return "Coalitions"

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return ("coalition", "id", "member", "size", "inside", "outside", "hostile")

    def rows(self) -> list[dict[str, Cell]]:
        """One row a member; the figures are those of its coalition."""
        return as_rows(
            self.columns,
            [
                (number, unit.id, unit.label, len(c.members), c.inside, c.outside, c.hostile)
                for number, c in enumerate(self.found, 1)
                for unit in c.members
            ],
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """What was counted."""
        told = "" if self.modularity is None else f" Modularity {self.modularity:g}."
        return (f"From {plural(self.events, 'cooperative event')}.{told} {unit_note(self.by)}",)


def coalitions(
    store: Queryable,
    *,
    by: str = "country",
    since: date | None = None,
    until: date | None = None,
    status: Sequence[str] | None = None,
    min_confidence: float = 0.0,
    resolution: float = 1.0,
    seed: int = 0,
) -> Coalitions:
    """Groups that cooperate more with each other than with the rest.

    The network of cooperation joins two units for each cooperative event (PLOVER score above 0.5) in which both act or
    are acted upon. An event weighs its score / 10, shared out over the n - 1 partners that each of its n parties has
    (Newman 2001), so that a treaty tells more than a telephone call, and a summit of twenty does not drown all else.
    Mediators and hosts are not counted: they talk with both sides of a conflict. The groups are the communities that
    the Louvain method finds on these weights (Blondel and others 2008), from a fixed seed on sorted names, so that the
    same graph gives the same groups in the same order. Groups of one are left out.

    What it does not show: an alliance. Rivals who negotiate cooperate often; ``hostile`` counts the hostile events
    inside a group, and a group with many is a negotiation. Each unit is in one group, though states have many bonds;
    on a network without clear groups (``modularity`` below about 0.3) the boundaries are arbitrary, and another
    ``seed`` moves them: trust what several seeds agree on. Cooperation that nobody reports is missing.

    Args:
        store: Anything that answers SPARQL over the union of its graphs.
        by: ``country``: actors stand for their country, rebels, the opposition and bodies without a country for
            themselves; ``actor``: each for itself.
        since: Only events that end on this day or later; events without a date are left out.
        until: Only events that begin on this day or earlier; events without a date are left out.
        status: Only events with one of these statuses; None: those that happened, at least in part.
        min_confidence: Only events with a mention of this confidence or more, 0 to 1.
        resolution: Above 0; more gives more and smaller groups.
        seed: Start of the random order in which the method looks at the units.

    Raises:
        UsageError: There is no such unit, status, confidence or resolution, or the range of days is empty.
        QueryError: The store cannot answer.

    >>> from kg.store import open_store
    >>> with open_store(":memory:") as store:
    ...     coalitions(store).notes[0][:26]
    'From 0 cooperative events.'
    """
    if not 0 < resolution < float("inf"):
        raise UsageError(f"resolution: {resolution:g} is not above 0; give a number such as 1")
    read = read_acts(store, by=by, since=since, until=until, status=status, min_confidence=min_confidence)
    weights, hostile, events = _weigh(read)
    groups, modularity = _communities(weights, resolution, seed)
    labels = {unit.id: unit for act in read.acts for unit in act.sides}
    found = [_coalition([labels[id_] for id_ in group], weights, hostile) for group in groups]
    ranked = sorted(found, key=lambda c: (-len(c.members), -c.inside, c.members[0].id))
    return Coalitions(found=tuple(ranked), modularity=modularity, events=events, by=by)


def _weigh(read: Acts) -> tuple[dict[Pair, float], dict[Pair, int], int]:
    """Cooperation by pair, number of hostile events by pair, number of cooperative events."""
    weights: dict[Pair, float] = defaultdict(float)
    hostile: dict[Pair, int] = defaultdict(int)
    events = 0
    for act in read.acts:
        pairs = list(combinations([unit.id for unit in act.sides], 2))
        if act.stance == "cooperation" and act.score is not None and pairs:
            events += 1
            for pair in pairs:
                weights[pair] += act.score / 10 / (len(act.sides) - 1)
        elif act.stance == "conflict" and act.recipients:
            targets = {unit.id for unit in act.recipients}
            for pair in pairs:
                hostile[pair] += len(targets.intersection(pair)) == 1
    return dict(sorted(weights.items())), hostile, events


def _communities(weights: Mapping[Pair, float], resolution: float, seed: int) -> tuple[list[list[str]], float | None]:
    import networkx as nx

    if not weights:
        return [], None
    names = sorted({name for pair in weights for name in pair})
    number = {name: i for i, name in enumerate(names)}
    # Numbers in the place of names: sets of them are gone through in the same order in every run.
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(names)))
    graph.add_weighted_edges_from((number[a], number[b], weight) for (a, b), weight in weights.items())
    found = nx.community.louvain_communities(graph, weight="weight", resolution=resolution, seed=seed)
    modularity = nx.community.modularity(graph, found, weight="weight", resolution=resolution)
    return [[names[i] for i in sorted(group)] for group in found if len(group) > 1], rounded(modularity)


def _coalition(members: Sequence[Unit], weights: Mapping[Pair, float], hostile: Mapping[Pair, int]) -> Coalition:
    ids = {unit.id for unit in members}
    bound: dict[str, float] = dict.fromkeys(ids, 0.0)
    inside = outside = 0.0
    for pair, weight in weights.items():
        match len(ids.intersection(pair)):
            case 2:
                inside += weight
                for name in pair:
                    bound[name] += weight
            case 1:
                outside += weight
    return Coalition(
        members=tuple(sorted(members, key=lambda u: (-round(bound[u.id], 6), u.id))),
        inside=rounded(inside) or 0.0,
        outside=rounded(outside) or 0.0,
        hostile=sum(count for pair, count in hostile.items() if ids.issuperset(pair)),
    )

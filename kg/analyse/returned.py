"""Whether acts are returned in kind: reciprocity of a dyad and of the whole network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kg.analyse.acts import Acts, Unit, between, read_acts
from kg.analyse.result import Cell, Result, as_rows, rounded, unit_note
from kg.errors import UsageError
from kg.query.properties import Queryable

STANCES = ("cooperation", "conflict")


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """How one kind of act goes to and fro between two units."""

    stance: str
    """cooperation or conflict."""
    a: Unit
    b: Unit
    a_to_b: int
    """Acts of a on b."""
    b_to_a: int
    joint: int
    """Acts of both with each other, which have no direction and do not bear on the other figures."""
    reciprocity: float | None
    """The smaller number by the larger, 0 (all one way) to 1 (as many back as forth); None without directed acts."""
    balance: float | None
    """(a_to_b - b_to_a) / (a_to_b + b_to_a), -1 (only b acts) to 1 (only a acts)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ties:
    """How one kind of act is returned in the whole network; only directed acts count."""

    stance: str
    acts: int
    """Acts of one unit on another, once for each such pair of an event."""
    ties: int
    """Ordered pairs with at least one act."""
    returned_ties: float | None
    """Share of the ties that also run back, 0 to 1; None without ties."""
    returned_acts: float | None
    """Share of the acts that are matched by one back, 0 to 1; None without acts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reciprocity(Result):
    """Dyads by stance and number of acts, and the figures for the whole network."""

    found: tuple[Returned, ...]
    network: tuple[Ties, ...]
    """For cooperation and conflict, in this order; of all dyads, also where only one was asked for."""
    by: str

    @property
    def title(self) -> str:
        """What this is."""
        return "Acts and their return"

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return ("stance", "a", "b", "a to b", "b to a", "joint", "reciprocity", "balance")

    def rows(self) -> list[dict[str, Cell]]:
        """One row a dyad and stance."""
        return as_rows(
            self.columns,
            [
                (r.stance, r.a.label, r.b.label, r.a_to_b, r.b_to_a, r.joint, r.reciprocity, r.balance)
                for r in self.found
            ],
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """The figures for the network."""
        return (*map(_told, self.network), unit_note(self.by))


def reciprocity(
    store: Queryable,
    a: str | None = None,
    b: str | None = None,
    *,
    by: str = "country",
    since: date | None = None,
    until: date | None = None,
    status: Sequence[str] | None = None,
    min_confidence: float = 0.0,
) -> Reciprocity:
    """Whether cooperation is returned with cooperation, and hostility with hostility, by dyad and in the whole.

    Acts are counted by direction, cooperative ones (PLOVER score above 0.5) and hostile ones (below -1) apart. For a
    dyad, reciprocity is the smaller of the two counts by the larger. For the network, ``returned_ties`` is the share
    of ordered pairs with an act that have one back as well, and ``returned_acts`` the share of acts that are matched,
    sum of min(w_ab, w_ba) over sum of w_ab (Squartini and others 2013). Joint acts have no direction: counted apart.

    What it does not show: an answer. Ten acts one way in May and ten back ten years before are fully reciprocal; for
    what the text itself calls an answer ask the question ``responses``. Counts say nothing of weight: a note of
    protest returns a missile. Small counts give extreme values; and the press of one side tells the acts of the other.

    Args:
        store: Anything that answers SPARQL over the union of its graphs.
        a: Name, id or IRI of an actor, or the code of a country; only dyads with it. None: all dyads.
        b: A second one; only the dyad of the two.
        by: ``country``: actors stand for their country, rebels, the opposition and bodies without a country for
            themselves; ``actor``: each for itself.
        since: Only events that end on this day or later; events without a date are left out.
        until: Only events that begin on this day or earlier; events without a date are left out.
        status: Only events with one of these statuses; None: those that happened, at least in part.
        min_confidence: Only events with a mention of this confidence or more, 0 to 1.

    Raises:
        UsageError: ``b`` is given without ``a``, the two are one, or an option is out of its range.
        QueryError: The store has no such actor, or cannot answer.

    >>> from kg.store import open_store
    >>> with open_store(":memory:") as store:
    ...     reciprocity(store).network[0]
    Ties(stance='cooperation', acts=0, ties=0, returned_ties=None, returned_acts=None)
    """
    if a is None and b is not None:
        raise UsageError(f"b: {b!r} was given without a; give both, or only a")
    read = read_acts(store, by=by, since=since, until=until, status=status, min_confidence=min_confidence)
    wanted = [read.units.find(store, name) for name in (a, b) if name is not None]
    if len(wanted) > len(set(wanted)):
        raise UsageError(f"{a!r} and {b!r} are both {wanted[0].label!r}; give two, or take by='actor'")
    found: list[Returned] = []
    network: list[Ties] = []
    for stance in STANCES:
        acts, joint = _counts(read, stance)
        network.append(_ties(stance, acts))
        found += _dyads(stance, acts, joint, wanted)
    return Reciprocity(found=tuple(found), network=tuple(network), by=by)


def _counts(read: Acts, stance: str) -> tuple[Counter[tuple[Unit, Unit]], Counter[tuple[Unit, Unit]]]:
    """Directed acts by ordered pair, and joint ones by sorted pair."""
    acts: Counter[tuple[Unit, Unit]] = Counter()
    joint: Counter[tuple[Unit, Unit]] = Counter()
    for act in read.acts:
        if act.stance == stance:
            for a, b, directed in between(act):
                (acts if directed else joint)[a, b] += 1
    return acts, joint


def _dyads(
    stance: str,
    acts: Counter[tuple[Unit, Unit]],
    joint: Counter[tuple[Unit, Unit]],
    wanted: Sequence[Unit],
) -> list[Returned]:
    """The dyads with all those wanted, most acts first; the one asked for is there also without acts."""
    pairs = {(min(pair), max(pair)) for pair in (*acts, *joint)}
    pairs = {pair for pair in pairs if set(wanted) <= set(pair)}
    if len(wanted) == 2:
        pairs = {(wanted[0], wanted[1])}
    elif wanted:
        pairs = {pair if pair[0] == wanted[0] else (pair[1], pair[0]) for pair in pairs}
    found = [_returned(stance, a, b, acts[a, b], acts[b, a], joint[min(a, b), max(a, b)]) for a, b in pairs]
    return sorted(found, key=lambda r: (-r.a_to_b - r.b_to_a, -r.joint, r.a.id, r.b.id))


def _returned(stance: str, a: Unit, b: Unit, there: int, back: int, joint: int) -> Returned:
    total = there + back
    return Returned(
        stance=stance,
        a=a,
        b=b,
        a_to_b=there,
        b_to_a=back,
        joint=joint,
        reciprocity=_share(min(there, back), max(there, back)),
        balance=_share(there - back, total),
    )


def _ties(stance: str, acts: Counter[tuple[Unit, Unit]]) -> Ties:
    import networkx as nx

    graph: nx.DiGraph[Unit] = nx.DiGraph()
    graph.add_weighted_edges_from((a, b, count) for (a, b), count in acts.items())
    total = sum(acts.values())
    matched = sum(min(count, acts[b, a]) for (a, b), count in list(acts.items()))
    return Ties(
        stance=stance,
        acts=total,
        ties=graph.number_of_edges(),
        returned_ties=rounded(nx.overall_reciprocity(graph)) if acts else None,
        returned_acts=_share(matched, total),
    )


def _share(part: int, whole: int) -> float | None:
    return rounded(part / whole) if whole else None


def _told(ties: Ties) -> str:
    if not ties.acts:
        return f"Whole network, {ties.stance}: no directed acts."
    return (
        f"Whole network, {ties.stance}: {ties.acts:,} acts on {ties.ties:,} ties; "
        f"returned: {ties.returned_ties:.0%} of the ties, {ties.returned_acts:.0%} of the acts."
    )

"""Reports in groups, each group one event: by average likeness, never across a veto."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from kg.link.blocks import blocks
from kg.link.compare import THRESHOLD, Comparison, compare, separate
from kg.link.corrections import Corrections
from kg.link.report import Report

Number = int
"""A report's place in the order that ``grouped`` was given."""


@dataclass(slots=True)
class Likeness:
    """The comparisons of numbered reports, each made once and when it is first asked for."""

    reports: Sequence[Report]
    known: dict[tuple[Number, Number], Comparison] = field(default_factory=dict)

    def of(self, a: Number, b: Number) -> Comparison:
        """How alike two reports are."""
        pair = (a, b) if a < b else (b, a)
        if pair not in self.known:
            first, second = self.reports[pair[0]], self.reports[pair[1]]
            bar = separate(first, second)
            found = compare(first, second)
            self.known[pair] = Comparison(0.0, (bar, *found.vetoes)) if bar else found
        return self.known[pair]


def grouped(reports: Sequence[Report], corrections: Corrections | None = None) -> tuple[list[list[Number]], Likeness]:
    """Put the reports of one event together.

    Two groups become one while the mean likeness of their pairs is at the threshold or above, the most
    alike first. A veto between any two keeps their groups apart, so that a chain of likenesses never joins what
    excludes each other. A user's decisions come before all of this.

    Args:
        reports: In an order that does not depend on how they came in; it decides between equals.
        corrections: What a user decided.

    Returns:
        The groups, each in order, and the comparisons that were made.
    """
    likeness = Likeness(reports)
    decided = _Decided.of(reports, corrections or Corrections())
    edges = {pair for pair in _candidates(reports) if likeness.of(*pair).score >= THRESHOLD}
    groups = [
        group
        for component in _components(len(reports), [*edges, *decided.same])
        for group in ([component] if len(component) == 1 else _agglomerated(component, likeness, decided))
    ]
    return sorted(groups), likeness


@dataclass(frozen=True, slots=True)
class _Decided:
    """A user's decisions by number; those on reports that are no longer there fall away."""

    same: frozenset[tuple[Number, Number]]
    apart: frozenset[tuple[Number, Number]]
    by_hand: frozenset[Number]
    """The reports that a user joined to others."""

    @classmethod
    def of(cls, reports: Sequence[Report], corrections: Corrections) -> _Decided:
        numbers = {r.key: n for n, r in enumerate(reports)} if corrections.reports else {}

        def numbered(pairs: Iterable[tuple[str, str]]) -> frozenset[tuple[Number, Number]]:
            there = (p for p in pairs if p[0] in numbers and p[1] in numbers)
            return frozenset((min(a, b), max(a, b)) for a, b in ((numbers[x], numbers[y]) for x, y in there))

        same = numbered(corrections.same)
        return cls(same, numbered(corrections.apart), frozenset(n for pair in same for n in pair))


def _candidates(reports: Sequence[Report]) -> Iterator[tuple[Number, Number]]:
    """The pairs that share a block, each once."""
    bins: dict[tuple[str, ...], list[Number]] = defaultdict(list)
    for n, report in enumerate(reports):
        for block in blocks(report):
            bins[block].append(n)
    yield from {pair for numbers in bins.values() for pair in combinations(numbers, 2)}


def _components(number: int, edges: Iterable[tuple[Number, Number]]) -> list[list[Number]]:
    parent = list(range(number))

    def root(n: Number) -> Number:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    for a, b in edges:
        first, second = sorted((root(a), root(b)))
        parent[second] = first
    found: dict[Number, list[Number]] = defaultdict(list)
    for n in range(number):
        found[root(n)].append(n)
    return list(found.values())


def _agglomerated(component: Sequence[Number], likeness: Likeness, decided: _Decided) -> list[list[Number]]:
    """Average linkage within one component; a group goes by its first report."""
    groups = {g[0]: g for g in _decided_groups(component, decided)}
    totals: dict[Number, dict[Number, float | None]] = {g: {} for g in groups}
    heap: list[tuple[float, Number, Number, int, int]] = []

    def note(a: Number, b: Number, total: float | None) -> None:
        totals[a][b] = totals[b][a] = total
        mean = 0.0 if total is None else total / (len(groups[a]) * len(groups[b]))
        if mean >= THRESHOLD:
            heapq.heappush(heap, (-round(mean, 9), a, b, len(groups[a]), len(groups[b])))

    for a, b in combinations(sorted(groups), 2):
        note(a, b, _total(groups[a], groups[b], likeness, decided))
    while heap:
        _, a, b, *sizes = heapq.heappop(heap)
        if [len(groups.get(a, ())), len(groups.get(b, ()))] != sizes:
            continue  # one of the two has grown since, or is part of another by now
        groups[a] = sorted([*groups[a], *groups.pop(b)])
        gone = totals.pop(b)
        for other in sorted(groups.keys() - {a}):
            mine, theirs = totals[a][other], gone[other]
            del totals[other][b]
            note(min(a, other), max(a, other), None if mine is None or theirs is None else mine + theirs)
    return list(groups.values())


def _total(first: Sequence[Number], second: Sequence[Number], likeness: Likeness, decided: _Decided) -> float | None:
    """The sum of the scores of the pairs between two groups; None where something keeps the groups apart."""
    pairs = [(min(x, y), max(x, y)) for x in first for y in second]
    if any(pair in decided.apart for pair in pairs):
        return None
    total = 0.0
    for x, y in pairs:
        found = likeness.of(x, y)
        # What a user joined may hold reports that exclude each other: such a veto only counts as unlike.
        if found.vetoes and not {x, y} & decided.by_hand:
            return None
        total += found.score
    return total


def _decided_groups(component: Sequence[Number], decided: _Decided) -> list[list[Number]]:
    place = {n: i for i, n in enumerate(component)}
    edges = [(place[a], place[b]) for a, b in decided.same if a in place]
    return [[component[i] for i in group] for group in _components(len(component), edges)]

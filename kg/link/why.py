"""Why reports are one event, and why others are not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from kg.errors import UsageError
from kg.link.across import in_order, reports_of
from kg.link.blocks import parties
from kg.link.cluster import grouped
from kg.link.compare import THRESHOLD, Comparison
from kg.link.corrections import Corrections
from kg.link.report import Report
from kg.model import Article, Coded
from kg.vocab.namespaces import EV

NEAREST = 5
"""How many reports that were not joined are told."""


@dataclass(frozen=True, slots=True)
class Near:
    """A report that was not joined: the likeness to the nearest report of the event, and what kept it out."""

    report: Report
    event: str
    """Key of the event that it is a report of."""
    to: int
    """Number of the nearest report of the explained event, from 0."""
    comparison: Comparison
    why: str


@dataclass(frozen=True, slots=True)
class Why:
    """An event with its reports, the earliest first, each pair compared, and the nearest that stayed out."""

    key: str
    reports: tuple[Report, ...]
    articles: Mapping[str, Article]
    """Articles by key, of the event's reports and of those near it."""
    pairs: tuple[tuple[int, int, Comparison], ...]
    by_hand: frozenset[tuple[int, int]]
    """The pairs that a user joined."""
    nearest: tuple[Near, ...]


class Links:
    """All reports of a store, linked; what is asked of it again and again is worked out once."""

    def __init__(self, coded: Iterable[Coded], corrections: Corrections | None = None) -> None:
        articles = in_order(coded)
        self.corrections = corrections or Corrections()
        self.articles = {c.article.key: c.article for c in articles}
        self.reports = reports_of(articles)
        self.number_of = {r.key: n for n, r in enumerate(self.reports)}
        self.groups, self.likeness = grouped(self.reports, self.corrections)
        self.group_of = {self.reports[n].key: g for g, group in enumerate(self.groups) for n in group}
        self.aliases = {key: r.key for r in self.reports for key in (r.key, *(k for k, _ in r.event.same_as))}

    def report_key(self, text: str) -> str:
        """The key of the one report that a key, the beginning of one, or an event's IRI names.

        Raises:
            UsageError: None does, or several do.
        """
        wanted = text.strip().removeprefix(EV).removeprefix("ev:")
        if wanted in self.aliases:
            return self.aliases[wanted]
        found = sorted({key for alias, key in self.aliases.items() if wanted and alias.startswith(wanted)})
        if not found:
            raise UsageError(f"no event {text!r}; keys are of 16 digits, list merged ones with: kg link")
        if len(found) > 1:
            shown = ", ".join(found[:5]) + (" ..." if len(found) > 5 else "")
            raise UsageError(f"event {text!r}: {len(found)} keys begin so; give more digits of one of: {shown}")
        return found[0]

    def event_keys(self, report: str) -> tuple[str, ...]:
        """The keys of all reports of the event that a report belongs to, the event's own key first."""
        return tuple(self.reports[n].key for n in self.groups[self.group_of[report]])

    def merged(self) -> list[tuple[Report, ...]]:
        """Every event with more than one mention, its reports in order, by the event's key."""
        found = [tuple(self.reports[n] for n in group) for group in self.groups]
        several = [reports for reports in found if sum(len(r.event.mentions) for r in reports) > 1]
        return sorted(several, key=lambda reports: reports[0].key)

    def score(self, reports: Sequence[Report]) -> float:
        """The mean likeness of the pairs of reports, 0 to 1; 1 for a single one."""
        numbers = (self.number_of[r.key] for r in reports)
        scores = [self.likeness.of(a, b).score for a, b in combinations(numbers, 2)]
        return round(sum(scores) / len(scores), 3) if scores else 1.0

    def why(self, text: str, *, nearest: int = NEAREST) -> Why:
        """Explain the event of a key, the beginning of one, or an IRI.

        Raises:
            UsageError: No event, or several, go by it.
        """
        group = self.groups[self.group_of[self.report_key(text)]]
        reports = tuple(self.reports[n] for n in group)
        near = _nearest(self, group)[:nearest]
        told = {a for r in (*reports, *(n.report for n in near)) for a in r.articles}
        pairs = tuple((i, j, self.likeness.of(group[i], group[j])) for i, j in combinations(range(len(group)), 2))
        hands = [self.corrections.group(r.key) for r in reports]
        return Why(
            key=reports[0].key,
            reports=reports,
            articles={key: self.articles[key] for key in sorted(told)},
            pairs=pairs,
            by_hand=frozenset((i, j) for i, j, _ in pairs if reports[j].key in hands[i]),
            nearest=tuple(near),
        )


def _nearest(links: Links, group: Sequence[int]) -> list[Near]:
    """Reports of the same type and a common party outside the group, the likest first."""
    own = parties_of(links.reports, group)
    kind, inside = links.reports[group[0]].event.type, set(group)
    found = [
        (_rank(links, group, n, own), n)
        for n, report in enumerate(links.reports)
        if n not in inside and report.event.type == kind and parties(report.event) & own
    ]
    return [_near(links, group, n) for _, n in sorted(found)[: 4 * NEAREST]]


def parties_of(reports: Sequence[Report], group: Iterable[int]) -> frozenset[str]:
    """The countries and bodies of all reports of a group."""
    return frozenset().union(*(parties(reports[n].event) for n in group))


def _rank(links: Links, group: Sequence[int], n: int, own: frozenset[str]) -> tuple[float, float, int]:
    """The higher the score, the more parties shared, the nearer in time, the earlier it comes."""
    theirs = parties(links.reports[n].event)
    best = max(links.likeness.of(n, m).score for m in group)
    return -best, -len(theirs & own) / len(theirs | own), min(_gap(links.reports[n], links.reports[m]) for m in group)


def _gap(a: Report, b: Report) -> int:
    if a.window is None or b.window is None:
        return 10**6
    return max((a.window.begin - b.window.end).days, (b.window.begin - a.window.end).days, 0)


def _near(links: Links, group: Sequence[int], n: int) -> Near:
    found = [(links.likeness.of(n, m), i) for i, m in enumerate(group)]
    comparison, to = max(found, key=lambda pair: (pair[0].score, -pair[1]))
    event = links.reports[links.groups[links.group_of[links.reports[n].key]][0]].key
    return Near(links.reports[n], event, to, comparison, _kept_out(links, group, n, comparison, found))


def _kept_out(
    links: Links, group: Sequence[int], n: int, best: Comparison, found: Sequence[tuple[Comparison, int]]
) -> str:
    """In words what kept a report out of a group."""
    key = links.reports[n].key
    if any(key in pair and set(pair) & {links.reports[m].key for m in group} for pair in links.corrections.apart):
        return "kept apart by a user"
    if best.vetoes:
        return f"ruled out by {best.reasons}"
    if best.score < THRESHOLD:
        return f"{best.score:g} is below {THRESHOLD:g}: {best.reasons}"
    for other, place in found:
        if other.vetoes:
            return f"report {place + 1} rules it out: {other.reasons}"
    return _rivals(links, group, n, found)


def _rivals(links: Links, group: Sequence[int], n: int, found: Sequence[tuple[Comparison, int]]) -> str:
    theirs = [m for m in links.groups[links.group_of[links.reports[n].key]] if m != n]
    for m in theirs:
        for place, mine in enumerate(group):
            other = links.likeness.of(m, mine)
            if other.vetoes:
                return f"its event has a report that report {place + 1} rules out: {other.reasons}"
    mean = sum(c.score for c, _ in found) / len(found)
    return f"its mean likeness with all reports of the two events is below {THRESHOLD:g}; with these it is {mean:.2f}"

"""The same event told by several articles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from kg.link.cluster import Likeness, grouped
from kg.link.corrections import Corrections
from kg.link.merge import merged
from kg.link.report import Report
from kg.link.within import renamed, renamed_agreement
from kg.model import Agreement, Coded, Event, Linked

DECIDED = "decided by a user"
"""The reason of a merge that no score brought about."""


def link(coded: Iterable[Coded], corrections: Corrections | None = None) -> Linked:
    """Merge the events of many articles; the result does not depend on the order of the articles.

    The earliest report gives the event its key.

    Args:
        coded: The articles with their events.
        corrections: What a user decided about reports; it comes before every score.

    >>> link([]).events
    ()
    """
    articles = in_order(coded)
    reports = reports_of(articles)
    decided = corrections or Corrections()
    groups, likeness = grouped(reports, decided)
    names = {reports[n].key: reports[group[0]].key for group in groups for n in group}
    events = (renamed(_one(group, reports, likeness, decided), names) for group in groups)
    return Linked(
        events=tuple(sorted(events, key=lambda e: e.key)),
        agreements=_agreements(articles, names),
        names=tuple(sorted(names.items())),
    )


def in_order(coded: Iterable[Coded]) -> list[Coded]:
    """The articles by day of publication and key."""
    return sorted(coded, key=lambda c: (c.article.published or date.max, c.article.key))


def reports_of(articles: Iterable[Coded]) -> list[Report]:
    """Every event of every article, ready to be compared."""
    return [Report.of(event, article.article) for article in articles for event in article.events]


def _one(group: Sequence[int], reports: Sequence[Report], likeness: Likeness, decided: Corrections) -> Event:
    """The event of a group, with the score of each report against those before it and the reasons of the best."""
    event = reports[group[0]].event
    for place, n in enumerate(group[1:], start=1):
        found = [likeness.of(n, earlier) for earlier in group[:place]]
        mean = round(sum(c.score for c in found) / len(found), 3)
        by_hand = decided.group(reports[n].key) - {reports[n].key}
        why = DECIDED if by_hand else max(found, key=lambda c: c.score).reasons
        event = merged(event, reports[n].event, mean, why)
    return event


def _agreements(articles: Sequence[Coded], names: dict[str, str]) -> tuple[Agreement, ...]:
    """The agreements of all articles; those that the same event brought about are one."""
    found: dict[str, Agreement] = {}
    for article in articles:
        for agreement in article.agreements:
            renamed = renamed_agreement(agreement, names)
            first = renamed.changes[0].event
            found[first] = _joined(found[first], renamed) if first in found else renamed
    return tuple(sorted(found.values(), key=lambda a: a.key))


def _joined(first: Agreement, second: Agreement) -> Agreement:
    """One agreement of two reports, under the earlier report's key; the later one knows what became of it."""
    steps = {c.event: c for c in (*first.changes, *second.changes)}
    return replace(
        first,
        mediators=first.mediators or second.mediators,
        provides=tuple(dict.fromkeys([*first.provides, *second.provides])),
        valid_from=first.valid_from or second.valid_from,
        valid_through=second.valid_through or first.valid_through,
        status=second.status,
        changes=tuple(steps.values()),
    )

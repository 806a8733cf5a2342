"""The same event told by several articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from kg.link.merge import merged
from kg.link.score import THRESHOLD, comparable, countries, score
from kg.link.within import renamed, renamed_agreement
from kg.model import Agreement, Coded, Event, Linked


def link(coded: Iterable[Coded]) -> Linked:
    """Merge the events of many articles; the result does not depend on the order of the articles.

    The earliest report gives the event its key. Only reports that share a participant's country and a
    time are compared, so the work grows with the number of candidates, not of pairs.

    >>> link([]).events
    ()
    """
    articles = sorted(coded, key=lambda c: (c.article.published or date.max, c.article.key))
    kept: list[Event] = []
    places: dict[tuple[str, str, str], list[int]] = {}
    names: dict[str, str] = {}
    for article in articles:
        for event in article.events:
            n, likeness = _best(event, kept, places)
            if n is None:
                n = len(kept)
                kept.append(event)
            else:
                names[event.key] = kept[n].key
                kept[n] = merged(kept[n], event, likeness)
            for block in _blocks(event):
                places.setdefault(block, []).append(n)
    events = tuple(sorted((renamed(e, names) for e in kept), key=lambda e: e.key))
    every = sorted((e.key, names.get(e.key, e.key)) for a in articles for e in a.events)
    return Linked(events=events, agreements=_agreements(articles, names), names=tuple(every))


def _best(event: Event, kept: list[Event], places: dict[tuple[str, str, str], list[int]]) -> tuple[int | None, float]:
    best: tuple[int | None, float] = (None, 0.0)
    article = event.mentions[0].article
    candidates = dict.fromkeys(n for block in _blocks(event) for n in places.get(block, ()))
    for n in candidates:
        known = kept[n]
        # What one article tells as two events stays two.
        if any(m.article == article for m in known.mentions) or not comparable(known, event):
            continue
        likeness = score(known, event)
        if likeness >= THRESHOLD and likeness > best[1]:
            best = (n, likeness)
    return best


def _blocks(event: Event) -> Iterator[tuple[str, str, str]]:
    """The bins in which an event looks for others: its type, a country, a month around it."""
    if event.type == "Statement" or event.when is None or event.when.begin is None:
        return
    end = event.when.end or event.when.begin
    months = {(d.year, d.month) for d in (event.when.begin, end)}
    for country in countries([*event.actors, *event.recipients]):
        for year, month in months:
            for near in (month - 1, month, month + 1):
                y, m = year + (near - 1) // 12, (near - 1) % 12 + 1
                yield event.type, country, f"{y:04}-{m:02}"


def _agreements(articles: list[Coded], names: dict[str, str]) -> tuple[Agreement, ...]:
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

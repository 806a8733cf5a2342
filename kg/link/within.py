"""The same event told twice in one article."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.link.compare import compare
from kg.link.merge import merged
from kg.link.report import Report
from kg.model import Agreement, Event, Participant, StatusChange

AGAIN = "told again in the same article, with the same participants"
"""The reason of a merge within an article."""


def link_article(events: Iterable[Event]) -> tuple[Event, ...]:
    """Merge repeated reports within an article; keys that others point to follow the merge.

    Two reports are one only where the same frame, participants, polarity and a fitting time say so:
    an article that tells of two attacks tells of two attacks.
    """
    kept: list[Event] = []
    names: dict[str, str] = {}
    for event in events:
        for n, known in enumerate(kept):
            if _same(known, event):
                kept[n] = merged(known, event, 1.0, AGAIN)
                names[event.key] = known.key
                break
        else:
            kept.append(event)
    return tuple(renamed(e, names) for e in kept)


def _same(a: Event, b: Event) -> bool:
    if a.mentions[0].rule != b.mentions[0].rule:
        return False
    if _ids(a.actors) != _ids(b.actors) or _ids(a.recipients) != _ids(b.recipients):
        return False
    if compare(Report.of(a), Report.of(b)).vetoes:
        return False
    if a.type == "Statement":
        return _ids(a.mentions[0].attributed_to) == _ids(b.mentions[0].attributed_to)
    reciprocal = len(a.actors) > 1 and not a.recipients
    words_a, words_b = a.mentions[0].trigger.casefold(), b.mentions[0].trigger.casefold()
    return words_a == words_b or reciprocal or (_dated(a) is not None and _dated(a) == _dated(b))


def _dated(event: Event) -> str | None:
    """The time that the text gives an event; None where only the day of the report bounds it."""
    when = event.when
    return None if when is None or when.resolution == "PublicationDate" else when.edtf


def _ids(participants: Iterable[Participant]) -> frozenset[str]:
    return frozenset(p.actor.id for p in participants)


def renamed(event: Event, names: dict[str, str]) -> Event:
    """The event with the keys that it points to brought up to date."""

    def new(keys: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(k for k in (names.get(k, k) for k in keys) if k != event.key))

    return replace(
        event, content=new(event.content), in_response_to=new(event.in_response_to), causes=new(event.causes)
    )


def renamed_agreement(agreement: Agreement, names: dict[str, str]) -> Agreement:
    """The agreement with the keys that it points to brought up to date."""
    return replace(
        agreement,
        provides=tuple(dict.fromkeys(names.get(k, k) for k in agreement.provides)),
        changes=tuple(StatusChange(event=names.get(c.event, c.event), after=c.after) for c in agreement.changes),
    )

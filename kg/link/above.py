"""The events that are sure enough, without what would point to the others."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import replace

from kg.model import Agreement, Event, Linked


def above(linked: Linked, least: float) -> Linked:
    """The events at or above a confidence, and the agreements that one of them made or changed.

    An event's confidence is the highest of its mentions, whichever article they stand in. What is kept points
    to nothing that is not; an agreement has the status that the last step that is kept gave it.

    Args:
        linked: merged events and agreements.
        least: 0 to 1; 0 keeps all.

    >>> above(Linked(), 0.5).events
    ()
    """
    if least <= 0:
        return linked
    names = dict(linked.names)
    kept = {event.key for event in linked.events if event.confidence >= least}
    found = (_agreement(a, names, kept) for a in linked.agreements)
    agreements = tuple(a for a in found if a is not None)
    known = kept | {a.key for a in agreements}
    events = tuple(_event(e, names, known) for e in linked.events if e.key in kept)
    return replace(linked, events=events, agreements=agreements)


def _event(event: Event, names: Mapping[str, str], known: Container[str]) -> Event:
    return replace(
        event,
        content=_those(event.content, names, known),
        in_response_to=_those(event.in_response_to, names, known),
        causes=_those(event.causes, names, known),
    )


def _agreement(agreement: Agreement, names: Mapping[str, str], kept: Container[str]) -> Agreement | None:
    changes = tuple(c for c in agreement.changes if names.get(c.event, c.event) in kept)
    if not changes:
        return None
    status = agreement.status if changes[-1] == agreement.changes[-1] else changes[-1].after
    provides = _those(agreement.provides, names, kept)
    return replace(agreement, changes=changes, provides=provides, status=status)


def _those(keys: tuple[str, ...], names: Mapping[str, str], known: Container[str]) -> tuple[str, ...]:
    return tuple(key for key in keys if names.get(key, key) in known)

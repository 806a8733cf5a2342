"""Chooses the events that a picture or a networkx graph is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kg.draw.compose import all_events
from kg.draw.facts import Facts
from kg.draw.picture import PictureEvent
from kg.draw.words import STATUS_WORDS
from kg.errors import UsageError, unknown
from kg.model.confidence import checked_confidence
from kg.query.properties import one
from kg.vocab.names import local_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which events are wanted; None: no matter which."""

    actor: str | None = None
    """IRI, id or name in any case."""
    type: str | None = None
    since: date | None = None
    until: date | None = None
    status: Sequence[str] | None = None
    min_confidence: float = 0.0
    """0 to 1; what one mention at least must have."""


def chosen(facts: Facts, choice: Choice) -> list[PictureEvent]:
    """The events that pass, by date.

    Raises:
        UsageError: there is no such actor, type, status or confidence, or the range of days is empty.
    """
    _check("event type", [choice.type] if choice.type else (), _types(facts))
    _check("status", choice.status or (), STATUS_WORDS)
    if choice.since and choice.until and choice.since > choice.until:
        raise UsageError(f"since {choice.since} is after until {choice.until}; give the earlier day first")
    least = checked_confidence(choice.min_confidence)
    events = all_events(facts)
    wanted = _find(facts, events, choice.actor) if choice.actor else None
    return [
        e
        for e in events
        if (wanted is None or wanted in e.actors)
        and (choice.type is None or e.type == choice.type)
        and (choice.status is None or e.status in choice.status)
        and (e.confidence or 0) >= least
        and in_time(e, choice.since, choice.until)
    ]


def in_time(event: PictureEvent, since: date | None, until: date | None) -> bool:
    """Whether the event's days meet the range; without a date it meets only a range open on both sides."""
    if since is None and until is None:
        return True
    first, last = event.begin or event.end, event.end or event.begin
    if first is None or last is None:
        return False
    return (since is None or last >= since) and (until is None or first <= until)


def _types(facts: Facts) -> set[str]:
    from kg.vocab.plover import OWN_TYPES, TYPES

    return {*TYPES, *OWN_TYPES, *(local_name(one(e, "eventType")) for e in facts.events.values())}


def _check(what: str, values: Iterable[str], known: Iterable[str]) -> None:
    names = [name for name in known if name]
    for value in values:
        if value not in names:
            raise UsageError(unknown(what, value, names))


def _find(facts: Facts, events: Iterable[PictureEvent], actor: str) -> str:
    """The IRI of the actor that an IRI, an id or a name means."""
    import difflib

    names: dict[str, str] = {}
    for iri in sorted({a for e in events for a in e.actors}):
        label = one(facts.entities.get(iri, {}), "prefLabel")
        for name in filter(None, (iri, local_name(iri), label)):
            names.setdefault(name.casefold(), iri)
    found = names.get(actor.casefold())
    if found is None:
        close = difflib.get_close_matches(actor.casefold(), names, n=1)
        hint = f"; did you mean {local_name(names[close[0]])!r}?" if close else "; give its IRI, id or name"
        raise UsageError(f"no event has the actor {actor!r}{hint}")
    return found

"""Puts one event of the graph into words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kg.draw.atlas import places
from kg.draw.evidence import name_of, number
from kg.draw.facts import Facts
from kg.draw.picture import Party, PictureEvent
from kg.draw.words import DONE, deed_in_words, figure_in_words, kind_in_words, status_in_words, when_in_words
from kg.query.properties import Properties, one
from kg.vocab.names import entity_id, local_name, mode_name
from kg.vocab.stance import score_of, stance_of

ROLES = (
    "actor",
    "recipient",
    "speaker",
    "addressee",
    "mediator",
    "host",
    "guarantor",
    "beneficiary",
    "target",
    "thirdParty",
)
_BEGIN = ("hasBeginTimeStamp", "hasTimeStamp", "hasEarliestBeginTimeStamp", "hasLatestBeginTimeStamp")
_END = ("hasEndTimeStamp", "hasTimeStamp", "hasLatestEndTimeStamp", "hasEarliestEndTimeStamp")


def event_of(iri: str, facts: Facts) -> PictureEvent:
    """The event with this IRI, in words."""
    event = facts.events[iri]
    kind = local_name(one(event, "eventType")) or "Event"
    mode = mode_name(one(event, "mode"), kind)
    status = local_name(one(event, "eventStatus")) or "StatusUnknown"
    mentions = [facts.mentions[m] for m in event.get("denotedBy", ()) if m in facts.mentions]
    words = kind_in_words(kind, mode)
    edtf = one(event, "edtf")
    begin, end = _day(event, _BEGIN), _day(event, _END)
    confidences = [c for m in mentions if (c := number(one(m, "confidence"))) is not None]
    return PictureEvent(
        id=iri,
        label=one(event, "label", "prefLabel") or words,
        type=kind,
        mode=mode,
        kind_words=words,
        stance=stance_of(kind, mode),
        status=status,
        status_words=status_in_words(status, mentions, deed=deed_in_words(kind, mode)),
        when_words=when_in_words(edtf or str(begin or end or "")),
        done=status in DONE,
        begin=begin,
        end=end,
        parties=_parties(event),
        place=", ".join(name_of(p, facts) for p in event.get("hasPlace", ())) or None,
        spots=tuple(_spots(event, facts)),
        figures=tuple(_figure(f, facts) for f in facts.figures.get(iri, ())),
        about=_about(event, facts),
        codes=_codes(event, kind),
        confidence=max(confidences, default=None),
        score=score_of(kind, mode),
        reported_as=(local_name(iri), *(local_name(key) for key in event.get("sameEventCandidate", ()))),
    )


def _codes(event: Properties, kind: str) -> tuple[str, ...]:
    """The event's codes in PLOVER, as far as it is one of its types, and in CAMEO."""
    from kg.vocab.plover import MODES

    plover = (f"PLOVER {local_name(one(event, 'mode', 'eventType'))}",) if kind in MODES else ()
    return (*plover, *(f"CAMEO {local_name(c)}" for c in event.get("cameo", ())))


def _spots(event: Properties, facts: Facts) -> Iterator[tuple[str, float, float]]:
    for iri in event.get("hasPlace", ()):
        spot = places().get(entity_id(iri))
        if spot is not None:
            yield name_of(iri, facts), *spot


def _figure(figure: Properties, facts: Facts) -> str:
    sources = ", ".join(name_of(s, facts) for s in figure.get("wasAttributedTo", ()))
    return figure_in_words(figure) + (f", according to {sources}" if sources else "")


def _about(event: Properties, facts: Facts) -> tuple[str, ...]:
    """The labels of topics and of what is said, asked or agreed."""
    told = [one(facts.events.get(iri, {}), "label") for iri in event.get("content", ())]
    return tuple(name_of(iri, facts) for iri in event.get("topic", ()) if iri in facts.entities) + tuple(
        filter(None, told)
    )


def _parties(event: Properties) -> tuple[Party, ...]:
    """Each actor in its roles; one who speaks and acts is named once, as actor."""
    named = {role: event.get(role, ()) for role in ROLES}
    same = {"speaker": named["actor"], "addressee": named["recipient"]}
    return tuple(
        sorted(Party(role, actor) for role in ROLES for actor in named[role] if actor not in same.get(role, ()))
    )


def _day(event: Properties, names: tuple[str, ...]) -> date | None:
    """The first of these time stamps that is a day."""
    for name in names:
        for value in event.get(name, ()):
            try:
                return date.fromisoformat(value[:10])
            except ValueError:
                continue
    return None

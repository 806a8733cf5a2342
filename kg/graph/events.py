"""Layer C: events, each the same in the graph of every article that tells it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.graph import names as n
from kg.graph.entities import actor_triples, place_triples
from kg.graph.figures import figure_triples
from kg.graph.relations import relation_triples
from kg.graph.terms import Triples, dk, ratio, text, triple, types
from kg.graph.times import time_triples
from kg.model import Event, Participant
from kg.vocab.iris import (
    agreement_iri,
    cameo_iri,
    context_iri,
    entity_iri,
    event_iri,
    mode_iri,
    topic_iri,
    type_iri,
)

_THIRD = ("mediator", "host", "guarantor", "beneficiary", "target")


def event_triples(event: Event, keys: Mapping[str, str], agreements: frozenset[str] = frozenset()) -> Triples:
    """An event with all that is known of it from all articles; it depends on no single article.

    Args:
        event: A merged event.
        keys: The key of the merged event for the key of each event that went into one.
        agreements: Keys that name agreements, which an event may have as its topic.
    """
    iri = event_iri(event.key)
    yield from types(iri, n.EVENT)
    if not event.is_plover:
        yield from types(iri, dk(event.type))
    yield triple(iri, n.LABEL, text(event.label, "en"))
    yield triple(iri, dk("eventKey"), text(event.key))
    yield triple(iri, dk("eventStatus"), dk(event.status))
    yield from _codes(iri, event)
    yield from _roles(iri, event)
    if event.place:
        yield triple(iri, n.HAS_PLACE, entity_iri(event.place.id))
        yield from place_triples(event.place)
    if event.when:
        yield from time_triples(iri, event.when)
    yield from figure_triples(event)
    yield from _words(iri, event)
    yield from _ties(iri, event, keys, agreements)
    yield from relation_triples(event)


def _codes(iri: str, event: Event) -> Triples:
    yield triple(iri, n.EVENT_TYPE, type_iri(event.type))
    if event.mode:
        yield triple(iri, dk("mode"), mode_iri(event.type, event.mode))
    if event.cameo:
        yield triple(iri, dk("cameo"), cameo_iri(event.cameo))
    for context in event.contexts:
        yield triple(iri, dk("context"), context_iri(context))


def _roles(iri: str, event: Event) -> Triples:
    for role, participant in roles(event):
        yield triple(iri, dk(role), entity_iri(participant.actor.id))
        yield from actor_triples(participant.actor)


def roles(event: Event) -> Iterator[tuple[str, Participant]]:
    """Each participant with the name of the property that ties it to the event."""
    speech = event.type == "Statement"
    for participant in event.actors:
        yield "speaker" if speech else "actor", participant
    for participant in event.recipients:
        yield "addressee" if speech else "recipient", participant
    for participant in event.third_parties:
        yield participant.role if participant.role in _THIRD else "thirdParty", participant


def _words(iri: str, event: Event) -> Triples:
    named = [("topic", topic) for topic in event.topics]
    if event.instrument:
        named.append(("instrument", event.instrument))
    for name, words in named:
        if words.strip():
            yield triple(iri, dk(name), topic_iri(words))
            yield from types(topic_iri(words), dk("Thing"))
            yield triple(topic_iri(words), n.LABEL, text(words, "en"))


def _ties(iri: str, event: Event, keys: Mapping[str, str], agreements: frozenset[str]) -> Triples:
    for name, others in (
        (dk("content"), event.content),
        (dk("inResponseTo"), event.in_response_to),
        (n.CAUSES, event.causes),
    ):
        for other in (keys.get(key, key) for key in others):
            if other in agreements:
                yield triple(iri, dk("topic"), agreement_iri(other))
            elif other != event.key:
                yield triple(iri, name, event_iri(other))
    for key, score in event.same_as:
        if key != event.key:
            yield triple(iri, dk("sameEventCandidate"), event_iri(key))
            yield triple(event_iri(key), dk("sameEventScore"), ratio(score))
    for key, why in event.same_because:
        if key != event.key:
            yield triple(event_iri(key), dk("sameEventReason"), text(why))

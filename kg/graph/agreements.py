"""Deals that last: parties, terms, validity, and what became of them step by step."""

from __future__ import annotations

from collections.abc import Mapping

from kg.graph import names as n
from kg.graph.entities import actor_triples
from kg.graph.relations import FACTUAL
from kg.graph.terms import Triples, dk, known_day, number, text, triple, types
from kg.model import Agreement, Event
from kg.vocab.iris import agreement_iri, entity_iri, event_iri
from kg.vocab.relations import MEDIATED


def touches(agreement: Agreement, keys: Mapping[str, str]) -> frozenset[str]:
    """The keys of the merged events that made or changed an agreement or that it provides for."""
    named = (*(change.event for change in agreement.changes), *agreement.provides)
    return frozenset(keys.get(key, key) for key in named)


def agreement_triples(agreement: Agreement, keys: Mapping[str, str], events: Mapping[str, Event]) -> Triples:
    """An agreement, and on the events that changed it the status after each and their order from 1.

    Args:
        agreement: The agreement.
        keys: The key of the merged event for the key of each event that went into one.
        events: The merged events by key.
    """
    iri = agreement_iri(agreement.key)
    yield from types(iri, dk("Agreement"), n.ENTITY)
    yield triple(iri, n.PREF_LABEL, text(agreement.label, "en"))
    yield triple(iri, dk("agreementKind"), dk(agreement.kind.capitalize()))
    yield triple(iri, dk("agreementStatus"), dk(agreement.status))
    for name, participants in (("party", agreement.parties), ("mediator", agreement.mediators)):
        for participant in participants:
            yield triple(iri, dk(name), entity_iri(participant.actor.id))
            yield from actor_triples(participant.actor)
    for key in agreement.provides:
        yield triple(iri, dk("provides"), event_iri(keys.get(key, key)))
    if agreement.valid_from:
        yield triple(iri, n.VALID_FROM, known_day(agreement.valid_from))
    if agreement.valid_through:
        yield triple(iri, n.VALID_THROUGH, known_day(agreement.valid_through))
    yield from _life(iri, agreement, keys)
    yield from _made(iri, agreement, keys, events)


def _life(iri: str, agreement: Agreement, keys: Mapping[str, str]) -> Triples:
    steps = {keys.get(change.event, change.event): change.after for change in agreement.changes}
    for place, (key, after) in enumerate(steps.items(), start=1):
        yield triple(iri, dk("statusChange"), event_iri(key))
        yield triple(event_iri(key), dk("statusAfter"), dk(after))
        yield triple(event_iri(key), dk("sequence"), number(place))


def _made(iri: str, agreement: Agreement, keys: Mapping[str, str], events: Mapping[str, Event]) -> Triples:
    """What is only said where a step of the deal took place: the event that it comes of, and who mediated."""
    steps = [events.get(keys.get(change.event, change.event)) for change in agreement.changes]
    taken = [step for step in steps if step is not None and step.status in FACTUAL]
    if taken:
        yield triple(event_iri(taken[0].key), dk("produces"), iri)
        for mediator in agreement.mediators:
            yield triple(entity_iri(mediator.actor.id), dk(MEDIATED), iri)

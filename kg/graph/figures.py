"""Figures that the text ties to an event."""

from __future__ import annotations

from kg.graph import names as n
from kg.graph.entities import actor_triples
from kg.graph.terms import Triples, dk, edtf, number, text, triple, types
from kg.model import Actor, Event, Quantity
from kg.vocab.iris import entity_iri, event_iri, quantity_iri

_BOUND = {"AtLeast": n.MIN_VALUE, "MoreThan": n.MIN_VALUE, "AtMost": n.MAX_VALUE, "LessThan": n.MAX_VALUE}


def figure_triples(event: Event) -> Triples:
    """Each figure as a resource; "over 1,200" is a least value of 1200, "some 240" a value of about 240."""
    for place, quantity in enumerate(event.quantities, start=1):
        iri = quantity_iri(event.key, place)
        yield triple(event_iri(event.key), dk("quantity"), iri)
        yield from types(iri, n.QUANTITATIVE_VALUE, dk("Quantity"))
        yield triple(iri, dk("quantityKind"), dk(quantity.kind))
        yield triple(iri, dk("approximation"), dk(quantity.approximation))
        yield triple(iri, _BOUND.get(quantity.approximation, n.VALUE), number(quantity.value))
        if quantity.unit:
            yield triple(iri, n.UNIT_TEXT, text(quantity.unit))
        if quantity.as_of:
            yield triple(iri, dk("asOf"), edtf(quantity.as_of))
        for source in _sources(event, quantity):
            yield triple(iri, dk("attributedTo"), entity_iri(source.id))
            yield from actor_triples(source)


def _sources(event: Event, quantity: Quantity) -> tuple[Actor, ...]:
    """Who gives the figure, where the mentions that can hold it agree on one source.

    The offsets of a figure do not say in which article they count, hence "can hold".
    """
    span = quantity.span
    if span is None:
        return ()
    holders = [m for m in event.mentions if m.span.covers(span)]
    told = {tuple(p.actor for p in m.attributed_to[:1]) for m in holders}
    return told.pop() if len(told) == 1 else ()

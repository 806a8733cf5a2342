"""The plain triples beside the events, for people who think in triples: ``putin phoned abbas``.

Only an event of PLOVER that occurred or goes on writes them. With recipients: from each actor to each
recipient. Without, and where the relation holds both ways (a call, a meeting): from each actor to each
other, so that either may stand first in a query. A mediator mediated each side. The short form carries no doubt:
events that are more likely wrong than right, and participants that the text only implies, are left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.graph.terms import Triples, dk, triple
from kg.model import Event, Status
from kg.vocab.iris import entity_iri
from kg.vocab.relations import MEDIATED, SYMMETRIC, relation

SURE = 0.5
"""Events and participants below this confidence write no plain triple."""

FACTUAL = (Status.OCCURRED, Status.ONGOING)


def relation_triples(event: Event) -> Triples:
    """The plain triples of an event; none for one that is planned, denied, supposed or not PLOVER's."""
    for subject, name, object_ in sorted(set(plain(event))):
        yield triple(entity_iri(subject), dk(name), entity_iri(object_))


def plain(event: Event) -> Iterator[tuple[str, str, str]]:
    """The same by ids: actor, name of the relation, recipient."""
    if event.status not in FACTUAL or not event.is_plover or event.confidence < SURE:
        return
    name = relation(event.type, event.mode, event.cameo)
    actors = [p.actor.id for p in event.actors if p.confidence >= SURE]
    others = [p.actor.id for p in event.recipients if p.confidence >= SURE]
    if event.recipients and not others:
        return
    if not others and name in SYMMETRIC:
        others = actors
    mediators = [p.actor.id for p in event.third_parties if p.role == "mediator"]
    yield from ((a, name, o) for a in actors for o in others if a != o)
    yield from ((m, MEDIATED, side) for m in mediators for side in (*actors, *others) if m != side)

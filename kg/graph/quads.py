"""The named graph of one article: everything that this article supports."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.graph.agreements import agreement_triples, touches
from kg.graph.article import article_triples, text_triples
from kg.graph.entities import actor_triples, narrator_actor, place_triples, publisher_actor
from kg.graph.events import event_triples
from kg.graph.mentions import entity_mention_triples, event_mention_triples, told_in
from kg.graph.run import Run, run_triples
from kg.graph.terms import Triples
from kg.model import Actor, Coded, Linked
from kg.vocab.iris import graph_iri


def article_quads(coded: Coded, linked: Linked, run: Run, *, publisher: Actor | None = None) -> Iterator[ox.Quad]:
    """All quads that an article supports, each once and in order: the same input gives the same quads.

    Args:
        coded: The article with its sentences and links.
        linked: The merged events of all articles; those with a mention in this article are written.
        run: The run that coded the article.
        publisher: Who published the article, where it is known better than by the name in the article.
    """
    triples = {str(t): t for t in _layers(coded, linked, run, publisher)}
    graph = ox.NamedNode(graph_iri(coded.article.key))
    for _, t in sorted(triples.items()):
        yield ox.Quad(t.subject, t.predicate, t.object, graph)


def _layers(coded: Coded, linked: Linked, run: Run, publisher: Actor | None) -> Triples:
    article = coded.article
    known = publisher or _publisher(coded)
    narrator = known or narrator_actor(article.key)
    told = told_in(article.key, linked.events)
    yield from article_triples(article, known)
    yield from text_triples(coded, [mention for _, _, mention in told])
    yield from run_triples(run, coded.warnings)
    if known or any(not mention.attributed_to for _, _, mention in told):
        yield from actor_triples(narrator)
    yield from _entities(coded)
    yield from entity_mention_triples(coded)
    for one in told:
        yield from event_mention_triples(article, one, narrator, run)
        for source in one[2].attributed_to:
            yield from actor_triples(source.actor)
    yield from _instances(coded, linked, {event.key for _, event, _ in told})


def _publisher(coded: Coded) -> Actor | None:
    """The publisher by its name: an actor of the article that bears it, else one for the name alone."""
    name = (coded.article.publisher or "").strip()
    if not name:
        return None
    named = {a.id: a for link in coded.links for a in link.actors if a.name.casefold() == name.casefold()}
    return named[min(named)] if named else publisher_actor(name)


def _entities(coded: Coded) -> Triples:
    for link in coded.links:
        for actor in link.actors:
            yield from actor_triples(actor)
        if link.place:
            yield from place_triples(link.place)


def _instances(coded: Coded, linked: Linked, told: set[str]) -> Triples:
    keys = dict(linked.names)
    events = {event.key: event for event in linked.events}
    named = frozenset(agreement.key for agreement in linked.agreements)
    own = {keys.get(a.key, a.key) for a in coded.agreements}
    for key in sorted(told):
        yield from event_triples(events[key], keys, named)
    for agreement in linked.agreements:
        if agreement.key in own or touches(agreement, keys) & told:
            yield from agreement_triples(agreement, keys, events)

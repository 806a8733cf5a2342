"""The named graph of one article: everything that this article supports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.graph.agreements import agreement_triples, touches
from kg.graph.article import article_triples, text_triples
from kg.graph.entities import actor_triples, narrator_actor, place_triples, publisher_actor
from kg.graph.events import event_triples
from kg.graph.mentions import entity_mention_triples, event_mention_triples, told_in
from kg.graph.run import Run, run_triples
from kg.graph.terms import Triples
from kg.model import Actor, Agreement, Coded, Event, Linked
from kg.vocab.iris import graph_iri


@dataclass(frozen=True, slots=True)
class Index:
    """Merged events and agreements by article, so that writing one article does not walk over all of them."""

    events: dict[str, Event]
    """By key."""
    told: dict[str, list[Event]]
    """The events with a mention in an article, by the article's key."""
    keys: dict[str, str]
    """The key of the merged event for the key of each event that went into one."""
    agreements: dict[str, list[Agreement]]
    """By key."""
    named: frozenset[str]
    """The keys of the agreements."""
    touching: dict[str, list[Agreement]]
    """The agreements that an event made or changed, or that provide for it, by the event's key."""

    @classmethod
    def of(cls, linked: Linked) -> Index:
        """Index the events and agreements of all articles.

        >>> Index.of(Linked()).events
        {}
        """
        keys = dict(linked.names)
        told: defaultdict[str, list[Event]] = defaultdict(list)
        touching: defaultdict[str, list[Agreement]] = defaultdict(list)
        for event in linked.events:
            for article in dict.fromkeys(m.article for m in event.mentions):
                told[article].append(event)
        agreements: defaultdict[str, list[Agreement]] = defaultdict(list)
        for agreement in linked.agreements:
            agreements[agreement.key].append(agreement)
            for key in touches(agreement, keys):
                touching[key].append(agreement)
        return cls({e.key: e for e in linked.events}, told, keys, agreements, frozenset(agreements), touching)

    def agreements_of(self, coded: Coded) -> list[Agreement]:
        """The agreements that an article tells of, or that an event that it tells made, changed or follows from."""
        own = {self.keys.get(a.key, a.key) for a in coded.agreements}
        told = {event.key for event in self.told.get(coded.article.key, ())}
        found = [a for key in sorted(own) for a in self.agreements.get(key, ())]
        return found + [a for key in sorted(told) for a in self.touching.get(key, ()) if a.key not in own]

    def seen_from(self, coded: Coded) -> tuple[object, ...]:
        """All that decides an article's quads besides its record and run: the same value, the same quads."""
        events = self.told.get(coded.article.key, [])
        agreements = self.agreements_of(coded)
        steps = [key for a in agreements for key in (*(c.event for c in a.changes), *a.provides)]
        near = {key for e in events for key in (*e.content, *e.in_response_to, *e.causes)}.union(steps)
        names = [(key, self.keys.get(key, key)) for key in sorted(near)]
        topics = [name for _, name in names if name in self.named]
        made = [self.events.get(self.keys.get(key, key)) for key in steps]
        return (events, agreements, names, topics, made)


def article_quads(
    coded: Coded, linked: Linked | Index, run: Run, *, publisher: Actor | None = None
) -> Iterator[ox.Quad]:
    """All quads that an article supports, each once and in order: the same input gives the same quads.

    Args:
        coded: The article with its sentences and links.
        linked: The merged events of all articles, or for many articles their index; those with a mention in this
            article are written.
        run: The run that coded the article.
        publisher: Who published the article, where it is known better than by the name in the article.
    """
    triples = {str(t): t for t in _layers(coded, linked, run, publisher)}
    graph = ox.NamedNode(graph_iri(coded.article.key))
    for _, t in sorted(triples.items()):
        yield ox.Quad(t.subject, t.predicate, t.object, graph)


def article_ntriples(coded: Coded, linked: Linked | Index, run: Run, *, publisher: Actor | None = None) -> bytes:
    """The triples of ``article_quads``, for the same arguments, as N-Triples in UTF-8 and sorted, each once."""
    return "".join(sorted({f"{t} .\n" for t in _layers(coded, linked, run, publisher)})).encode()


def _layers(coded: Coded, linked: Linked | Index, run: Run, publisher: Actor | None) -> Triples:
    index = linked if isinstance(linked, Index) else Index.of(linked)
    article = coded.article
    known = publisher or _publisher(coded)
    narrator = known or narrator_actor(article.key)
    told = told_in(article.key, index.told.get(article.key, ()))
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
    yield from _instances(coded, index, {event.key for _, event, _ in told})


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


def _instances(coded: Coded, index: Index, told: set[str]) -> Triples:
    for key in sorted(told):
        yield from event_triples(index.events[key], index.keys, index.named)
    for agreement in index.agreements_of(coded):
        yield from agreement_triples(agreement, index.keys, index.events)

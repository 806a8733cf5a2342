"""Reads a store's events a few thousand at a time, so that memory does not grow with all that is told of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import pyoxigraph as ox

from kg.draw.facts import QUERIES, Facts, Things, figures_of
from kg.query.named import Question
from kg.query.properties import Properties, Queryable, one, property_tables
from kg.query.values import bind
from kg.vocab.namespaces import DK

MENTION = DK + "EventMention"
BATCH = 2000
"""Events read at once."""
MOST_CHARACTERS = 200_000
"""Of the names in one query; what stands in IRIs may be written longer than it is."""
_EVENTS = "SELECT ?s WHERE { ?s a sem:Event }"
_OWN = "SELECT ?s ?p ?o WHERE { VALUES ?s { UNDEF } ?s ?p ?o }"
_LABELS = "SELECT ?s ?p ?o WHERE { VALUES ?s { UNDEF } ?s rdfs:label ?o BIND(rdfs:label AS ?p) }"
_SENTENCES = """SELECT ?s WHERE {
  VALUES ?c { UNDEF } ?s nif:referenceContext ?c FILTER EXISTS { ?s a nif:Sentence } }"""
"""No text joins two patterns with ``a`` or free properties: the store may then begin with all that have this type."""


def event_iris(store: Queryable) -> list[str]:
    """The IRIs of all events, sorted."""
    return sorted({row[0].value for row in store.query(_EVENTS).rows if row[0] is not None})


def shared_facts(store: Queryable) -> Facts:
    """What is told of entities and articles, which many events have in common, and the few figures."""
    entities = property_tables(store, QUERIES["things"]) | property_tables(store, QUERIES["entities"])
    return Facts(
        entities=entities,
        articles=property_tables(store, QUERIES["articles"]),
        figures=figures_of(store, QUERIES["figures"]),
    )


def in_batches(store: Queryable, iris: Sequence[str], shared: Facts) -> Iterator[tuple[Sequence[str], Facts]]:
    """The events in their order, a batch at a time, each with the facts that its words need.

    Raises:
        QueryError: The store cannot answer.
    """
    for first in range(0, len(iris), BATCH):
        some = iris[first : first + BATCH]
        events = _tables(store, _OWN, some)
        mentions = _tables(store, _OWN, _values(events, "denotedBy"))
        yield (
            some,
            replace(
                shared,
                events=_tables(store, _LABELS, _values(events, "content")) | events,
                mentions={m: told for m, told in mentions.items() if MENTION in told.get("type", ())},
                sentences={
                    (one(s, "referenceContext"), one(s, "sentenceNumber")): s for s in _sentences(store, mentions)
                },
            ),
        )


def _sentences(store: Queryable, mentions: Things) -> Iterable[Properties]:
    """The sentences of the articles that these mentions stand in."""
    contexts = _values(mentions, "referenceContext")
    rows = [row for some in askable(contexts) for row in store.query(_bound(_SENTENCES, "c", some)).rows]
    return _tables(store, _OWN, sorted({row[0].value for row in rows if row[0] is not None})).values()


def _values(things: Things, name: str) -> Sequence[str]:
    return sorted({iri for thing in things.values() for iri in thing.get(name, ())})


def _tables(store: Queryable, text: str, iris: Sequence[str]) -> dict[str, Properties]:
    found: dict[str, Properties] = {}
    for some in askable(iris):
        found |= property_tables(store, _bound(text, "s", some))
    return found


def askable(iris: Sequence[str]) -> Iterator[list[str]]:
    """The same in stretches that one query can name: the store takes texts up to a length only.

    >>> [len(some) for some in askable(["x" * 50_000] * 5)]
    [3, 2]
    """
    some: list[str] = []
    size = 0
    for iri in iris:
        size += len(iri) + 10
        if size > MOST_CHARACTERS and some:
            yield some
            some, size = [], len(iri) + 10
        some.append(iri)
    if some:
        yield some


def _bound(text: str, name: str, iris: Sequence[str]) -> str:
    return bind(Question("", "", "", "", text), {name: [ox.NamedNode(iri) for iri in iris]})

"""Reads a store's events a few thousand at a time, so that memory does not grow with all that is told of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import Any

import pyoxigraph as ox

from kg.draw.facts import ENTITIES, QUERIES, Facts, Things, figures_of
from kg.query.properties import Properties, one
from kg.serve.view.solutions import Solvable, tables
from kg.vocab.namespaces import DK

MENTION = DK + "EventMention"
BATCH = 2000
"""Events read at once."""
MOST_CHARACTERS = 200_000
"""Of the names in one query; what stands in IRIs may be written longer than it is."""
_EVENTS = "SELECT ?s WHERE { ?s a sem:Event }"
_NAMED = "SELECT ?s WHERE { ?s skos:prefLabel ?name }"
_OWN = "SELECT ?i ?p ?o WHERE { VALUES (?s ?i) { NAMED } ?s ?p ?o }"
_LABELS = "SELECT ?i ?p ?o WHERE { VALUES (?s ?i) { NAMED } ?s rdfs:label ?o BIND(rdfs:label AS ?p) }"
_SENTENCES = """SELECT ?i ?s WHERE {
  VALUES (?c ?i) { NAMED } ?s nif:referenceContext ?c FILTER EXISTS { ?s a nif:Sentence } }"""
_NUMBERS = "SELECT ?i ?o WHERE { VALUES (?s ?i) { NAMED } ?s dk:sentenceNumber ?o }"
"""What is named is told by its number: the store looks up the text of each IRI that it tells, in each row.

No text joins two patterns with ``a`` or free properties: the store may then begin with all that have this type.
"""


def event_iris(store: Solvable) -> list[str]:
    """The IRIs of all events, sorted."""
    return sorted({row[0].value for row in store.results(_EVENTS)})


def shared_facts(store: Solvable) -> Facts:
    """What is told of entities and articles, which many events have in common, and the few figures."""
    things, articles = (dict(sorted(tables(store.results(QUERIES[name])).items())) for name in ("things", "articles"))
    named = {row[0].value for row in store.results(_NAMED) if isinstance(row[0], ox.NamedNode)}
    entities = _tables(store, _OWN, sorted(named), only=ENTITIES)
    return Facts(entities=things | entities, articles=articles, figures=figures_of(store, QUERIES["figures"]))


def in_batches(store: Solvable, iris: Sequence[str], shared: Facts) -> Iterator[tuple[Sequence[str], Facts]]:
    """The events in their order, a batch at a time, each with the facts that its words need.

    Raises:
        QueryError: The store cannot answer.
    """
    for first in range(0, len(iris), BATCH):
        some = iris[first : first + BATCH]
        events = _tables(store, _OWN, some)
        mentions = _tables(store, _OWN, _values(events, "denotedBy"))
        sentences = _tables(store, _OWN, _sentences(store, mentions)).values()
        yield (
            some,
            replace(
                shared,
                events=_tables(store, _LABELS, _values(events, "content")) | events,
                mentions={m: told for m, told in mentions.items() if MENTION in told.get("type", ())},
                sentences={(one(s, "referenceContext"), one(s, "sentenceNumber")): s for s in sentences},
            ),
        )


def _sentences(store: Solvable, mentions: Things) -> Sequence[str]:
    """The sentences that these mentions stand in."""
    wanted = {(one(m, "referenceContext"), one(m, "sentenceNumber")) for m in mentions.values()}
    contexts = _asked(store, _SENTENCES, _values(mentions, "referenceContext"))
    found = sorted((s.value, context) for context, s in contexts if isinstance(s, ox.NamedNode))
    places = {iri: {context for _, context in own} for iri, own in groupby(found, itemgetter(0))}
    numbers = _asked(store, _NUMBERS, list(places))
    return sorted({iri for iri, n in numbers if any((context, n.value) in wanted for context in places[iri])})


def _values(things: Things, name: str) -> Sequence[str]:
    return sorted({iri for thing in things.values() for iri in thing.get(name, ())})


def _tables(store: Solvable, text: str, iris: Sequence[str], *, only: Collection[str] = ()) -> dict[str, Properties]:
    found: dict[str, Properties] = {}
    for some in askable(iris):
        own = tables(store.results(_bound(text, some)), only=only)
        found |= {iri: own[str(at)] for at, iri in enumerate(some) if str(at) in own}
    return found


def _asked(store: Solvable, text: str, iris: Sequence[str]) -> Iterator[tuple[str, Any]]:
    """Whose each answer is, and the answer."""
    for some in askable(iris):
        yield from ((some[int(at.value)], value) for at, value in store.results(_bound(text, some)))


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


def _bound(text: str, iris: Sequence[str]) -> str:
    """The query for these, each with its number; the library refuses what is no IRI."""
    return text.replace("NAMED", " ".join(f"({ox.NamedNode(iri)} {at})" for at, iri in enumerate(iris)))

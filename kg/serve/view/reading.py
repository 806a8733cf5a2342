"""Reads a store's events a few thousand at a time, so that memory does not grow with all that is told of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pyoxigraph as ox

from kg.draw.facts import QUERIES, Facts, Things, figures_of
from kg.query.named import Question
from kg.query.properties import Queryable, one, property_tables
from kg.query.values import bind

BATCH = 2000
"""Events read at once."""
_EVENTS = "SELECT ?s WHERE { ?s a sem:Event }"
_OWN = "SELECT ?s ?p ?o WHERE { VALUES ?s { UNDEF } ?s ?p ?o }"
_CONTENT = "SELECT ?s ?p ?o WHERE { VALUES ?event { UNDEF } ?event dk:content ?s . ?s rdfs:label ?o BIND(rdfs:label AS ?p) }"
_MENTIONS = """SELECT ?s ?p ?o WHERE {
  VALUES ?event { UNDEF } ?event gaf:denotedBy ?s . ?s a dk:EventMention ; ?p ?o }"""
_SENTENCES = """SELECT ?s ?p ?o WHERE {
  { SELECT DISTINCT ?c ?n WHERE { VALUES ?m { UNDEF } ?m nif:referenceContext ?c ; dk:sentenceNumber ?n } }
  ?s nif:referenceContext ?c ; dk:sentenceNumber ?n ; a nif:Sentence ; ?p ?o }"""
_FIGURES = "SELECT ?event ?s ?p ?o WHERE { VALUES ?event { UNDEF } ?event dk:quantity ?s . ?s ?p ?o }"


def event_iris(store: Queryable) -> list[str]:
    """The IRIs of all events, sorted."""
    return sorted({row[0].value for row in store.query(_EVENTS).rows if row[0] is not None})


def shared_facts(store: Queryable) -> Facts:
    """What is told of entities and articles, which many events have in common."""
    entities = property_tables(store, QUERIES["things"]) | property_tables(store, QUERIES["entities"])
    return Facts(entities=entities, articles=property_tables(store, QUERIES["articles"]))


def in_batches(store: Queryable, iris: Sequence[str], shared: Facts) -> Iterator[tuple[Sequence[str], Facts]]:
    """The events in their order, a batch at a time, each with the facts that its words need.

    Raises:
        QueryError: The store cannot answer.
    """
    for first in range(0, len(iris), BATCH):
        some = iris[first : first + BATCH]
        mentions = _tables(store, _MENTIONS, event=some)
        sentences = _tables(store, _SENTENCES, m=tuple(mentions)).values() if mentions else ()
        yield some, replace(
            shared,
            events=_tables(store, _CONTENT, event=some) | _tables(store, _OWN, s=some),
            mentions=mentions,
            sentences={(one(s, "referenceContext"), one(s, "sentenceNumber")): s for s in sentences},
            figures=figures_of(store, _bound(_FIGURES, event=some)),
        )


def _tables(store: Queryable, text: str, **iris: Sequence[str]) -> Things:
    return property_tables(store, _bound(text, **iris))


def _bound(text: str, **iris: Sequence[str]) -> str:
    return bind(Question("", "", "", "", text), {name: [ox.NamedNode(i) for i in some] for name, some in iris.items()})

"""Reads from the store what the page needs, as plain property tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from kg.model import Answer

Properties = Mapping[str, tuple[str, ...]]
"""Local name of a property to its values, sorted."""
Things = Mapping[str, Properties]
"""IRI to its properties."""

QUERIES: Mapping[str, str] = {
    "events": "SELECT ?s ?p ?o WHERE { ?s a sem:Event ; ?p ?o }",
    "mentions": "SELECT ?s ?p ?o WHERE { ?s a dk:EventMention ; ?p ?o }",
    "sentences": "SELECT ?s ?p ?o WHERE { ?s a nif:Sentence ; ?p ?o }",
    "articles": "SELECT ?s ?p ?o WHERE { ?s a schema:NewsArticle ; ?p ?o }",
    "entities": """SELECT ?s ?p ?o WHERE {
        VALUES ?p { rdf:type skos:prefLabel dk:country dk:actorRole }
        ?s skos:prefLabel ?label ; ?p ?o }""",
    "things": "SELECT ?s ?p ?o WHERE { ?s a dk:Thing ; ?p ?o }",
    "figures": "SELECT ?event ?s ?p ?o WHERE { ?event a sem:Event ; dk:quantity ?s . ?s ?p ?o }",
}


_FOREIGN = "\U0010ffff"


class Queryable(Protocol):
    """The part of a store that the page needs."""

    def query(self, sparql: str, /) -> Answer:
        """Answer a SELECT over the union of the store's graphs."""
        ...


@dataclass(frozen=True, slots=True)
class Facts:
    """The graph as property tables; ``figures`` are keyed by the event's IRI."""

    events: Things = field(default_factory=dict)
    mentions: Things = field(default_factory=dict)
    sentences: Mapping[tuple[str, str], Properties] = field(default_factory=dict)
    """By context and number."""
    articles: Things = field(default_factory=dict)
    entities: Things = field(default_factory=dict)
    figures: Mapping[str, tuple[Properties, ...]] = field(default_factory=dict)


def read_facts(store: Queryable) -> Facts:
    """The events of the store with everything that the page says about them.

    Raises:
        QueryError: the store cannot answer.
    """
    sentences = _things(store, QUERIES["sentences"]).values()
    return Facts(
        events=_things(store, QUERIES["events"]),
        mentions=_things(store, QUERIES["mentions"]),
        sentences={(one(s, "referenceContext"), one(s, "sentenceNumber")): s for s in sentences},
        articles=_things(store, QUERIES["articles"]),
        entities={**_things(store, QUERIES["things"]), **_things(store, QUERIES["entities"])},
        figures=_figures(store),
    )


def local(iri: str) -> str:
    """The part of an IRI after its last ``#`` or ``/``.

    >>> local("https://w3id.org/dekg/ns#Occurred")
    'Occurred'
    """
    return iri.rstrip("/").replace("#", "/").rpartition("/")[2]


def one(properties: Properties, *names: str) -> str:
    """The first value of the first of these properties that has one, else ''.

    >>> one({"title": ("A",)}, "headline", "title")
    'A'
    """
    return next((properties[name][0] for name in names if properties.get(name)), "")


def _prefixed(sparql: str) -> str:
    from kg.vocab.namespaces import PREFIXES

    return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in sorted(PREFIXES.items())) + sparql


def _things(store: Queryable, sparql: str) -> dict[str, Properties]:
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for s, p, o in _rows(store, sparql):
        found[s][local(p)].add(o)
    return {s: _frozen(found[s]) for s in sorted(found)}


def _figures(store: Queryable) -> dict[str, tuple[Properties, ...]]:
    """Figures may be blank nodes, whose names hold only within one answer: hence one query for all."""
    found: dict[str, dict[str, dict[str, set[str]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(set))
    )
    for event, s, p, o in _rows(store, QUERIES["figures"]):
        found[event][s][local(p)].add(o)
    return {
        event: tuple(sorted((_frozen(f) for f in figures.values()), key=lambda f: sorted(f.items())))
        for event, figures in found.items()
    }


def _rows(store: Queryable, sparql: str) -> Iterable[tuple[str, ...]]:
    """The answer's text; labels in other languages than English are marked, so that they sort last."""
    for row in store.query(_prefixed(sparql)).rows:
        yield tuple(
            "" if t is None else _FOREIGN + t.value if not (t.language or "en").startswith("en") else t.value
            for t in row
        )


def _frozen(properties: Mapping[str, set[str]]) -> dict[str, tuple[str, ...]]:
    return {
        name: tuple(v.removeprefix(_FOREIGN) for v in sorted(values)) for name, values in properties.items()
    }

"""Reads from the store what the page needs, as plain property tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.query.properties import Properties, Queryable, grouped_tables, one, property_tables
from kg.vocab.namespaces import DK, RDF, SKOS

Things = Mapping[str, Properties]
"""IRI to its properties."""

ENTITIES = (RDF + "type", SKOS + "prefLabel", DK + "country", DK + "actorRole", DK + "partOf", SKOS + "exactMatch")
"""What the page tells of an entity."""
QUERIES: Mapping[str, str] = {
    "events": "SELECT ?s ?p ?o WHERE { ?s a sem:Event ; ?p ?o }",
    "mentions": "SELECT ?s ?p ?o WHERE { ?s a dk:EventMention ; ?p ?o }",
    "sentences": "SELECT ?s ?p ?o WHERE { ?s a nif:Sentence ; ?p ?o }",
    "articles": "SELECT ?s ?p ?o WHERE { ?s a schema:NewsArticle ; ?p ?o }",
    "entities": f"""SELECT ?s ?p ?o WHERE {{
        VALUES ?p {{ {" ".join(f"<{iri}>" for iri in ENTITIES)} }}
        ?s skos:prefLabel ?label ; ?p ?o }}""",
    "things": "SELECT ?s ?p ?o WHERE { ?s a dk:Thing ; ?p ?o }",
    "figures": "SELECT ?event ?s ?p ?o WHERE { ?event a sem:Event ; dk:quantity ?s . ?s ?p ?o }",
}


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
    sentences = property_tables(store, QUERIES["sentences"]).values()
    return Facts(
        events=property_tables(store, QUERIES["events"]),
        mentions=property_tables(store, QUERIES["mentions"]),
        sentences={(one(s, "referenceContext"), one(s, "sentenceNumber")): s for s in sentences},
        articles=property_tables(store, QUERIES["articles"]),
        entities={**property_tables(store, QUERIES["things"]), **property_tables(store, QUERIES["entities"])},
        figures=figures_of(store, QUERIES["figures"]),
    )


def figures_of(store: Queryable, sparql: str) -> dict[str, tuple[Properties, ...]]:
    """The figures of each event, from a SELECT of event, figure, property and value.

    Figures may be blank nodes, whose names hold only within one answer: hence one query for many.
    """
    found: dict[str, list[Properties]] = defaultdict(list)
    for (event, _), figure in grouped_tables(store, sparql).items():
        found[event].append(figure)
    return {event: tuple(sorted(figures, key=lambda f: sorted(f.items()))) for event, figures in found.items()}

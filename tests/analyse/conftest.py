"""Stores made by hand, an event a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pyoxigraph as ox
import pytest

from kg.store import Store, open_store
from kg.vocab.namespaces import PREFIXES

GRAPH = "https://w3id.org/dekg/id/graph/test"
ACTORS = """
ent:aland a dk:State, sem:Actor ; skos:prefLabel "Aland" ; dk:country "AAA" ; dk:actorRole "GOV" .
ent:bland a dk:State, sem:Actor ; skos:prefLabel "Bland" ; dk:country "BBB" ; dk:actorRole "GOV" .
ent:cland a dk:State, sem:Actor ; skos:prefLabel "Cland" ; dk:country "CCC" ; dk:actorRole "GOV" .
ent:dland a dk:State, sem:Actor ; skos:prefLabel "Dland" ; dk:country "DDD" ; dk:actorRole "GOV" .
ent:eland a dk:State, sem:Actor ; skos:prefLabel "Eland" ; dk:country "EEE" ; dk:actorRole "GOV" .
ent:fland a dk:State, sem:Actor ; skos:prefLabel "Fland" ; dk:country "FFF" ; dk:actorRole "GOV" .
ent:ada a dk:Person, sem:Actor ; skos:prefLabel "Ada Ruler" ; dk:country "AAA" ; dk:actorRole "GOV" .
ent:front a dk:Group, sem:Actor ; skos:prefLabel "Free Front" ; dk:country "AAA" ; dk:actorRole "REB" .
ent:league a dk:Organization, sem:Actor ; skos:prefLabel "League" ; dk:actorRole "IGO" .
"""

Event = tuple[str, str, str] | tuple[str, str, str, str] | tuple[str, str, str, str, str]
"""Type and mode as in CONSULT-phone, actors, recipients; then the EDTF time, then a status: Occurred where not given.
A mediator stands among the actors with a star before it."""


def turtle(events: Sequence[Event], actors: str = ACTORS) -> str:
    return actors + "\n".join(_event(i, *event) for i, event in enumerate(events))


def _event(i: int, kind: str, actors: str, recipients: str, edtf: str = "", status: str = "Occurred") -> str:
    type_, _, mode = kind.partition("-")
    parts = [f"ev:e{i:04} a sem:Event ; rdfs:label 'event {i}' ; dk:eventStatus dk:{status}"]
    parts.append(f"sem:eventType {'plover' if type_.isupper() else 'dk'}:{type_}")
    if mode:
        parts.append(f"dk:mode plover:{kind}")
    for name in actors.split():
        parts.append(f"dk:mediator ent:{name[1:]}" if name.startswith("*") else f"dk:actor ent:{name}")
    parts += [f"dk:recipient ent:{name}" for name in recipients.split()]
    if edtf:
        parts.append(f"dk:edtf '{edtf}'")
        if len(edtf) == 10:
            parts.append(f"sem:hasBeginTimeStamp '{edtf}'^^xsd:date ; sem:hasEndTimeStamp '{edtf}'^^xsd:date")
    return " ; ".join(parts) + " ."


@pytest.fixture
def world() -> Iterator[Callable[..., Store]]:
    """Makes a store in memory of events, and of more Turtle if given."""
    opened: list[Store] = []

    def make(*events: Event, more: str = "", actors: str = ACTORS) -> Store:
        head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
        store = open_store(":memory:")
        opened.append(store)
        graph = ox.NamedNode(GRAPH)
        found = ox.parse(head + turtle(events, actors) + more, format=ox.RdfFormat.TURTLE)
        store.replace(GRAPH, [ox.Quad(*quad.triple, graph) for quad in found])
        return store

    yield make
    for store in opened:
        store.close()

"""What actors stand for in an analysis: each for itself, or for its country."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.errors import QueryError
from kg.query.entities import find_entities
from kg.query.properties import Queryable, one, property_tables
from kg.vocab.names import entity_id, local_name

UNITS = ("country", "actor")
"""What ``by`` may be."""
APART = frozenset({"REB", "UAF", "OPP"})
"""PLOVER sectors of those who stand against their state: rebels, other armed bands, the opposition."""

_ENTITIES = """SELECT ?s ?p ?o WHERE {
  VALUES ?p { rdf:type skos:prefLabel dk:country dk:actorRole }
  ?s skos:prefLabel ?label ; ?p ?o }"""


@dataclass(frozen=True, slots=True, order=True)
class Unit:
    """Whom a count is about: an actor, or a country with all who act for it."""

    id: str
    """ISO 3166-1 alpha-3 code of a country, or id of an actor."""
    label: str


@dataclass(frozen=True, slots=True)
class Units:
    """Which unit each actor belongs to.

    By ``country``, an actor that has one stands for it, be it the state, a minister, an army or a firm; an actor
    without one (the United Nations), and whoever stands against the state (``APART``), stand for themselves.
    By ``actor``, each stands for itself.
    """

    by: str
    known: Mapping[str, Unit]
    """IRI of an entity to its unit."""

    def of(self, iris: Iterable[str]) -> tuple[Unit, ...]:
        """The units of these actors, sorted, each once."""
        return tuple(sorted({self.known.get(iri) or Unit(entity_id(iri), entity_id(iri)) for iri in iris}))

    def find(self, store: Queryable, wanted: str) -> Unit:
        """The unit that a country's code, or an actor's name, id or IRI means.

        Raises:
            QueryError: The store has no such entity, or the text fits several.
        """
        if self.by == "country" and re.fullmatch(r"[A-Z]{3}", wanted):
            for unit in self.known.values():
                if unit.id == wanted:
                    return unit
        found = self.of(node.value for node in find_entities(store, wanted))
        if len(found) > 1:
            listed = ", ".join(unit.id for unit in found[:6])
            raise QueryError(f"{wanted!r} fits {len(found)} entities; give the id of one: {listed}")
        return found[0]


def read_units(store: Queryable, by: str) -> Units:
    """The units of all entities of the store.

    Raises:
        QueryError: The store cannot answer.
    """
    entities = property_tables(store, _ENTITIES)
    labels = {iri: one(e, "prefLabel") or entity_id(iri) for iri, e in entities.items()}
    if by == "actor":
        return Units(by, {iri: Unit(entity_id(iri), label) for iri, label in labels.items()})
    states: dict[str, str] = {}
    for iri, e in entities.items():
        if "State" in map(local_name, e.get("type", ())):
            states.setdefault(one(e, "country"), labels[iri])
    known: dict[str, Unit] = {}
    for iri, e in entities.items():
        code = one(e, "country")
        if code and local_name(one(e, "actorRole")) not in APART:
            known[iri] = Unit(code, states.get(code, code))
        else:
            known[iri] = Unit(entity_id(iri), labels[iri])
    return Units(by, known)

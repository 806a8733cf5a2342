"""Actors and places as resources."""

from __future__ import annotations

from hashlib import sha256

from kg.graph import names as n
from kg.graph.terms import Triples, dk, text, triple, types
from kg.model import Actor, Place
from kg.vocab.iris import entity_iri
from kg.vocab.namespaces import GN, WD

_CLASSES = {
    "state": dk("State"),
    "person": dk("Person"),
    "organization": dk("Organization"),
    "group": dk("Group"),
    "collective": dk("Collective"),
    "narrator": dk("Narrator"),
}


def actor_triples(actor: Actor) -> Triples:
    """An actor with its class, name, country, sector, the body it belongs to and its names elsewhere."""
    iri = entity_iri(actor.id)
    yield from types(iri, n.ACTOR)
    if actor.kind in _CLASSES:
        yield from types(iri, _CLASSES[actor.kind])
    if actor.kind == "state":
        yield from types(iri, n.PLACE)
    yield triple(iri, n.PREF_LABEL, text(actor.name, "en"))
    if actor.country:
        yield triple(iri, dk("country"), text(actor.country))
    if actor.sector:
        yield triple(iri, dk("actorRole"), text(actor.sector))
    if actor.part_of:
        yield triple(iri, dk("partOf"), entity_iri(actor.part_of))
    yield from _elsewhere(iri, actor.wikidata, actor.geonames)


def place_triples(place: Place) -> Triples:
    """A place with its kind, name, country, the place around it and its names elsewhere.

    A country's place and its state are one resource, so a country gets no class that a state has not.
    """
    iri = entity_iri(place.id)
    yield from types(iri, n.PLACE)
    if place.kind != "country":
        yield from types(iri, dk("Place"))
    yield triple(iri, n.PREF_LABEL, text(place.name, "en"))
    yield triple(iri, dk("placeKind"), text(place.kind))
    if place.country:
        yield triple(iri, dk("country"), text(place.country))
    if place.within:
        yield triple(iri, n.IS_PART_OF, entity_iri(place.within))
    yield from _elsewhere(iri, place.wikidata, place.geonames)


def publisher_actor(name: str) -> Actor:
    """The actor for a publisher of whom only the name is known."""
    return Actor(id=_minted("organization", name), name=name, kind="organization", sector="JRN")


def narrator_actor(article_key: str) -> Actor:
    """The actor who tells an article whose publisher is not known."""
    return Actor(id=_minted("narrator", article_key), name="unnamed narrator", kind="narrator")


def _minted(kind: str, name: str) -> str:
    told = f"{kind}|{name}|"
    return "x-" + sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _elsewhere(iri: str, wikidata: str | None, geonames: str | None) -> Triples:
    if wikidata:
        yield triple(iri, n.EXACT_MATCH, WD + wikidata)
    if geonames:
        yield triple(iri, n.EXACT_MATCH, f"{GN}{geonames}/")

"""The events of a store with all that belongs to them, read in six queries and joined here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from kg.graph.entities import narrator_actor
from kg.query.properties import Properties, one, property_tables
from kg.store import Store
from kg.vocab.iris import entity_iri
from kg.vocab.names import entity_id, local_name, mode_name
from kg.vocab.namespaces import ART, DK, PLOVER

SIDES: Mapping[str, str] = {
    "actor": "actor",
    "speaker": "actor",
    "recipient": "recipient",
    "addressee": "recipient",
    "mediator": "mediator",
    "host": "host",
    "guarantor": "guarantor",
    "beneficiary": "beneficiary",
    "target": "target",
    "thirdParty": "third party",
}
"""What each property of participation makes of an actor."""

_EVENT = """rdfs:label sem:eventType sem:hasPlace gaf:denotedBy dk:mode dk:cameo dk:context dk:eventStatus
    dk:edtf dk:quantity dk:content"""
_ROLES = " ".join(f"dk:{role}" for role in SIDES)
_MENTION = """nif:anchorOf nif:beginIndex nif:endIndex dk:trigger dk:background dk:attributedTo dk:confidence
    dk:factuality prov:wasDerivedFrom"""
_FIGURE = "dk:quantityKind dk:approximation dk:asOf schema:value schema:minValue schema:maxValue schema:unitText"
_QUERY = "SELECT DISTINCT ?s ?p ?o WHERE {{ VALUES ?p {{ {properties} }} {pattern} ?s ?p ?o }}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """An actor or place; ``id`` is its slug."""

    id: str
    name: str
    country: str | None = None
    sector: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One mention; ``article`` is the article's IRI, ``source`` None where the narrator speaks."""

    article: str
    start: int
    end: int
    quote: str
    trigger: str | None
    background: bool
    confidence: float
    factuality: str
    source: Entity | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRead:
    """One event as the store has it; ``type`` of PLOVER or of the project's own, codes without prefix."""

    iri: str
    label: str
    type: str
    plover: bool
    mode: str | None
    cameo: str | None
    status: str
    edtf: str | None
    place: Entity | None
    within: bool = False
    """Whether a speech act or a deal has it as its content."""
    contexts: tuple[str, ...] = ()
    participants: tuple[tuple[str, Entity], ...] = ()
    """Role and entity, in the order of ``SIDES`` and then by id."""
    quantities: tuple[Mapping[str, str | float | None], ...] = ()
    mentions: tuple[Told, ...] = field(default=(), repr=False)
    """By article and offset."""

    @property
    def confidence(self) -> float:
        """The highest confidence among its mentions, 0 to 1."""
        return max((m.confidence for m in self.mentions), default=0.0)

    def side(self, *roles: str) -> tuple[Entity, ...]:
        """The entities in these roles."""
        return tuple(entity for role, entity in self.participants if role in roles)


def read_articles(store: Store) -> dict[str, str]:
    """The identifier that the source gave each article, by the article's IRI."""
    found = _tables(store, "schema:identifier", "?s a schema:NewsArticle .")
    articles = _tables(store, "rdf:type", "?s a schema:NewsArticle .")
    return {iri: one(found.get(iri, {}), "identifier") or iri.removeprefix(ART) for iri in articles}


def read_events(store: Store) -> list[EventRead]:
    """Every event, by IRI.

    Raises:
        StoreError: The store cannot be read.
    """
    events = _tables(store, f"{_EVENT} {_ROLES}", "?s a sem:Event .")
    figures = _tables(store, _FIGURE, "?any dk:quantity ?s .")
    entities = {
        iri: Entity(
            id=entity_id(iri),
            name=one(p, "prefLabel") or entity_id(iri),
            country=one(p, "country") or None,
            sector=one(p, "actorRole") or None,
        )
        for iri, p in _tables(store, "skos:prefLabel dk:country dk:actorRole", "?s skos:prefLabel ?n .").items()
    }
    mentions = _mentions(store, entities)
    contents = {iri for p in events.values() for iri in p.get("content", ())}
    return [
        replace(_event(iri, events[iri], entities, figures, mentions), within=iri in contents) for iri in sorted(events)
    ]


def _event(
    iri: str,
    p: Properties,
    entities: Mapping[str, Entity],
    figures: Mapping[str, Properties],
    mentions: Mapping[str, Told],
) -> EventRead:
    type_ = one(p, "eventType")
    code = type_.removeprefix(PLOVER).removeprefix(DK)
    participants = dict.fromkeys(
        (side, _entity(actor, entities)) for role, side in SIDES.items() for actor in p.get(role, ())
    )
    place = one(p, "hasPlace")
    told = [mentions[m] for m in p.get("denotedBy", ()) if m in mentions]
    return EventRead(
        iri=iri,
        label=one(p, "label") or code,
        type=code,
        plover=type_.startswith(PLOVER),
        mode=mode_name(one(p, "mode"), code),
        cameo=local_name(one(p, "cameo")) or None,
        status=one(p, "eventStatus").removeprefix(DK),
        edtf=one(p, "edtf") or None,
        place=_entity(place, entities) if place else None,
        contexts=tuple(c.removeprefix(PLOVER + "ctx-") for c in p.get("context", ())),
        participants=tuple(participants),
        quantities=tuple(_figure(figures[q]) for q in p.get("quantity", ()) if q in figures),
        mentions=tuple(sorted(told, key=lambda m: (m.article, m.start, m.end, m.quote))),
    )


def _mentions(store: Store, entities: Mapping[str, Entity]) -> dict[str, Told]:
    publishers = _tables(store, "schema:publisher", "?s a schema:NewsArticle .")
    found: dict[str, Told] = {}
    for iri, p in _tables(store, _MENTION, "?s a dk:EventMention .").items():
        article, source = one(p, "wasDerivedFrom"), one(p, "attributedTo")
        narrators = {
            *publishers.get(article, {}).get("publisher", ()),
            entity_iri(narrator_actor(article.removeprefix(ART)).id),
        }
        found[iri] = Told(
            article=article,
            start=int(one(p, "beginIndex") or 0),
            end=int(one(p, "endIndex") or 0),
            quote=one(p, "anchorOf"),
            trigger=one(p, "trigger") or None,
            background=one(p, "background") == "true",
            confidence=float(one(p, "confidence") or 0),
            factuality=one(p, "factuality").removeprefix(DK),
            source=_entity(source, entities) if source and source not in narrators else None,
        )
    return found


def _figure(p: Properties) -> Mapping[str, str | float | None]:
    value = one(p, "value", "minValue", "maxValue")
    return {
        "kind": one(p, "quantityKind").removeprefix(DK).lower(),
        "value": float(value) if value else None,
        "approximation": one(p, "approximation").removeprefix(DK) or None,
        "unit": one(p, "unitText") or None,
        "as_of": one(p, "asOf") or None,
    }


def _entity(iri: str, entities: Mapping[str, Entity]) -> Entity:
    slug = entity_id(iri)
    return entities.get(iri) or Entity(id=slug, name=slug)


def _tables(store: Store, properties: str, pattern: str) -> dict[str, Properties]:
    """Each subject of the pattern with these properties."""
    return property_tables(store, _QUERY.format(properties=properties, pattern=pattern))

"""Who takes part: actors and places, and the words that refer to them."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A state, person, organisation, armed group or unnamed body of people.

    >>> Actor(id="hamas", name="Hamas", kind="group", country="PSE", sector="REB").country
    'PSE'
    """

    id: str
    """Lexicon slug, or ``x-`` and 16 hexadecimal digits for an actor not in the lexicon."""
    name: str
    kind: str
    """state, person, organization, group or collective (unnamed people)."""
    country: str | None = None
    """ISO 3166-1 alpha-3 of the state it belongs to; None for international bodies."""
    sector: str | None = None
    """PLOVER sector: GOV, MIL, REB, OPP, CVL, JRN, IGO, NGO, COP, JUD, LEG, BUS ..."""
    wikidata: str | None = None
    """Such as Q159."""
    geonames: str | None = None
    part_of: str | None = None
    """Id of the actor it is part of, speaks for or leads: the Kremlin is part of russia."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A country, region, city or site; ``country`` is None where it lies in none or is contested."""

    id: str
    name: str
    kind: str
    """country, region, city, site, water or border."""
    country: str | None = None
    wikidata: str | None = None
    geonames: str | None = None
    within: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A stretch of text and the entities it refers to; several for "the two leaders"."""

    span: Span
    head: int
    """Index of the token that carries the mention in the parse."""
    actors: tuple[Actor, ...] = ()
    place: Place | None = None
    """Set where the words may name a place (a country is both)."""
    rule: str = "name"
    """name, title, office, metonym, demonym, nominal, pronoun, plural, apposition, acronym or new."""
    confidence: float = 1.0

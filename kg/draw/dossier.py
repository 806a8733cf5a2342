"""What is known of an actor beside its events: other names, offices with dates, where else it is described."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType

from kg.draw.facts import Facts
from kg.draw.picture import ActorNode
from kg.draw.words import when_in_words
from kg.lexicon.tables import ACTORS, Row, read_table
from kg.paths import lexicon_dir
from kg.query.properties import Properties
from kg.vocab.names import entity_id
from kg.vocab.namespaces import ENT, GN, WD

Office = tuple[str, str, str]
"""Title, name of the body, and the term in words."""


def with_dossiers(nodes: Iterable[ActorNode], facts: Facts) -> tuple[ActorNode, ...]:
    """The nodes with aliases and offices from the lexicon, and the links that the graph states.

    Raises:
        LexiconError: a table of the lexicon is missing or a row is wrong.
    """
    return tuple(
        replace(
            node,
            aliases=aliases().get(_id(node.id), ()),
            offices=offices().get(_id(node.id), ()),
            links=links_of(facts.entities.get(node.id, {})),
        )
        for node in nodes
    )


def links_of(entity: Properties) -> tuple[tuple[str, str], ...]:
    """Name and address of the pages on Wikidata and GeoNames that the graph says are about the same.

    >>> links_of({"exactMatch": ("http://www.wikidata.org/entity/Q159", "https://sws.geonames.org/2017370/", "urn:x")})
    (('Wikidata Q159', 'https://www.wikidata.org/wiki/Q159'), ('GeoNames 2017370', 'https://www.geonames.org/2017370'))
    """
    found = []
    for iri in entity.get("exactMatch", ()):
        if wikidata := re.fullmatch(re.escape(WD) + r"(Q[1-9]\d{0,15})", iri, re.ASCII):
            found.append((f"Wikidata {wikidata[1]}", f"https://www.wikidata.org/wiki/{wikidata[1]}"))
        elif geonames := re.fullmatch(re.escape(GN) + r"(\d{1,15})/?", iri, re.ASCII):
            found.append((f"GeoNames {geonames[1]}", f"https://www.geonames.org/{geonames[1]}"))
    return tuple(found)


def term_in_words(begin: str | None, end: str | None) -> str:
    """From when to when somebody held an office.

    >>> term_in_words("1999-12-31", None), term_in_words(None, "2008"), term_in_words(None, None)
    ('since 31 December 1999', 'until 2008', 'dates not known')
    """
    if begin:
        return when_in_words(f"{begin}/{end or '..'}") if begin != end else when_in_words(begin)
    return f"until {when_in_words(end)}" if end else "dates not known"


@cache
def aliases() -> Mapping[str, tuple[str, ...]]:
    """The other names of each actor, by its id.

    >>> aliases()["putin"]
    ('Vladimir Vladimirovich Putin',)
    """
    return MappingProxyType({row["id"]: names for row in _actors() if (names := row.items("aliases"))})


@cache
def offices() -> Mapping[str, tuple[Office, ...]]:
    """The offices of each person, newest first, by the person's id."""
    names = {row["id"]: row["name"] for row in _actors()}
    held: dict[str, list[tuple[str, Office]]] = defaultdict(list)
    for row in read_table(lexicon_dir(), "actors/offices.csv")[0]:
        term = term_in_words(row.get("from"), row.get("to"))
        held[row["person"]].append((row["from"], (row["title"], names.get(row["of"], row["of"]), term)))
    return MappingProxyType(
        {person: tuple(o for _, o in sorted(terms, reverse=True)) for person, terms in held.items()}
    )


@cache
def _actors() -> tuple[Row, ...]:
    return tuple(row for file in ACTORS for row in read_table(lexicon_dir(), file)[0])


def _id(iri: str) -> str:
    return entity_id(iri) if iri.startswith(ENT) else ""

"""Rows of the tables as actors and places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from kg.lexicon.dates import latest
from kg.lexicon.offices import Office, OfficeKind
from kg.lexicon.tables import Row
from kg.model import Actor, Place

_KINDS = {
    "actors/states.csv": "state",
    "actors/organs.csv": "organization",
    "actors/organisations.csv": "organization",
    "actors/groups.csv": "group",
    "actors/persons.csv": "person",
}


def actor_of(row: Row) -> Actor:
    """The actor of a row of states, organs, organisations, groups or persons."""
    state = row.file == "actors/states.csv"
    return Actor(
        id=row["id"],
        name=row["name"],
        kind=_KINDS[row.file],
        country=row.get("iso3" if state else "country"),
        sector="GOV" if state else row.get("sector"),
        wikidata=row.get("wikidata"),
        geonames=row.get("geonames"),
        part_of=row.get("part_of"),
    )


def place_of(row: Row) -> Place:
    """The place of a row of places, or of a state, which is a country as well."""
    state = row.file == "actors/states.csv"
    return Place(
        id=row["id"],
        name=row["name"],
        kind="country" if state else row["kind"],
        country=row.get("iso3" if state else "country"),
        wikidata=row.get("wikidata"),
        geonames=row.get("geonames"),
        within=row.get("within"),
    )


def in_office(person: Actor, term: Office, kinds: Mapping[str, OfficeKind], actors: Mapping[str, Actor]) -> Actor:
    """The person as the holder of an office: with the country and sector of what the office belongs to.

    Who leads an international body stands for no country.
    """
    body = actors[term.of]
    sector = kinds[term.office].sector or body.sector
    # One person is of one country on every day, though the state may come to bear another name.
    country = person.country or body.country if body.country else None
    return replace(person, country=country, sector=sector, part_of=body.id)


def main_term(terms: Iterable[Office], kinds: Mapping[str, OfficeKind]) -> Office | None:
    """The office by which a person is known without a date: the latest, and of several the highest."""

    def order(term: Office) -> tuple[date, int]:
        return (latest(term.end) if term.end else date.max, -kinds[term.office].rank)

    return max(terms, key=order, default=None)


def persons_in_office(
    persons: Iterable[Actor],
    offices: Iterable[Office],
    kinds: Mapping[str, OfficeKind],
    actors: Mapping[str, Actor],
) -> Iterator[Actor]:
    """Each person as the holder of the office by which he or she is known."""
    held: dict[str, list[Office]] = {}
    for office in offices:
        held.setdefault(office.person, []).append(office)
    for person in persons:
        term = main_term(held.get(person.id, ()), kinds)
        yield in_office(person, term, kinds, actors) if term else person

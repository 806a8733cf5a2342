"""The tables of the lexicon, read once and checked for what would break their use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from kg.errors import LexiconError
from kg.lexicon.checks import broken
from kg.lexicon.dates import Validity
from kg.lexicon.entities import actor_of, persons_in_office, place_of
from kg.lexicon.lexicon import Lexicon
from kg.lexicon.offices import office_book, read_kinds, read_offices
from kg.lexicon.roles import read_nominals, read_roles, read_titles
from kg.lexicon.senses import Names, Sense, index, metonyms, row_senses
from kg.lexicon.tables import ACTORS, BODIES, PERSONS, PLACES, STATES, Row, Tables, read_tables
from kg.model import Actor
from kg.paths import lexicon_dir


def load_lexicon(folder: Path | None = None) -> Lexicon:
    """The lexicon in a folder that has ``actors`` and ``places``, or kg's own; read once a path.

    Raises:
        LexiconError: a table is missing or a row is wrong, with file and line.

    >>> load_lexicon().actors["russia"].country
    'RUS'
    """
    return _load((folder or lexicon_dir()).resolve())


@lru_cache(maxsize=8)
def _load(folder: Path) -> Lexicon:
    tables, data = read_tables(folder)
    for finding in broken(tables):
        raise LexiconError(str(finding))
    kinds = read_kinds(tables["actors/office_kinds.csv"])
    terms = read_offices(tables["actors/offices.csv"])
    actors = {r["id"]: actor_of(r) for file in ACTORS for r in tables[file]}
    persons = [actors[r["id"]] for r in tables[PERSONS]]
    actors |= {p.id: p for p in persons_in_office(persons, terms, kinds, actors)}
    names = index(_senses(tables), tables["actors/ambiguous.csv"])
    states = tables[STATES]
    return Lexicon(
        names=names,
        actors=actors,
        places={r["id"]: place_of(r) for file in (STATES, PLACES) for r in tables[file]},
        written={r["id"]: _names(r) for file in (*ACTORS, PLACES) for r in tables[file]},
        offices=office_book(terms, kinds, actors),
        demonyms=_demonyms(names, actors),
        states={r["iso3"]: r["id"] for r in states if r["iso3"]},
        titles=read_titles(tables["actors/titles.csv"]),
        roles=read_roles(tables["actors/roles.csv"]),
        nominals=read_nominals(r for file in BODIES for r in tables[file]),
        genders={r["id"]: r["gender"] for r in tables[PERSONS] if r["gender"]},
        leaders={r["id"]: r["leader"] for r in states if r["leader"]},
        validities={
            r["id"]: Validity(r.get("from"), r.get("to"))
            for file in (*ACTORS, PLACES)
            for r in tables[file]
            if r.get("from") or r.get("to")
        },
        version=sha256(data).hexdigest()[:12],
    )


def _names(row: Row) -> tuple[str, ...]:
    return tuple(dict.fromkeys((row["name"], *row.items("aliases"), *row.items("demonyms"))))


def _senses(tables: Tables) -> Iterator[Sense]:
    """Every meaning of every name; states before the places that share their names."""
    places = {r["id"]: r for r in tables[PLACES]}
    for file in ACTORS:
        for row in tables[file]:
            yield from row_senses(row, place=False)
    for file in (STATES, *BODIES):
        for row in tables[file]:
            for kind, ids in (("capital", row.items("capital")), ("seat", row.items("seats"))):
                for place in ids:
                    yield from metonyms(row, places[place], kind)
    for row in tables[PLACES]:
        yield from row_senses(row, place=True)


def _demonyms(names: Names, actors: Mapping[str, Actor]) -> Mapping[str, str]:
    """State id by folded demonym, where one state bears it or is declared the usual one."""
    found = {}
    for key, senses in names.items():
        states = [s for s in senses if s.kind == "demonym" and not s.place and actors[s.entity].kind == "state"]
        if len({s.entity for s in states}) == 1 or (states and states[0].preferred):
            found[" ".join(key)] = states[0].entity
    return found

"""What would make the records wrong: dates that do not exist, references to nothing, cells without sense."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.lexicon.dates import earliest, latest
from kg.lexicon.tables import ACTORS, PERSONS, PLACES, STATES, Row, Tables

_REQUIRED = ("id", "name", "title", "word", "person", "office", "of", "kind", "ids")


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong in a table, and what would be right.

    >>> str(Finding("actors/states.csv", 14, "'UKRA' is not a 3-letter code; did you mean 'UKR'?"))
    "actors/states.csv:14: 'UKRA' is not a 3-letter code; did you mean 'UKR'?"
    """

    file: str
    line: int
    """From 1; the header is line 1."""
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


def finding(row: Row, what: str) -> Finding:
    """A finding about one row."""
    return Finding(row.file, row.line, what)


def hint(value: str, known: Iterable[str]) -> str:
    """The likely meaning of a value that is not in a closed list, as the end of a message.

    >>> hint("UKRA", ["UKR", "RUS"])
    "; did you mean 'UKR'?"
    """
    close = difflib.get_close_matches(value, sorted(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""


def broken(tables: Tables) -> Iterator[Finding]:
    """Findings that keep the lexicon from loading, in the order of the tables."""
    known = _known(tables)
    for rows in tables.values():
        for row in rows:
            yield from _empty(row)
            yield from broken_dates(row)
            yield from _references(row, known)
            yield from _numbers(row)


def _known(tables: Tables) -> Mapping[str, frozenset[str]]:
    """For each column that refers to other rows the ids that it may hold."""
    ids = {file: frozenset(r["id"] for r in tables[file]) for file in (*ACTORS, PLACES)}
    actors = frozenset[str]().union(*(ids[file] for file in ACTORS))
    kinds = frozenset(r["office"] for r in tables["actors/office_kinds.csv"])
    return {
        "part_of": actors,
        "of": actors - ids[PERSONS],
        "person": ids[PERSONS],
        "capital": ids[PLACES],
        "seats": ids[PLACES],
        "successor": ids[STATES],
        "within": ids[PLACES] | ids[STATES],
        "office": kinds,
        "offices": kinds,
        "leader": kinds,
        "ids": actors | ids[PLACES],
        "preferred": actors | ids[PLACES],
        "country": frozenset(r["iso3"] for r in tables[STATES]),
    }


def _empty(row: Row) -> Iterator[Finding]:
    for column in _REQUIRED:
        if row.cells.get(column, "-") == "":
            yield finding(row, f"no {column!r}; fill the cell")


def broken_dates(row: Row) -> Iterator[Finding]:
    """Dates of the row that do not exist or run backwards."""
    good = True
    for column in ("from", "to"):
        if text := row.get(column):
            try:
                earliest(text)
            except ValueError as error:
                good = False
                yield finding(row, f"{column}: {error}; write a day, month or year that exists")
    begin, end = row.get("from"), row.get("to")
    if good and begin and end and earliest(begin) > latest(end):
        yield finding(row, f"from {begin!r} is after to {end!r}; exchange them")


def _references(row: Row, known: Mapping[str, frozenset[str]]) -> Iterator[Finding]:
    defines = "office" if row.file == "actors/office_kinds.csv" else "iso3"
    for column, cell in row.cells.items():
        ids = known.get(column)
        if not cell or ids is None or column == defines or cell in ids:
            continue
        for value in row.items(column):
            if value not in ids:
                where = "a country code of actors/states.csv" if column == "country" else "a known id"
                yield finding(row, f"{column}: {value!r} is not {where}{hint(value, ids)}")


def _numbers(row: Row) -> Iterator[Finding]:
    for column in ("rank", "lat", "lon"):
        text = row.get(column)
        if text is None:
            continue
        try:
            float(text) if column != "rank" else int(text)
        except ValueError:
            yield finding(row, f"{column}: {text!r} is not a number; write one such as 3")

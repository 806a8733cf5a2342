"""The tables of the lexicon: which files and columns there are, and their rows as read."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import LexiconError

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "actors/states.csv": (
        "id", "name", "iso3", "iso2", "status", "leader", "aliases", "demonyms", "capital", "seats",
        "wikidata", "geonames", "from", "to", "successor", "context", "note",
    ),
    "actors/organs.csv": (
        "id", "name", "aliases", "country", "kind", "sector", "part_of", "seats", "wikidata", "context",
        "note",
    ),
    "actors/organisations.csv": (
        "id", "name", "aliases", "sector", "country", "part_of", "seats", "wikidata", "from", "to",
        "nominals", "context", "note",
    ),
    "actors/groups.csv": (
        "id", "name", "aliases", "country", "sector", "demonyms", "part_of", "seats", "nominals",
        "wikidata", "from", "to", "context", "note",
    ),
    "actors/persons.csv": ("id", "name", "aliases", "country", "sector", "gender", "wikidata", "note"),
    "actors/offices.csv": ("person", "title", "office", "of", "from", "to", "source"),
    "actors/office_kinds.csv": ("office", "label", "single", "rank", "sector"),
    "actors/titles.csv": ("title", "offices", "gender", "note"),
    "actors/roles.csv": ("word", "sector", "kind", "number", "generic", "note"),
    "actors/ambiguous.csv": ("name", "ids", "preferred", "note"),
    "places/places.csv": (
        "id", "name", "aliases", "demonyms", "kind", "country", "wikidata", "geonames", "within", "lat",
        "lon", "from", "to", "context", "note",
    ),
}  # fmt: skip
"""Every table with its columns, in order."""


STATES = "actors/states.csv"
BODIES = ("actors/organs.csv", "actors/organisations.csv", "actors/groups.csv")
PERSONS = "actors/persons.csv"
PLACES = "places/places.csv"
ACTORS = (STATES, *BODIES, PERSONS)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table; a cell that is not filled is ''."""

    file: str
    """Path of the table below the lexicon's folder."""
    line: int
    """Line in the file, from 1; the header is line 1."""
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def get(self, column: str) -> str | None:
        """The cell, or None where it is empty or the table has no such column."""
        return self.cells.get(column) or None

    def items(self, column: str) -> tuple[str, ...]:
        """The items of a list cell, in order; a table without the column has none."""
        cell = self.cells.get(column)
        return tuple(part for part in cell.split("|") if part) if cell else ()


Tables = Mapping[str, tuple[Row, ...]]


def read_table(folder: Path, file: str) -> tuple[tuple[Row, ...], bytes]:
    """The rows of one table and its bytes as they lie on disk.

    Raises:
        LexiconError: the file is missing, is not UTF-8, or a line does not fit the columns.
    """
    try:
        data = (folder / file).read_bytes()
    except FileNotFoundError:
        raise LexiconError(f"{folder / file}: no such table; the lexicon needs {len(COLUMNS)} tables") from None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise LexiconError(f"{file}:{line}: not UTF-8; save the table as UTF-8") from error
    return _rows(file, text), data


def _rows(file: str, text: str) -> tuple[Row, ...]:
    columns = COLUMNS[file]
    reader = csv.reader(io.StringIO(text), strict=True)
    rows = []
    try:
        header = tuple(next(reader, ()))
        if header != columns:
            raise LexiconError(f"{file}:1: the columns are {','.join(header)}; write {','.join(columns)}")
        for cells in reader:
            if len(cells) != len(columns):
                problem = f"{len(cells)} cells, not {len(columns)}; quote a cell that holds a comma"
                raise LexiconError(f"{file}:{reader.line_num}: {problem}")
            rows.append(Row(file, reader.line_num, dict(zip(columns, cells, strict=True))))
    except csv.Error as error:
        raise LexiconError(f"{file}:{reader.line_num}: {error}; write plain CSV") from error
    return tuple(rows)


def read_tables(folder: Path) -> tuple[Tables, bytes]:
    """The rows of every table by file, and the bytes of all tables one after the other.

    Raises:
        LexiconError: as read_table does.
    """
    tables: dict[str, tuple[Row, ...]] = {}
    data = b""
    for file in COLUMNS:
        rows, content = read_table(folder, file)
        tables[file] = rows
        data += file.encode() + b"\0" + content + b"\0"
    return tables, data

"""What an editor of the tables should mend: codes, ids, order, shared names, overlapping terms of office."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from kg.lexicon.checks import Finding, broken, broken_dates, finding, hint
from kg.lexicon.dates import earliest, latest
from kg.lexicon.keys import name_key
from kg.lexicon.tables import ACTORS, PERSONS, PLACES, STATES, Row, Tables, read_tables
from kg.paths import lexicon_dir

_PATTERNS = {
    "id": (re.compile(r"[a-z0-9]+(-[a-z0-9]+)*"), "a slug such as 'al-shabaab'"),
    "wikidata": (re.compile(r"Q[1-9]\d*"), "a Wikidata id such as 'Q159'"),
    "geonames": (re.compile(r"[1-9]\d*"), "a GeoNames number such as '2017370'"),
    "iso3": (re.compile(r"[A-Z]{3}"), "a 3-letter code such as 'UKR'"),
    "iso2": (re.compile(r"[A-Z]{2}"), "a 2-letter code such as 'UA'"),
}
_CHOICES = {
    "gender": ("f", "m"),
    "generic": ("0", "1"),
    "single": ("0", "1"),
    "number": ("singular", "plural", "mass"),
    "status": ("member", "observer", "partly-recognised", "territory", "former"),
}
_SECTORS = (
    "GOV", "MIL", "REB", "OPP", "CVL", "JRN", "MED", "IGO", "NGO", "COP", "JUD", "LEG", "BUS", "PTY", "SPY",
    "REL", "CRM", "REF", "LAB", "EDU", "ELI", "PRM", "PRE", "UAF", "SOC",
)  # fmt: skip
_PLACE_KINDS = ("country", "region", "city", "site", "water", "border")
_ROLE_KINDS = ("collective", "person", "organization")
_ORDER = {
    "actors/offices.csv": ("person", "from", "of", "office"),
    "actors/office_kinds.csv": ("rank", "office"),
    "actors/titles.csv": ("title",),
    "actors/roles.csv": ("word",),
    "actors/ambiguous.csv": ("name",),
}


def lint(folder: Path | None = None) -> tuple[Finding, ...]:
    """Everything to mend in the tables of a folder, or of kg's own lexicon, by file and line.

    Raises:
        LexiconError: a table is missing or cannot be read as one.

    >>> lint()
    ()
    """
    tables, _ = read_tables(folder or lexicon_dir())
    checks = (broken, _cells, _duplicates, _order, _shared_names, _overlaps)
    return tuple(sorted(f for check in checks for f in check(tables)))


def _cells(tables: Tables) -> Iterator[Finding]:
    """Cells that do not have the form or are not in the list of their column."""
    for file, rows in tables.items():
        kinds = {PLACES: _PLACE_KINDS, "actors/roles.csv": _ROLE_KINDS}.get(file)
        choices = _CHOICES | {"sector": _SECTORS} | ({"kind": kinds} if kinds else {})
        for row in rows:
            for column, cell in row.cells.items():
                if column in _PATTERNS and cell and not _PATTERNS[column][0].fullmatch(cell):
                    yield finding(row, f"{column}: {cell!r} is not {_PATTERNS[column][1]}")
                if column in choices and cell and cell not in choices[column]:
                    known = ", ".join(choices[column])
                    yield finding(row, f"{column}: {cell!r} is not one of {known}{hint(cell, choices[column])}")
                if cell != cell.strip() or "  " in cell or " |" in cell or "| " in cell or "||" in cell:
                    yield finding(row, f"{column}: {cell!r} has white space or an item too much; take it out")


def _duplicates(tables: Tables) -> Iterator[Finding]:
    """Ids that two rows of the actors or of the places bear, and words listed twice."""
    for files, column in (
        (ACTORS, "id"), ((STATES, PLACES), "id"), ((STATES,), "iso3"), (("actors/titles.csv",), "title"),
        (("actors/roles.csv",), "word"), (("actors/ambiguous.csv",), "name"), ((*ACTORS,), "wikidata"),
    ):  # fmt: skip
        seen: dict[str, Row] = {}
        for row in (r for file in files for r in tables[file] if r.get(column)):
            first = seen.setdefault(row[column], row)
            if first is not row:
                yield finding(row, f"{column}: {row[column]!r} stands already in {first.file}:{first.line}; keep one")


def _order(tables: Tables) -> Iterator[Finding]:
    """Files that are not sorted, told once a file."""
    for file, rows in tables.items():
        columns = _ORDER.get(file, ("id",))
        keys = [tuple(int(r[c]) if c == "rank" and r[c].isdigit() else r[c] for c in columns) for r in rows]
        for (before, key), row in zip(pairwise(keys), rows[1:], strict=True):
            if key < before:
                yield finding(row, f"{key[0]!r} comes after {before[0]!r}; sort the file by {', '.join(columns)}")
                break


def _shared_names(tables: Tables) -> Iterator[Finding]:
    """Names that several actors or several places bear although ambiguous.csv does not say so."""
    declared = {name_key(r["name"]): set(r.items("ids")) for r in tables["actors/ambiguous.csv"]}
    met: set[tuple[tuple[str, ...], str]] = set()
    for files in (ACTORS, (PLACES,)):
        bearers: dict[tuple[str, ...], dict[str, Row]] = {}
        for row in (r for file in files for r in tables[file]):
            for name in (row["name"], *row.items("aliases"), *row.items("demonyms")):
                bearers.setdefault(name_key(name), {}).setdefault(row["id"], row)
                met.add((name_key(name), row["id"]))
        for key, rows in bearers.items():
            if len(rows) > 1 and not set(rows) <= declared.get(key, set()):
                shown = " ".join(key)
                what = f"{shown!r} names {' and '.join(sorted(rows))}; declare it in actors/ambiguous.csv"
                yield finding(list(rows.values())[-1], what)
    for row in tables["actors/ambiguous.csv"]:
        for item in row.items("ids"):
            if (name_key(row["name"]), item) not in met:
                yield finding(row, f"{item!r} does not bear the name {row['name']!r}; add the alias or take it out")


def _overlaps(tables: Tables) -> Iterator[Finding]:
    """Two persons in one single-holder office at once, beyond a day of handover."""
    single = {r["office"] for r in tables["actors/office_kinds.csv"] if r["single"] == "1"}
    known = {r["id"] for r in tables[PERSONS]}
    held: dict[tuple[str, str], list[Row]] = {}
    for row in tables["actors/offices.csv"]:
        if row["office"] in single and row["person"] in known and not list(broken_dates(row)):
            held.setdefault((row["of"], row["office"]), []).append(row)
    for (of, office), rows in held.items():
        rows.sort(key=lambda r: earliest(r["from"] or "0001"))
        for before, after in pairwise(rows):
            begin = latest(after["from"] or "0001")
            end = earliest(before["to"] or "9999-12-31")
            if before["person"] != after["person"] and begin < end:
                who = f"{before['person']} (line {before.line}) and {after['person']}"
                yield finding(after, f"{who} are both {office} of {of}; mend the dates")

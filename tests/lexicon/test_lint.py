"""What lint and the loader say of tables that are wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg.errors import LexiconError
from kg.lexicon import lint, load_lexicon
from kg.lexicon.tables import COLUMNS
from kg.paths import lexicon_dir

ROWS = {
    "actors/states.csv": [
        "atlantis,Atlantis,ATL,,member,head-of-state,,Atlantean|Atlanteans,poseidonia,,Q1,11,,,,,",
        "lemuria,Lemuria,LEM,,member,,,Lemurian,,,,,,,,,",
    ],
    "actors/persons.csv": ["ann,Ann Atlas,,ATL,,f,,", "bob,Bob Atlas,,ATL,,m,,"],
    "actors/offices.csv": [
        "ann,president,head-of-state,atlantis,2001,2005-05-01,known",
        "bob,president,head-of-state,atlantis,2005-05-01,,known",
    ],
    "actors/office_kinds.csv": ["head-of-state,head of state,1,1,GOV"],
    "actors/titles.csv": ["king,head-of-state,m,", "president,head-of-state,,"],
    "actors/roles.csv": ["troops,MIL,collective,plural,0,"],
    "places/places.csv": ["poseidonia,Poseidonia,,,city,ATL,,,,1.0,2.0,,,,"],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small lexicon without a fault."""
    for file, columns in COLUMNS.items():
        path = tmp_path / file
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join([",".join(columns), *ROWS.get(file, [])]) + "\n", encoding="utf-8")
    return tmp_path


def edit(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_tables_that_ship_with_kg_have_no_fault() -> None:
    assert [str(finding) for finding in lint()] == []


def test_a_small_lexicon_is_clean_and_loads(folder: Path) -> None:
    assert lint(folder) == ()
    assert load_lexicon(folder).actors["bob"].part_of == "atlantis"


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("actors/states.csv", ",ATL,,member", ",Atla,,member", "states.csv:2: iso3: 'Atla' is not a 3-letter code"),
        ("actors/persons.csv", ",ATL,,f", ",ATM,,f", "persons.csv:2: country: 'ATM' is not a country code of actors/states.csv; did you mean 'ATL'?"),
        ("actors/persons.csv", ",ATL,,f", ",ATL,,x", "persons.csv:2: gender: 'x' is not one of f, m"),
        ("actors/persons.csv", "ann,Ann", "Ann!,Ann", "persons.csv:2: id: 'Ann!' is not a slug such as 'al-shabaab'"),
        ("actors/states.csv", ",Q1,", ",P1,", "states.csv:2: wikidata: 'P1' is not a Wikidata id such as 'Q159'"),
        ("actors/states.csv", ",11,", ",x,", "states.csv:2: geonames: 'x' is not a GeoNames number"),
        ("actors/offices.csv", ",2001,", ",2001-02-30,", "offices.csv:2: from: '2001-02-30' is a date that does not exist"),
        ("actors/offices.csv", ",2001,", ",2009,", "offices.csv:2: from '2009' is after to '2005-05-01'; exchange them"),
        ("actors/offices.csv", "2005-05-01,,known", "2003,,known", "offices.csv:3: ann (line 2) and bob are both head-of-state of atlantis; mend the dates"),
        ("actors/offices.csv", "bob,president", "bop,president", "offices.csv:3: person: 'bop' is not a known id; did you mean 'bob'?"),
        ("actors/office_kinds.csv", ",1,1,GOV", ",1,high,GOV", "office_kinds.csv:2: rank: 'high' is not a number"),
        ("actors/persons.csv", "bob,Bob Atlas", "ann,Bob Atlas", "persons.csv:3: id: 'ann' stands already in actors/persons.csv:2; keep one"),
        ("actors/persons.csv", "Bob Atlas,", "Ann Atlas,", "persons.csv:3: 'ann atlas' names ann and bob; declare it in actors/ambiguous.csv"),
        ("actors/persons.csv", "bob,Bob Atlas", "aaa,Bob Atlas", "persons.csv:3: 'aaa' comes after 'ann'; sort the file by id"),
        ("actors/roles.csv", "MIL,collective", "MILL,collective", "roles.csv:2: sector: 'MILL' is not one of"),
        ("actors/roles.csv", "collective", "crowd", "roles.csv:2: kind: 'crowd' is not one of collective, person, organization"),
        ("places/places.csv", ",1.0,", ",north,", "places.csv:2: lat: 'north' is not a number"),
        ("places/places.csv", "city", "", "places.csv:2: no 'kind'; fill the cell"),
        ("actors/titles.csv", "king,", " king,", "titles.csv:2: title: ' king' has white space or an item too much"),
        ("actors/states.csv", "poseidonia", "posidonia", "states.csv:2: capital: 'posidonia' is not a known id; did you mean 'poseidonia'?"),
        ("actors/ambiguous.csv", "note\n", "note\nAtlas,ann|bob,,\n", "ambiguous.csv:2: 'ann' does not bear the name 'Atlas'"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_file_line_and_fix(folder: Path, file: str, old: str, new: str, message: str) -> None:
    edit(folder, file, old, new)
    found = [str(finding) for finding in lint(folder)]
    assert any(message in line for line in found), found


def test_a_shared_name_may_be_declared(folder: Path) -> None:
    edit(folder, "actors/persons.csv", "Bob Atlas,", "Bob Atlas,Ann Atlas")
    edit(folder, "actors/ambiguous.csv", "note\n", "note\nAnn Atlas,ann|bob,ann,\n")
    assert lint(folder) == ()
    assert load_lexicon(folder).senses("Ann Atlas")[0].entity == "ann"


def test_the_loader_refuses_what_would_make_the_records_wrong(folder: Path) -> None:
    edit(folder, "actors/offices.csv", ",2001,", ",2001-13,")
    with pytest.raises(LexiconError, match=r"actors/offices\.csv:2: from: '2001-13'"):
        load_lexicon(folder)


def test_the_version_changes_with_any_table(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other") / "lexicon"
    shutil.copytree(folder, other)
    edit(other, "actors/persons.csv", "Bob", "Rob")
    assert load_lexicon(other).version != load_lexicon(folder).version


def test_a_missing_table_is_named(folder: Path) -> None:
    (folder / "actors/titles.csv").unlink()
    with pytest.raises(LexiconError, match=r"titles\.csv: no such table"):
        lint(folder)


def test_wrong_columns_are_shown_beside_the_right_ones(folder: Path) -> None:
    edit(folder, "actors/titles.csv", "title,offices", "titel,offices")
    with pytest.raises(LexiconError, match=r"titles\.csv:1: the columns are titel,.*; write title,"):
        lint(folder)


def test_an_unquoted_comma_is_told_by_its_line(folder: Path) -> None:
    edit(folder, "actors/roles.csv", "plural,0,", "plural,0,a,b")
    with pytest.raises(LexiconError, match=r"roles\.csv:2: 7 cells, not 6; quote a cell"):
        lint(folder)


def test_a_broken_quote_is_told_by_its_line(folder: Path) -> None:
    edit(folder, "actors/roles.csv", "troops", '"troops"x')
    with pytest.raises(LexiconError, match=r"roles\.csv:2: .*; write plain CSV"):
        lint(folder)


def test_another_encoding_is_told_by_its_line(folder: Path) -> None:
    path = folder / "actors/persons.csv"
    path.write_bytes(path.read_bytes().replace(b"Bob", "Böb".encode("latin-1")))
    with pytest.raises(LexiconError, match=r"persons\.csv:3: not UTF-8"):
        load_lexicon(folder)


def test_the_tables_of_kg_end_with_one_newline_and_have_no_empty_line() -> None:
    for file in COLUMNS:
        text = (lexicon_dir() / file).read_text(encoding="utf-8")
        assert text.endswith("\n"), file
        assert "\n\n" not in text, file
        assert "\r" not in text, file

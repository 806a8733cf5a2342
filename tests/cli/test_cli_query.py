"""``kg query``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.cli.query import ENDINGS
from kg.query import FORMATS, questions


def test_a_named_question_is_answered_as_a_table(run: Any, seed_folder: Path) -> None:
    result = run("query", "articles", "--store", seed_folder)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "1978-camp-david" in result.stdout
    assert result.stdout.endswith("23 rows\n")


def test_the_store_may_be_named_by_the_environment(run: Any, seed_folder: Path) -> None:
    assert "23 rows" in run("query", "articles", env={"KG_STORE": str(seed_folder)}).stdout


def test_parameters_narrow_a_question(run: Any, seed_folder: Path) -> None:
    words = ("query", "events", "--store", seed_folder, "--format", "json", "-p", "type=CONSULT")
    rows = json.loads(run(*words, "-p", "since=2014", "-p", "until=2015").stdout)["results"]["bindings"]
    assert rows
    assert {row["code"]["value"] for row in rows} == {"CONSULT"}


def test_sparql_is_answered(run: Any, seed_folder: Path) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?a a schema:NewsArticle }"
    assert run("query", query, "--store", seed_folder, "--format", "csv").stdout.split() == ["n", "23"]


def test_a_file_is_answered(run: Any, seed_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text("ASK { ?a a schema:NewsArticle }", encoding="utf-8")
    assert run("query", "-f", "q.rq", "--store", seed_folder).stdout == "yes\n"
    assert run("query", "-f", "-", "--store", seed_folder, stdin="ASK { ?a a dk:None }").stdout == "no\n"


def test_a_question_of_ones_own_takes_parameters(run: Any, seed_folder: Path, tmp_path: Path) -> None:
    text = (
        "# title: Titles\n# description: Articles by id.\n# param: id text -- The id.\n# example: none\n"
        "SELECT ?title { VALUES ?id { UNDEF } ?a schema:identifier ?id ; schema:headline ?title }"
    )
    (tmp_path / "titles.rq").write_text(text, encoding="utf-8")
    result = run("query", "-f", "titles.rq", "-p", "id=1993-oslo", "--store", seed_folder, "--format", "csv")
    assert result.stdout.splitlines() == ["title", "Israel and PLO Sign Declaration of Principles"]


def test_an_error_in_a_file_names_the_file(run: Any, seed_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text("SELECT ?s\nWHERE { ?s ?p }", encoding="utf-8")
    result = run("query", "-f", "q.rq", "--store", seed_folder)
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: q.rq: line 2, column ")


@pytest.mark.parametrize(
    ("text", "told"),
    [(None, "no such file"), (b"", "empty"), (b" \n", "empty"), (b"SELECT \xff", "not UTF-8 at byte 7")],
)
def test_a_file_that_cannot_be_read_is_told(
    run: Any, seed_folder: Path, tmp_path: Path, text: bytes | None, told: str
) -> None:
    if text is not None:
        (tmp_path / "q.rq").write_bytes(text)
    result = run("query", "-f", "q.rq", "--store", seed_folder)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"Error: q.rq: {told}")


def test_every_question_is_listed_with_title_and_parameters(run: Any) -> None:
    listed = run("query", "--list").stdout
    for question in questions():
        taken = ", ".join(p.name for p in question.parameters)
        assert f"{question.name}{f' ({taken})' if taken else ''}\n    {question.title}\n" in listed


def test_one_question_is_shown_with_its_sparql(run: Any) -> None:
    shown = run("query", "mediators", "--show").stdout
    assert "Who mediated between whom" in shown
    assert "actor (actor): " in shown
    assert "SELECT DISTINCT ?mediator" in shown
    assert "# title" not in shown
    assert "Parameters:" not in run("query", "sources", "--show").stdout


@pytest.mark.parametrize(
    ("words", "told", "code"),
    [
        ((), "give one of: ", 2),
        (("mediators", "--list"), "give one of: ", 2),
        (("mediator",), "did you mean 'mediators'?", 2),
        (("mediators", "-p", "actor"), "write NAME=VALUE, such as actor=Qatar", 2),
        (("mediators", "-p", "=Qatar"), "write NAME=VALUE, such as actor=Qatar", 2),
        (("mediators", "-p", "actor=a", "-p", "actor=b"), "'actor' was given twice", 2),
        (("mediators", "-p", "akter=a"), "did you mean 'actor'?", 2),
        (("mediators", "-p", "since=2024-02-30"), "'2024-02-30' is not a date", 1),
        (("mediators", "--format", "cvs"), "did you mean 'csv'?", 2),
        (("SELECT ?s WHERE { ?s",), "line 1, column ", 1),
        (("SELECT * { SERVICE <http://example.org> { ?s ?p ?o } }",), "SERVICE is not allowed", 1),
        (("articles", "-o", "nowhere/a.csv"), "nowhere", 1),
    ],
)
def test_a_wrong_question_is_told_in_one_line(
    run: Any, seed_folder: Path, words: tuple[str, ...], told: str, code: int
) -> None:
    result = run("query", *words, "--store", seed_folder)
    assert result.exit_code == code
    assert result.stdout == ""
    assert result.stderr.startswith("Error: ")
    assert told in result.stderr.splitlines()[0]


def test_the_ending_of_the_output_chooses_the_format(run: Any, seed_folder: Path, tmp_path: Path) -> None:
    assert run("query", "articles", "--store", seed_folder, "-o", "a.json").output == ""
    assert len(json.loads((tmp_path / "a.json").read_text())["results"]["bindings"]) == 23
    run("query", "articles", "--store", seed_folder, "-o", "a.json", "--format", "csv")
    assert (tmp_path / "a.json").read_text().startswith("id,published")
    assert set(ENDINGS.values()) == set(FORMATS)


def test_every_format_is_told_in_the_help(run: Any) -> None:
    told = run("query", "--help").stdout
    assert [name for name in FORMATS if name not in told] == []


def test_hostile_names_are_escaped(run: Any, hostile_store: Path) -> None:
    result = run("query", "SELECT ?o { ?s skos:prefLabel ?o }", "--store", hostile_store)
    assert "Eve\\x1b[2J\\u202eevil" in result.stdout


def test_a_store_that_is_not_there_is_told(run: Any) -> None:
    result = run("query", "articles", "--store", "nowhere")
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: nowhere: no store there; make one with: kg build")


def test_a_store_in_memory_cannot_be_asked(run: Any) -> None:
    result = run("query", "articles", "--store", ":memory:")
    assert result.exit_code == 2
    assert "ends with the command that filled it" in result.stderr

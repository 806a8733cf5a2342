from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.store import open_store
from kg.store.sparql_errors import syntax_error


def told(sparql: str) -> str:
    with open_store(":memory:") as store, pytest.raises(QueryError) as caught:
        store.query(sparql)
    return str(caught.value)


@pytest.mark.parametrize(
    ("sparql", "first"),
    [
        ("SELECT ?s WHERE { ?s", "line 1, column 21: not valid SPARQL here; a '{' is never closed (line 1, column 17): add '}'"),
        ("SELEC ?s {}", "line 1, column 1: not valid SPARQL here; 'SELEC' is not a word of SPARQL; did you mean SELECT?"),
        ("SELECT ?s WERE { ?s ?p ?o }", "line 1, column 11: not valid SPARQL here; 'WERE' is not a word of SPARQL; did you mean WHERE?"),
        ("SELECT *\nWHERE { ?s ?p ?o FILTR(?o > 1) }", "line 2, column 18: not valid SPARQL here; 'FILTR' is not a word of SPARQL; did you mean FILTER?"),
        ("SELECT ?s { ?s dkk:actor ?o }", "line 1, column 16: not valid SPARQL here; the prefix 'dkk:' is not known; did you mean 'dk:'? Otherwise declare it: PREFIX dkk: <...>"),
        ("SELECT ?s { ?s zzzzzz:actor ?o }", "line 1, column 16: not valid SPARQL here; the prefix 'zzzzzz:' is not known; declare it: PREFIX zzzzzz: <...>"),
        ("SELECT ?s { ?s ?p 'abc }", "line 1, column 19: not valid SPARQL here; the text that starts here is never closed: add '"),
        ("SELECT ?s { ?s ?p \"\"\"abc\" }", 'line 1, column 19: not valid SPARQL here; the text that starts here is never closed: add """'),
        ("SELECT ?s { ?s ?p ?o }}", "line 1, column 23: not valid SPARQL here; this '}' closes nothing: remove it"),
        ("SELECT ?s { ?s ?p ?o FILTER(?o > 1 }", "line 1, column 36: not valid SPARQL here; the '(' of line 1, column 28 is still open: write ')' first"),
        ("SELECT ?s { <a> ?p ?s }", "line 1, column 13: not valid SPARQL here; <a> is not a whole IRI: write its scheme too, or use a prefix"),
        ("", "line 1, column 1: not valid SPARQL here; the query is empty: write SELECT, ASK, CONSTRUCT or DESCRIBE"),
        ("SELECT * { ?s ?p ?o } ORDER ?s", "line 1, column 31: not valid SPARQL here; ORDER and GROUP are followed by BY"),
        ("SELECT (COUNT(?s) AS ?n) ?o { ?s ?p ?o }", "line 1, column 41: not valid SPARQL here; the SELECT contains a variable that is unbound"),
        ("SELECT (STRLEN(?x, 2) AS ?y) { ?x ?y ?z }", "line 1, column 23: not valid SPARQL here"),
        ("SELECT ?s { ?s xyzzyq ?o }", "line 1, column 16: not valid SPARQL here; 'xyzzyq' is not a word of SPARQL; a variable is written ?xyzzyq"),
        ("insert data { <http://a> <http://b> 1 }", "line 1, column 1: INSERT is not allowed: a query changes nothing; use SELECT or ASK"),
    ],
)  # fmt: skip
def test_the_message_names_the_place_and_the_likely_fix(sparql: str, first: str) -> None:
    assert told(sparql).splitlines()[0] == first


def test_the_caret_stands_under_the_place() -> None:
    assert told("SELECT ?s WHERE { ?s").splitlines()[1:] == ["  SELECT ?s WHERE { ?s", "  " + " " * 20 + "^"]


def test_the_caret_of_a_long_line_is_shown_with_its_surroundings() -> None:
    _, shown, caret = told("SELECT * { " + "?s ?p ?o . " * 40 + "?s dkk:x ?o }").splitlines()
    assert len(shown) <= 102
    assert shown[caret.index("^") :].startswith("dkk:x")


def test_a_tab_before_the_place_is_kept_so_that_the_caret_lines_up() -> None:
    assert told("SELECT * {\n\t?s dkk:x ?o }").splitlines()[2] == "  \t   ^"


def test_a_declared_prefix_and_a_base_are_not_blamed() -> None:
    message = told("BASE <http://a/> PREFIX my: <http://b/> SELECT * { <x> my:y ?o . ?o nope:z ?s }")
    assert "'nope:'" in message.splitlines()[0]


def test_one_bracket_for_another_is_told_even_at_the_end() -> None:
    assert "line 1, column 8 is still open: write ')' first" in told("SELECT (1 AS ?x}")


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_any_wrong_text_gets_a_message_with_a_place(text: str) -> None:
    error = syntax_error(text, "error at 9:9: expected x", {})
    assert str(error).startswith("line ")


def test_a_message_without_a_place_still_gives_one() -> None:
    assert str(syntax_error("SELECT * { }", "unreadable", {})).startswith("line 1, column 1: not valid SPARQL here\n")

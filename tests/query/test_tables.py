from __future__ import annotations

import csv
import io
import json

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.model import Answer, Term
from kg.query import FORMATS, ask, render
from kg.query.grid import columns_wide, fitted, grid, visible
from kg.store import Store

XSD = "http://www.w3.org/2001/XMLSchema#"
IRI = Term("iri", "https://w3id.org/dekg/id/entity/qatar")
MIXED = Answer(
    "select",
    ("who", "n", "label", "ok"),
    (
        (
            IRI,
            Term("literal", "7", XSD + "integer"),
            Term("literal", "北京", None, "zh"),
            Term("literal", "true", XSD + "boolean"),
        ),
        (
            Term("blank", "b0"),
            Term("literal", "1.50", XSD + "decimal"),
            Term("literal", "a|b\n\x1b[2J\u202e\x9b"),
            None,
        ),
    ),
)
EMPTY = Answer("select", ("a",), ())
GRAPH = Answer(
    "graph",
    ("subject", "predicate", "object"),
    ((IRI, Term("iri", XSD + "p"), Term("literal", "x", None, "en")),),
)


def test_a_table_is_aligned_with_wide_characters_and_numbers_to_the_right() -> None:
    assert render(MIXED) == (
        "who           n  label                   ok\n"
        "---------  ----  ----------------------  ----\n"
        "ent:qatar     7  北京                    true\n"
        "_:b0       1.50  a|b\\n\\x1b[2J\\u202e\\x9b\n"
        "2 rows\n"
    )


def test_a_table_is_cut_to_the_width() -> None:
    lines = render(MIXED, width=30).splitlines()
    assert all(columns_wide(line) <= 30 for line in lines)
    assert any("…" in line for line in lines)


def test_an_empty_table_says_so() -> None:
    assert render(EMPTY).endswith("no rows\n")
    assert render(Answer("select", (), ())) == "no rows\n"


@given(st.text(max_size=80))
def test_nothing_in_a_cell_can_move_the_cursor(text: str) -> None:
    shown = visible(text)
    assert "\n" not in shown
    assert all(c.isprintable() or c in "\u200c\u200d" or not c.isascii() for c in shown)
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in shown)


@given(st.lists(st.integers(1, 300), min_size=1, max_size=8), st.integers(70, 200))
def test_fitted_widths_fit_and_leave_narrow_columns_alone(wanted: list[int], width: int) -> None:
    widths = fitted(wanted, width)
    assert sum(widths) + 2 * (len(wanted) - 1) <= width
    assert all(w <= want for w, want in zip(widths, wanted, strict=True))
    assert all(w == want for w, want in zip(widths, wanted, strict=True) if want <= 6)


@given(st.lists(st.text(max_size=40), min_size=1, max_size=5), st.integers(10, 60))
def test_every_line_of_a_grid_is_within_its_width(cells: list[str], width: int) -> None:
    text = grid(["column"], [[cell] for cell in cells], width=width, right=[False])
    assert all(columns_wide(line) <= width for line in text.split("\n"))


def test_csv_holds_bare_values() -> None:
    rows = list(csv.reader(io.StringIO(render(MIXED, "csv"))))
    assert rows[1] == ["https://w3id.org/dekg/id/entity/qatar", "7", "北京", "true"]
    assert rows[2][2:] == ["a|b\n\x1b[2J\u202e\x9b", ""]


@pytest.mark.parametrize("format_", ["tsv", "json"])
def test_tsv_and_json_are_read_back_by_a_sparql_library(format_: str) -> None:
    kind = ox.QueryResultsFormat.TSV if format_ == "tsv" else ox.QueryResultsFormat.JSON
    found = ox.parse_query_results(render(MIXED, format_).encode(), format=kind)
    assert isinstance(found, ox.QuerySolutions)
    first, second = list(found)
    assert first["label"] == ox.Literal("北京", language="zh")
    assert second["label"] == ox.Literal("a|b\n\x1b[2J\u202e\x9b")
    assert first["n"] == ox.Literal(7)
    assert second["ok"] is None


def test_json_lines_have_numbers_and_truth_values() -> None:
    first, second = map(json.loads, render(MIXED, "jsonl").splitlines())
    assert first == {"who": "https://w3id.org/dekg/id/entity/qatar", "n": 7, "label": "北京", "ok": True}
    assert second["n"] == 1.5
    assert second["ok"] is None


@pytest.mark.parametrize("format_", ["json", "jsonl"])
def test_json_holds_no_character_that_moves_the_cursor(format_: str) -> None:
    assert not any(c in render(MIXED, format_) for c in "\x1b\x9b\u202e")


def test_a_number_that_is_not_one_stays_text() -> None:
    odd = Answer("select", ("n",), ((Term("literal", "INF", XSD + "double"),),))
    assert render(odd, "jsonl") == '{"n": "INF"}\n'


def test_markdown_cannot_be_broken_out_of() -> None:
    lines = render(MIXED, "markdown").splitlines()
    assert lines[1] == "| --- | ---: | --- | --- |"
    assert lines[3].count(" | ") == 3
    hostile = Answer("select", ("a",), ((Term("literal", "<script>[x](y)`"),),))
    assert render(hostile, "markdown").splitlines()[2] == r"| \<script\>\[x\](y)\` |"


@pytest.mark.parametrize(
    ("format_", "yes"),
    [("table", "yes\n"), ("markdown", "yes\n"), ("csv", "true\n"), ("tsv", "true\n"), ("jsonl", "true\n")],
)
def test_an_ask_is_a_word(format_: str, yes: str) -> None:
    assert render(Answer("ask", truth=True), format_) == yes


def test_an_ask_in_json_is_a_boolean() -> None:
    assert json.loads(render(Answer("ask", truth=False), "json")) == {"head": {}, "boolean": False}


@pytest.mark.parametrize("format_", ["turtle", "nt"])
def test_a_graph_is_written_as_rdf(format_: str) -> None:
    kind = ox.RdfFormat.TURTLE if format_ == "turtle" else ox.RdfFormat.N_TRIPLES
    (triple,) = (q.triple for q in ox.parse(render(GRAPH, format_), format=kind))
    assert triple.object == ox.Literal("x", language="en")


@pytest.mark.parametrize("format_", ["turtle", "nt"])
def test_rows_cannot_be_written_as_rdf(format_: str) -> None:
    with pytest.raises(UsageError, match="this answer has none"):
        render(MIXED, format_)


def test_a_row_that_is_no_triple_is_told() -> None:
    odd = Answer("graph", ("s", "p", "o"), ((Term("literal", "x"), IRI, Term("blank", "b")),))
    with pytest.raises(UsageError, match="not a triple"):
        render(odd, "nt")


def test_an_unknown_format_gives_the_nearest_name() -> None:
    with pytest.raises(UsageError, match="did you mean 'jsonl'"):
        render(EMPTY, "jsonll")


@pytest.mark.parametrize("format_", [f for f in FORMATS if f not in {"turtle", "nt"}])
def test_every_format_ends_in_a_line_break_and_repeats_itself(store: Store, format_: str) -> None:
    answer = ask(store, "events")
    assert render(answer, format_).endswith("\n")
    assert render(answer, format_) == render(ask(store, "events"), format_)

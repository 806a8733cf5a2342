from __future__ import annotations

from datetime import date, datetime

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import QueryError, QueryRefused, UsageError
from kg.query import Parameter, Question, ask
from kg.query.entities import find_entities
from kg.query.values import bind, term_for
from kg.store import Store, open_store

ECHO = Question("echo", "", "", "", "SELECT ?y WHERE { VALUES (?x ?z) { (UNDEF UNDEF) } BIND(?x AS ?y) }")
TEXT = Parameter("x", "text", None, "")


def echoed(store: Store, text: str) -> str | None:
    (row,) = store.query(bind(ECHO, {"x": [term_for(TEXT, text)]})).rows
    return None if row[0] is None else row[0].value


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_text_arrives_as_it_was_given(text: str) -> None:
    with open_store(":memory:") as empty:
        assert echoed(empty, text) == text


@pytest.mark.parametrize(
    "text",
    [
        '"} } INSERT DATA { <a:b> <a:c> 1 } #',
        "') SERVICE <http://example.org/> {",
        "\\u0022 } DROP ALL",
        "\\U00000022 } DROP ALL",
        "\\\x07",
        "\\\\u0022",
        "\\",
        "?x",
        "UNDEF",
    ],
)
def test_a_hostile_parameter_stays_a_text(store: Store, text: str) -> None:
    before = store.count()
    assert echoed(store, text) == text
    assert len(ask(store, "evidence", text=text)) == 0
    assert store.count() == before


def test_no_codepoint_escape_can_be_read_behind_a_backslash() -> None:
    assert "\\u0022" not in bind(ECHO, {"x": [ox.Literal("\\u0022")]})


def test_parameters_that_are_not_given_restrict_nothing() -> None:
    assert bind(ECHO, {}) == "SELECT ?y WHERE { VALUES (?x ?z) { (UNDEF UNDEF) } BIND(?x AS ?y) }"


def test_several_terms_make_every_combination() -> None:
    filled = bind(ECHO, {"x": [ox.Literal("a"), ox.Literal("b")], "z": [ox.Literal(1)]})
    assert filled.count("(") == 2 + 2
    assert '("a" "1"^^' in filled


def test_sparql_is_asked_with_known_prefixes(store: Store) -> None:
    assert ask(store, "ASK { ent:qatar dk:country 'QAT' }").truth is True


def test_sparql_is_guarded(store: Store) -> None:
    with pytest.raises(QueryRefused):
        ask(store, "ASK { SERVICE <http://example.org/> { ?s ?p ?o } }")


def test_sparql_takes_no_parameters(store: Store) -> None:
    with pytest.raises(UsageError, match="'actor' was given"):
        ask(store, "ASK { ?s ?p ?o }", actor="qatar")


def test_a_syntax_error_names_line_and_column(store: Store) -> None:
    with pytest.raises(QueryError, match="line 1, column"):
        ask(store, "SELECT ?s WHERE { ?s")


@pytest.mark.parametrize(("name", "wrong"), [("mediator", "did you mean 'mediators'"), ("", "unknown question ''")])
def test_an_unknown_name_is_told(store: Store, name: str, wrong: str) -> None:
    with pytest.raises(UsageError, match=wrong):
        ask(store, name)


def test_an_unknown_parameter_is_told(store: Store) -> None:
    with pytest.raises(UsageError, match="did you mean 'actor'"):
        ask(store, "events", actr="qatar")
    with pytest.raises(UsageError, match="takes no parameters"):
        ask(store, "links", actor="qatar")


def test_none_and_empty_text_are_as_if_not_given(store: Store) -> None:
    assert ask(store, "events", actor=None, since="") == ask(store, "events")


@pytest.mark.parametrize(
    ("kind", "value", "wrong"),
    [
        ("date", "2023-02-30", "February 2023 has 28 days"),
        ("date", "0000", "years count from 0001"),
        ("date", "yesterday", "write YYYY-MM-DD"),
        ("country", "FR", "three letters"),
        ("type", "CONSLT", "did you mean 'CONSULT'"),
        ("number", "many", "give digits"),
        ("number", True, "give digits"),
        ("text", "\ud800", "surrogate"),
    ],
)
def test_a_value_of_the_wrong_type_is_told(kind: str, value: str, wrong: str) -> None:
    with pytest.raises(QueryError, match=wrong):
        term_for(Parameter("x", kind, None, ""), value)


@pytest.mark.parametrize(
    ("name", "value", "day"),
    [
        ("since", "2023", "2023-01-01"),
        ("until", "2023", "2023-12-31"),
        ("until", "2024-02", "2024-02-29"),
        ("until", "2024-12", "2024-12-31"),
        ("until", "9999-12", "9999-12-31"),
        ("until", "2024-02-03", "2024-02-03"),
        ("since", date(987, 1, 2), "0987-01-02"),
        ("since", datetime(2023, 5, 4, 12, 0), "2023-05-04"),
    ],
)
def test_a_month_or_year_stands_for_its_first_day_and_in_until_for_its_last(
    name: str, value: str | date, day: str
) -> None:
    assert term_for(Parameter(name, "date", None, ""), value).value == day


def test_numbers_and_own_types_become_terms() -> None:
    assert str(term_for(Parameter("x", "number", None, ""), 0.5)).endswith("decimal>")
    assert str(term_for(Parameter("x", "type", None, ""), "statement")) == "<https://w3id.org/dekg/ns#Statement>"


@pytest.mark.parametrize(
    "wanted", ["qatar", "Qatar", " QATAR ", "the Qatar", "ent:qatar", "https://w3id.org/dekg/id/entity/qatar"]
)
def test_an_entity_is_found_by_id_iri_and_name(store: Store, wanted: str) -> None:
    assert [e.value for e in find_entities(store, wanted)] == ["https://w3id.org/dekg/id/entity/qatar"]


def test_an_entity_is_found_by_a_part_of_one_name(store: Store) -> None:
    assert [e.value[-4:] for e in find_entities(store, "fattah")] == ["sisi"]


def test_a_part_of_several_names_is_told(store: Store) -> None:
    graph = "https://w3id.org/dekg/id/graph/cccccccccccccccc"
    name = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    other = ox.NamedNode("https://w3id.org/dekg/id/entity/rafah")
    store.replace(graph, [ox.Quad(other, name, ox.Literal("Rafah, Gaza"), ox.NamedNode(graph))])
    with pytest.raises(QueryError, match="fits 2 entities"):
        find_entities(store, "gaza")


@pytest.mark.parametrize(("wanted", "wrong"), [("quatar", "did you mean 'qatar'"), ("", "unknown entity")])
def test_an_unknown_entity_is_told(store: Store, wanted: str, wrong: str) -> None:
    with pytest.raises(QueryError, match=wrong):
        find_entities(store, wanted)


def test_an_empty_store_says_so() -> None:
    with open_store(":memory:") as empty, pytest.raises(QueryError, match="no entity at all"):
        find_entities(empty, "qatar")

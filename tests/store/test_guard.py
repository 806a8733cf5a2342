from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import QueryError, QueryRefused, QueryTooLarge
from kg.store import open_store
from kg.store.guard import LIMITS, Limits, check
from kg.store.tokens import line_and_column, offset_of, position, tokens

REACHES_OUT = [
    "ASK { SERVICE <http://example.org/> { ?s ?p ?o } }",
    "ASK { service SILENT ?x { ?s ?p ?o } }",
    "ASK{?s ?p 1SERVICE<http://example.org/>{?a ?b ?c}}",
    "ASK { ?s ?p trueSERVICE<http://example.org/>{ ?a ?b ?c } }",
    "PREFIX ex: <http://example.org/> ASK { SERVICEex:sparql { ?a ?b ?c } }",
    "PREFIX : <http://example.org/> ASK { service:sparql { ?a ?b ?c } }",
    "SELECT * { VALUES (?a ?b ?x) { (1 2 <http://example.org/>) } FILTER(?a<?b)SERVICE?x#>\n{ ?s ?p ?o } }",
    'ASK { ?s ?p ?o FILTER(?a<?b#>"""\n) SERVICE <http://example.org/> { ?s ?p ?o } #"""\n}',
    r"ASK { ?s ex:a\' ?o . SERVICE <http://example.org/> { ?s ?p 'x' } }",
    "ASK { ?s ?p '''a''' . SERVICE <http://example.org/> { ?s ?p '''b''' } }",
    'ASK { ?s ?p "a\\\\" . SERVICE <http://example.org/> { ?s ?p "b" } }',
    "SELECT * { VALUES (?a ?b) { (1 2) } FILTER(?a<urn:b)SERVICE?x#>\n{ ?s ?p ?o } }",
    "ASK { ?s ?p ?o FILTER(?s<SERVICE:x>{ ?s ?p ?o }) }",
    "SELECT * { SERVICE <http://localhost:1/> { ?s ?p ?o } }",
    "# SERVICE\nSELECT * { ?s ?p 'SERVICE' . SERVICE SILENT ?s { ?s ?p ?o } }",
]
HARMLESS = [
    "SELECT * { ?s ?p 'SERVICE' } # SERVICE",
    'SELECT * { ?service rdfs:label "SERVICE <http://example.org/> { }" }',
    "ASK { ?s a ex:ServiceProvider } # SERVICE, LOAD and ((((",
    "ASK { ?s <http://example.org/service#LOAD> '''INSERT ' \" ((''' }",
    "ASK { GRAPH service:g { ?s ?p ?o } }",
    "ASK { ?load dk:insert ?delete ; a dk:State . FILTER(?a < 3 && 2 < ?b) }",
    "ASK { ?s rdfs:label 'DROP'@en, \"it's\" . ?s ex:it\\'s ?o }",
    "ASK { VALUES (?a ?b) { (<urn:a#1> <urn:b#2>) (UNDEF 1.5e3) } }",
    "ASK { ?s ?p (<http://example.org/a#b> <http://example.org/service#d>) }",
    "ASK { ?s ?p (<urn:a> <urn:b:c/d-e> <mailto:a>) }",
    "ASK { ?s ?p <<( <urn:a> <urn:b> <urn:c> )>> }",
    "SELECT * FROM <https://w3id.org/dekg/id/graph/abc> { ?s ?p ?o }",
    "SELECT * FROM NAMED graph:abc { GRAPH ?g { ?s ?p ?o } }",
    "PREFIX g: <https://w3id.org/dekg/id/graph/> ASK FROM g:abc { ?s ?p ?o }",
    "PREFIX g: <https://w3id.org/dekg/id/graph/> ASKFROMg:abc { ?s ?p ?o }",
    "PREFIX from: <http://example.org/> PREFIX named: <urn:x> DESCRIBE from:x named:y",
    "PREFIX e: <http://example.org/> ASK { ?s e:from ?o ; e:named 1 . ?s FROMe:x e:y }",
]


@pytest.mark.parametrize("query", REACHES_OUT)
def test_service_is_refused_however_it_is_written(query: str) -> None:
    with pytest.raises(QueryRefused, match=r"^line \d+, column \d+: "):
        check(query)


@pytest.mark.parametrize("query", HARMLESS)
def test_words_in_strings_iris_comments_and_names_raise_no_alarm(query: str) -> None:
    assert check(query) is None


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { }",
        "ASK {} ; LOAD <http://example.org/>",
        "delete where { ?s ?p ?o }",
        "DROP ALL",
        "CLEAR ALL",
        "insert data { <http://a> <http://b> 1 }",
    ],
)
def test_updates_are_refused(query: str) -> None:
    with pytest.raises(QueryRefused, match="changes nothing"):
        check(query)


@pytest.mark.parametrize(
    "query",
    [
        "ASK FROM <file:///etc/passwd> { ?s ?p ?o }",
        "ASK FROM <http://example.org/> { ?s ?p ?o }",
        "ASK FROM NAMED <x> { ?s ?p ?o }",
        "PREFIX graph: <http://example.org/> ASK FROM graph:x { ?s ?p ?o }",
        "ASK FROM unknown:x { ?s ?p ?o }",
        "PREFIX e: <http://example.org/> ASK FROMe:x { ?s ?p ?o }",
        "PREFIX : <http://example.org/> ASK from:x { ?s ?p ?o }",
        "PREFIX e: <http://example.org/> ASKFROM NAMEDe:x { ?s ?p ?o }",
        "PREFIX e: <http://example.org/> SELECT*FROMnamede:x { ?s ?p ?o }",
        "ASKFROM<http://example.org/>{ ?s ?p ?o }",
    ],
)
def test_from_names_only_graphs_of_this_store(query: str) -> None:
    with pytest.raises(QueryRefused, match="only graphs of this store"):
        check(query)


def test_an_error_names_the_line_and_column_of_the_word() -> None:
    with pytest.raises(QueryRefused, match=r"^line 3, column 5: SERVICE"):
        check("# one\nASK {\n    SERVICE <http://example.org/> { } }")


def test_the_length_is_told_at_the_place_where_it_is_passed() -> None:
    with pytest.raises(QueryTooLarge, match=r"^line 2, column 5: more than 10 characters"):
        check("ASK {\n}    # here", limits=Limits(characters=10))


def test_half_a_character_is_refused() -> None:
    with pytest.raises(QueryRefused, match=r"^line 1, column 14: half of a surrogate pair"):
        check('ASK { ?s ?p "\ud800" }')


def test_from_may_name_what_the_store_is_known_to_hold() -> None:
    held = {"http://example.org/g"}
    assert check("PREFIX e: <http://example.org/> ASK FROM e:g { ?s ?p ?o }", holds=held.__contains__) is None
    with pytest.raises(QueryRefused, match="only graphs of this store"):
        check("ASK FROM <http://example.org/h> { ?s ?p ?o }", holds=held.__contains__)


def test_the_prefixes_that_are_known_decide_what_from_names() -> None:
    own = "https://w3id.org/dekg/id/graph/"
    assert check("ASK FROM my:a { ?s ?p ?o }", prefixes={"my": own}) is None
    with pytest.raises(QueryRefused, match="only graphs of this store"):
        check("ASK FROM graph:a { ?s ?p ?o }", prefixes={})


@pytest.mark.parametrize(
    "query",
    [
        'ASK { ?s ?p "\\u0022 } SERVICE" }',
        "ASK { ?s ?p ?o } # \\u000a SERVICE",
        "ASK { SERV\\u0049CE <http://example.org/> { ?s ?p ?o } }",
        "ASK { ?s ex:\\U00000041 ?o }",
        "ASK { ?s <urn:\\u0041> ?o }",
    ],
)
def test_an_escape_for_a_plain_character_is_refused(query: str) -> None:
    with pytest.raises(QueryRefused, match=r"^line 1, column \d+: .* write that"):
        check(query)


def test_an_escape_in_a_text_that_cannot_end_it_hides_nothing() -> None:
    assert check('ASK { ?s ?p "\\u0041\\u001F" ; ex:p "\\u00e9" }') is None


def nested(opening: str, closing: str, depth: int) -> str:
    return "ASK { ?s ?p ?o FILTER(" + opening * depth + "1" + closing * depth + ") }"


@pytest.mark.parametrize(
    "query",
    [
        nested("(", ")", 5_000),
        nested("STR(", ")", 5_000),
        "ASK " + "{" * 5_000,
        "ASK { ?s ?p " + "[?p " * 5_000,
        "ASK { " + "FILTER EXISTS {" * 5_000,
        "ASK { " + "?s ?p ?o . " * 500 + "}",
        "ASK { ?s ?p " + ", ".join(["?o"] * 500) + " }",
        "ASK { ?s ?p (" + "1 " * 500 + ") }",
        "ASK { ?s " + "/".join(["dk:a"] * 500) + " ?o }",
        "ASK { " + "VALUES ?a { 1 } " * 100 + "}",
        "ASK { FILTER(" + " || ".join(["?a"] * 2_000) + ") }",
        "ASK { FILTER(" + "!" * 2_000 + "?a) }",
        "ASK { FILTER(" + "1+" * 2_000 + "1) }",
        "ASK { " + "OPTIONAL { ?s ?p ?o } " * 500 + "}",
        "ASK { ?s ?p " + "<< ?a ?b " * 200 + "?c" + " >>" * 200 + " }",
        "ASK { ?s ?p ?o " + "~ " * 200 + "}",
        "DESCRIBE " + "<urn:x> " * 2_000,
        "SELECT * {} HAVING " + "(1)" * 2_000,
        "SELECT " + "?a " * 2_000 + "{}",
        "#" * (LIMITS.characters + 1),
    ],
)
def test_what_would_crash_or_stall_the_parser_is_too_large(query: str) -> None:
    with pytest.raises(QueryTooLarge, match=r"^line 1, column \d+: more than"):
        check(query)


TYPED_ROWS = " ".join(f'("{i}" <urn:x{i}> "{i}"^^xsd:integer)' for i in range(900))


@pytest.mark.parametrize(
    "pattern",
    [
        f"VALUES (?a ?b ?c) {{ {TYPED_ROWS} }}",
        "VALUES ?a { " + '"1"^^xsd:integer ' * 500 + "}",
        "VALUES ?a { " + "'1'^^<urn:type> " * 9_000 + "}",
        "VALUES (?a ?b) { " + "(UNDEF true) " * 900 + "}",
        "FILTER(?a IN (" + "1, " * 900 + "1))",
        "FILTER(?a IN (" + '"1"^^xsd:date, ' * 900 + "1))",
        "?s ?p " + '"1"^^xsd:date, ' * 100 + "1",
    ],
    ids=["rows", "typed", "typed by IRI", "no value", "a list", "a typed list", "objects"],
)
def test_long_lists_of_values_are_allowed(pattern: str) -> None:
    query = f"SELECT * {{ ?s ?p ?a . {pattern} }}"
    assert check(query) is None
    with open_store(":memory:") as store:
        assert len(store.query(query)) == 0


def test_the_limits_can_be_set() -> None:
    with pytest.raises(QueryTooLarge, match="more than 2 brackets"):
        check("ASK { { { } } }", limits=Limits(depth=2))


@given(st.text(alphabet="ASK{}()[]<>?$'\"\\#@:.;,^/|*+-=!&_ \n\u00b7eSERVICEIN1Ux", max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_text_passes_or_gives_an_error_of_its_own(text: str) -> None:
    told = ""
    try:
        check(text)
    except QueryError as error:
        told = str(error)
    assert "\n" not in told


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_tokens_lie_in_the_text_in_order(text: str) -> None:
    found = list(tokens(text))
    assert all(text[t.start : t.start + len(t.text)] == t.text for t in found)
    assert all(a.start + len(a.text) <= b.start for a, b in pairwise(found))


@given(st.text("ab\n", max_size=20), st.data())
def test_line_and_column_lead_back_to_the_offset(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    assert offset_of(text, *line_and_column(text, offset)) == offset
    assert position(text, offset) == "line {}, column {}".format(*line_and_column(text, offset))


@pytest.mark.parametrize("quote", ["'", '"', "'''", '"""'])
def test_a_text_that_is_never_closed_is_one_token_to_the_end(quote: str) -> None:
    *_, last = tokens(f"ASK {{ ?s ?p {quote}SERVICE }} (")
    assert (last.kind, last.text) == ("unclosed", f"{quote}SERVICE }} (")


@given(st.lists(st.sampled_from(REACHES_OUT + HARMLESS), min_size=1, max_size=4), st.integers(0, 60))
@settings(max_examples=200, deadline=None)
def test_what_passes_never_reaches_the_network(parts: list[str], cut: int) -> None:
    import pyoxigraph as ox

    query = " ".join([*parts[:-1], parts[-1][:cut]])
    try:
        check(query)
    except QueryError:
        return
    try:
        list(ox.Store().query(query, prefixes={"ex": "urn:x:"}))  # type: ignore[arg-type]
    except (SyntaxError, TypeError):
        pass
    except (OSError, RuntimeError) as error:
        pytest.fail(f"{query!r} went out: {error}")


DEEPEST = [
    nested("(", ")", LIMITS.depth - 2),
    nested("STR(", ")", LIMITS.depth - 3),
    "ASK { FILTER(" + "!" * (LIMITS.operators - 10) + "?a) }",
    "ASK { FILTER(" + "1+" * (LIMITS.operators - 10) + "1) }",
    "DESCRIBE " + "<urn:x> " * (LIMITS.operators - 10),
    "SELECT (1 AS ?x) {} HAVING " + "(1)" * (LIMITS.operators - 10),
    "ASK { " + "FILTER EXISTS {" * (LIMITS.depth - 1) + "}" * LIMITS.depth,
    "ASK { FILTER(1 IN (" + "2," * 100_000 + "1)) }",
]


@pytest.mark.parametrize("query", DEEPEST, ids=range(len(DEEPEST)))
def test_the_deepest_query_that_passes_does_not_crash_the_parser(query: str) -> None:
    check(query)
    code = "import sys, pyoxigraph as ox; print(bool(ox.Store().query(sys.stdin.read())))"
    run = subprocess.run([sys.executable, "-c", code], input=query, text=True, capture_output=True, check=False)
    assert run.returncode == 0, run.stderr

"""Every store keeps the same promises."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import QueryError, QueryRefused, QueryTooLarge, StoreError
from kg.model import Article, Coded
from kg.store import STORES, Store
from kg.vocab.iris import graph_iri

A, B = graph_iri("a" * 16), graph_iri("b" * 16)
CODED = Coded(article=Article(id="one", text="Putin phoned Abbas."))


def quad(subject: str, text: str = "x", graph: str = A) -> ox.Quad:
    return ox.Quad(
        ox.NamedNode(f"https://example.org/{subject}"),
        ox.NamedNode("https://example.org/says"),
        ox.Literal(text),
        ox.NamedNode(graph),
    )


def lines(store: Store, graph: str | None = None) -> list[str]:
    return [str(q) for q in store.quads(graph, ordered=True)]


KINDS = [
    *sorted(set(STORES) - {"sparql"}),
    "sparql-oxigraph",
    pytest.param("sparql-virtuoso", marks=pytest.mark.long),
]


LACKING = {
    ("test_a_quoted_triple_in_an_answer_is_text", "sparql-oxigraph"): "a server is asked in SPARQL 1.1",
    ("test_a_quoted_triple_in_an_answer_is_text", "sparql-virtuoso"): "a server is asked in SPARQL 1.1",
    (
        "test_an_unbound_variable_is_none_and_a_typed_literal_keeps_its_type",
        "sparql-virtuoso",
    ): "Virtuoso has no BNODE()",
    ("test_a_long_list_of_values_is_no_danger", "sparql-virtuoso"): "Virtuoso compiles 10,000 lines of SQL at most",
}
"""What a server cannot do, and says in one line."""


@pytest.fixture(params=KINDS)
def opened(
    request: pytest.FixtureRequest, tmp_path: Path, sparql_server: Callable[[str], object]
) -> Callable[[], Store]:
    kind, _, server = request.param.partition("-")
    if server:
        sparql_server(server)
    if reason := LACKING.get((request.node.originalname, request.param)):
        request.applymarker(pytest.mark.xfail(reason=reason, strict=True, raises=QueryError))
    location = {"memory": ":memory:", "sparql": "sparql"}.get(kind, str(tmp_path / "store"))
    return lambda: STORES[kind](location)


@pytest.fixture
def store(opened: Callable[[], Store]) -> Iterator[Store]:
    with opened() as store:
        yield store


def test_what_is_put_in_comes_out(store: Store) -> None:
    store.replace(A, [quad("a"), quad("b")])
    assert lines(store, A) == sorted(str(q) for q in (quad("a"), quad("b")))


def test_a_users_note_is_kept_beside_graph_and_records(opened: Callable[[], Store]) -> None:
    with opened() as store:
        assert store.note("links") is None
        store.put_note("links", "first")
        store.put_note("links", "second")
        assert store.note("links") == "second"
        assert (store.count(), store.graphs(), store.record_keys()) == (0, (), ())
        with pytest.raises(StoreError):
            store.put_note("../links", "third")
        lasting = store.location != ":memory:"
    with opened() as store:
        assert store.note("links") == ("second" if lasting else None)


def test_replacing_twice_is_replacing_once(store: Store) -> None:
    for _ in range(2):
        store.replace(A, [quad("a"), quad("a"), quad("b")])
    assert (store.count(), store.graphs()) == (2, (A,))


def test_replacing_a_graph_takes_out_what_it_held_before(store: Store) -> None:
    store.replace(A, [quad("a"), quad("b")])
    store.replace(A, [quad("b"), quad("c")])
    assert lines(store) == sorted(str(q) for q in (quad("b"), quad("c")))


def test_nothing_is_written_when_the_quads_break_off(store: Store) -> None:
    store.replace(A, [quad("a")])

    def broken() -> Iterator[ox.Quad]:
        yield quad("b")
        raise ValueError("the source broke off")

    with pytest.raises(ValueError, match="broke off"):
        store.replace(A, broken())
    assert lines(store) == [str(quad("a"))]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ("no quad", "is not a quad"),
        (quad("b", graph=B), "a quad of graph"),
        (
            ox.Quad(ox.BlankNode("x"), quad("a").predicate, quad("a").object, ox.NamedNode(A)),
            "no lasting name",
        ),
    ],
)
def test_nothing_is_written_when_one_quad_is_wrong(store: Store, wrong: ox.Quad, message: str) -> None:
    store.replace(A, [quad("a")])
    with pytest.raises(StoreError, match=message):
        store.replace(A, [quad("b"), wrong])
    assert lines(store) == [str(quad("a"))]
    assert store.query("SELECT ?s { ?s ?p ?o }").dicts().__next__() == {"s": "https://example.org/a"}


ODD = 'tab\t quote" back\\ line\n return\r <b> {x} \x01\x7f \u0085\u2028 é \U0001f54a _: <<'


def nt(*quads: ox.Quad) -> bytes:
    return "".join(sorted(f"{q.triple} .\n" for q in quads)).encode()


def test_lines_of_ntriples_are_as_good_as_quads(store: Store) -> None:
    given = [quad("a", ODD), quad("b")]
    assert store.commit([(A, nt(*given))]) == {A}
    assert set(store.quads(A)) == set(given)
    assert sorted(store.ntriples(A).splitlines(keepends=True)) == nt(*given).splitlines(keepends=True)
    assert store.commit([(A, nt(*given))]) == store.commit([(A, given)]) == frozenset()
    assert store.commit([(A, nt(quad("b"), quad("c", ODD)))]) == {A}
    assert set(store.quads(A)) == {quad("b"), quad("c", ODD)}
    assert {str(row[0]) for row in store.query("SELECT ?o { ?s ?p ?o }").rows} == {ODD, "x"}


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (b"_:x <urn:b> <urn:c> .\n", "no lasting name"),
        (b"<urn:a> <urn:b> _:c .\n", "no lasting name"),
        (b'<urn:a> <urn:b> "c .\n', "not N-Triples"),
        (b"<urn:a> <urn:b> <urn:c> <urn:g> .\n", "not N-Triples"),
    ],
)
def test_a_line_that_is_no_triple_of_names_is_refused(store: Store, wrong: bytes, message: str) -> None:
    with pytest.raises(StoreError, match=message):
        store.commit([(A, nt(quad("a")) + wrong)])
    assert (store.graphs(), len(store.query("SELECT ?s { ?s ?p ?o }"))) == ((), 0)


def test_removing_a_graph_leaves_what_another_graph_also_says(store: Store) -> None:
    store.replace(A, [quad("shared"), quad("only-a")])
    store.replace(B, [quad("shared", graph=B)])
    store.remove(A)
    assert store.graphs() == (B,)
    assert store.query("SELECT ?s { ?s ?p ?o }").rows[0][0].value == "https://example.org/shared"  # type: ignore[union-attr]
    assert len(store.query("SELECT ?s { ?s ?p ?o }")) == 1


def test_removing_a_graph_that_is_not_there_does_nothing(store: Store) -> None:
    store.replace(A, [quad("a")])
    store.remove(B)
    assert store.graphs() == (A,)


def test_a_triple_of_two_graphs_counts_once_in_a_query(store: Store) -> None:
    store.replace(A, [quad("shared")])
    store.replace(B, [quad("shared", graph=B)])
    answer = store.query("SELECT (COUNT(?o) AS ?n) { ?s ?p ?o }")
    assert [row["n"] for row in answer.dicts()] == ["1"]
    assert store.count() == 2


def test_a_query_can_ask_for_the_graph(store: Store) -> None:
    store.replace(A, [quad("shared")])
    store.replace(B, [quad("shared", graph=B)])
    answer = store.query("SELECT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g")
    assert [row["g"] for row in answer.dicts()] == [A, B]


@pytest.mark.parametrize(
    "text",
    [
        "line\nline\r\n\ttab",
        "quote \" and ' and '''",
        "back\\slash \\u0041 \\n",
        "\x00\x01\x7f",
        "é ключ 😀",
        "} ; DROP ALL",
    ],
)
def test_any_text_comes_back_as_it_was(store: Store, text: str) -> None:
    store.replace(A, [quad("a", text)])
    assert [q.object.value for q in store.quads(A)] == [text]  # type: ignore[union-attr]


def test_known_prefixes_need_no_declaration_and_can_be_declared_anew(store: Store) -> None:
    store.replace(A, [quad("a")])
    assert store.query("ASK { ?s ?p ?o FILTER(STRSTARTS(STR(dk:State), 'https://w3id.org/dekg/ns#')) }").truth
    assert store.query("PREFIX dk: <https://example.org/> ASK { dk:a dk:says 'x' }").truth
    assert store.query("ASK { my:a my:says 'x' }", prefixes={"my": "https://example.org/"}).truth


def test_each_form_of_query_has_its_kind_of_answer(store: Store) -> None:
    store.replace(A, [quad("b"), quad("a")])
    assert store.query("SELECT ?s { ?s ?p ?o }").columns == ("s",)
    assert store.query("ASK { ?s ?p 'x' }").truth is True
    constructed = store.query("CONSTRUCT WHERE { ?s ?p ?o }")
    assert (constructed.kind, constructed.columns) == ("graph", ("subject", "predicate", "object"))
    assert [row["subject"] for row in constructed.dicts()] == [
        "https://example.org/a",
        "https://example.org/b",
    ]
    assert len(store.query("DESCRIBE <https://example.org/a>")) == 1


def test_a_quoted_triple_in_an_answer_is_text(store: Store) -> None:
    (row,) = store.query("SELECT (TRIPLE(dk:a, dk:b, dk:c) AS ?t) {}").rows
    assert row[0] is not None
    assert (row[0].kind, "ns#a" in row[0].value) == ("literal", True)


def test_an_unbound_variable_is_none_and_a_typed_literal_keeps_its_type(store: Store) -> None:
    store.replace(A, [quad("a")])
    (row,) = store.query("SELECT ?none (1 AS ?n) ('x'@en AS ?t) (BNODE() AS ?b) { ?s ?p ?o }").rows
    assert row[0] is None
    assert row[1] is not None
    assert row[1].datatype == "http://www.w3.org/2001/XMLSchema#integer"
    assert row[2] is not None
    assert (row[2].language, row[2].datatype) == ("en", None)
    assert row[3] is not None
    assert row[3].kind == "blank"


def test_a_wrong_query_names_line_and_column(store: Store) -> None:
    with pytest.raises(QueryError, match=r"^line 1, column 21: not valid SPARQL here"):
        store.query("SELECT ?s WHERE { ?s")


@pytest.mark.parametrize(
    "sparql",
    [
        "INSERT DATA { <http://a> <http://b> 1 }",
        "SELECT * { SERVICE <http://localhost:1/> { ?s ?p ?o } }",
        "# SERVICE\nSELECT * { ?s ?p 'SERVICE' . SERVICE SILENT ?s { ?s ?p ?o } }",
        "PREFIX : <http://localhost:1/> ASK { service:sparql { ?a ?b ?c } }",
        "ASK FROM <file:///etc/passwd> { ?s ?p ?o }",
    ],
)
def test_an_update_and_the_network_are_refused(store: Store, sparql: str) -> None:
    with pytest.raises(QueryRefused, match=r"^line [12], column"):
        store.query(sparql)
    assert store.count() == 0


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * " + "{" * 3000 + "}" * 3000,
        "SELECT * { FILTER(" + "!" * 20_000 + "true) }",
        "SELECT * { FILTER(" + "1+" * 20_000 + "1) }",
        "SELECT * { " + "?s ?p ?o . " * 20_000 + "}",
        "SELECT * { " + "OPTIONAL { ?s ?p ?o } " * 20_000 + "}",
        "DESCRIBE " + "<urn:x> " * 45_000,
    ],
)
def test_a_query_that_would_crash_the_parser_is_refused(store: Store, sparql: str) -> None:
    with pytest.raises(QueryTooLarge, match=r"^line 1, column"):
        store.query(sparql)


def test_a_long_list_of_values_is_no_danger(store: Store) -> None:
    values = " ".join(f"('{n}' <https://example.org/{n}>)" for n in range(10_000))
    assert len(store.query(f"SELECT * {{ VALUES (?a ?b) {{ {values} }} }}")) == 10_000


def test_a_record_comes_back_once_its_graph_is_there(store: Store) -> None:
    key = "a" * 16
    store.put_record(key, CODED)
    assert (store.record(key), store.record_keys()) == (None, ())
    store.replace(A, [quad("a")])
    assert (store.record(key), store.record_keys()) == (CODED, (key,))


def test_a_dropped_record_is_gone_and_can_be_dropped_again(store: Store) -> None:
    key = "a" * 16
    store.put_record(key, CODED)
    store.replace(A, [quad("a")])
    store.drop_record(key)
    store.drop_record(key)
    assert (store.record(key), store.record_keys()) == (None, ())


@pytest.mark.parametrize("key", ["../up", "", "a/b", "x" * 65])
def test_a_key_that_could_leave_the_folder_is_refused(store: Store, key: str) -> None:
    with pytest.raises(StoreError, match="not an article's key"):
        store.put_record(key, CODED)


def test_a_closed_store_says_so_and_closes_again(opened: Callable[[], Store]) -> None:
    store = opened()
    store.close()
    store.close()
    with pytest.raises(StoreError, match="the store is closed"):
        store.query("ASK { ?s ?p ?o }")


def test_a_store_shows_itself_in_a_notebook(store: Store) -> None:
    html = store._repr_html_()  # type: ignore[attr-defined]
    assert "<table>" in html
    assert "articles" in html
    assert store.location in repr(store)

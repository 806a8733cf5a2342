"""What an update may write, read and be, before the database sees it."""

from __future__ import annotations

from contextlib import suppress

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import KgError, QueryError, QueryRefused, QueryTooLarge
from kg.store.operations import operations
from kg.store.updates import Over, prepared
from kg.vocab.namespaces import GRAPH, PREFIXES

OWN, OURS = "<urn:own>", f"<{GRAPH}0123456789abcdef>"
DATA = f"INSERT DATA {{ GRAPH {OWN} {{ <urn:a> <urn:b> 1 }} }}"
LOADS = (
    "LOAD <http://x.example/>", "load<file:///etc/passwd>into graph <urn:g>", f"{DATA} ; LOAD <http://x.example/>",
    "# LOAD\nLOAD <urn:x>", "PREFIX load: <urn:l> LOAD load:x", "BASE <urn:b> LoAd <x> INTO GRAPH <urn:g>",
    f"{DATA};;LOAD <urn:x>", "LOAD SILENTLY <urn:x>",
)  # fmt: skip
FORGERIES = (
    "INSERT DATA { ev:1 a sem:Event }", "INSERT { ev:1 a sem:Event } WHERE {}", "DELETE WHERE { ?s ?p ?o }",
    "DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", f"DELETE {{ GRAPH {OWN} {{ ?s ?p ?o }} ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
    f"INSERT DATA {{ GRAPH {OURS} {{ ev:1 a sem:Event }} }}", "INSERT DATA { GRAPH graph:x { ev:1 a sem:Event } }",
    f"WITH {OURS} DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}", "WITH graph:x INSERT { ev:1 a sem:Event } WHERE {}",
    "INSERT { GRAPH ?g { ev:1 a sem:Event } } WHERE { GRAPH ?g { } }", "DELETE WHERE { GRAPH ?g { ?s ?p ?o } }",
    "CLEAR ALL", "CLEAR DEFAULT", "DROP SILENT ALL", "DROP NAMED", f"DROP GRAPH {OURS}", "CREATE GRAPH graph:x",
    f"COPY {OWN} TO DEFAULT", f"ADD {OWN} TO {OURS}", f"MOVE {OURS} TO {OWN}", f"MOVE DEFAULT TO {OWN}",
    "PREFIX x: <https://w3id.org/> INSERT DATA { GRAPH x:dekg\\/y { ev:1 a sem:Event } }",
    "BASE <https://w3id.org/x/y> INSERT DATA { GRAPH <../dekg/id/graph/x> { ev:1 a sem:Event } }",
    "PREFIX own: <urn:own> PREFIX own: <https://w3id.org/dekg/id/graph/> INSERT DATA { GRAPH own:x { ev:1 a sem:Event } }",
    "BASE <https://w3id.org/dekg/> PREFIX g: <id/graph/> CREATE GRAPH g:y",
    f"{DATA} ; CLEAR DEFAULT", f"COPY GRAPH {OWN} TO GRAPH {OURS}",
)  # fmt: skip
ALLOWED = (
    DATA, f"DELETE DATA {{ GRAPH {OWN} {{ <urn:a> <urn:b> 1 }} }}", f"DELETE WHERE {{ GRAPH {OWN} {{ ?s ?p ?o }} }}",
    f"WITH {OWN} DELETE {{ ?s ?p ?o }} INSERT {{ ?s ?p 'LOAD <x> ; CLEAR ALL' }} WHERE {{ ?s ?p ?o }}",
    f"INSERT {{ GRAPH {OWN} {{ ?e rdfs:comment 'mine' }} }} WHERE {{ ?e a sem:Event }} ;",
    f"CREATE SILENT GRAPH {OWN} ; CLEAR GRAPH {OWN} ; DROP GRAPH {OWN} # CLEAR ALL",
    f"COPY DEFAULT TO {OWN}", f"COPY {OURS} TO {OWN}", f"ADD GRAPH {OURS} TO GRAPH {OWN}", f"MOVE {OWN} TO <urn:other>",
    "", "PREFIX x: <urn:x>", f"PREFIX insert: <urn:i> INSERT DATA {{ GRAPH {OWN} {{ insert:data insert:where ( 1 2 ) }} }}",
)  # fmt: skip


@pytest.mark.parametrize("sparql", LOADS)
def test_nothing_is_loaded(sparql: str) -> None:
    for scratch in (False, True):
        with pytest.raises(QueryError, match=r"LOAD is not allowed|not a SPARQL update"):
            prepared(sparql, scratch=scratch)


def test_load_silent_fails_silently_and_never_reaches_the_database() -> None:
    assert prepared(f"LOAD SILENT <http://x.example/> INTO GRAPH <urn:g> ;\n{DATA}").strip() == f";\n{DATA}"


@pytest.mark.parametrize("sparql", FORGERIES)
def test_what_the_articles_say_is_not_written(sparql: str) -> None:
    with pytest.raises(QueryRefused, match=r"only kg build changes|what the articles say"):
        prepared(sparql, base="http://localhost/sparql")
    assert prepared(sparql, base="http://localhost/sparql", scratch=True) == sparql


@pytest.mark.parametrize("sparql", ALLOWED)
def test_graphs_of_ones_own_are_written(sparql: str) -> None:
    text = prepared(sparql)
    assert text.rstrip() == sparql.partition(" #")[0].rstrip()
    store = ox.Store()
    store.add(ox.Quad(*[ox.NamedNode("urn:x")] * 3, ox.NamedNode(OURS[1:-1])))
    store.add_graph(ox.NamedNode("urn:own"))
    store.update(text, prefixes=dict(PREFIXES))


@pytest.mark.parametrize(
    ("sparql", "error", "told"),
    [
        (f"INSERT {{ GRAPH {OWN} {{ ?s ?p ?o }} }} WHERE {{ SERVICE <urn:x> {{ ?s ?p ?o }} }}", QueryRefused, "SERVICE"),
        (f"INSERT {{ GRAPH {OWN} {{ ?s ?p ?o }} }} USING <file:///etc/passwd> WHERE {{ ?s ?p ?o }}", QueryRefused, "USING"),
        (f"INSERT {{ GRAPH {OWN} {{ ?s ?p ?o }} }} USING NAMED <http://x/> WHERE {{ ?s ?p ?o }}", QueryRefused, "USING"),
        ("INSERT { GRAPH <urn:g> { ?s ?p ?o } } WHERE " + "{" * 100, QueryTooLarge, "brackets"),
        ("DELETE WHERE { " + "?a ?b ?c . " * 200 + "}", QueryTooLarge, "triples"),
        ("CLEAR GRAPH <urn:g> ; " * 1100, QueryTooLarge, "operations"),
        ("#" * 500_001, QueryTooLarge, "characters"),
        ("INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> ", QueryError, "the update ends here"),
        ("INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> { } } }", QueryError, "'{' within triples"),
        ("INSERT DATA { GRAPH <\\u0075rn:g> { <urn:a> <urn:b> 1 } }", QueryRefused, "stands for a plain character"),
        ("INSERT DATA { GRAPH nowhere:x { <urn:a> <urn:b> 1 } }", QueryError, "its prefix is not declared"),
        ("INSERT DATA { GRAPH <x> { <urn:a> <urn:b> 1 } }", QueryError, "no whole IRI"),
        ("CLEAR XYZ", QueryError, "GRAPH belongs here"),
        ("SELECT * { ?s ?p ?o }", QueryError, "an operation begins with"),
        (f"{DATA} {DATA}", QueryError, "';' belongs here"),
    ],
)  # fmt: skip
def test_what_is_wrong_hostile_or_too_large_is_told(sparql: str, error: type[KgError], told: str) -> None:
    with pytest.raises(error, match=told):
        prepared(sparql)


def test_data_may_be_long() -> None:
    many = "INSERT DATA { GRAPH <urn:g> { " + "<urn:a> <urn:b> 1 ; <urn:c> 2 . " * 5000 + "} }"
    assert prepared(many) == many


def test_the_dataset_of_the_request_is_put_before_each_where() -> None:
    over = Over(("urn:d",), ("urn:n",))
    clauses = "USING <urn:d> USING NAMED <urn:n> "
    modify = f"INSERT {{ GRAPH {OWN} {{ ?s ?p 'WHERE' }} }} WHERE {{ ?s ?p ?o }}"
    assert prepared(modify, over=over) == modify.replace("} WHERE {", f"}} {clauses}WHERE {{")
    block = f"{{ GRAPH {OWN} {{ ?s ?p ?o }} }}"
    assert prepared(f"DELETE WHERE {block}", over=over) == f"DELETE {block} {clauses}WHERE {block}"
    for said in (f"WITH {OWN}", f"USING {OWN}"):
        text = modify.replace("WHERE {", f"{said} WHERE {{") if said[0] == "U" else f"{said} {modify}"
        with pytest.raises(QueryError, match="use one of them"):
            prepared(text, over=over, holds=lambda _: True)


def test_prefixes_may_be_declared_before_each_operation() -> None:
    text = prepared(f"{DATA} ;\nPREFIX x: <urn:> INSERT DATA {{ GRAPH x:own {{ x:a x:b 2 }} }}")
    store = ox.Store()
    store.update(text)
    assert len(store) == 2
    # Here the move would let the first operation write a graph that it did not name.
    forged = f"INSERT DATA {{ GRAPH wd:x {{ <urn:a> <urn:b> 1 }} }} ; PREFIX wd: <{GRAPH}> CREATE GRAPH <urn:q>"
    assert prepared(forged) == forged


def test_a_graph_may_be_used_that_is_held_or_written_before() -> None:
    text = f"INSERT {{ GRAPH {OWN} {{ ?s ?p ?o }} }} USING <urn:held> USING {OWN} WHERE {{ ?s ?p ?o }}"
    assert prepared(text, holds=lambda iri: iri == "urn:held") == text


NAMES = st.sampled_from([OWN, OURS, "graph:x", "?g", "<x>", "own:x", "wd:x", "<urn:other>", "<https://w3id.org/dekg/>"])
TRIPLES = st.sampled_from(
    ["<urn:a> <urn:b> <urn:c> .", "?s ?p ?o .", "", "ev:1 a sem:Event .", "<urn:a> <urn:b> '}' ."]
)
INNER = st.lists(st.tuples(NAMES, TRIPLES), max_size=2).map(lambda p: " ".join(f"GRAPH {n} {{ {t} }}" for n, t in p))
BLOCK = st.tuples(TRIPLES, INNER).map(lambda p: f"{{ {p[0]} {p[1]} }}")
PLACE = st.one_of(NAMES.map("GRAPH {}".format), NAMES, st.sampled_from(["DEFAULT", "ALL", "NAMED"]))
OPERATION = st.one_of(
    st.tuples(st.sampled_from(["INSERT DATA", "DELETE DATA", "DELETE WHERE"]), BLOCK).map(" ".join),
    st.tuples(
        st.sampled_from(["", f"WITH {OWN}", f"WITH {OURS}"]), st.sampled_from(["DELETE", "INSERT"]), BLOCK,
        st.just("WHERE { GRAPH ?g { ?s ?p ?o } } "),
    ).map(" ".join),
    st.tuples(st.sampled_from(["CLEAR", "DROP", "CLEAR SILENT", "CREATE SILENT"]), PLACE).map(" ".join),
    st.tuples(st.sampled_from(["COPY", "MOVE", "ADD", "MOVE SILENT"]), PLACE, st.just("TO"), PLACE).map(" ".join),
    st.sampled_from(["PREFIX own: <urn:own> CREATE SILENT GRAPH own:x", f"BASE <{GRAPH}> CREATE SILENT GRAPH <urn:q>",
                     f"PREFIX own: <{GRAPH}> CREATE SILENT GRAPH <urn:q>",
                     f"PREFIX wd: <{GRAPH}> CREATE SILENT GRAPH <urn:q>", "# CLEAR ALL\n", "'CLEAR ALL'"]),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(OPERATION, min_size=1, max_size=4), st.sampled_from([" ; ", ";", " ;\n# ; \n"]))
def test_whatever_passes_leaves_what_the_articles_say(parts: list[str], between: str) -> None:
    """The promise itself, by another road: carried out by the database, and both looked at."""
    try:
        text = prepared(between.join(parts), base="https://w3id.org/dekg/sparql")
    except KgError:
        return
    store = ox.Store()
    node = ox.NamedNode("urn:a")
    ours = [ox.Quad(node, node, node), ox.Quad(node, node, node, ox.NamedNode(OURS[1:-1]))]
    store.extend([*ours, ox.Quad(node, node, ox.Literal("own"), ox.NamedNode("urn:own"))])
    with suppress(SyntaxError, RuntimeError, ValueError):
        store.update(text, base_iri="https://w3id.org/dekg/sparql", prefixes=dict(PREFIXES))
    kept = [
        q
        for q in store
        if isinstance(q.graph_name, ox.DefaultGraph) or q.graph_name.value.startswith("https://w3id.org/dekg/")
    ]
    assert sorted(kept, key=str) == sorted(ours, key=str)


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("{}<>;.'\"#\\ \nINSERTDATACLRGPHWMOV?:x@"), max_size=60))
def test_any_text_is_read_or_told(text: str) -> None:
    with suppress(QueryError):
        assert all(operation.start < operation.end <= len(text) for operation in operations(text))

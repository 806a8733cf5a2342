"""What is sent to a server of others: standard SPARQL over our graphs, and nothing else."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError, QueryRefused
from kg.store.foreign import prepared
from kg.vocab.namespaces import GRAPH, PREFIXES


@pytest.mark.parametrize(
    ("sparql", "message"),
    [
        ('define get:soft "soft" SELECT * { ?s ?p ?o }', "'define' is not a word of SPARQL"),
        ("SELECT (bif:exec('x') AS ?x) {}", "the prefix 'bif:' is not known"),
        ("SELECT * { ?s ?p ?o OPTION (transitive) }", "'OPTION' is not a word"),
        ("ASK { ?s ?p <x> }", "is not a whole IRI"),
        ("BASE <http://a/> PREFIX p: <bi> ASK { FILTER(p:f:exec(1)) }", "the IRI of a prefix is whole"),
    ],
)
def test_what_is_not_sparql_is_wrong(sparql: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        prepared(sparql, PREFIXES)


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT (<bif:exec>('x') AS ?x) {}",
        "SELECT (<BIF:exec>('x') AS ?x) {}",
        "PREFIX b: <bif:> SELECT (b:exec('x') AS ?x) {}",
        "PREFIX b: <sql:> SELECT (b:rdf_load('x') AS ?x) {}",
        "PREFIX b: <bif:ex> SELECT (b:ec('x') AS ?x) {}",
        "BASE <bif:x> SELECT (<bif:exec>('x') AS ?x) {}",
        "PREFIX u0062if: <http://a/> SELECT (<\\u0062if:exec>('x') AS ?x) {}",
        "ASK { ?s <http://www.openlinksw.com/schemas/DAV#x> ?o }",
        "PREFIX j: <java:java.lang.> SELECT (j:Runtime() AS ?x) {}",
    ],
)
def test_what_the_server_does_beyond_the_standard_is_refused(sparql: str) -> None:
    with pytest.raises(QueryRefused, match=r"^line 1, column \d+: "):
        prepared(sparql, PREFIXES)


def test_words_in_texts_and_comments_are_no_false_alarm() -> None:
    text = "# define bif:exec(1)\nASK { ?bif rdfs:label 'define <bif:exec> \\\\u0041' } # end"
    sent = prepared(text, PREFIXES).text
    assert "#" not in sent.partition("\n")[2]
    assert ox.Store().query(sent) is not None


def test_only_prefixes_that_are_used_and_not_declared_are_added() -> None:
    head = prepared("PREFIX dk: <http://a/> ASK { dk:a sem:b ev:c }", PREFIXES).text.splitlines()[0]
    assert head == f"PREFIX ev: <{PREFIXES['ev']}> PREFIX sem: <{PREFIXES['sem']}>"


@pytest.mark.parametrize(
    ("sparql", "filters"),
    [
        ("ASK { GRAPH ?g { ?s ?p ?o } . ?s ?p ?x }", ["?g"]),
        ("ASK { OPTIONAL { GRAPH $h { { ?s ?p ?o } UNION { GRAPH ?i { ?a ?b ?c } } } } }", ["?i", "$h"]),
        ("ASK { FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } } }", ["?g"]),
        ("ASK { GRAPH <https://w3id.org/dekg/id/graph/a> { ?s ?p ?o } }", []),
        ("ASK { ?s ?p 'GRAPH ?g { }' }", []),
    ],
)
def test_each_open_graph_is_held_to_ours(sparql: str, filters: list[str]) -> None:
    sent = prepared(sparql, PREFIXES).text
    ox.Store().query(sent)
    assert [part.split(")")[0] for part in sent.split("FILTER(STRSTARTS(STR(")[1:]] == filters


def test_the_filter_takes_out_foreign_graphs_and_nothing_else() -> None:
    rdf = ox.Store()
    rdf.update(
        f"INSERT DATA {{ GRAPH <{GRAPH}a> {{ <urn:s> <urn:p> 1 }} GRAPH <{GRAPH}b> {{ <urn:s> <urn:p> 2 }} "
        "GRAPH <urn:theirs> { <urn:s> <urn:p> 3 } <urn:s> <urn:q> 4 }"
    )
    sparql = "SELECT ?g ?o ?x { OPTIONAL { ?s <urn:q> ?x } GRAPH ?g { ?s <urn:p> ?o } MINUS { ?s <urn:none> ?o } }"
    rows = {tuple(str(v) for v in row) for row in rdf.query(prepared(sparql, {}).text)}  # type: ignore[union-attr]
    every = {tuple(str(v) for v in row) for row in rdf.query(sparql)}  # type: ignore[union-attr]
    assert rows == {row for row in every if GRAPH in row[0]}
    assert len(rows) == 2


@given(st.text(alphabet="{}()<>'\"\\#?$ \n.:;aGRAPHSELECTbif", max_size=80))
def test_any_text_is_sent_or_refused(text: str) -> None:
    try:
        sent = prepared(f"ASK {{ {text} }}", PREFIXES)
    except QueryError:
        return
    assert sent.form in {"ASK", "SELECT"}
    assert "<bif:" not in sent.text

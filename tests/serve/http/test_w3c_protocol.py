"""The W3C's own tests of the SPARQL 1.1 Protocol, where their folder lies beside the project."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from kg.serve.app import make_app

ROOT = Path(__file__).resolve().parents[3]
TESTS = Path(os.environ.get("KG_W3C_TESTS") or ROOT.parent / "shared" / "reference" / "w3c-sparql11") / "protocol"
WRITING = {
    "update_dataset_default_graph", "update_dataset_default_graphs", "update_dataset_named_graphs",
    "update_dataset_full", "update_post_form", "update_post_direct", "update_base_uri",
}  # fmt: skip
"""Tests that a service for reading cannot pass: it answers their updates with 403."""
PREFIXES = """PREFIX mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#>
PREFIX ht: <http://www.w3.org/2011/http#> PREFIX cnt: <http://www.w3.org/2011/content#>
PREFIX ut: <http://www.w3.org/2009/sparql/tests/test-update#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> """
FORMATS = {
    "boolean": ("application/sparql-results+json", "application/sparql-results+xml"),
    "tabular": ("application/sparql-results+json", "application/sparql-results+xml", "text/csv"),
    "RDF": ("text/turtle", "application/rdf+xml", "application/n-triples"),
}


def manifest() -> ox.Store:
    store = ox.Store()
    if TESTS.is_dir():
        store.load(path=TESTS / "manifest.ttl", format=ox.RdfFormat.TURTLE, base_iri="http://w3c.example/")
    return store


def rows(store: ox.Store, text: str) -> list[dict[str, str]]:
    found = store.query(PREFIXES + text)
    assert isinstance(found, ox.QuerySolutions)
    names = [v.value for v in found.variables]
    return [{n: s[n].value for n in names if s[n] is not None} for s in found]


MANIFEST = manifest()
NAMES = [
    row["test"].rpartition("#")[2]
    for row in rows(MANIFEST, "SELECT ?test { ?m mf:entries/rdf:rest*/rdf:first ?test }")
]  # fmt: skip


def requests(name: str) -> Iterator[dict[str, Any]]:
    """The requests of a test in their order; a list of length n is found by its n rests."""
    test = next(
        r["test"]
        for r in rows(MANIFEST, "SELECT ?test { ?m mf:entries/rdf:rest*/rdf:first ?test }")
        if r["test"].endswith(f"#{name}")
    )
    for step in range(5):
        rest = "/rdf:rest" * step
        found = rows(
            MANIFEST,
            f"""SELECT ?path ?method ?chars ?encoding ?type ?truth ?format ?status {{
            <{test}> mf:action/ht:requests{rest}/rdf:first ?request .
            ?request ht:absolutePath ?path ; ht:methodName ?method ; ht:resp ?resp . ?resp mf:expectedStatus ?status
            OPTIONAL {{ ?request ht:body ?body . ?body cnt:chars ?chars ; cnt:characterEncoding ?encoding }}
            OPTIONAL {{ ?request ht:headers/rdf:rest*/rdf:first ?header . ?header ht:fieldName "content-type" ; ht:fieldValue ?type }}
            OPTIONAL {{ ?resp mf:expectedBoolean ?truth }} OPTIONAL {{ ?resp mf:expectedFormat ?format }} }}""",
        )
        if not found:
            return
        yield {**found[0], "statuses": {r["status"].rpartition("StatusCode")[2][0] for r in found}}


@pytest.fixture
def w3c(pool: Any) -> Iterator[TestClient]:
    """The service over the graphs of the tests, without the guard's rule on FROM and with a base, as they ask for."""
    pool.rdf, pool.strict, pool.base = ox.Store(), False, "http://localhost/sparql"
    for data in rows(MANIFEST, "SELECT DISTINCT ?file ?name { ?d ut:graph ?file ; rdfs:label ?name }"):
        file = TESTS / data["file"].rpartition("/")[2]
        pool.rdf.load(path=file, format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(data["name"]))
    with TestClient(make_app("x", pool), base_url="http://localhost") as client:
        yield client


@pytest.mark.skipif(not NAMES, reason="no folder of W3C tests; name one by KG_W3C_TESTS")
def test_the_list_is_whole() -> None:
    assert len(NAMES) == 34
    assert set(NAMES) >= WRITING


@pytest.mark.parametrize("name", sorted(NAMES))
def test_the_protocol_is_kept(w3c: TestClient, name: str) -> None:
    asked = list(requests(name))
    assert asked
    for request in asked:
        body = request.get("chars", "").encode(request.get("encoding", "utf-8"))
        headers = {"Content-Type": request["type"]} if "type" in request else {}
        response = w3c.request(request["method"], request["path"], content=body, headers=headers)
        if name in WRITING:
            assert response.status_code == 403
            return
        assert str(response.status_code)[0] in request["statuses"], response.text
        if "format" in request:
            assert response.headers["content-type"].partition(";")[0] in FORMATS[request["format"]]
        if "truth" in request:
            assert response.json()["boolean"] is (request["truth"] == "true")

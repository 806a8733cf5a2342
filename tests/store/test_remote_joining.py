"""A server that, as GraphDB and Neptune do, joins all graphs unless a request names them, and then meets only those."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest

from kg.errors import QueryTooLarge
from kg.store import Store, dataset, open_store
from kg.vocab.iris import graph_iri

A, B = graph_iri("a" * 16), graph_iri("b" * 16)


class Joining(BaseHTTPRequestHandler):
    """SPARQL 1.1 with the union of the named graphs, duplicates and all, as the default graph."""

    protocol_version = "HTTP/1.1"
    rdf: ox.Store
    asked: list[dict[str, list[str]]]

    def log_message(self, *_: object) -> None:
        pass

    def answer(self, status: int, body: bytes = b"", kind: str = "text/plain") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def read(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def do_POST(self) -> None:
        body = self.read()
        if self.path == "/update":
            self.rdf.update(body.decode())
            self.answer(204)
            return
        form = parse_qs(body.decode())
        self.asked.append(form)
        names = {k: [ox.NamedNode(g) for g in form.get(k, [])] for k in ("default-graph-uri", "named-graph-uri")}
        try:
            if any(names.values()):
                found = self.rdf.query(
                    form["query"][0], default_graph=names["default-graph-uri"], named_graphs=names["named-graph-uri"]
                )
            else:
                joins = "FROM" not in form["query"][0]
                found = self.rdf.query(form["query"][0], use_default_graph_as_union=joins)
        except SyntaxError as error:
            self.answer(400, str(error).encode())
            return
        if isinstance(found, ox.QueryTriples):
            self.answer(200, ox.serialize(found, format=ox.RdfFormat.N_TRIPLES), "application/n-triples")
        else:
            found_json = found.serialize(format=ox.QueryResultsFormat.JSON)
            self.answer(200, found_json, "application/sparql-results+json")

    def graph(self) -> ox.NamedNode:
        return ox.NamedNode(parse_qs(urlsplit(self.path).query)["graph"][0])

    def do_GET(self) -> None:
        held = [q.triple for q in self.rdf.quads_for_pattern(None, None, None, self.graph())]
        self.answer(200, ox.serialize(held, format=ox.RdfFormat.N_TRIPLES), "application/n-triples")

    def do_PUT(self) -> None:
        self.rdf.remove_graph(self.graph())
        self.rdf.load(self.read(), format=ox.RdfFormat.TURTLE, to_graph=self.graph())
        self.answer(201)

    def do_DELETE(self) -> None:
        self.rdf.remove_graph(self.graph())
        self.answer(204)


@pytest.fixture
def joining() -> Iterator[type[Joining]]:
    handler = type("Handler", (Joining,), {"rdf": ox.Store(), "asked": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    handler.base = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield handler
    server.shutdown()
    server.server_close()


@pytest.fixture
def store(joining: type[Joining]) -> Iterator[Store]:
    base = joining.base  # type: ignore[attr-defined]
    urls = {"query_url": f"{base}/query", "update_url": f"{base}/update", "graph_store_url": f"{base}/store"}
    with open_store("sparql", **urls) as store:
        store.replace(A, [quad("shared", A), quad("lone", A)])
        store.replace(B, [quad("shared", B)])
        yield store


def quad(name: str, graph: str) -> ox.Quad:
    subject, predicate = (ox.NamedNode(f"https://example.org/{n}") for n in (name, "says"))
    return ox.Quad(subject, predicate, ox.Literal("x"), ox.NamedNode(graph))


def test_a_triple_of_two_graphs_counts_once(store: Store) -> None:
    assert str(store.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows[0][0]) == "2"
    store.remove(A)
    assert [str(s) for (s,) in store.query("SELECT ?s { ?s ?p ?o }").rows] == ["https://example.org/shared"]


def test_graphs_are_asked_for_by_name(store: Store) -> None:
    answer = store.query("SELECT ?g { GRAPH ?g { ?s ?p 'x' } } ORDER BY ?g ?s")
    assert [row["g"] for row in answer.dicts()] == [A, A, B]
    assert (store.count(), store.graphs()) == (3, (A, B))


def test_a_query_that_says_over_what_it_asks_is_left_alone(store: Store, joining: type[Joining]) -> None:
    assert len(store.query(f"SELECT ?s FROM <{B}> {{ ?s ?p ?o }}")) == 1
    assert "default-graph-uri" not in joining.asked[-1]


def test_more_graphs_than_a_request_can_name_is_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dataset, "GRAPHS_NAMED", 1)
    with pytest.raises(QueryTooLarge, match="has more than 1; ask without GRAPH"):
        store.query("SELECT ?g { GRAPH ?g { ?s ?p ?o } }")


def test_the_list_of_graphs_comes_in_pages(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.store.catalogue.PAGE", 1)
    assert store.graphs() == (A, B)

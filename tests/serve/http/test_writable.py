"""``kg serve --writable``: who may write, what, and what readers then see."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from kg.cli import main
from kg.errors import StoreBusy, StoreError
from kg.serve.app import make_app
from kg.serve.asked import Caps
from kg.serve.pool import QueryPool
from kg.serve.writer import Writer
from kg.store import open_store
from kg.store.layout import prepare
from kg.vocab.namespaces import GRAPH

TOKEN = "t0ken-of-the-tests-with-forty-letters-xyz"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
UPDATE = {"Content-Type": "application/sparql-update"}
TURTLE = {"Content-Type": "text/turtle"}
ARTICLE = GRAPH + "00000000000000aa"
NODE = ox.NamedNode("https://w3id.org/dekg/id/event/1")
OWN = "INSERT DATA { GRAPH <urn:own> { <urn:a> <urn:b> %s } }"
CROSS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o ."


@dataclass(frozen=True)
class Served:
    """A store that is served writable."""

    folder: Path
    client: TestClient
    writer: Writer

    def update(self, sparql: str, **headers: str) -> Any:
        return self.client.post("/sparql", content=sparql, headers={**UPDATE, **BEARER, **headers})

    def ask(self, sparql: str) -> bool:
        return bool(self.client.get("/sparql", params={"query": sparql}).json()["boolean"])

    def articles(self) -> list[str]:
        """What the articles say: the default graph and the graphs that kg names."""
        found = self.client.get("/graphs?default", headers={"Accept": "application/n-triples"})
        graph = self.client.get("/graphs", params={"graph": ARTICLE}, headers={"Accept": "application/n-triples"})
        return sorted([*found.text.splitlines(), "--", *graph.text.splitlines()])


def serving(folder: Path) -> Iterator[Served]:
    caps = Caps(seconds=3.0, memory=300_000_000)
    writer = Writer(folder, caps=caps)
    with QueryPool(folder, workers=1, caps=caps) as pool:
        app = make_app(folder, pool, writer=writer, token=TOKEN)
        with TestClient(app, base_url="http://localhost", follow_redirects=False) as client:
            yield Served(folder, client, writer)
    writer.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A store of one article with 60 triples."""
    folder = tmp_path_factory.mktemp("writable") / "kg-store"
    with open_store(folder) as store:
        name = ox.NamedNode(ARTICLE)
        store.replace(ARTICLE, [ox.Quad(NODE, NODE, ox.Literal(n), name) for n in range(60)])
    yield from serving(folder)


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An empty scratch store."""
    folder = tmp_path_factory.mktemp("scratch") / "s"
    prepare(folder, scratch=True)
    yield from serving(folder)


def test_what_was_acknowledged_is_seen_by_the_next_query(served: Served) -> None:
    for number in range(5):
        assert served.update(OWN % number).status_code == 204
        assert served.ask(f"ASK {{ GRAPH <urn:own> {{ <urn:a> <urn:b> {number} }} }}")
    form = served.client.post("/sparql", data={"update": "DROP GRAPH <urn:own>"}, headers=BEARER)
    assert (form.status_code, form.content) == (204, b"")
    assert not served.ask("ASK { GRAPH <urn:own> { } }")


@pytest.mark.parametrize(
    "shown",
    [
        {}, {"Authorization": "Bearer"}, {"Authorization": f"Bearer {TOKEN[:-1]}"}, {"Authorization": f"Bearer {TOKEN}x"},
        {"Authorization": f"Basic {TOKEN}"}, {"Authorization": TOKEN}, {"Authorization": "Bearer \xff"},
        {"Cookie": f"Authorization=Bearer {TOKEN}"}, {"X-Authorization": f"Bearer {TOKEN}"},
    ],
)  # fmt: skip
def test_nothing_is_written_without_the_token(served: Served, shown: dict[str, str]) -> None:
    before = served.articles()
    sent = {k: v.encode("latin-1") for k, v in shown.items()}
    responses = [
        served.client.post("/sparql", content="DROP ALL", headers={**UPDATE, **sent}),
        served.client.post("/sparql", data={"update": "DROP ALL"}, headers=sent),
        served.client.post(f"/sparql?access_token={TOKEN}", data={"update": "DROP ALL"}, headers=sent),
        served.client.put("/graphs?graph=urn:own", content=b"<urn:a> <urn:b> 1 .", headers={**TURTLE, **sent}),
        served.client.delete(f"/graphs?graph={ARTICLE}", headers=sent),
    ]
    for response in responses:
        assert response.status_code == 401
        assert response.headers["www-authenticate"].startswith('Bearer realm="kg"')
        assert TOKEN not in response.text
    assert served.articles() == before
    assert not served.ask("ASK { GRAPH <urn:own> { } }")


@pytest.mark.parametrize(
    "browser",
    [
        {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": "http://localhost:81"}, {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"},
    ],
)  # fmt: skip
def test_a_page_of_another_origin_writes_nothing_even_with_the_token(served: Served, browser: dict[str, str]) -> None:
    assert served.update(OWN % 7, **browser).status_code == 403
    put = served.client.put("/graphs?graph=urn:own", content=b"", headers={**TURTLE, **BEARER, **browser})
    assert (put.status_code, put.text) == (403, "updates from a web page of another origin are refused\n")
    assert not served.ask("ASK { GRAPH <urn:own> { } }")


def test_browsers_are_told_that_other_origins_may_not(served: Served) -> None:
    asks = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    wants = {**asks, "Access-Control-Request-Headers": "authorization"}
    assert served.client.options("/sparql", headers=wants).status_code == 400
    for method in ("PUT", "DELETE"):
        preflight = served.client.options("/graphs", headers={**asks, "Access-Control-Request-Method": method})
        assert preflight.status_code == 400


def test_the_page_of_the_service_itself_may_write(served: Served) -> None:
    own = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    assert served.update("DROP SILENT GRAPH <urn:own>", **own).status_code == 204


@pytest.mark.parametrize(
    ("sparql", "status", "told"),
    [
        ("DROP ALL", 403, "DROP ALL would reach what the articles say"),
        ("CLEAR DEFAULT", 403, "the default graph is what the articles say"),
        (f"DELETE WHERE {{ GRAPH <{ARTICLE}> {{ ?s ?p ?o }} }}", 403, "made from articles, which only kg build changes"),
        ("LOAD <http://127.0.0.1:1/>", 403, "LOAD is not allowed"),
        ("INSERT { GRAPH <urn:own> { ?s ?p ?o } } WHERE { SERVICE <http://x/> { ?s ?p ?o } }", 403, "SERVICE"),
        ("INSERT { GRAPH <urn:own> { ?s ?p ?o } } USING <file:///etc/passwd> WHERE { ?s ?p ?o }", 403, "USING"),
        ("INSERT { GRAPH <urn:own> { ?s ?p ?o } } WHERE " + "{" * 9999, 413, "more than 64 brackets"),
        ("INSERT DATA { GRAPH <urn:own> { <urn:a> <urn:b> 'x", 400, "the text that starts here is never closed"),
        ("DROP GRAPH <urn:nowhere>", 400, "The graph <urn:nowhere> does not exist; SILENT lets that pass"),
        ("INSERT DATA { GRAPH <urn:own> { ?s <urn:b> 1 } }", 400, "not valid SPARQL here"),
        (f"{OWN % 9} ; DROP GRAPH <urn:nowhere>", 400, "does not exist"),
        ("#" * 600_000, 413, "more than 500000 characters"),
        ("#" * 3_000_000, 413, "the body is larger than"),
        ("", 204, ""),
    ],
)  # fmt: skip
def test_a_hostile_or_wrong_update_changes_nothing(served: Served, sparql: str, status: int, told: str) -> None:
    before = served.articles()
    response = served.update(sparql)
    assert (response.status_code, told in response.text) == (status, True), response.text
    assert response.text.count("\n") <= 4  # the line, and the place under it
    assert served.articles() == before
    assert not served.ask("ASK { GRAPH <urn:own> { } }")


@pytest.mark.parametrize(
    "sparql",
    [
        f"INSERT {{ GRAPH <urn:own> {{ ?a ?f ?i }} }} WHERE {{ {CROSS} }}",
        pytest.param(
        f"INSERT {{ GRAPH <urn:own> {{ ?a ?b ?text }} }} WHERE {{ SELECT ?a ?b (GROUP_CONCAT(?c) AS ?text) {{ {CROSS} }} "
        "GROUP BY ?a ?b }",
            marks=pytest.mark.long,
        ),
    ],
)  # fmt: skip
def test_a_costly_update_is_stopped_changes_nothing_and_readers_go_on(served: Served, sparql: str) -> None:
    ended = threading.Event()
    seen: list[bool] = []

    def read() -> None:
        while not ended.is_set():
            seen.append(served.ask(f"ASK {{ <{NODE.value}> ?p 7 }}"))
            time.sleep(0.1)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        response = served.update(sparql.replace("?a ?f ?i", "?a ?b ?i"))
    finally:
        ended.set()
        reader.join()
    assert response.status_code in (503, 504), response.text
    assert "update" in response.text
    assert len(seen) > 2
    assert all(seen)
    assert not served.ask("ASK { GRAPH <urn:own> { } }")
    assert served.update("CREATE GRAPH <urn:own> ; DROP GRAPH <urn:own>").status_code == 204


def test_a_killed_writer_is_replaced_and_the_store_is_whole(served: Served) -> None:
    for number in range(3):
        assert served.writer.pid is not None
        os.kill(served.writer.pid, signal.SIGKILL)
        assert served.update(OWN % number).status_code == 204
    assert served.ask("ASK { GRAPH <urn:own> { <urn:a> <urn:b> 0, 1, 2 } }")
    assert served.update("DROP GRAPH <urn:own>").status_code == 204


def test_a_second_writer_is_told_the_process_and_readers_are_not_hindered(served: Served) -> None:
    with pytest.raises(StoreBusy, match=f"process {os.getpid()} has the store open for writing"):
        open_store(served.folder)
    with pytest.raises(StoreBusy, match=f"process {os.getpid()} "):
        Writer(served.folder)
    result = CliRunner().invoke(main, ["forget", "x", "--store", str(served.folder)])
    assert (result.exit_code, f"process {os.getpid()} has the store open" in result.stderr) == (1, True)
    with open_store(served.folder, read_only=True) as store:
        assert store.count() == 60


def test_whole_graphs_are_put_added_to_and_taken_away(served: Served) -> None:
    put, graph = {**TURTLE, **BEARER}, {"graph": "urn:own"}
    client = served.client

    def held() -> int:
        answer = client.get("/graphs", params=graph, headers={"Accept": "application/n-triples"})
        return len(answer.text.splitlines()) if answer.status_code == 200 else -1

    assert client.put("/graphs", params=graph, content="<x> <urn:b> [] .", headers=put).status_code == 201
    assert served.ask("BASE <urn:own> ASK { GRAPH <urn:own> { ?s <urn:b> ?o FILTER isBlank(?o) } }")
    assert client.post("/graphs", params=graph, content="_:b0 <urn:b> 1 , 2 .", headers=put).status_code == 204
    assert held() == 3
    wrong = client.put("/graphs", params=graph, content="<urn:a> <urn:b> 'x", headers=put)
    assert (wrong.status_code, wrong.text[:16]) == (400, "line 1, column 1")
    assert (
        client.put("/graphs", params=graph, content="", headers={**put, "Content-Type": "text/csv"}).status_code == 415
    )
    assert held() == 3
    assert client.put("/graphs", params=graph, content="<urn:a> <urn:b> 1 .", headers=put).status_code == 204
    assert held() == 1
    assert client.head("/graphs", params=graph).status_code == 200
    assert client.delete("/graphs", params=graph, headers=BEARER).status_code == 204
    assert (client.delete("/graphs", params=graph, headers=BEARER).status_code, held()) == (404, -1)
    made = client.post("/graphs", content="<urn:a> <urn:b> 1 .", headers=put)
    assert made.status_code == 201
    assert client.get(made.headers["location"]).status_code == 200
    assert client.delete(made.headers["location"], headers=BEARER).status_code == 204


@pytest.mark.parametrize(
    "url", ["/graphs?default", f"/graphs?graph={ARTICLE}", "/graphs?graph=https://w3id.org/dekg/x"]
)
@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_no_whole_graph_takes_the_place_of_what_articles_say(served: Served, method: str, url: str) -> None:
    before = served.articles()
    response = served.client.request(method, url, content=b"<urn:a> <urn:b> 1 .", headers={**TURTLE, **BEARER})
    assert (response.status_code, "only kg build changes" in response.text) == (403, True)
    direct = served.client.request(method, f"/graph/{ARTICLE.rpartition('/')[2]}", content=b"", headers=BEARER)
    assert direct.status_code == 405
    assert served.articles() == before


@pytest.mark.parametrize(
    "body", [b'{"@context": "http://127.0.0.1:1/c", "a": 1}', b'{"@id": "urn:g", "@graph": [{"@id": "urn:a", "urn:p": 1}]}']
)  # fmt: skip
def test_json_ld_neither_fetches_nor_names_other_graphs(served: Served, body: bytes) -> None:
    headers = {"Content-Type": "application/ld+json", **BEARER}
    response = served.client.put("/graphs?graph=urn:own", content=body, headers=headers)
    assert response.status_code == 400
    assert not served.ask("ASK { GRAPH <urn:own> { } }")


def test_relative_names_are_relative_to_the_address(served: Served) -> None:
    assert served.update("INSERT DATA { GRAPH <mine> { <x> <p> <y> } }").status_code == 204
    assert served.ask("ASK { GRAPH <http://localhost/mine> { <http://localhost/x> <p> <y> } }")
    assert served.update("DROP GRAPH <mine>").status_code == 204


def test_the_service_says_that_it_takes_updates(served: Served) -> None:
    assert "SPARQL11Update" in served.client.get("/sparql", headers={"Accept": "text/turtle"}).text
    assert "Authorization: Bearer TOKEN" in served.client.get("/sparql", headers={"Accept": "text/html"}).text
    told = served.client.get("/openapi.json").json()
    assert set(told["paths"]["/graphs"]) == {"get", "put", "post", "delete"}
    assert told["paths"]["/sparql"]["post"]["security"] == [{"token": []}]
    assert "kg_pool_updates_total" in served.client.get("/metrics").text


def test_a_scratch_store_is_written_freely_and_never_built_into(scratch: Served) -> None:
    assert (
        scratch.update("INSERT DATA { <urn:a> <urn:b> 1 } ; CLEAR ALL ; INSERT DATA { <urn:a> <urn:b> 2 }").status_code
        == 204
    )
    assert scratch.ask("ASK { <urn:a> <urn:b> 2 }")
    assert (
        scratch.client.put("/graphs?default", content="<urn:a> <urn:b> 3 .", headers={**TURTLE, **BEARER}).status_code
        == 204
    )
    assert scratch.ask("ASK { <urn:a> <urn:b> 3 FILTER NOT EXISTS { <urn:a> <urn:b> 2 } }")
    with pytest.raises(StoreError, match="a scratch store, which updates write freely; build articles into another"):
        open_store(scratch.folder)
    with open_store(scratch.folder, read_only=True) as store:
        assert len(list(store.quads())) == 1


def test_the_answers_of_an_update_hold_nothing_else(served: Served) -> None:
    assert json.loads(served.client.get("/healthz").text)["status"] == "ok"
    assert served.client.get("/sparql", params={"update": "CLEAR ALL"}, headers=BEARER).status_code == 400

"""SPARQL 1.1 Protocol."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from kg.errors import AnswerTooLarge, KgError, PoolBusy, QueryCrashed, QueryOutOfMemory, QueryTimeout, StoreError

JSON = "application/sparql-results+json"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?event a sem:Event }"
DIRECT = {"Content-Type": "application/sparql-query"}


def one(response: Any) -> str:
    (row,) = response.json()["results"]["bindings"]
    (cell,) = row.values()
    return str(cell["value"])


@pytest.mark.parametrize("path", ["/sparql", "/sparql/"])
def test_a_query_is_answered_however_it_is_sent(client: TestClient, path: str) -> None:
    for response in (
        client.get(path, params={"query": COUNT}),
        client.post(path, data={"query": COUNT}),
        client.post(path, content=COUNT, headers=DIRECT),
        client.post(path, content=COUNT, headers={"Content-Type": 'Application/SPARQL-query; Charset="UTF-8"'}),
    ):
        assert response.status_code == 200, response.text
        assert response.headers["content-type"] == JSON
        assert one(response) == "3"


def test_head_has_the_headers_of_get_and_no_body(client: TestClient) -> None:
    params = {"query": COUNT}
    get, head = client.get("/sparql", params=params), client.head("/sparql", params=params)
    assert (head.status_code, head.headers["etag"]) == (200, get.headers["etag"])


@pytest.mark.parametrize(
    ("query", "accept", "media", "begins"),
    [
        (COUNT, "application/sparql-results+xml", "application/sparql-results+xml", "<?xml"),
        (COUNT, "application/json", "application/json", "{"),
        (COUNT, "text/csv", "text/csv; charset=utf-8", "n\r\n3"),
        (COUNT, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8", "?n\n3"),
        ("ASK { }", "application/sparql-results+xml", "application/sparql-results+xml", "<?xml"),
        ("ASK { }", "", JSON, '{"head":{},"boolean":true}'),
        ("DESCRIBE ent:ada", "", "text/turtle; charset=utf-8", ""),
        ("CONSTRUCT WHERE { ?s a sem:Event }", "application/n-triples", "application/n-triples", "<https://w3id.org/"),
        ("CONSTRUCT WHERE { ?s a sem:Event }", "application/rdf+xml", "application/rdf+xml", "<?xml"),
        ("CONSTRUCT WHERE { ?s a sem:Event }", "application/ld+json", "application/ld+json", "[{"),
        ("# SELECT\nPREFIX ask: <urn:x>\nconstruct where { ?s a sem:Event }", "text/turtle", "text/turtle; charset=utf-8", ""),
    ],
)  # fmt: skip
def test_the_form_of_the_answer_is_negotiated(
    client: TestClient, query: str, accept: str, media: str, begins: str
) -> None:
    response = client.get("/sparql", params={"query": query}, headers={"Accept": accept})
    assert (response.status_code, response.headers["content-type"]) == (200, media)
    assert response.text.startswith(begins)
    assert "Accept" in response.headers["vary"]


@pytest.mark.parametrize(("query", "accept"), [(COUNT, "text/turtle"), ("DESCRIBE ent:ada", "text/csv, image/*")])
def test_a_form_that_cannot_be_given_is_406_and_asks_nobody(
    client: TestClient, pool: Any, query: str, accept: str
) -> None:
    response = client.get("/sparql", params={"query": query}, headers={"Accept": accept})
    assert response.status_code == 406
    assert "ask for " in response.text
    assert pool.asked == []


@pytest.mark.parametrize(
    ("kind", "status", "detail"),
    [
        ({"params": {"query": ["ASK {}", "ASK {}"]}}, 400, "query: given 2 times"),
        ({"params": {"x": "1"}}, 400, "no 'query' was given"),
        ({"params": {"query": "ASK {"}}, 400, "line 1, column"),
        ({"params": {"query": "ASK {}", "default-graph-uri": "x y"}}, 400, "'x y' is not an absolute IRI"),
        ({"params": {"query": "ASK {}", "named-graph-uri": "relative"}}, 400, "'relative' is not an absolute IRI"),
        ({"params": {"query": "ASK { SERVICE <http://x.example/> { } }"}}, 403, "SERVICE is not allowed"),
        ({"params": {"query": "LOAD <http://x.example/>"}}, 403, "LOAD is not allowed"),
        ({"params": {"query": "ASK FROM <file:///etc/passwd> { ?s ?p ?o }"}}, 403, "FROM"),
        ({"params": {"query": "ASK " + "{" * 5000}}, 413, "more than 64 brackets"),
        ({"params": {"update": "CLEAR ALL"}}, 403, "updates are not allowed"),
        ({"params": {"update": ["CLEAR ALL", "CLEAR ALL"]}}, 400, "update: given 2 times"),
    ],
)
def test_a_wrong_query_is_told_in_words(client: TestClient, kind: Any, status: int, detail: str) -> None:
    response = client.get("/sparql", **kind)
    assert response.status_code == status
    assert detail in response.text
    assert response.headers["content-type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize(
    ("body", "media", "status"),
    [
        (b"ASK {}", "text/plain", 415),
        (b"ASK {}", "", 415),
        (b"query=ASK%20%7B%7D", "", 415),
        (b"ASK {}", "application/sparql-query; charset=UTF-16", 415),
        ("ASK {}".encode("utf-16"), "application/sparql-query", 400),
        (b"ASK { ?s ?p '\xff' }", "application/sparql-query", 400),
        (b"query=%FF%FE", "application/x-www-form-urlencoded", 400),
        (b"query=\xff", "application/x-www-form-urlencoded", 400),
        (b"&".join(b"x=%d" % n for n in range(500)), "application/x-www-form-urlencoded", 400),
        (b"query=ASK{}&query=ASK{}", "application/x-www-form-urlencoded", 400),
        (b"query=ASK{}&update=CLEAR+ALL", "application/x-www-form-urlencoded", 400),
        (b"update=CLEAR+ALL", "application/x-www-form-urlencoded", 403),
        (b"CLEAR ALL", "application/sparql-update", 403),
        (b"", "application/x-www-form-urlencoded", 400),
        (b"", "application/sparql-query", 400),
        (b"\x00\x00", "application/sparql-query", 400),
    ],
)
def test_a_wrong_body_is_refused(client: TestClient, body: bytes, media: str, status: int) -> None:
    response = client.post("/sparql", content=body, headers={"Content-Type": media} if media else {})
    assert response.status_code == status, response.text


def test_an_update_is_refused_with_one_line(client: TestClient) -> None:
    response = client.post("/sparql", content="CLEAR ALL", headers={"Content-Type": "application/sparql-update"})
    assert response.text == (
        "updates are not allowed: this service only reads; "
        "kg serve --writable takes updates from those who have its token\n"
    )


def test_a_packed_body_is_refused(client: TestClient) -> None:
    response = client.post("/sparql", content=b"x", headers={**DIRECT, "Content-Encoding": "gzip"})
    assert response.status_code == 415


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
def test_other_methods_are_405(client: TestClient, method: str) -> None:
    response = client.request(method, "/sparql", params={"query": "ASK {}"})
    assert response.status_code == 405
    assert set(response.headers["allow"].split(", ")) == {"GET", "HEAD", "POST"}


def test_a_query_in_the_url_and_in_the_body_is_refused(client: TestClient) -> None:
    assert client.post("/sparql?query=ASK%7B%7D", content="ASK {}", headers=DIRECT).status_code == 400


def test_the_protocol_chooses_the_data_set(client: TestClient, pool: Any, rdf: ox.Store) -> None:
    graphs = sorted(g.value for g in rdf.named_graphs() if isinstance(g, ox.NamedNode))
    found = {}
    for graph in graphs:
        params = [("query", COUNT), ("default-graph-uri", graph), ("named-graph-uri", "urn:x")]
        found[graph] = int(one(client.get("/sparql", params=params)))
        assert (pool.asked[-1].default_graphs, pool.asked[-1].named_graphs) == ((graph,), ("urn:x",))
    assert sorted(found.values()) == [1, 1, 2]


def test_unknown_parameters_are_let_be(client: TestClient) -> None:
    assert client.get("/sparql", params={"query": "ASK {}", "format": "x", "_": "1"}).status_code == 200


@pytest.mark.parametrize(
    ("error", "status", "retry"),
    [
        (PoolBusy("busy"), 503, "1"),
        (QueryOutOfMemory("memory"), 503, None),
        (QueryCrashed("ended"), 503, None),
        (QueryTimeout("time"), 504, None),
        (AnswerTooLarge("answer"), 413, None),
    ],
)
def test_what_the_pool_cannot_do_has_its_own_status(
    client: TestClient, pool: Any, error: KgError, status: int, retry: str | None
) -> None:
    pool.failing = lambda _: error
    for path in ("/sparql?query=ASK%7B%7D", "/api/events", "/graphs?default"):
        response = client.get(path)
        assert (response.status_code, response.headers.get("retry-after")) == (status, retry)
        assert str(error) in response.text


def test_trouble_with_the_store_tells_no_folder(client: TestClient, pool: Any, caplog: Any) -> None:
    pool.failing = lambda _: StoreError("/secret/place: the disk is full")
    response = client.get("/sparql?query=ASK%7B%7D")
    assert (response.status_code, response.text) == (500, "the store cannot be read or written just now\n")
    assert "/secret/place" in caplog.text


@pytest.mark.parametrize("accept", ["", "text/turtle", "application/ld+json", "application/rdf+xml"])
def test_without_a_query_the_service_describes_itself(client: TestClient, rdf: ox.Store, accept: str) -> None:
    response = client.get("/sparql", headers={"Accept": accept})
    assert response.status_code == 200
    form = ox.RdfFormat.from_media_type(response.headers["content-type"].partition(";")[0])
    said = ox.Store()
    said.load(response.content, format=form)
    text = """PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> PREFIX void: <http://rdfs.org/ns/void#>
      PREFIX sem: <http://semanticweb.cs.vu.nl/2009/11/sem/>
      SELECT ?triples ?events (COUNT(DISTINCT ?name) AS ?graphs) WHERE {
        ?s a sd:Service ; sd:endpoint <http://localhost/sparql> ; sd:supportedLanguage sd:SPARQL11Query ;
           sd:defaultDataset ?d . ?d void:triples ?triples ; void:classPartition ?part ; sd:namedGraph/sd:name ?name .
        ?part void:class sem:Event ; void:entities ?events } GROUP BY ?triples ?events"""
    (row,) = said.query(text)
    union = sum(1 for _ in rdf.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    assert [int(row[name].value) for name in ("triples", "events", "graphs")] == [union, 3, 3]


def test_a_browser_gets_the_description_as_a_page(client: TestClient) -> None:
    response = client.get("/sparql", headers={"Accept": "text/html,application/xml;q=0.9,*/*;q=0.8"})
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "<script" not in response.text
    assert "sem/Event" in response.text


def test_a_store_that_cannot_be_counted_is_described_without_figures(client: TestClient, pool: Any) -> None:
    pool.failing = lambda request: QueryTimeout("too long") if "COUNT" in request.sparql else None
    response = client.get("/sparql")
    assert response.status_code == 200
    assert "SPARQL11Query" in response.text
    assert "void:triples" not in response.text


def test_counting_is_done_once_a_minute(client: TestClient, pool: Any) -> None:
    client.get("/sparql")
    asked = len(pool.asked)
    assert client.get("/").status_code == client.get("/sparql").status_code == 200
    assert len(pool.asked) == asked


def test_percent_encoding_is_undone_once(client: TestClient) -> None:
    text = 'SELECT ("%41%2541" AS ?x) { }'
    assert one(client.get("/sparql?query=" + quote(text))) == "%41%2541"
    assert client.get("/sparql?query=%").status_code == 400
    assert client.get("/sparql?query=" + quote(quote(text))).status_code == 400
    assert client.get("/sparql?que%72y=ASK%7B%7D").json() == {"head": {}, "boolean": True}


def test_any_web_page_may_ask(client: TestClient) -> None:
    response = client.get("/sparql?query=ASK%7B%7D", headers={"Origin": "https://page.example"})
    assert response.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in response.headers
    asked = {"Origin": "https://page.example", "Access-Control-Request-Method": "POST"}
    assert client.options("/sparql", headers=asked).status_code == 200
    asked["Access-Control-Request-Method"] = "DELETE"
    assert client.options("/sparql", headers=asked).status_code == 400


def test_what_did_not_change_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/sparql", params={"query": COUNT})
    tag = first.headers["etag"]
    for known in (tag, tag.removeprefix("W/"), f'"x", {tag}', "*"):
        again = client.get("/sparql", params={"query": COUNT}, headers={"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    other = client.get("/sparql", params={"query": "ASK {}"}, headers={"If-None-Match": tag})
    assert other.status_code == 200
    assert "etag" not in client.get("/sparql", params={"query": "ASK {"}).headers


def test_long_answers_are_packed(client: TestClient) -> None:
    params = {"query": "CONSTRUCT WHERE { ?s ?p ?o }"}
    packed = client.get("/sparql", params=params, headers={"Accept-Encoding": "gzip"})
    plain = client.get("/sparql", params=params, headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content
    assert packed.headers["etag"] == plain.headers["etag"]


def test_a_result_is_the_one_the_store_gives(client: TestClient, rdf: ox.Store) -> None:
    text = "SELECT ?s ?o WHERE { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?o } ORDER BY ?s ?o"
    direct = json.loads(rdf.query(text).serialize(format=ox.QueryResultsFormat.JSON) or b"")
    assert client.get("/sparql", params={"query": text}).json() == direct

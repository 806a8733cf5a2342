"""Graph Store HTTP Protocol, for reading."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from kg.vocab.namespaces import GRAPH

from_media = ox.RdfFormat.from_media_type


def graphs(rdf: ox.Store) -> list[str]:
    return sorted(g.value for g in rdf.named_graphs() if isinstance(g, ox.NamedNode))


def triples(body: bytes, media: str) -> set[str]:
    form = from_media(media.partition(";")[0])
    assert form is not None
    return {str(q.triple) for q in ox.parse(body, format=form)}


def held(rdf: ox.Store, graph: str | None) -> set[str]:
    name = ox.DefaultGraph() if graph is None else ox.NamedNode(graph)
    return {str(q.triple) for q in rdf.quads_for_pattern(None, None, None, name)}


@pytest.mark.parametrize(
    "media", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"]
)
def test_a_graph_is_read_whole_by_its_iri_and_by_its_address(client: TestClient, rdf: ox.Store, media: str) -> None:
    for graph in graphs(rdf):
        for response in (
            client.get("/graphs", params={"graph": graph}, headers={"Accept": media}),
            client.get(f"/graph/{graph.removeprefix(GRAPH)}", headers={"Accept": media}),
        ):
            assert response.status_code == 200
            assert response.headers["content-type"].partition(";")[0] == media
            assert triples(response.content, media) == held(rdf, graph)


def test_the_default_graph_is_the_union(client: TestClient, rdf: ox.Store) -> None:
    for url in ("/graphs?default", "/graphs?default="):
        assert triples(client.get(url).content, "text/turtle") == held(rdf, None)


def test_head_tells_whether_a_graph_is_there(client: TestClient, rdf: ox.Store) -> None:
    assert client.head("/graphs", params={"graph": graphs(rdf)[0]}).status_code == 200
    assert client.head("/graphs", params={"graph": "urn:x"}).status_code == 404


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/graphs", 400),
        ("/graphs?graph=", 400),
        ("/graphs?graph=x", 400),
        ("/graphs?graph=urn:a&graph=urn:b", 400),
        ("/graphs?graph=urn:a&default", 400),
        ("/graphs?graph=urn%3Aa%3E%20%7D%20DROP%20ALL", 400),
        ("/graphs?graph=%FF", 400),
        ("/graphs?graph=urn:a", 404),
        ("/graph/", 400),
        ("/graph/0000000000000000", 404),
        ("/graph/..%2F..%2Fetc%2Fpasswd", 404),
        ("/graph/x%3E%20%7D", 404),
    ],
)
def test_a_graph_that_is_not_there_or_badly_named(client: TestClient, url: str, status: int) -> None:
    assert client.get(url).status_code == status


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
@pytest.mark.parametrize("url", ["/graphs?default", "/graphs?graph=urn:a", "/graph/0000000000000000"])
def test_nothing_is_written(client: TestClient, pool: object, method: str, url: str) -> None:
    response = client.request(
        method, url, content=b"<urn:a> <urn:b> <urn:c> .", headers={"Content-Type": "text/turtle"}
    )
    assert response.status_code == 405
    assert set(response.headers["allow"].split(", ")) == {"GET", "HEAD"}
    assert "kg " in response.text  # in words that say why
    assert pool.asked == []  # type: ignore[attr-defined]


def test_a_form_that_cannot_be_given_is_406(client: TestClient) -> None:
    assert client.get("/graphs?default", headers={"Accept": "image/png"}).status_code == 406

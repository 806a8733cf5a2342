"""Any name makes an IRI that is absolute, that no other name makes, and that comes back from files and from the service."""

# ruff: noqa: RUF005 - lists of awkward texts read best in rows
from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from kg.serve.pages import local_link
from kg.serve.resources import KINDS, _named
from kg.vocab import iris
from kg.vocab.names import entity_id
from kg.vocab.namespaces import PREFIXES

AWKWARD = st.sampled_from(
    [*'/%?#:@éİßﬁ \t\0\x7f\x85\u00a0\u200b\u202e\ufeff\ufffe\U000e0001\U0010ffff<>"\\^`{|}+&=;~-\u0300']
    + [".", "..", "...", "//", "a/../b", "%2F", "%2e", "a#b", "e\u0301", "\r\n", "..%2f", "a.ttl", ".nt", "a.html"]
)
NAMES = st.text(min_size=1, max_size=30) | st.lists(AWKWARD | st.text(max_size=3), min_size=1, max_size=5).map(
    "".join
).filter(bool)
MINTERS = [
    iris.entity_iri,
    iris.event_iri,
    iris.agreement_iri,
    iris.article_iri,
    iris.graph_iri,
    iris.run_iri,
    iris.topic_iri,
]
# RFC 3986, without what a path of this project never has.
ABSOLUTE = re.compile(r"https://w3id\.org/dekg/id/[a-z]+/(?:[A-Za-z0-9._~-]|%[0-9A-F]{2})+")
quick = settings(max_examples=150, deadline=None)


@given(NAMES)
@quick
def test_an_iri_is_absolute_and_stays_as_it_is_when_it_is_normalised(name: str) -> None:
    for minter in MINTERS:
        iri = minter(name)
        assert ABSOLUTE.fullmatch(iri), iri
        assert urlsplit(iri).path.rpartition("/")[2] == iris.encoded(name)
        assert not {".", ".."} & set(urlsplit(iri).path.split("/"))
        assert unquote(iris.encoded(name), errors="surrogatepass") == name


@given(st.lists(NAMES, min_size=2, max_size=6, unique=True))
@quick
def test_names_that_differ_make_iris_that_differ(names: list[str]) -> None:
    made = {minter(name) for minter in MINTERS for name in names}
    assert len(made) == len(MINTERS) * len(names)
    spans = {iris.span_iri(name, n, n + 1) for name in names for n in (0, 1, 11)}
    figures = {iris.quantity_iri(name, n) for name in names for n in (1, 11)}
    assert (len(spans), len(figures)) == (3 * len(names), 2 * len(names))


@given(st.lists(NAMES, min_size=1, max_size=4))
@quick
def test_iris_come_back_from_files(names: list[str]) -> None:
    nodes = [ox.NamedNode(minter(name)) for minter in MINTERS for name in names]
    nodes += [ox.NamedNode(iris.span_iri(name, 0, 7)) for name in names]
    graph = ox.NamedNode(iris.graph_iri(names[0]))
    quads = {ox.Quad(node, nodes[0], node, graph) for node in nodes}
    for form in (ox.RdfFormat.N_QUADS, ox.RdfFormat.TRIG, ox.RdfFormat.JSON_LD):
        back = ox.parse(ox.serialize(quads, format=form, prefixes=dict(PREFIXES)) or b"", format=form)  # type: ignore[call-overload]
        assert set(back) == quads
    triples = {ox.Triple(q.subject, q.predicate, q.object) for q in quads}
    turtle = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=dict(PREFIXES)) or b""
    assert {q.triple for q in ox.parse(turtle, format=ox.RdfFormat.TURTLE)} == triples


@pytest.fixture(scope="module")
def echo() -> TestClient:
    """A service with the paths of the real one, which answers the IRI that a path leads to."""

    def said(request: Request) -> Response:
        kind, key, media = _named(request)
        return Response(f"{KINDS[kind][0](key)} {media}")

    return TestClient(Starlette(routes=[Route(f"/{kind}/{{key:path}}", said) for kind in KINDS]), "http://localhost")


@given(NAMES.filter(lambda name: not any(c in "\n%" or "\ud800" <= c <= "\udfff" for c in name)))
@settings(max_examples=40, deadline=None)
def test_the_link_to_a_thing_leads_to_its_iri(echo: TestClient, name: str) -> None:
    """Without line feeds and half characters, which no path of a service has; the readers let no id have them.

    And without ``%``: the client of the tests decodes a path twice, which no server does.
    """
    for kind, (minter, _) in KINDS.items():
        iri = minter(name)
        link = local_link(iri)
        assert link is not None
        assert link.startswith(f"/{kind}/")
        assert echo.get(link).text == f"{iri} text/html"
        assert echo.get(f"{link}.nt").text == f"{iri} application/n-triples"
        assert entity_id(iris.entity_iri(name)) == name


def test_a_link_with_a_percent_sign_leads_to_its_iri() -> None:
    name = "50%00"
    link = local_link(iris.event_iri(name))
    assert link == "/event/50%2500"
    key = unquote(link.removeprefix("/event/"))
    scope = {
        "type": "http",
        "method": "GET",
        "headers": [],
        "raw_path": link.encode(),
        "path": unquote(link),
        "query_string": b"",
        "server": ("localhost", 80),
    }
    kind, found, _ = _named(Request(scope | {"path_params": {"key": key}}))
    assert (kind, KINDS[kind][0](found)) == ("event", iris.event_iri(name))

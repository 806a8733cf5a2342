"""Pages and RDF of events, actors and articles; hostile text in them stays text."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from kg.vocab.iris import article_iri, entity_iri, event_iri, graph_iri

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
CALL, MEETING = "/event/0000000000000001", "/event/0000000000000003"


class Page(HTMLParser):
    """What a browser would see: tags with their attributes, and the words."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.marks: list[tuple[str | None, str]] = []
        self._mark: str | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._mark = dict(attrs).get("class") if tag == "mark" else None

    def handle_endtag(self, tag: str) -> None:
        self._mark = None if tag == "mark" else self._mark

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self._mark:
            self.marks.append((self._mark, data))

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    @property
    def links(self) -> list[str]:
        return [a["href"] or "" for t, a in self.tags if t == "a" and "href" in a]


def page(client: TestClient, path: str) -> Page:
    response = client.get(path, headers=BROWSER)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return Page(response.text)


def test_an_event_is_told_in_words_with_every_report(client: TestClient) -> None:
    found = page(client, CALL)
    for words in (
        "Ada Ruler phones Bland",
        "consult (meets or talks), phone",
        "CAMEO 041",
        "1 March 2024",
        "happened",
        "2 reports",
        "who says so Bland Post",
        "Leaders talk",
        "2 March 2024",
        "stated as fact",
        "confidence 0.9",
    ):
        assert words in found.text, words
    assert {"/actor/ada", "/actor/bland", "https://news.example/one?a=1&b=2", "https://archive.example/1"} <= set(
        found.links
    )


def test_quote_and_trigger_are_marked(client: TestClient) -> None:
    assert page(client, CALL).marks == [
        ("quote", "Ada Ruler "), ("trigger", "phoned"), ("quote", " Bland on Friday"),
        ("quote", "Ada Ruler "), ("trigger", "called"), ("quote", " Bland"),
    ] or page(client, CALL).marks == [
        ("quote", "Ada Ruler "), ("trigger", "called"), ("quote", " Bland"),
        ("quote", "Ada Ruler "), ("trigger", "phoned"), ("quote", " Bland on Friday"),
    ]  # fmt: skip


def test_figures_and_status_are_told(client: TestClient) -> None:
    found = page(client, "/event/0000000000000002")
    assert "more than 30 killed" in found.text
    assert "status going on" in found.text
    assert "promised, not yet met" in page(client, MEETING).text


def test_an_actor_is_told_with_its_events(client: TestClient) -> None:
    found = page(client, "/actor/bland")
    assert "country BBB" in found.text
    assert found.links.index(MEETING) < found.links.index(CALL)
    assert "http://www.wikidata.org/entity/Q1" in page(client, "/actor/aland").links
    assert ("/actor/aland" in page(client, "/actor/ada").links) is True


def test_an_article_is_told_with_its_events(client: TestClient, keys: dict[str, str]) -> None:
    found = page(client, f"/article/{keys['one']}")
    assert "Leaders talk" in found.text
    assert {CALL, "/event/0000000000000002", "https://news.example/one?a=1&b=2"} <= set(found.links)


def test_hostile_text_stays_text(client: TestClient, keys: dict[str, str]) -> None:
    paths = (MEETING, "/actor/evil%2F%3Cx%3E", *(f"/article/{key}" for key in keys.values()), "/actor/bland", CALL)
    for path in paths:
        found = page(client, path)
        for tag, attributes in found.tags:
            assert tag not in {"script", "iframe", "object", "embed", "base", "meta-refresh"}
            assert not [name for name in attributes if name.startswith("on")]
            for name in ("href", "src", "action"):
                target = attributes.get(name) or "/"
                assert target.startswith(("/", "https://", "http://", "data:,")), target
                assert not target.startswith("//")
        assert "\u202e" not in "".join(found.words)
    assert "<script>alert(1)</script>" in page(client, MEETING).text
    assert "{{ 7*7 }}" in page(client, MEETING).text


def test_an_address_that_is_no_web_address_is_no_link(client: TestClient, keys: dict[str, str]) -> None:
    found = page(client, f"/article/{keys['two']}")
    assert "javascript:alert(1)" in found.text
    assert not [link for link in found.links if "javascript" in link]


def test_every_page_runs_and_loads_nothing(client: TestClient) -> None:
    for path in (CALL, "/", "/docs", "/sparql", "/actor/nobody"):
        response = client.get(path, headers=BROWSER)
        policy = response.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert "unsafe" not in policy
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["referrer-policy"] == "no-referrer"
        tags = [tag for tag, _ in Page(response.text).tags]
        assert "script" not in tags
        assert "img" not in tags
        assert tags.count("style") == 1


def test_the_policy_lets_the_style_sheet_of_the_page_apply(client: TestClient) -> None:
    import base64
    import hashlib

    response = client.get(CALL, headers=BROWSER)
    style = re.search(r"<style>(.*?)</style>", response.text, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"'sha256-{digest}'" in response.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("path", "headers", "media"),
    [
        (CALL + ".ttl", BROWSER, "text/turtle"),
        (CALL + ".nt", BROWSER, "application/n-triples"),
        (CALL + ".rdf", {}, "application/rdf+xml"),
        (CALL + ".jsonld", BROWSER, "application/ld+json"),
        (CALL, {"Accept": "text/turtle"}, "text/turtle"),
        (CALL, {"Accept": "application/ld+json"}, "application/ld+json"),
        (CALL, {"Accept": "text/html;q=0.1, application/n-triples"}, "application/n-triples"),
        ("/actor/ada", {"Accept": "text/turtle"}, "text/turtle"),
        ("/actor/evil%2F%3Cx%3E.ttl", {}, "text/turtle"),
    ],
)
def test_the_same_is_given_as_rdf(client: TestClient, path: str, headers: dict[str, str], media: str) -> None:
    response = client.get(path, headers=headers)
    assert (response.status_code, response.headers["content-type"].partition(";")[0]) == (200, media)
    form = ox.RdfFormat.from_media_type(media)
    said = list(ox.parse(response.content, format=form))
    kind, key = path.split("/")[1:3]
    iri = event_iri("0000000000000001") if kind == "event" else entity_iri("ada" if "ada" in key else "evil/<x>")
    assert ox.NamedNode(iri) in {q.subject for q in said}
    assert f'<{iri}>; rel="describes"' == response.headers["link"]


def test_the_rdf_of_an_event_has_its_reports(client: TestClient) -> None:
    text = client.get(CALL + ".nt").text
    assert text.count("anchorOf") == 2
    assert "attributedTo" in text


def test_the_rdf_of_an_article_names_its_events(client: TestClient, keys: dict[str, str]) -> None:
    text = client.get(f"/article/{keys['one']}.nt").text
    assert f"<{article_iri(keys['one'])}>" in text
    assert f"<{event_iri('0000000000000001')}>" in text


@pytest.mark.parametrize(
    "path",
    [
        "/event/ffffffffffffffff", "/event/ffffffffffffffff.ttl", "/actor/nobody", "/article/x", "/nothing", "/event",
        "/event/..%2f..%2f..%2fetc%2fpasswd", "/actor/%2e%2e/%2e%2e/etc/passwd", "/pages/page.css", "/static/../x",
        "/actor/%00", "/actor/%FF%FE", "/actor/x%22%3E%3Cscript%3E", "/event/0000000000000001%3E%20%7D", "/id/run/x",
        "/actor/" + "a" * 4000,
    ],
)  # fmt: skip
def test_what_is_not_there_is_404(client: TestClient, path: str) -> None:
    response = client.get(path, headers=BROWSER)
    assert response.status_code == 404
    found = Page(response.text)
    assert "404 Not Found" in found.text
    assert "script" not in [tag for tag, _ in found.tags]
    plain = client.get(path)
    assert plain.status_code == 404
    assert plain.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize("path", ["/event/", "/actor/"])
def test_an_empty_key_is_400(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 400


def test_an_iri_leads_to_its_page(client: TestClient) -> None:
    for iri, path in (
        (event_iri("0000000000000001"), CALL),
        (entity_iri("evil/<x>"), "/actor/evil%2F%3Cx%3E"),
        (graph_iri("abc"), "/graph/abc"),
    ):
        response = client.get(iri.removeprefix("https://w3id.org/dekg"))
        assert (response.status_code, response.headers["location"]) == (303, path)


def test_a_redirect_never_leads_elsewhere(client: TestClient) -> None:
    for path in ("/id/event//evil.example", "/id/entity/%2F%2Fevil.example", "/id/event/https:%2F%2Fevil.example"):
        response = client.get(path)
        assert response.headers.get("location", "/event/").startswith(("/event/", "/actor/"))


def test_a_page_of_many_events_says_that_there_are_more(pool: Any, client: TestClient, monkeypatch: Any) -> None:
    from kg.serve import things

    monkeypatch.setattr(things, "MOST_EVENTS", 1)
    found = page(client, "/actor/bland")
    assert "There are more" in found.text
    assert [link for link in found.links if link.startswith("/event/")] == [MEETING]

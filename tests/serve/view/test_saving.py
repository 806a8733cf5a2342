"""Files of the events that a view leaves: whole or refused, the same bytes each time, the same as the page saves."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from http.client import IncompleteRead
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import networkx as nx
import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from kg.draw.draw import picture
from kg.serve.app import make_app
from kg.serve.asked import Request, Result
from kg.serve.pool import QueryPool
from kg.serve.view import saving
from kg.serve.view.index import Index
from kg.store import Store
from tests.serve.view.conftest import Ready, serving

SOME = "stance=conflict&from=2018-01-01&sort=who.down"


@pytest.fixture(scope="module")
def client(folder: Path, index: Index, pool: QueryPool) -> Iterator[TestClient]:
    app = make_app(folder, pool, keeper=Ready(index))  # type: ignore[arg-type]
    with TestClient(app, base_url="http://localhost") as client:
        yield client


def passing(client: TestClient, words: str) -> list[dict[str, Any]]:
    """The cards of the events that pass, in the order of the table."""
    told = client.get(f"/api/view?rows=1000&{words}").json()
    assert 0 < told["passing"] == len(told["rows"]) < told["events"]
    return [told["told"]["events"][str(at)] for at in told["rows"]]


@pytest.mark.parametrize("kind", ["csv", "gexf", "ttl"])
def test_a_file_comes_in_parts_and_with_the_same_bytes_each_time(client: TestClient, kind: str) -> None:
    first, again = (client.get(f"/api/view/events.{kind}?{SOME}") for _ in range(2))
    assert first.content == again.content
    assert first.headers["content-disposition"] == f'attachment; filename="events.{kind}"'
    assert "content-length" not in first.headers
    head = client.head(f"/api/view/events.{kind}?{SOME}")
    assert (head.status_code, head.content) == (200, b"")


def test_the_csv_has_the_events_that_pass_in_the_order_of_the_table(client: TestClient) -> None:
    lines = list(csv.DictReader(io.StringIO(client.get(f"/api/view/events.csv?{SOME}").content.decode("utf-8-sig"))))
    cards = passing(client, SOME)
    assert [line["id"] for line in lines] == [card["id"] for card in cards]
    assert [line["status"] for line in lines] == [card["status"] for card in cards]
    assert len({line["status"] for line in lines}) > 1


def test_the_gexf_has_their_actors_and_roles(client: TestClient, tmp_path: Path) -> None:
    file = tmp_path / "events.gexf"
    file.write_bytes(client.get(f"/api/view/events.gexf?{SOME}").content)
    graph = nx.read_gexf(file)
    cards = passing(client, SOME)
    told = {name: data for name, data in graph.nodes(data=True) if data["kind"] == "event"}
    assert [data["iri"] for data in told.values()] == [card["id"] for card in cards]
    assert {data["status_in_words"] for data in told.values()} == {card["statusWords"] for card in cards}
    assert graph.number_of_edges() == sum(len(card["parties"]) for card in cards)
    assert len(graph) - len(told) == len({at for card in cards for _, at in card["parties"]})


def test_the_turtle_tells_what_the_page_that_holds_its_events_saves_of_them(client: TestClient, store: Store) -> None:
    events = {card["id"] for card in passing(client, SOME)}
    whole = picture(store)
    pieces = dict(whole.turtle)
    things = [e for e in whole.events if e.id in events]
    iris = [
        *events,
        *{p.actor for e in things for p in e.parties},
        *{e.article for e in whole.evidence if e.event in events},
    ]
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in saving_prefixes().items())
    pieces |= {e.id: e.turtle or pieces.get(e.id, "") for e in things}
    wanted = prefixes + "\n".join(pieces[iri] for iri in iris if iri in pieces)
    found = client.get(f"/api/view/events.ttl?{SOME}").content
    assert len(triples(found)) > 1000
    assert triples(found) <= triples(wanted.encode())
    # Beside it the page has those who are named in an article by its other events.
    beside = {t.subject.value for t in triples(wanted.encode()) - triples(found)}
    assert not beside & {t.subject.value for t in triples(found)}
    assert not beside & set(iris)
    assert all("/entity/" in iri for iri in beside)


def saving_prefixes() -> dict[str, str]:
    from kg.vocab.namespaces import PREFIXES

    return dict(PREFIXES)


def triples(turtle: bytes) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE)}


def test_more_than_a_file_holds_is_refused_and_never_cut(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    number = len(passing(client, SOME))
    monkeypatch.setitem(saving.MOST_SAVED, "csv", number)
    assert client.get(f"/api/view/events.csv?{SOME}").text.count("\r\n") == number + 1
    monkeypatch.setitem(saving.MOST_SAVED, "csv", number - 1)
    answer = client.get(f"/api/view/events.csv?{SOME}")
    assert answer.status_code == 413
    assert answer.json()["detail"] == (
        f"{number} events pass, and a file holds {number - 1}: narrow the filters; kg export writes the whole store"
    )
    assert client.get("/api/view/start").json()["mostSaved"]["csv"] == number - 1


def test_words_that_are_wrong_are_told_as_for_the_view(client: TestClient) -> None:
    answer = client.get("/api/view/events.ttl?countr=FRA")
    assert (answer.status_code, answer.json()["detail"]) == (400, client.get("/api/view?countr=FRA").json()["detail"])
    assert client.post("/api/view/events.csv").status_code == 405


class TwoStates:
    """A pool whose second worker reads another state of the store."""

    def __init__(self, pool: QueryPool) -> None:
        self.pool, self.asked = pool, 0

    def answer(self, request: Request) -> Result:
        self.asked += 1
        found = self.pool.answer(request)
        return Result(found.media, found.body, "one" if self.asked < 8 else "two")

    def __getattr__(self, name: str) -> Any:
        return getattr(self.pool, name)


def test_turtle_of_two_states_is_broken_off(
    folder: Path, index: Index, pool: QueryPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.serve.view.triples.BATCH", 20)
    with serving(folder, index, TwoStates(pool)) as address, urlopen(f"{address}api/view/events.ttl") as answer:
        assert answer.status == 200
        with pytest.raises(IncompleteRead):
            answer.read()


def test_events_that_the_store_no_longer_has_are_told(index: Index, tmp_path: Path) -> None:
    from kg.store import open_store

    with open_store(tmp_path / "kg-store"):
        pass
    with QueryPool(tmp_path / "kg-store", workers=1) as empty:
        app = make_app(tmp_path / "kg-store", empty, keeper=Ready(index))  # type: ignore[arg-type]
        with TestClient(app, base_url="http://localhost") as client:
            answer = client.get("/api/view/events.ttl")
    assert answer.status_code == 503
    assert "the store has changed since its events were counted" in answer.json()["detail"]

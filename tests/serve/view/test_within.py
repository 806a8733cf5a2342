"""A choice of events by their IRIs narrows a view; and actors are suggested while a name is typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from kg.serve.app import make_app
from kg.serve.view import within
from kg.serve.view.index import Index
from kg.serve.view.texts import plain
from tests.serve.view.conftest import NoPool, Ready


@pytest.fixture
def client(folder: Path, index: Index) -> Iterator[TestClient]:
    app = make_app(folder, NoPool(), keeper=Ready(index))  # type: ignore[arg-type]
    with TestClient(app, base_url="http://localhost") as client:
        yield client


def kept(client: TestClient, iris: list[str]) -> dict[str, Any]:
    told: dict[str, Any] = client.post("/api/view/within", json={"events": iris}).json()
    return told


def test_a_view_of_a_choice_has_its_events_alone(client: TestClient, index: Index) -> None:
    iris = [index.card(at)["id"] for at in (7, 3, 11, 3)]
    told = kept(client, [*iris, "https://w3id.org/dekg/id/event/none", "", "no iri"])
    assert (told["known"], told["unknown"]) == (3, 3)
    view = client.get(f"/api/view?within={told['within']}").json()
    assert sorted(view["rows"]) == [3, 7, 11]
    assert sum(n for _, _, n in view["kinds"]["stance"]["values"]) == 3
    assert sum(map(sum, view["days"]["stances"])) == 3
    one = view["told"]["events"]["7"]["stance"]
    among = client.get(f"/api/view?within={told['within']}&stance={one}").json()
    assert 7 in among["rows"]
    assert among["passing"] <= 3
    lines = client.get(f"/api/view/events.csv?within={told['within']}").text.split("\r\n")
    assert len(lines) == 5
    values = client.get(f"/api/view/values?kind=stance&within={told['within']}").json()["values"]
    assert sum(n for _, _, n in values) == 3


def test_the_same_choice_has_the_same_name_and_an_empty_one_shows_nothing(client: TestClient, index: Index) -> None:
    iris = [index.card(at)["id"] for at in range(5)]
    assert kept(client, iris)["within"] == kept(client, iris[::-1])["within"]
    nothing = kept(client, [])
    assert client.get(f"/api/view?within={nothing['within']}").json()["passing"] == 0


def test_a_choice_that_is_not_kept_is_told(client: TestClient, index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(within, "KEPT", 2)
    names = [kept(client, [index.card(at)["id"]])["within"] for at in range(2)]
    assert client.get(f"/api/view?within={names[0]}").status_code == 200
    kept(client, [index.card(2)["id"]])
    assert client.get(f"/api/view?within={names[0]}").status_code == 200, "the one named last stays"
    answer = client.get(f"/api/view?within={names[1]}")
    assert answer.status_code == 410
    assert answer.json()["detail"].startswith("within: these events are not kept any more")
    assert client.get(f"/api/view/events.csv?within={names[1]}").status_code == 410


@pytest.mark.parametrize(
    ("body", "media", "status", "told"),
    [
        ("{}", "application/json", 400, "events: a list of IRIs is missing"),
        ('{"events": [1]}', "application/json", 400, "events: a list of IRIs is missing"),
        ("[" * 100_000, "application/json", 400, "the body is not JSON"),
        ("\xff", "application/json", 400, "the body is not JSON"),
        ('{"events": [' + '"",' * 20_000 + '""]}', "application/json", 400, "20001 were given; give 20000 at most"),
        ('{"events": []}', "text/plain", 415, "send application/json"),
    ],
)
def test_what_is_no_choice_is_told(client: TestClient, body: str, media: str, status: int, told: str) -> None:
    answer = client.post("/api/view/within", content=body.encode("latin-1"), headers={"Content-Type": media})
    assert answer.status_code == status
    assert told in answer.json()["detail"]


def test_actors_are_suggested_by_name_those_of_most_events_first(client: TestClient, index: Index) -> None:
    told = client.get("/api/view/actors", params={"find": " SPÓKES"}).json()
    nodes = [index.node(at) for at in range(index.actors)]
    fits = [n for n in nodes if "spokes" in plain(n["label"])]
    assert [label for _, label, _ in told["actors"]] == [n["label"] for n in fits[:20]]
    assert len(told["actors"]) + told["left"] == len(fits) > 20
    assert all(a >= b for (_, _, a), (_, _, b) in zip(told["actors"], told["actors"][1:], strict=False))
    for value, label, _ in told["actors"]:
        alone = sum(n["label"] == label for n in nodes) == 1
        assert value == label if alone else value.startswith("https://")
    assert client.get("/api/view/actors?find=zzzz").json() == {"actors": [], "left": 0}
    assert client.get("/api/view/actors", params={"find": "a" * 201}).status_code == 400

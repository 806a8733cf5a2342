"""``/api/view`` over HTTP: strict about what it is asked, whole in what it tells; and how its index is kept."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from kg.errors import PoolBusy, StoreError
from kg.serve import explore
from kg.serve.app import make_app
from kg.serve.view.index import Index
from kg.serve.view.keeper import Keeper
from tests.serve.view.conftest import NoPool, Ready


@pytest.fixture(scope="module")
def client(folder: Path, index: Index) -> Iterator[TestClient]:
    app = make_app(folder, NoPool(), keeper=Ready(index))  # type: ignore[arg-type]
    with TestClient(app, base_url="http://localhost") as client:
        yield client


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("countr=FRA", "unknown parameter 'countr'; did you mean 'country'?"),
        ("from=2024", "from: '2024' is no day; write it as 2024-01-31"),
        ("to=2024-02-30", "to: '2024-02-30' is no day"),
        ("from=２０２４-01-01", "is no day"),
        ("confidence=101", "confidence: '101' is not a whole number from 0 to 100"),
        ("confidence=NaN", "confidence: 'NaN' is not a whole number"),
        ("actors=1e3", "actors: '1e3' is not all or a whole number from 1 to 60"),
        ("rows=100000", "rows: '100000' is not a whole number from 0 to 1000"),
        ("skip=-1", "skip: '-1' is not a whole number"),
        ("cards=201", "cards: '201' is not a whole number from 1 to 200"),
        ("sort=evil", "sort: unknown value 'evil'"),
        ("sort=who.sideways", "sort: unknown value 'sideways'"),
        ("view=x", "view: unknown value 'x'"),
        ("show=x", "show: 'x' names nothing"),
        ("show=__proto__.x", "names nothing"),
        ("from=2024-01-01&from=2024-01-02", "from: given 2 times; give it once"),
        ("text=" + "a" * 201, "text: has 201 characters; give 200 at most"),
        ("&".join(["type=AID"] * 201), "more than 200 fields"),
        ("type=%ff", "not UTF-8"),
    ],
)
def test_what_is_asked_wrongly_is_told_in_one_line(client: TestClient, query: str, told: str) -> None:
    answer = client.get(f"/api/view?{query}")
    assert answer.status_code == 400
    assert told in answer.json()["detail"]
    assert "\n" not in answer.json()["detail"]


@pytest.mark.parametrize(
    "text", ["<script>", "'; DROP", "\x00", "../../etc/passwd", "__proto__", "\ud83d", "a\u202eb", "%00"]
)
def test_hostile_values_name_nothing_and_break_nothing(client: TestClient, text: str) -> None:
    given = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    for name in ("actor", "article", "unfold", "text"):
        answer = client.get("/api/view", params={name: given})
        assert answer.status_code == 200
        assert "<" not in answer.text
    assert client.get("/api/view", params={"show": f"event.{given}"}).json()["shown"]["events"]


def test_an_answer_is_capped_and_comes_once(client: TestClient, index: Index) -> None:
    first = client.get("/api/view?rows=1000&cards=200&actors=all&view=map")
    assert len(first.json()["rows"]) == min(1000, index.events)
    assert len(first.json()["graph"]["edges"]) <= 240
    again = client.get(
        "/api/view?rows=1000&cards=200&actors=all&view=map", headers={"If-None-Match": first.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


def test_pages_of_rows_are_all_events_each_once(client: TestClient, index: Index) -> None:
    rows = [
        at
        for skip in range(0, index.events, 50)
        for at in client.get(f"/api/view?sort=who.down&rows=50&skip={skip}").json()["rows"]
    ]
    assert sorted(rows) == list(range(index.events))


def test_values_are_found_by_word(client: TestClient, index: Index) -> None:
    told = client.get("/api/view/values?kind=actor&find=Spokes").json()
    assert told["values"]
    assert all("spokes" in word.lower() for _, word, _ in told["values"])
    assert {node["name"] for node in told["nodes"].values()} == {value for value, _, _ in told["values"]}
    every = client.get("/api/view/values?kind=actor&every=1&type=AID").json()
    assert len(every["values"]) == min(500, index.actors)
    assert client.get("/api/view/values").json()["detail"].startswith("kind: unknown kind of choice ''")


def test_the_start_and_the_description_name_the_view(client: TestClient, index: Index) -> None:
    told = client.get("/api/view/start").json()
    assert (told["totalEvents"], told["totalActors"], told["state"]) == (index.events, index.actors, "one")
    described = client.get("/openapi.json").json()
    paths = {"/api/view", "/api/view/start", "/api/view/values", "/api/view/actors", "/api/view/events.csv"}
    assert paths <= set(described["paths"])
    assert "requestBody" in described["paths"]["/api/view/within"]["post"]
    names = {p["name"] for p in described["paths"]["/api/view"]["get"]["parameters"]}
    assert {"country", "from", "show", "rows"} <= names
    assert "/api/view" in client.get("/docs").text


def test_a_small_store_is_in_the_page_and_a_large_one_is_asked_for(
    client: TestClient, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert '"address"' not in client.get("/explore").text
    monkeypatch.setattr(explore, "MOST", 0)
    page = explore.Explorer(folder, lambda: "one").page()
    assert '{"address": "/api/view"}' in page
    assert "connect-src &#39;self&#39;" in page
    assert "default-src &#39;none&#39;" in page


def test_the_index_is_built_beside_the_service_and_anew_for_a_new_state(folder: Path) -> None:
    states = itertools.chain(["a", "a", "b"], itertools.repeat("b"))
    keeper = Keeper(folder, lambda: next(states), patience=60.0)
    try:
        first = keeper.index()
        assert keeper.index() is first
        keeper._after = 0.0  # as if the rest after the first build were over
        assert keeper.index() is first, "the one before answers while the next is built"
        with keeper._turn:
            assert keeper._turn.wait_for(lambda: keeper._building is None, 60)
        assert keeper.index().state != first.state
    finally:
        keeper.close()


def test_a_store_that_cannot_be_read_and_one_that_takes_long_are_told(tmp_path: Path, folder: Path) -> None:
    gone = Keeper(tmp_path / "none", lambda: "a", patience=60.0)
    with pytest.raises(StoreError):
        gone.index()
    slow = Keeper(folder, lambda: "a", patience=0.0)
    try:
        with pytest.raises(PoolBusy, match="the events are being read, 0% so far"):
            slow.index()
    finally:
        slow.close()


def test_a_closed_keeper_leaves_no_process(folder: Path) -> None:
    keeper = Keeper(folder, lambda: "a", patience=0.0)
    with pytest.raises(PoolBusy):
        keeper.index()
    building: Any = keeper._building
    keeper.close()
    assert building.wait(20) != 0
    with pytest.raises(PoolBusy, match="ending"):
        keeper.index()

"""Counts and pages of events out of a store's summary: the same as out of the graph, without a query."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from kg.serve.app import make_app
from kg.store import open_store
from kg.store.layout import SUMMARY
from kg.store.snapshots import current

Pool = Any  # of conftest.py, which tests cannot import

PAGES = (
    "/api/dyads", "/api/questions/types", "/api/questions/months?since=2024-04", "/api/questions/types?country=AAA&limit=1",
    "/api/questions/types?limit=1&offset=1", "/api/dyads?offset=7", "/api/events", "/api/events?limit=1&offset=1",
    "/api/events?offset=9", "/api/events?type=CONSULT&status=expected", "/api/events?country=BBB&until=2024-03",
    "/api/events?since=2024-03-01&limit=1", "/api/events?type=AID", "/api/events?country=ZZZ",
    "/api/events?actor=ada", "/api/events?min_confidence=0.7",
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(rdf: ox.Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graphs of the service's tests in a store on disk, with a summary."""
    where = tmp_path_factory.mktemp("counted") / "kg-store"
    named = sorted((q for q in rdf if isinstance(q.graph_name, ox.NamedNode)), key=lambda q: q.graph_name.value)
    with open_store(where) as store:
        store.commit((g.value, list(found)) for g, found in groupby(named, key=lambda q: q.graph_name))
        assert store.summarise() is None
    return where


@pytest.fixture
def summarised(folder: Path, pool: Pool) -> Iterator[TestClient]:
    """A client of the service that finds the summary."""
    with TestClient(make_app(folder, pool), base_url="http://localhost") as opened:
        yield opened


@pytest.mark.parametrize("page", PAGES)
def test_a_summary_changes_no_answer(client: TestClient, summarised: TestClient, page: str) -> None:
    found = summarised.get(page)
    assert (found.status_code, found.json()) == (200, client.get(page).json())


@pytest.mark.parametrize(("page", "queries"), [("/api/dyads", 0), ("/api/questions/months", 0), ("/api/events", 3)])
def test_with_a_summary_nothing_is_counted_in_the_graph(
    summarised: TestClient, pool: Pool, page: str, queries: int
) -> None:
    summarised.get(page)
    assert len(pool.asked) == queries


def test_a_newer_state_without_a_summary_is_counted_in_the_graph(
    folder: Path, summarised: TestClient, pool: Pool
) -> None:
    summarised.get("/api/dyads")
    with open_store(folder) as store:
        store.commit([("https://w3id.org/dekg/id/graph/" + "f" * 16, [])], drop=[store.graphs()[0].rpartition("/")[2]])
    path = current(folder)
    assert path is not None
    assert not (path / SUMMARY).exists()
    summarised.get("/api/dyads")
    assert len(pool.asked) == 1


def test_an_event_that_is_gone_is_not_shown_without_its_properties(folder: Path, pool: Pool) -> None:
    with open_store(folder) as store:
        store.summarise()
    emptied = type(pool)(ox.Store())
    with TestClient(make_app(folder, emptied), base_url="http://localhost") as client:
        assert client.get("/api/events").json()["events"] == []

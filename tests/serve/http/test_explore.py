"""The page of ``kg draw``, served."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from kg.serve import explore
from kg.serve.app import make_app
from kg.store import open_store


@pytest.fixture
def folder(tmp_path: Path, pool: Any) -> Path:
    """A store on disk with the graphs of the hand-made articles."""
    with open_store(tmp_path / "store") as store:
        for name in pool.rdf.named_graphs():
            store.replace(name.value, pool.rdf.quads_for_pattern(None, None, None, name))
    return tmp_path / "store"


def test_the_page_shows_the_store_and_lets_only_its_own_scripts_run(folder: Path, pool: Any) -> None:
    with TestClient(make_app(folder, pool), base_url="http://localhost") as client:
        answer = client.get("/explore")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert answer.headers["content-security-policy"] == "frame-ancestors 'none'"
        assert "default-src &#39;none&#39;" in answer.text
        assert "Ada Ruler" in answer.text
        assert "<script>alert(1)" not in answer.text
        assert '<a href="/explore">' in client.get("/", headers={"Accept": "text/html"}).text


def test_it_is_drawn_anew_only_for_a_new_state(folder: Path, pool: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(explore, "draw", lambda store, *, served: drawn.append(store.location) or f"page {len(drawn)}")
    states = iter(["old", "old", "new"])
    shown = explore.Explorer(folder, lambda: next(states))
    assert [shown.page() for _ in range(3)] == ["page 1", "page 1", "page 2"]


def test_a_store_that_is_gone_is_told(tmp_path: Path, pool: Any) -> None:
    with TestClient(make_app(tmp_path / "none", pool), base_url="http://localhost") as client:
        assert client.get("/explore").status_code == 500

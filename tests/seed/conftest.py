"""The user's article, read once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import build, open_store
from kg.model import Coded
from kg.store import Store

ARTICLE = Path(__file__).resolve().parents[2] / "seeds" / "000_80078b18800f77d0.txt"


@pytest.fixture(scope="package")
def store() -> Iterator[Store]:
    with open_store(":memory:") as opened:
        report = build(ARTICLE, store=opened)
        assert report.problems == []
        yield opened


@pytest.fixture(scope="package")
def coded(store: Store) -> Coded:
    [key] = store.record_keys()
    found = store.record(key)
    assert found is not None
    return found

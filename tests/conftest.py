"""Fixtures for all tests: the seeds, built once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from kg.store import Store

# No deadlines: on a shared machine they measure the neighbours.
settings.register_profile("kg", deadline=None)
settings.load_profile("kg")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The top folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def seed_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store on disk with the graph of seeds/; nobody may write to it."""
    from kg.pipeline import build

    folder = tmp_path_factory.mktemp("seeds") / "kg-store"
    report = build(ROOT / "seeds", store=folder)
    assert report.problems == []
    return folder


@pytest.fixture(scope="session")
def seed_store(seed_folder: Path) -> Iterator[Store]:
    """The graph of seeds/, open for reading."""
    from kg.store import open_store

    with open_store(seed_folder, read_only=True) as store:
        yield store

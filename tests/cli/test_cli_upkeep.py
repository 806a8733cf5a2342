"""``kg backup``, ``kg restore`` and ``kg compact``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg.store import open_store


@pytest.fixture
def store(tmp_path: Path) -> Path:
    import pyoxigraph as ox

    graph = "https://w3id.org/dekg/id/graph/00000000000000aa"
    with open_store(tmp_path / "kg-store") as opened:
        node = ox.NamedNode("https://example.org/a")
        opened.replace(graph, [ox.Quad(node, node, node, ox.NamedNode(graph))])
    return tmp_path / "kg-store"


def test_a_store_is_copied_and_put_back(run: Any, store: Path) -> None:
    copied = run("backup", "copy")
    assert (copied.exit_code, copied.stdout) == (0, "")
    assert copied.stderr.startswith("Copied kg-store to copy, ")
    again = run("restore", "copy")
    assert again.exit_code == 1
    assert "kg-store: there is something in it already; name a new or an empty folder; --force" in again.stderr
    assert run("restore", "copy", "--force").stderr == "Restored kg-store from copy.\n"
    with open_store(store, read_only=True) as opened:
        assert opened.count() == 1


def test_compact_tells_the_size_before_and_after(run: Any, store: Path) -> None:
    told = run("compact")
    assert told.exit_code == 0
    assert told.stdout.startswith("kg-store: 0.")
    assert told.stdout.endswith(" MB after.\n")


@pytest.mark.parametrize("words", [("backup", "copy"), ("restore", "copy"), ("compact",)])
def test_a_store_in_memory_is_none_to_copy(run: Any, words: tuple[str, ...]) -> None:
    told = run(*words, "--store", ":memory:")
    assert told.exit_code == 2
    assert ":memory:: this command needs a store in a folder" in told.stderr


def test_a_folder_that_is_no_store_is_told(run: Any, tmp_path: Path) -> None:
    assert "no store there; make one with: kg build" in run("backup", "copy").stderr
    assert "no store there" in run("compact").stderr

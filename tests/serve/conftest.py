"""A small store on disk for the query pool: a ring, a dense corner, and some texts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.serve.pool import Caps, QueryPool
from kg.store import open_store
from kg.vocab.namespaces import GRAPH

RING, DENSE = 200, 40
NEXT, NEAR, LABEL = (ox.NamedNode(f"http://example.org/{name}") for name in ("next", "near", "label"))


def ring_quads(graph: str) -> Iterator[ox.Quad]:
    """``RING`` nodes in a ring, of which the first ``DENSE`` are each near each other, all with a label."""
    name = ox.NamedNode(graph)
    nodes = [ox.NamedNode(f"http://example.org/n{i}") for i in range(RING)]
    for i, node in enumerate(nodes):
        yield ox.Quad(node, NEXT, nodes[(i + 1) % RING], name)
        yield ox.Quad(node, LABEL, ox.Literal(f"node {i} " + "a" * 40), name)
    for one in nodes[:DENSE]:
        for other in nodes[:DENSE]:
            if one != other:
                yield ox.Quad(one, NEAR, other, name)


@pytest.fixture(scope="module")
def ring_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store, with its one article graph ``graph:ring``."""
    folder = tmp_path_factory.mktemp("ring") / "kg-store"
    with open_store(folder) as store:
        store.replace(GRAPH + "ring", ring_quads(GRAPH + "ring"))
    return folder


@pytest.fixture(scope="module")
def ring_pool(ring_folder: Path) -> Iterator[QueryPool]:
    """Two workers on the store, with the time of a slow machine and little room."""
    with QueryPool(ring_folder, workers=2, caps=Caps(seconds=20.0, memory=150_000_000, answer=500_000)) as pool:
        yield pool


@pytest.fixture(scope="module")
def impatient_pool(ring_folder: Path) -> Iterator[QueryPool]:
    """Two workers on the store, with little time and room."""
    caps = Caps(seconds=0.7, memory=150_000_000, answer=500_000)
    with QueryPool(ring_folder, workers=2, caps=caps) as pool:
        yield pool

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.store import Store, open_store

TRUCE = Path(__file__).with_name("truce.trig")


def fill(store: Store, path: Path = TRUCE) -> Store:
    graphs: dict[str, list[ox.Quad]] = defaultdict(list)
    for quad in ox.parse(path=path, format=ox.RdfFormat.TRIG):
        assert isinstance(quad.graph_name, ox.NamedNode)
        graphs[quad.graph_name.value].append(quad)
    for graph, quads in graphs.items():
        store.replace(graph, quads)
    return store


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store(":memory:") as opened:
        yield fill(opened)

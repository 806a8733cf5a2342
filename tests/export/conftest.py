from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.store import Store, open_store

TRUCE = Path(__file__).parents[1] / "query" / "truce.trig"


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


@pytest.fixture
def plain_store() -> Iterator[Store]:
    """The same graph without the control character that XML cannot hold."""
    with open_store(":memory:") as opened:
        fill(opened)
        for graph in opened.graphs():
            opened.replace(graph, [without_escape(quad) for quad in opened.quads(graph)])
        yield opened


def without_escape(quad: ox.Quad) -> ox.Quad:
    if isinstance(quad.object, ox.Literal) and "\x1b" in quad.object.value:
        return ox.Quad(quad.subject, quad.predicate, ox.Literal("villagers", language="en"), quad.graph_name)
    return quad

from __future__ import annotations

import io
from collections.abc import Callable

import networkx as nx
import pytest

from kg.export import export
from kg.export.network import network
from kg.export.options import Options
from kg.store import Store

READERS: dict[str, Callable[[io.BytesIO], nx.MultiDiGraph]] = {  # type: ignore[type-arg]
    "graphml": lambda data: nx.read_graphml(data, force_multigraph=True),
    "gexf": nx.read_gexf,
}


def edges(graph: nx.Graph) -> set[tuple[str, str, str]]:  # type: ignore[type-arg]
    return {(a, b, data["role"]) for a, b, data in graph.edges(data=True)}


@pytest.mark.parametrize("name", READERS)
def test_the_network_is_read_back_with_its_nodes_and_edges(store: Store, name: str) -> None:
    found = READERS[name](io.BytesIO(export(store, format=name)))
    wanted = network(store, Options())
    assert set(found.nodes) == set(wanted.nodes)
    assert edges(found) == edges(wanted)
    assert found.nodes["ev:e1"]["first_day"] == "2023-11-24"
    assert found.nodes["ent:hamas"]["sector"] == "REB"


def test_an_event_with_a_mediator_is_one_node(store: Store) -> None:
    graph = network(store, Options())
    assert {(a, d["role"]) for a, _, d in graph.in_edges("ev:e1", data=True)} == {
        ("ent:hamas", "actor"),
        ("ent:israel", "actor"),
        ("ent:qatar", "mediator"),
    }
    assert list(graph.successors("ev:e8")) == ["ent:hamas"]


def test_all_attributes_are_text(store: Store) -> None:
    graph = network(store, Options(untyped=True))
    values = [v for _, data in graph.nodes(data=True) for v in data.values()]
    assert all(isinstance(v, str) for v in values)
    assert "ev:e6" in graph


def test_characters_that_xml_cannot_hold_are_replaced(store: Store) -> None:
    assert network(store, Options()).nodes["ent:x-0123456789abcdef"]["label"] == "=villagers\ufffd[2J | 北京"


def test_no_clock_time_is_written(store: Store) -> None:
    assert b"lastmodifieddate" not in export(store, format="gexf")


def test_the_ids_of_edges_are_unique_in_the_file(store: Store) -> None:
    import re

    ids = re.findall(rb'<edge [^>]*?id="([^"]*)"', export(store, format="graphml"))
    assert len(ids) == len(set(ids)) > 0

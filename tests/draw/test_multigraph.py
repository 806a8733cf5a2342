"""The events as a networkx graph."""

from __future__ import annotations

import io
from collections.abc import Callable

import networkx as nx
import pytest

from kg.draw import to_networkx
from kg.errors import UsageError
from kg.store import Store

ENT = "https://w3id.org/dekg/id/entity/"
EV = "https://w3id.org/dekg/id/event/"


def test_actors_carry_typed_attributes(store: Store) -> None:
    node = to_networkx(store).nodes[ENT + "ada"]
    assert node == {
        "node": "actor",
        "label": "Ada Ruler",
        "kind": "person",
        "country": "AAA",
        "sector": "GOV",
    }


def test_an_event_of_two_is_an_edge_under_its_own_iri(store: Store) -> None:
    edge = to_networkx(store).edges[ENT + "ada", ENT + "bland", EV + "call"]
    assert edge == {
        "id": EV + "call",
        "label": "Ada Ruler phones Bland",
        "type": "CONSULT",
        "mode": "phone",
        "stance": "cooperation",
        "status": "Occurred",
        "done": True,
        "begin": "2024-03-01",
        "confidence": 0.9,
    }


def test_parallel_events_stay_apart(store: Store) -> None:
    assert set(to_networkx(store)[ENT + "ada"][ENT + "bland"]) == {EV + "call", EV + "visit"}


def test_an_event_with_a_mediator_is_a_node_joined_to_its_parties(store: Store) -> None:
    graph = to_networkx(store)
    assert graph.nodes[EV + "talks"]["node"] == "event"
    roles = {(a, data["role"]) for a, _, data in graph.in_edges(EV + "talks", data=True)}
    assert roles == {(ENT + "aland", "actor"), (ENT + "bland", "actor"), (ENT + "cland", "mediator")}


def test_an_event_of_one_is_a_node(store: Store) -> None:
    graph = to_networkx(store)
    assert list(graph.in_edges(EV + "speech")) == [(ENT + "league", EV + "speech")]


def test_filters_are_those_of_draw(store: Store) -> None:
    graph = to_networkx(store, actor="ada", status=["Occurred"])
    assert [key for *_, key in graph.edges(keys=True)] == [EV + "call"]
    with pytest.raises(UsageError, match="unknown status"):
        to_networkx(store, status=["Done"])


def test_networkx_can_write_it(store: Store) -> None:
    written = io.BytesIO()
    nx.write_graphml(to_networkx(store), written)
    assert b"Ada Ruler" in written.getvalue()


def test_attributes_are_plain_values_that_every_writer_can_write(store: Store) -> None:
    graph = to_networkx(store)
    found = [d for _, d in graph.nodes(data=True)] + [d for _, _, d in graph.edges(data=True)]
    kinds: dict[str, set[type]] = {}
    for attributes in found:
        for name, value in attributes.items():
            kinds.setdefault(name, set()).add(type(value))
    assert kinds.pop("done") == {bool}
    assert kinds.pop("confidence") == {float}
    assert set(kinds) == {
        "node", "label", "kind", "country", "sector", "id", "type", "mode", "stance", "status", "begin", "end", "role",
    }  # fmt: skip
    assert all(types == {str} for types in kinds.values())


def test_a_store_without_events_gives_an_empty_graph(fill: Callable[[str], Store]) -> None:
    graph = to_networkx(fill(""))
    assert isinstance(graph, nx.MultiDiGraph)
    assert (len(graph), graph.size()) == (0, 0)

"""What every export format promises."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.export import FORMATS, export, format_for
from kg.graph.run import RUNS_GRAPH
from kg.store import Store, open_store

TRUCE = Path(__file__).parents[1] / "query" / "truce.trig"
DATASETS = {"trig": ox.RdfFormat.TRIG, "nq": ox.RdfFormat.N_QUADS, "jsonld": ox.RdfFormat.JSON_LD}
UNIONS = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "rdf": ox.RdfFormat.RDF_XML}


def printable(quad: ox.Quad) -> ox.Quad:
    """RDF/XML cannot hold the control character that the graph has on purpose."""
    if isinstance(quad.object, ox.Literal) and "\x1b" in quad.object.value:
        return ox.Quad(quad.subject, quad.predicate, ox.Literal("villagers", language="en"), quad.graph_name)
    return quad


def filled(*, backwards: bool = False) -> Store:
    graphs: dict[str, list[ox.Quad]] = defaultdict(list)
    for quad in ox.parse(path=TRUCE, format=ox.RdfFormat.TRIG):
        graphs[str(quad.graph_name)[1:-1]].append(printable(quad))
    store = open_store(":memory:")
    for graph in sorted(graphs, reverse=backwards):
        store.replace(graph, sorted(graphs[graph], key=str, reverse=backwards))
    return store


@pytest.fixture
def store() -> Iterator[Store]:
    with filled() as opened:
        yield opened


def wanted(store: Store) -> set[ox.Quad]:
    return {q for graph in store.graphs() if graph != RUNS_GRAPH for q in store.quads(graph)}


@pytest.mark.parametrize("name", FORMATS)
def test_an_export_writes_something_and_ends_in_a_line_break(store: Store, name: str) -> None:
    assert export(store, format=name).endswith(b"\n")


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_graph_gives_the_same_bytes_whatever_the_order_it_came_in(store: Store, name: str) -> None:
    with filled(backwards=True) as other:
        assert export(other, format=name) == export(store, format=name)


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_store_can_be_exported(name: str) -> None:
    with open_store(":memory:") as empty:
        assert isinstance(export(empty, format=name), bytes)


@pytest.mark.parametrize("name", FORMATS)
def test_the_ending_of_a_file_stands_for_the_format(store: Store, tmp_path: Path, name: str) -> None:
    target = tmp_path / f"graph{FORMATS[name].suffix}"
    assert format_for(target) == name
    export(store, target)
    assert target.read_bytes() == export(store, format=name)


@pytest.mark.parametrize("name", DATASETS)
def test_what_holds_graphs_is_read_back_quad_for_quad(store: Store, name: str) -> None:
    assert set(ox.parse(export(store, format=name), format=DATASETS[name])) == wanted(store)


@pytest.mark.parametrize("name", UNIONS)
def test_what_holds_no_graphs_is_read_back_triple_for_triple(store: Store, name: str) -> None:
    found = {q.triple for q in ox.parse(export(store, format=name), format=UNIONS[name])}
    assert found == {q.triple for q in wanted(store)}


@pytest.mark.parametrize("name", [*DATASETS, *UNIONS])
def test_no_blank_node_is_written(store: Store, name: str) -> None:
    kind = (DATASETS | UNIONS)[name]
    for quad in ox.parse(export(store, format=name), format=kind):
        assert not isinstance(quad.subject, ox.BlankNode)
        assert not isinstance(quad.object, ox.BlankNode)


def test_the_formats_are_described() -> None:
    assert all(format_.help and re.fullmatch(r"\.\w+", format_.suffix) for format_ in FORMATS.values())


_DIGESTS = """
import hashlib, sys
sys.path.insert(0, sys.argv[1])
from test_exports_contract import FORMATS, export, filled
with filled() as store:
    print({name: hashlib.sha256(export(store, format=name)).hexdigest() for name in FORMATS})
"""


def test_two_processes_with_other_hash_seeds_write_the_same_bytes() -> None:
    folder = str(Path(__file__).parent)
    found = [
        subprocess.run(
            [sys.executable, "-c", _DIGESTS, folder],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[2])},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    ]  # fmt: skip
    assert found[0] == found[1]
    assert "sha" not in found[0]
    assert len(found[0]) > 64 * len(FORMATS)

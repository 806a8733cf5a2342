"""Graphs that updates wrote, beside those of articles: what keeps them, what they may not keep, and kills."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.errors import StoreError
from kg.export import export
from kg.store import open_store
from kg.store.commits import MEND
from kg.store.disk import UNFINISHED
from kg.store.layout import prepare
from kg.store.updating import UpdatableStore
from kg.store.upkeep import backup, compact, restore
from kg.vocab.namespaces import GRAPH

A, B = GRAPH + "000000000000000a", GRAPH + "000000000000000b"
S, P = ox.NamedNode("urn:s"), ox.NamedNode("urn:p")
SAME = "INSERT DATA { GRAPH <urn:own> { <urn:s> <urn:p> 'a' . <urn:s> <urn:p> 'own' . _:b <urn:p> 1 } }"


def said(graph: str, *texts: str) -> list[ox.Quad]:
    return [ox.Quad(S, P, ox.Literal(text), ox.NamedNode(graph)) for text in texts]


def union(folder: Path) -> set[str]:
    with open_store(folder, read_only=True) as store:
        return {str(row[0]) for row in store.query("SELECT ?o { ?s ?p ?o }").rows}


def own(folder: Path) -> int:
    with open_store(folder, read_only=True) as store:
        return len(list(store.quads("urn:own")))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two articles, and a graph of a user's own that says what one of them says, and more."""
    where = tmp_path / "kg-store"
    with open_store(where) as store:
        store.replace(A, said(A, "a", "both"))
        store.replace(B, said(B, "b", "both"))
    opened = UpdatableStore(where)
    opened.update(SAME)
    opened.close()
    return where


def test_the_union_is_what_articles_say_and_nothing_that_updates_wrote(folder: Path) -> None:
    assert union(folder) == {"a", "b", "both"}
    with open_store(folder) as store:
        store.remove(A)
    assert union(folder) == {"b", "both"}
    with open_store(folder) as store:
        store.commit([(B, said(B, "b")), (A, said(A, "a"))])
        store.commit([(A, ())])
    assert (union(folder), own(folder)) == ({"b"}, 3)


def test_a_union_that_is_mended_takes_nothing_of_updates() -> None:
    rdf = ox.Store()
    rdf.extend([*said(A, "a"), *said("urn:own", "own"), ox.Quad(S, P, ox.Literal("own"))])
    rdf.update(MEND)
    assert [q.object.value for q in rdf.quads_for_pattern(None, None, None, ox.DefaultGraph())] == ["a"]


def test_ones_own_graphs_are_kept_copied_and_exported_by_name(folder: Path, tmp_path: Path) -> None:
    compact(folder)
    backup(folder, tmp_path / "copy")
    restore(tmp_path / "copy", tmp_path / "again")
    assert own(folder) == own(tmp_path / "again") == 3
    with open_store(folder, read_only=True) as store:
        assert export(store, format="nq").count(b"<urn:own> .") == 3
        assert b"own" not in export(store, format="nt")
    told = CliRunner().invoke(main, ["info", "--store", str(folder)])
    assert "1 graph that updates wrote, beside what the articles say" in told.stdout
    checked = CliRunner().invoke(main, ["check", "--store", str(folder)])
    assert "Checking 4 statements" in checked.stderr


def test_a_scratch_store_is_copied_and_exported_with_its_default_graph(tmp_path: Path) -> None:
    prepare(tmp_path / "s", scratch=True)
    opened = UpdatableStore(tmp_path / "s")
    opened.update("INSERT DATA { <urn:s> <urn:p> 1 GRAPH <urn:own> { <urn:s> <urn:p> 2 } }")
    opened.close()
    backup(tmp_path / "s", tmp_path / "copy")
    with open_store(tmp_path / "copy", read_only=True) as store:
        assert len(export(store, format="nq").splitlines()) == 2
        assert len(export(store, format="nt").splitlines()) == 1
    with pytest.raises(StoreError, match="a scratch store"):
        open_store(tmp_path / "copy")
    built = CliRunner().invoke(main, ["build", str(tmp_path / "s"), "--store", str(tmp_path / "s")])
    assert (built.exit_code, "build articles into another folder" in built.stderr) == (1, True)


def test_a_build_that_was_cut_off_is_finished_first(folder: Path) -> None:
    (folder / UNFINISHED).write_text("one step")
    with pytest.raises(StoreError, match="a build was cut off within; finish it with: kg build"):
        UpdatableStore(folder)


WRITER = """
import sys
from pathlib import Path
from kg.store.updating import UpdatableStore
opened = UpdatableStore(Path(sys.argv[1]))
for n in range(int(sys.argv[2]), 100000):
    triples = " ".join(f"<urn:s{n}> <urn:p> {i} ." for i in range(50))
    opened.update(f"DELETE WHERE {{ GRAPH <urn:last> {{ ?s ?p ?o }} }} ; "
                  f"INSERT DATA {{ GRAPH <urn:own> {{ {triples} }} GRAPH <urn:last> {{ <urn:s{n}> <urn:p> {n} }} }}")
    opened.publish()
    print(n, flush=True)
"""


@pytest.mark.parametrize("kills", [2, pytest.param(30, marks=pytest.mark.long)])
def test_a_kill_tears_no_update_and_loses_none_that_was_acknowledged(folder: Path, kills: int) -> None:
    chance, done = random.Random(4), 0
    for _ in range(kills):
        words = [sys.executable, "-c", WRITER, str(folder), str(done)]
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            acknowledged = int(process.stdout.readline())
            time.sleep(chance.random() * 0.3)
            process.kill()
            acknowledged = max([acknowledged, *map(int, process.stdout.read().split())])
        UpdatableStore(folder).close()
        with open_store(folder, read_only=True) as store:
            ask = "SELECT ?s (COUNT(*) AS ?n) { GRAPH <urn:own> { ?s ?p ?o FILTER isIRI(?s) } } GROUP BY ?s"
            counts = {str(s): int(str(n)) for s, n in store.query(ask).rows}
            (last,) = (int(str(row[0])) for row in store.query("SELECT ?o { GRAPH <urn:last> { ?s ?p ?o } }").rows)
        assert last in (acknowledged, acknowledged + 1)
        assert {counts.pop("urn:s"), *counts.values()} == {2, 50}
        assert sorted(counts) == sorted(f"urn:s{n}" for n in range(last + 1))
        assert union(folder) == {"a", "b", "both"}
        done = last + 1

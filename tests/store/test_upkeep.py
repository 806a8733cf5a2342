"""Backup, restore and compact."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import StoreBusy, StoreError
from kg.model import Article, Coded
from kg.store import open_store
from kg.store.upkeep import backup, compact, restore, size_bytes
from kg.vocab.iris import graph_iri

KEY = "a" * 16
GRAPH = graph_iri(KEY)
CODED = Coded(article=Article(id="one", text="text"))


def quad(text: str) -> ox.Quad:
    subject = ox.NamedNode("https://example.org/a")
    return ox.Quad(subject, ox.NamedNode("https://example.org/b"), ox.Literal(text), ox.NamedNode(GRAPH))


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A store with a graph, a record, a note and an article that waits."""
    with open_store(tmp_path / "s") as store:
        store.put_waiting(KEY, CODED)
        store.commit([(GRAPH, [quad("x")])], keep=[KEY])
        store.put_note("links", "mine")
        store.put_note("written", "{}")
        store.put_waiting("b" * 16, CODED)
    return tmp_path / "s"


def held(folder: Path) -> tuple[object, ...]:
    with open_store(folder, read_only=True) as store:
        quads = [str(q) for q in store.quads(ordered=True)]
        return quads, store.record(KEY), store.note("links"), store.waiting_keys()


def test_a_backup_restored_is_the_same_store(filled: Path, tmp_path: Path) -> None:
    assert backup(filled, tmp_path / "copy") == size_bytes(tmp_path / "copy") > 0
    before = held(filled)
    assert before == ([str(quad("x"))], CODED, "mine", ("b" * 16,))
    shutil.rmtree(filled)
    restore(tmp_path / "copy", tmp_path / "new")
    assert held(tmp_path / "new") == before
    with open_store(tmp_path / "new") as store:
        assert store.note("written") is None
    assert sorted(p.name for p in tmp_path.iterdir()) == ["copy", "new"]


def test_a_backup_is_taken_beside_a_writer(filled: Path, tmp_path: Path) -> None:
    with open_store(filled) as store:
        store.replace(GRAPH, [quad("not published")])
        backup(filled, tmp_path / "copy")
    assert held(tmp_path / "copy")[0] == [str(quad("x"))]


def test_a_backup_does_not_follow_what_the_store_does_later(filled: Path, tmp_path: Path) -> None:
    backup(filled, tmp_path / "copy")
    with open_store(filled) as store:
        store.commit([], drop=[KEY])
    assert held(tmp_path / "copy")[:2] == ([str(quad("x"))], CODED)


def test_neither_writes_over_what_is_there(filled: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter").touch()
    with pytest.raises(StoreError, match="full: there is something in it already; name a new or an empty folder"):
        backup(filled, tmp_path / "full")
    backup(filled, tmp_path / "copy")
    with pytest.raises(StoreError, match="--force puts the backup in its place"):
        restore(tmp_path / "copy", filled)
    with pytest.raises(StoreError, match="there is something in it already"):
        restore(tmp_path / "copy", tmp_path / "full", force=True)
    assert [p.name for p in (tmp_path / "full").iterdir()] == ["letter"]


def test_force_puts_a_backup_in_the_place_of_a_store(filled: Path, tmp_path: Path) -> None:
    backup(filled, tmp_path / "copy")
    with open_store(filled) as store:
        store.commit([], drop=[KEY])
        with pytest.raises(StoreBusy, match="has the store open for writing"):
            restore(tmp_path / "copy", filled, force=True)
    restore(tmp_path / "copy", filled, force=True)
    assert held(filled)[0] == [str(quad("x"))]


def test_a_damaged_backup_leaves_the_store_as_it_was(filled: Path, tmp_path: Path) -> None:
    backup(filled, tmp_path / "copy")
    (tmp_path / "copy" / "rdf" / "CURRENT").write_text("junk")
    with pytest.raises(StoreError, match="damaged"):
        restore(tmp_path / "copy", filled, force=True)
    assert held(filled)[0] == [str(quad("x"))]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["copy", "s"]


def test_compact_drops_what_no_article_needs_and_keeps_the_rest(filled: Path) -> None:
    (filled / "records" / f"{'c' * 16}.json").write_text("{}")
    (filled / "records" / ".x.json.0a1b2c3d.part").write_text("{")
    before = held(filled)
    done = compact(filled)
    assert done.dropped == 2
    assert done.bytes_after == size_bytes(filled)
    assert held(filled) == before
    assert sorted(p.name for p in (filled / "records").iterdir()) == [f"{KEY}.json"]
    assert len(list((filled / "snapshots").glob("0*"))) == 1


def test_a_file_with_two_names_counts_once(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("four")
    (tmp_path / "b").hardlink_to(tmp_path / "a")
    assert size_bytes(tmp_path) == 4

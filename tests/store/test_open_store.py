from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import StoreBusy, StoreError
from kg.store import open_store
from kg.store.embedded import EmbeddedStore
from kg.store.holder import holder_of, write_holder
from kg.store.records import MemoryRecords
from kg.store.trouble import store_error
from kg.vocab.iris import graph_iri

GRAPH = graph_iri("a" * 16)
QUAD = ox.Quad(
    ox.NamedNode("https://example.org/a"),
    ox.NamedNode("https://example.org/b"),
    ox.Literal("x"),
    ox.NamedNode(GRAPH),
)


def filled(folder: Path) -> Path:
    with open_store(folder) as store:
        store.replace(GRAPH, [QUAD])
    return folder


def test_a_store_on_disk_is_there_when_opened_again(tmp_path: Path) -> None:
    with open_store(filled(tmp_path / "s")) as store:
        assert [str(q) for q in store.quads()] == [str(QUAD)]
        assert len(store.query("SELECT ?s { ?s ?p ?o }")) == 1


def test_the_place_comes_from_the_environment_then_from_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KG_STORE", ":memory:")
    assert open_store().location == ":memory:"
    monkeypatch.delenv("KG_STORE")
    with open_store() as store:
        assert store.location == "kg-store"
    assert (tmp_path / "kg-store" / "layout.json").is_file()


def test_an_address_is_not_a_place(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="a store is a folder or :memory:"):
        open_store("https://example.org/sparql")


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("dear")
    with pytest.raises(StoreError, match=r"not a store, it holds 'letters.txt'"):
        open_store(tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["letters.txt"]


def test_an_empty_folder_or_one_cut_off_while_being_made_becomes_a_store(tmp_path: Path) -> None:
    (tmp_path / ".layout.json.0a1b2c3d.part").write_text("{")
    with open_store(tmp_path) as store:
        assert store.count() == 0


@pytest.mark.parametrize("read_only", [False, True])
def test_a_file_in_the_way_is_named(tmp_path: Path, read_only: bool) -> None:
    (tmp_path / "s").write_text("x")
    with pytest.raises(StoreError, match="a file is in the way"):
        open_store(tmp_path / "s", read_only=read_only)


@pytest.mark.parametrize(
    ("layout", "message"),
    [
        ('{"layout": 0}', "a store of layout 0, this kg reads layout 1; build it anew .*: kg build SOURCES --store "),
        ('{"layout": 99}', "a store of layout 99, this kg reads layout 1; install the newer kg with: pip"),
        ("rubbish", "not the layout of a store"),
        ("[]", "not the layout of a store"),
    ],
)
def test_another_layout_is_refused(tmp_path: Path, layout: str, message: str) -> None:
    (tmp_path / "layout.json").write_text(layout)
    with pytest.raises(StoreError, match=message):
        open_store(tmp_path)


def test_a_second_writer_is_told_who_holds_the_store_and_a_reader_is_not_in_the_way(tmp_path: Path) -> None:
    with open_store(filled(tmp_path / "s")):
        code = (
            "import sys; from kg.errors import StoreBusy; from kg.store import open_store\n"
            "with open_store(sys.argv[1], read_only=True) as store: print(store.count())\n"
            "try: open_store(sys.argv[1])\n"
            "except StoreBusy as error: print(error)\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / "s")], capture_output=True, text=True, check=True
        )
    told = f"process {os.getpid()} has the store open for writing; close it or wait, then run again"
    assert done.stdout.splitlines() == ["1", f"{tmp_path / 's'}: {told}"]


def test_the_same_process_cannot_open_it_twice(tmp_path: Path) -> None:
    with open_store(tmp_path), pytest.raises(StoreBusy, match=f"process {os.getpid()}"):
        open_store(tmp_path)


def test_readers_open_side_by_side_and_cannot_write(tmp_path: Path) -> None:
    filled(tmp_path / "s")
    with open_store(tmp_path / "s", read_only=True) as one, open_store(tmp_path / "s", read_only=True) as two:
        assert one.query("ASK { ?s ?p ?o }").truth is two.query("ASK { ?s ?p ?o }").truth is True
        with pytest.raises(StoreError, match="opened for reading only"):
            one.replace(GRAPH, [])


@pytest.mark.parametrize("made", [False, True])
def test_reading_needs_a_store_that_holds_something(tmp_path: Path, made: bool) -> None:
    if made:
        (tmp_path / "layout.json").write_text('{"layout": 1}')
    with pytest.raises(StoreError, match="kg build seeds/"):
        open_store(tmp_path, read_only=True)


@pytest.mark.parametrize(
    "holder",
    [
        {"pid": 2**22 + 1, "started": None},
        {"pid": os.getpid(), "started": 1},
        {"pid": -1, "started": None},
        {"pid": "x"},
        [],
    ],
)
def test_the_word_of_a_process_that_has_ended_does_not_count(tmp_path: Path, holder: object) -> None:
    filled(tmp_path)
    (tmp_path / "holder").write_text(json.dumps(holder))
    if sys.platform == "linux":
        assert holder_of(tmp_path) is None
    with open_store(tmp_path) as store:
        assert store.count() == 1


def test_a_process_that_may_not_be_asked_is_alive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(pid: int, signal: int) -> None:
        raise PermissionError

    write_holder(tmp_path)
    monkeypatch.setattr("kg.store.holder.os.kill", forbidden)
    assert holder_of(tmp_path) == os.getpid()


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "the disk is full"),
        (OSError("IO error: No space left on device: While appending to file"), "the disk is full"),
        (OSError(errno.EROFS, "Read-only file system"), "open it with read_only=True"),
        (PermissionError(errno.EACCES, "Permission denied"), "no permission"),
        (RuntimeError("Corruption: bad block"), r"damaged \(Corruption: bad block\)"),
        (OSError("IO error: something else"), "s: IO error: something else"),
        (OSError(), "s: unknown error"),
    ],
)
def test_what_the_disk_says_becomes_one_line(error: OSError, message: str) -> None:
    told = store_error("s", error)
    assert isinstance(told, StoreError)
    assert not isinstance(told, StoreBusy)
    with pytest.raises(StoreError, match=message):
        raise told


def test_a_lock_of_an_unknown_process_is_busy() -> None:
    assert isinstance(store_error("s", OSError("While lock file: x")), StoreBusy)


class FullDisk:
    """A database that finds no room."""

    def contains_named_graph(self, _: object) -> bool:
        return False

    def load(self, *_: object, **__: object) -> None:
        raise OSError("IO error: No space left on device")


def test_a_full_disk_is_reported_from_the_transaction() -> None:
    store = EmbeddedStore(FullDisk(), MemoryRecords(), location="s")  # type: ignore[arg-type]
    with pytest.raises(StoreError, match="s: the disk is full"):
        store.replace(GRAPH, [QUAD])


@pytest.mark.parametrize(
    "lines", [b"<urn:a> <urn:b> <urn:c> .", b"<urn:a> <urn:b> <urn:c>.\n<urn:a> <urn:b> <urn:d> .\n"]
)
def test_a_line_that_does_not_end_as_each_should_is_refused(lines: bytes) -> None:
    with open_store(":memory:") as store:
        with pytest.raises(StoreError, match=r"a line does not end with ' \.'"):
            store.commit([(GRAPH, lines)])
        assert store.graphs() == ()


def test_a_damaged_database_is_reported(tmp_path: Path) -> None:
    filled(tmp_path)
    (tmp_path / "rdf" / "CURRENT").write_text("junk")
    with pytest.raises(StoreError, match="damaged"):
        open_store(tmp_path)


def test_the_location_is_escaped_in_a_notebook(tmp_path: Path) -> None:
    store = EmbeddedStore(ox.Store(), MemoryRecords(), location="<b>&")
    assert "&lt;b&gt;&amp;" in store._repr_html_()
    store.close()
    assert store._repr_html_() == "<p>&lt;b&gt;&amp;: the store is closed; open it again with open_store</p>"
    assert repr(store) == "<kg store <b>& (closed)>"


def test_flushing_a_reader_does_nothing(tmp_path: Path) -> None:
    with open_store(filled(tmp_path), read_only=True) as store:
        store.flush()
        assert store.count() == 1

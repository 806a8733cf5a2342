"""Readers beside a writer: what they see, and that it stays."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import StoreError
from kg.model import Article, Coded
from kg.store import Store, open_store
from kg.store.disk import UNFINISHED
from kg.store.snapshots import KEPT, current, hold
from kg.vocab.iris import graph_iri

KEY = "a" * 16
GRAPH = graph_iri(KEY)


def quad(text: str, graph: str = GRAPH) -> ox.Quad:
    subject = ox.NamedNode("https://example.org/a")
    return ox.Quad(subject, ox.NamedNode("https://example.org/b"), ox.Literal(text), ox.NamedNode(graph))


def coded(text: str) -> Coded:
    return Coded(article=Article(id="one", text=text))


def write(store: Store, text: str, key: str = KEY) -> None:
    store.put_waiting(key, coded(text))
    store.commit([(graph_iri(key), [quad(text, graph_iri(key))])], keep=[key])


def seen(store: Store, key: str = KEY) -> tuple[list[str], str | None]:
    record = store.record(key)
    return [str(q.object) for q in store.quads()], record.article.text if record else None


def test_a_reader_sees_what_was_published_last_while_a_writer_goes_on(tmp_path: Path) -> None:
    with open_store(tmp_path) as writer:
        write(writer, "first")
        with open_store(tmp_path, read_only=True) as early:
            write(writer, "second")
            with open_store(tmp_path, read_only=True) as late:
                assert seen(early) == (['"first"'], "first")
                assert seen(late) == (['"second"'], "second")


def test_what_was_not_published_is_not_seen_until_the_writer_flushes(tmp_path: Path) -> None:
    with open_store(tmp_path) as writer:
        writer.replace(GRAPH, [quad("new")])
        with open_store(tmp_path, read_only=True) as reader:
            assert reader.count() == 0
        writer.flush()
        with open_store(tmp_path, read_only=True) as reader:
            assert reader.count() == 1


def test_a_snapshot_that_is_held_stays_and_with_it_its_records(tmp_path: Path) -> None:
    with open_store(tmp_path) as writer:
        write(writer, "text 0")
        with open_store(tmp_path, read_only=True) as reader:
            for n in range(1, 6):
                write(writer, f"text {n}")
            assert seen(reader) == (['"text 0"'], "text 0")
            assert len(list((tmp_path / "snapshots").glob("0*"))) == KEPT + 1
        writer.commit([], drop=[KEY])
        assert len(list((tmp_path / "snapshots").glob("0*"))) == KEPT


def test_a_record_that_was_dropped_is_still_there_for_an_earlier_reader(tmp_path: Path) -> None:
    with open_store(tmp_path) as writer:
        write(writer, "text")
        with open_store(tmp_path, read_only=True) as reader:
            writer.commit([], drop=[KEY])
            assert reader.record_keys() == (KEY,)
            assert seen(reader) == (['"text"'], "text")
        assert (writer.record_keys(), writer.count()) == ((), 0)


def test_a_newer_snapshot_has_another_path(tmp_path: Path) -> None:
    assert current(tmp_path) is None
    assert hold(tmp_path) is None
    with open_store(tmp_path) as writer:
        first = current(tmp_path)
        writer.flush()
        assert current(tmp_path) == first
        write(writer, "text")
        second = current(tmp_path)
    assert first is not None
    assert second is not None
    assert second > first


def test_what_a_process_left_unpublished_is_published_by_the_next(tmp_path: Path) -> None:
    with open_store(tmp_path) as writer:
        write(writer, "first")
    holder = '{"pid": 4194305, "started": null}'
    with open_store(tmp_path) as writer:
        writer.replace(GRAPH, [quad("second")])
        writer._disk.unpublished = False  # type: ignore[attr-defined]
    (tmp_path / "holder").write_text(holder)
    with open_store(tmp_path), open_store(tmp_path, read_only=True) as reader:
        assert [str(q.object) for q in reader.quads()] == ['"second"']


def test_a_commit_that_was_cut_off_is_not_shown_to_readers(tmp_path: Path) -> None:
    def stopped() -> object:
        yield GRAPH, [quad("second")]
        raise KeyboardInterrupt

    with open_store(tmp_path) as writer:
        write(writer, "first")
        writer.put_waiting(KEY, coded("second"))
        with pytest.raises(KeyboardInterrupt):
            writer.commit(stopped(), keep=[KEY])  # type: ignore[arg-type]
    assert (tmp_path / UNFINISHED).exists()
    with open_store(tmp_path, read_only=True) as reader:
        assert seen(reader) == (['"first"'], "first")
    with open_store(tmp_path) as writer:
        assert writer.waiting_keys() == (KEY,)
        writer.commit([(GRAPH, [quad("second")])], keep=writer.waiting_keys())
    with open_store(tmp_path, read_only=True) as reader:
        assert seen(reader) == (['"second"'], "second")


def test_a_reader_of_a_first_build_that_was_cut_off_is_told_how_to_go_on(tmp_path: Path) -> None:
    with open_store(tmp_path):
        pass
    for file in (tmp_path / "snapshots").glob("current"):
        file.unlink()
    (tmp_path / UNFINISHED).write_text("one step")
    with pytest.raises(StoreError, match="go on with: kg build SOURCES --store"):
        open_store(tmp_path, read_only=True)


@pytest.mark.parametrize("step", [10**9, 3])
def test_many_graphs_are_committed_with_the_union_in_step(tmp_path: Path, step: int) -> None:
    def graph(n: int) -> str:
        return graph_iri(f"{n:016}")

    with open_store(tmp_path) as store:
        store.step = step  # type: ignore[attr-defined]
        store.commit([(graph(n), [quad("shared", graph(n)), quad(str(n), graph(n))]) for n in range(6)])
        changed = store.commit(
            [(graph(0), [quad("new", graph(0))]), (graph(1), []), (graph(2), [quad("shared", graph(2))])],
            drop=[f"{n:016}" for n in (3, 4, 5)],
        )
        assert changed == {graph(n) for n in range(6)}
        union = store.query("SELECT ?o { ?s ?p ?o } ORDER BY ?o").rows
        assert [str(row[0]) for row in union] == ["new", "shared"]
        assert store.graphs() == (graph(0), graph(2))
        assert store.commit([(graph(0), [quad("new", graph(0))])]) == frozenset()
        store.commit([(graph(0), []), (graph(2), [])])
        assert not store.query("ASK { ?s ?p ?o }").truth


def test_what_is_written_in_bulk_is_what_one_transaction_writes(tmp_path: Path) -> None:
    found = []
    for step in (10**9, 3):
        with open_store(tmp_path / str(step)) as store:
            store.step = step  # type: ignore[attr-defined]
            graphs = [graph_iri(f"{n:016}") for n in range(40)]
            store.commit((g, [quad("shared", g), quad(f"{n % 7}\n", g), quad(g, g)]) for n, g in enumerate(graphs))
            union = sorted(str(row) for row in store.query("SELECT * { ?s ?p ?o }").rows)
            found.append((sorted(map(str, store.quads())), union))
    assert found[0] == found[1]
    assert (len(found[0][0]), len(found[0][1])) == (120, 48)


def test_the_union_is_mended_when_a_process_was_killed_between_two_steps(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.commit([(GRAPH, [quad("x")])])
    rdf = ox.Store(str(tmp_path / "rdf"))
    rdf.extend([quad("y"), ox.Quad(quad("z").subject, quad("z").predicate, quad("z").object)])
    rdf.flush()
    del rdf
    (tmp_path / UNFINISHED).write_text("several steps")
    with open_store(tmp_path) as store:
        answer = store.query("SELECT ?o { ?s ?p ?o } ORDER BY ?o").rows
        assert [str(row[0]) for row in answer] == ["x", "y"]


def test_waiting_records_are_kept_apart(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.put_waiting(KEY, coded("text"))
    with open_store(tmp_path) as store:
        assert (store.waiting_keys(), store.record_keys()) == ((KEY,), ())
        found = store.waiting(KEY)
        assert found is not None
        assert found.article.text == "text"
        store.drop_waiting(KEY)
        assert store.waiting(KEY) is None

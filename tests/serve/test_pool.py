"""The query pool: right answers in every format, limits, whose turn it is, and workers that come and go."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import (
    AnswerTooLarge,
    KgError,
    PoolBusy,
    QueryCrashed,
    QueryError,
    QueryOutOfMemory,
    QueryRefused,
    QueryTimeout,
    StoreError,
    UsageError,
)
from kg.serve.asked import ASKER
from kg.serve.formats import GRAPHS, ROWS, chosen, wished
from kg.serve.pool import Caps, QueryPool, Request
from kg.store import open_store
from kg.vocab.namespaces import GRAPH
from tests.serve.processes import alive, until

EX = "PREFIX ex: <http://example.org/> "


ROW = EX + "SELECT ?o ?t { ex:n7 ex:next ?o ; ex:label ?t }"


TRIPLES = EX + "CONSTRUCT { ?o ex:before ex:n7 } WHERE { ex:n7 ex:next ?o }"


ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def number(pool: QueryPool, sparql: str = COUNT, **more: tuple[str, ...]) -> int:
    told = json.loads(pool.answer(Request(sparql, **more)).body)  # type: ignore[arg-type]
    return int(told["results"]["bindings"][0]["n"]["value"])


def worked(pid: int) -> float:
    """Seconds of the processor that a process has used."""
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


@pytest.mark.parametrize("media", ROWS)
def test_rows_come_in_each_format(ring_pool: QueryPool, media: str) -> None:
    result = ring_pool.answer(Request(ROW, media))
    assert result.media == media
    if media == "text/csv":
        assert sorted(result.body.decode().split("\r\n")[0].split(",")) == ["o", "t"]
        assert b"http://example.org/n8" in result.body
        return
    [row] = ox.parse_query_results(result.body, format=ox.QueryResultsFormat.from_media_type(media))
    assert (row["o"], row["t"]) == (ox.NamedNode("http://example.org/n8"), ox.Literal("node 7 " + "a" * 40))


@pytest.mark.parametrize("media", ROWS)
def test_truth_comes_in_each_format(ring_pool: QueryPool, media: str) -> None:
    body = ring_pool.answer(Request("ASK { ?s ?p ?o }", media)).body
    assert b"true" in body
    assert b"false" not in body


@pytest.mark.parametrize("media", GRAPHS)
def test_triples_come_in_each_format(ring_pool: QueryPool, media: str) -> None:
    result = ring_pool.answer(Request(TRIPLES, media))
    assert result.media == media
    [quad] = ox.parse(result.body, format=ox.RdfFormat.from_media_type(media))
    assert [t.value for t in (quad.subject, quad.predicate, quad.object)] == [
        "http://example.org/n8",
        "http://example.org/before",
        "http://example.org/n7",
    ]


def test_the_first_media_type_that_fits_the_form_is_taken(ring_pool: QueryPool) -> None:
    media = "text/turtle, text/csv, application/n-triples"
    assert ring_pool.answer(Request("ASK {}", media)).media == "text/csv"
    assert ring_pool.answer(Request(TRIPLES, media)).media == "text/turtle"


def test_a_media_type_that_does_not_fit_is_told(ring_pool: QueryPool) -> None:
    with pytest.raises(QueryError, match="text/turtle cannot hold the rows of SELECT and ASK; ask for application"):
        ring_pool.answer(Request("ASK {}", "text/turtle"))
    with pytest.raises(QueryError, match="text/csv cannot hold the triples"):
        ring_pool.answer(Request(TRIPLES, "text/csv"))
    with pytest.raises(UsageError, match="no answer comes as 'image/png'; known: application/sparql-results"):
        ring_pool.answer(Request("ASK {}", "image/png"))
    with pytest.raises(UsageError):
        wished(" , ")
    assert chosen("text/csv,text/turtle", graph=True) == "text/turtle"


@pytest.mark.parametrize(
    ("sparql", "media"),
    [
        ("SELECT ('\\u0001' AS ?x) {}", "application/sparql-results+xml"),
        ("CONSTRUCT { <urn:a> <urn:b> '\\uFFFF' } {}", "application/rdf+xml"),
        ("CONSTRUCT { <urn:a> <urn:1> 'x' } {}", "application/rdf+xml"),
        ("CONSTRUCT { ?s ?p <<( ?s ?p ?o )>> } { ?s ?p ?o }", "application/ld+json"),
    ],
)
def test_what_a_format_cannot_write_is_an_error_and_no_broken_answer(
    ring_pool: QueryPool, sparql: str, media: str
) -> None:
    with pytest.raises(QueryError, match="cannot hold this answer"):
        ring_pool.answer(Request(sparql, media))


def test_answers_are_those_of_the_store(ring_pool: QueryPool, ring_folder: Path) -> None:
    sparql = EX + "SELECT ?s ?o { ?s ex:next ?o } ORDER BY ?s"
    with open_store(ring_folder, read_only=True) as store:
        direct = store.results(sparql).serialize(format=ox.QueryResultsFormat.JSON)  # type: ignore[attr-defined]
    assert ring_pool.answer(Request(sparql)).body == direct


def test_the_default_graph_is_the_union_or_what_is_asked_for(ring_pool: QueryPool) -> None:
    whole = number(ring_pool)
    ring, named = (GRAPH + "ring",), "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert whole == number(ring_pool, default_graphs=ring) == number(ring_pool, default_graphs=ring * 3) > 400
    assert number(ring_pool, default_graphs=(GRAPH + "other",)) == 0
    assert number(ring_pool, named_graphs=ring) == 0
    assert number(ring_pool, named, named_graphs=ring) == whole
    assert number(ring_pool, named, default_graphs=ring) == 0
    assert number(ring_pool, "SELECT (COUNT(*) AS ?n) FROM graph:other { ?s ?p ?o }", default_graphs=ring) == whole


@pytest.mark.parametrize("graph", ["http://example.org/", "file:///etc/passwd"])
def test_a_graph_of_another_place_is_empty_and_not_fetched(ring_pool: QueryPool, graph: str) -> None:
    assert number(ring_pool, default_graphs=(graph,)) == 0
    assert number(ring_pool, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", named_graphs=(graph,)) == 0


@pytest.mark.parametrize("graph", ["", "ring", "\ud800", "https://w3id.org/dekg/a b"])
def test_a_graph_whose_name_is_no_iri_is_refused(ring_pool: QueryPool, graph: str) -> None:
    with pytest.raises(QueryRefused, match="graph"):
        ring_pool.answer(Request(COUNT, default_graphs=(graph,)))
    with pytest.raises(QueryRefused, match="graph"):
        ring_pool.answer(Request(COUNT, named_graphs=(graph,)))


def test_a_graph_that_the_store_holds_may_have_any_name(tmp_path: Path) -> None:
    with open_store(tmp_path / "s") as store:
        a, b, g = (ox.NamedNode(f"http://example.org/{name}") for name in "abg")
        store.replace(g.value, [ox.Quad(a, a, b, g)])
    with QueryPool(tmp_path / "s", workers=1) as pool:
        assert number(pool, default_graphs=(g.value,)) == 1
        assert number(pool, "SELECT (COUNT(*) AS ?n) FROM <http://example.org/g> { ?s ?p ?o }") == 1
        with pytest.raises(QueryRefused):
            number(pool, "SELECT (COUNT(*) AS ?n) FROM <http://example.org/h> { ?s ?p ?o }")


def test_an_answer_of_just_the_cap_is_given_and_one_byte_more_is_not(ring_folder: Path) -> None:
    sparql = EX + "SELECT ?t { ?s ex:label ?t }"
    with QueryPool(ring_folder, workers=1) as pool:
        size = len(pool.answer(Request(sparql)).body)
    with QueryPool(ring_folder, workers=1, caps=Caps(answer=size)) as pool:
        assert len(pool.answer(Request(sparql)).body) == size
    with QueryPool(ring_folder, workers=1, caps=Caps(answer=size - 1)) as pool:
        with pytest.raises(AnswerTooLarge, match=f"more than {size - 1} bytes"):
            pool.answer(Request(sparql))
        assert pool.stats()["restarted"] == 0


def test_workers_see_a_newer_state_after_a_refresh(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    s = ox.NamedNode("http://example.org/s")

    def fill(count: int) -> None:
        with open_store(folder) as store:
            graph = GRAPH + "x"
            store.replace(graph, [ox.Quad(s, s, ox.Literal(i), ox.NamedNode(graph)) for i in range(count)])

    fill(1)
    with QueryPool(folder, workers=1) as pool:
        assert number(pool) == 1
        fill(3)
        assert number(pool) == 1
        pids = pool.pids()
        pool.refresh()
        assert number(pool) == number(pool) == 3
        assert pool.pids() == pids
        fill(4)
        pool.refresh()
        os.kill(pids[0], signal.SIGKILL)
        assert number(pool) == 4


def test_an_idle_worker_that_is_killed_costs_no_query(ring_folder: Path) -> None:
    with QueryPool(ring_folder, workers=2) as pool:
        for pid in pool.pids():
            os.kill(pid, signal.SIGKILL)
            assert until(lambda pid=pid: not alive(pid))
        assert [number(pool) == number(pool) for _ in range(4)] == [True] * 4
        assert len(pool.pids()) == 1  # the other is started when it is needed
        assert pool.stats()["crashed"] == pool.stats()["out_of_memory"] == 0


@pytest.mark.parametrize(
    ("sent", "error"),
    [(signal.SIGKILL, QueryOutOfMemory), (signal.SIGABRT, QueryOutOfMemory), (signal.SIGSEGV, QueryCrashed)],
)
def test_a_worker_that_dies_takes_only_its_own_query_along(
    ring_folder: Path, sent: signal.Signals, error: type[KgError]
) -> None:
    with QueryPool(ring_folder, workers=1, caps=Caps(seconds=60)) as pool:
        [pid] = pool.pids()
        caught: list[BaseException] = []
        answered: list[int] = []

        def harm() -> None:
            try:
                pool.answer(Request(ENDLESS))
            except KgError as error:
                caught.append(error)

        threads = [threading.Thread(target=harm)]
        idle = worked(pid)
        threads[0].start()
        # Running by the pool's count is not enough: a worker that dies with the query unread costs nothing.
        assert until(lambda: worked(pid) > idle + 0.05)
        threads += [threading.Thread(target=lambda: answered.append(number(pool))) for _ in range(3)]
        for thread in threads[1:]:
            thread.start()
        assert until(lambda: pool.stats()["waiting"] == 3)
        os.kill(pid, sent)
        for thread in threads:
            thread.join(30)
        assert [type(e) for e in caught] == [error]
        assert len(answered) == 3
        assert pool.stats()["restarted"] == 1
        assert pool.stats()["workers"] == len(pool.pids()) == 1
        assert pool.pids() != (pid,)


def test_a_late_query_is_told_how_long_it_had(ring_folder: Path) -> None:
    with QueryPool(ring_folder, workers=1, caps=Caps(seconds=0.2)) as pool:
        began = time.monotonic()
        with pytest.raises(QueryTimeout, match=r"longer than 0\.2 s and was stopped"):
            pool.answer(Request(ENDLESS))
        assert time.monotonic() - began < 5
        assert pool.stats() == {
            "answered": 0, "refused": 0, "too_large": 0, "answer_too_large": 0, "timed_out": 1, "out_of_memory": 0,
            "crashed": 0, "wrong": 0, "busy": 0, "failed": 0, "restarted": 1, "workers": 1, "running": 0, "waiting": 0,
        }  # fmt: skip


def busy_pool(folder: Path, **caps: float) -> Iterator[QueryPool]:
    """A pool whose one worker is taken until the pool is closed."""
    with QueryPool(folder, workers=1, caps=Caps(seconds=60, **caps)) as pool:  # type: ignore[arg-type]
        ended: list[type[BaseException]] = []

        def take() -> None:
            try:
                pool.answer(Request(ENDLESS))
            except KgError as error:
                ended.append(type(error))

        thread = threading.Thread(target=take)
        thread.start()
        assert until(lambda: pool.stats()["running"] == 1)
        yield pool
        pool.close()
        thread.join(30)
        assert ended == [PoolBusy]
        assert until(lambda: pool.pids() == ())


def test_one_query_too_many_is_told_that_the_pool_is_busy(ring_folder: Path) -> None:
    for pool in busy_pool(ring_folder, waiting=0):
        with pytest.raises(PoolBusy, match="0 queries wait already"):
            number(pool)
        assert pool.stats()["busy"] == 1


def asking(pool: QueryPool, client: str, sparql: str, ended: list[str]) -> threading.Thread:
    """A thread that asks in a client's name and notes how it ended."""

    def ask() -> None:
        ASKER.set(client)
        try:
            pool.answer(Request(sparql))
            ended.append(f"{client} answered")
        except KgError as error:
            ended.append(f"{client} {type(error).__name__}")

    thread = threading.Thread(target=ask)
    thread.start()
    return thread


def test_a_client_with_many_costly_queries_keeps_no_other_from_a_worker(ring_folder: Path) -> None:
    with QueryPool(ring_folder, workers=2, caps=Caps(seconds=1.0)) as pool:
        ended: list[str] = []
        asking(pool, "small", COUNT, ended).join(20)
        costly = [asking(pool, "greedy", ENDLESS, ended) for _ in range(4)]
        assert until(lambda: pool.stats()["waiting"] == 3)
        for _ in range(5):
            asking(pool, "small", COUNT, ended).join(20)
        assert ended == ["small answered"] * 6
        assert pool.stats()["waiting"] == 3
        pool.close()
        for thread in costly:
            thread.join(20)


def test_where_the_queue_is_full_who_used_most_makes_room(ring_folder: Path) -> None:
    with QueryPool(ring_folder, workers=1, caps=Caps(seconds=1.0, waiting=1)) as pool:
        ended: list[str] = []
        threads = [asking(pool, "greedy", ENDLESS, ended)]
        assert until(lambda: pool.stats()["running"] == 1)
        threads.append(asking(pool, "greedy", ENDLESS, ended))
        assert until(lambda: pool.stats()["waiting"] == 1)
        threads.append(asking(pool, "small", COUNT, ended))
        for thread in threads:
            thread.join(30)
        assert ended == ["greedy PoolBusy", "greedy QueryTimeout", "small answered"]


def test_nobody_waits_for_ever(ring_folder: Path) -> None:
    for pool in busy_pool(ring_folder, patience=0.1):
        with pytest.raises(PoolBusy, match=r"no worker was free for 0\.1 s"):
            number(pool)
        assert pool.stats()["waiting"] == 0


def test_a_query_that_waits_while_the_pool_is_closed_is_told(ring_folder: Path) -> None:
    for pool in busy_pool(ring_folder):
        caught: list[str] = []

        def wait(pool: QueryPool = pool, caught: list[str] = caught) -> None:
            try:
                number(pool)
            except PoolBusy as error:
                caught.append(str(error))

        thread = threading.Thread(target=wait)
        thread.start()
        assert until(lambda pool=pool: pool.stats()["waiting"] == 1)
        pool.close()
        thread.join(30)
        assert caught == ["the pool is closed and takes no more queries"]
        with pytest.raises(PoolBusy, match="closed"):
            number(pool)


def test_a_source_that_cannot_be_opened_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no store there; make one with: kg build"):
        QueryPool(tmp_path / "none")
    with pytest.raises(StoreError, match="a worker ended before it had opened the store"):
        QueryPool(partial(os._exit, 3), workers=1)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="0 is not positive"):
        QueryPool(tmp_path, workers=0)


def test_a_store_that_went_away_is_an_error_and_comes_back(ring_folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "link"
    place.symlink_to(ring_folder)
    with QueryPool(place, workers=1) as pool:
        count = number(pool)
        place.unlink()
        pool.refresh()
        with pytest.raises(StoreError, match="no store there"):
            number(pool)
        place.symlink_to(ring_folder)
        assert number(pool) == count
        assert pool.stats()["failed"] == 1

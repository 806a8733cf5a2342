"""A worker by itself: what it may do, what it keeps, how it ends, and what is believed of its words."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from functools import partial
from multiprocessing import Pipe
from pathlib import Path

import pytest

from kg.errors import (
    QueryCrashed,
    QueryRefused,
)
from kg.serve.lane import Lane, _error
from kg.serve.pool import Caps, QueryPool, Request
from kg.serve.worker import Worker
from kg.store import open_store
from tests.serve.processes import alive, until


def test_what_a_worker_uses_stays_level(ring_folder: Path) -> None:
    def resident(pid: int) -> int:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")

    with QueryPool(ring_folder, workers=1) as pool:
        [pid] = pool.pids()
        sizes = []
        for _ in range(4):
            for _ in range(12):
                pool.answer(Request("SELECT * { ?s ?p ?o }"))
            sizes.append(resident(pid))
        assert pool.pids() == (pid,)
        assert sizes[-1] - sizes[0] < 20_000_000


def test_a_worker_has_no_network_and_no_secrets(ring_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_SERVE_TOKEN", "hush")
    with QueryPool(ring_folder, workers=1) as pool:
        [pid] = pool.pids()
        assert b"hush" not in Path(f"/proc/{pid}/environ").read_bytes()
        code = "from kg.serve.confine import without_network as w; import socket; ok = w(); print(ok)\n"
        code += "socket.create_connection(('127.0.0.1', 9), 1) if ok else None"
        tried = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        if tried.stdout == "False\n":
            pytest.skip("this system gives no process a network of its own")
        assert "Network is unreachable" in tried.stderr
        assert Path(f"/proc/{pid}/ns/net").readlink() != Path("/proc/self/ns/net").readlink()


def test_workers_end_with_a_parent_that_is_killed(ring_folder: Path) -> None:
    code = (
        "import sys, time; from kg.serve.pool import QueryPool\n"
        "pool = QueryPool(sys.argv[1], workers=2); print(*pool.pids(), flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code, ring_folder], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        assert len(pids) == 2
        assert all(alive(pid) for pid in pids)
        parent.kill()
    assert until(lambda: not any(alive(pid) for pid in pids))


def test_a_worker_whose_parent_is_gone_is_ended_by_the_system() -> None:
    code = "from kg.serve.confine import end_after; end_after(0.1)\nx = 3 ** 30_000_000"
    began = time.monotonic()
    run = subprocess.run([sys.executable, "-c", code], check=False)
    assert run.returncode == -signal.SIGALRM
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\xff",
        b"[]",
        b"[" * 100_000,
        b'{"media": "text/html"}',
        b'{"media": "text/csv\\r\\nSet-Cookie: a=b", "retire": false}',
        b'{"error": "SystemExit", "message": "x"}',
        b"x" * 3_000_000,
    ],
    ids=range(8),
)
def test_a_worker_that_was_taken_over_can_say_nothing_but_a_crash(said: bytes) -> None:
    lane = Lane(open_store, Caps(seconds=5))  # type: ignore[arg-type]
    lane._pipe, theirs = Pipe()

    def speak() -> None:
        theirs.recv()
        with contextlib.suppress(OSError):  # the parent hangs up on what is too long
            theirs.send_bytes(said)
            theirs.send_bytes(b"body")

    thread = threading.Thread(target=speak)
    thread.start()
    with pytest.raises(QueryCrashed):
        lane._asked(Request("ASK {}", "text/csv"), 0)
    lane._pipe.close()
    thread.join(10)


def test_only_errors_of_kg_come_from_a_worker() -> None:
    assert type(_error({"error": "QueryRefused", "message": "x"})) is QueryRefused
    for name in ("KeyboardInterrupt", "unknown", "annotations", "", None):
        assert type(_error({"error": name, "message": "x"})) is QueryCrashed


def test_a_worker_with_much_left_over_asks_for_its_replacement(
    ring_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Run in this process, with a made-up count of memory, which grows by 6 bytes a look."""
    from kg.serve import worker

    looks = iter(range(0, 10**6, 6))
    monkeypatch.setattr(worker, "used", lambda: next(looks))
    monkeypatch.setattr(worker, "limit_memory", lambda more: None)
    monkeypatch.setattr(worker, "end_after", lambda seconds: None)
    with open_store(ring_folder, read_only=True) as store:
        state = store.state  # type: ignore[attr-defined]
    assert state.isdecimal()
    ours, theirs = Pipe()
    ours.send((partial(open_store, ring_folder, read_only=True), Caps(memory=10, answer=1_000)))
    thread = threading.Thread(target=Worker(theirs).run)
    thread.start()

    def told() -> dict[str, object]:
        found = json.loads(ours.recv_bytes())
        if "media" in found:
            found["body"] = ours.recv_bytes()
            assert found.pop("state") == state
        return found  # type: ignore[no-any-return]

    assert told() == {"ready": True}
    ours.send((0, Request("ASK {}", "text/csv")))
    assert told() == {"media": "text/csv", "retire": False, "body": b"true"}
    ours.send((0, Request("ASK {}", "text/csv")))
    assert told() == {"media": "text/csv", "retire": True, "body": b"true"}
    ours.send((1, Request("SELECT * { ?s ?p ?o }", "text/csv")))
    assert told() == {
        "error": "AnswerTooLarge",
        "message": "the answer has more than 1000 bytes; ask for less, with LIMIT and OFFSET",
        "retire": False,
    }
    ours.send((1, Request("ASK { SERVICE <http://h/> {} }", "text/csv")))
    assert (found := told())["error"] == "QueryRefused"
    assert found["retire"] is True
    ours.close()
    thread.join(10)
    assert not thread.is_alive()

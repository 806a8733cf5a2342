"""Evaluates strangers' queries in processes that can be ended, so that none harms the service or another query."""

from __future__ import annotations

import contextlib
import threading
import time
from collections import Counter, deque
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Protocol

from kg.errors import (
    AnswerTooLarge,
    KgError,
    PoolBusy,
    QueryCrashed,
    QueryError,
    QueryOutOfMemory,
    QueryRefused,
    QueryTimeout,
    QueryTooLarge,
    UsageError,
)
from kg.serve.asked import ASKER, Caps, Request, Result
from kg.serve.formats import wished
from kg.serve.lane import Lane
from kg.serve.turns import Turns
from kg.serve.worker import Evaluating, Opener
from kg.store import open_store
from kg.store.guard import LIMITS, too_long

__all__ = ["Caps", "QueryPool", "Request", "Result", "Source"]

COUNTED = {
    QueryRefused: "refused",
    QueryTooLarge: "too_large",
    AnswerTooLarge: "answer_too_large",
    QueryTimeout: "timed_out",
    QueryOutOfMemory: "out_of_memory",
    QueryCrashed: "crashed",
    QueryError: "wrong",
    PoolBusy: "busy",
}
"""Under which name the end of a query is counted; any other error is ``failed``, any answer ``answered``."""


class Source(Protocol):
    """A small picklable description of what the workers open."""

    def open(self) -> Evaluating:
        """The store, opened for reading; called in each worker at its start and after each ``refresh``."""
        ...


class QueryPool:
    """Workers, each a process of its own with the store open for reading, which take one query at a time.

    Args:
        source: A store's folder, an object with ``open()``, or a function without arguments; picklable.
        workers: Processes, 1 or more.
        caps: How much one query may cost, and how many may wait.

    Raises:
        UsageError: ``workers`` is not positive.
        StoreError: The source cannot be opened.

    >>> import tempfile
    >>> from kg.store import open_store
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     open_store(folder).close()
    ...     with QueryPool(folder, workers=1) as pool:
    ...         pool.answer(Request("ASK { ?s ?p ?o }")).body
    b'{"head":{},"boolean":false}'
    """

    def __init__(
        self,
        source: str | Path | Source | Opener,
        *,
        workers: int = 2,
        caps: Caps = Caps(),  # noqa: B008
    ) -> None:
        if workers < 1:
            raise UsageError(f"workers: {workers} is not positive; give 1 or more")
        self.caps = caps
        self._lanes = tuple(Lane(opener(source), caps) for _ in range(workers))
        self._lock = threading.Lock()
        self._idle: deque[Lane] = deque()
        self._waiting: list[_Waiter] = []
        self._turns = Turns(workers)
        self._counts: Counter[str] = Counter()
        self._generation = 0
        self._closed = False
        try:
            for lane in self._lanes:
                lane.start(0)
            for lane in self._lanes:
                lane.wait_ready()
        except BaseException:
            self._end_all()
            raise
        self._idle.extend(self._lanes)

    def answer(self, request: Request) -> Result:
        """The whole answer of one query; any thread may ask, and waits until it is there.

        Whose turn it is goes by ``ASKER``: see ``kg.serve.turns``.

        Raises:
            UsageError: The media type is not known.
            QueryError: The text is not SPARQL, or the media type cannot hold the answer.
            QueryRefused: The query would change something, reach the network, or name a graph not of this store.
            QueryTooLarge: The text is past a limit.
            AnswerTooLarge: The answer is past ``caps.answer``.
            QueryTimeout: Evaluation is past ``caps.seconds``.
            QueryOutOfMemory: Evaluation is past ``caps.memory``.
            QueryCrashed: The worker's process ended in another way.
            PoolBusy: Too many wait, it waited too long, or the pool is closed.
            StoreError: The store cannot be read.
        """
        try:
            wished(request.media)
            too_long(request.sparql, LIMITS)
            client = ASKER.get()
            lane = self._take(client)
            began = time.monotonic()
            try:
                result = self._asked(lane, request)
            finally:
                self._give(lane, client, time.monotonic() - began)
        except KgError as error:
            self._count(next((name for kind, name in COUNTED.items() if isinstance(error, kind)), "failed"))
            raise
        self._count("answered")
        return result

    def refresh(self) -> None:
        """Have each worker open the source anew before its next query, because a newer state is there."""
        with self._lock:
            self._generation += 1

    def stats(self) -> dict[str, int]:
        """Counts since the start, and how it is now.

        Returns:
            ``answered``, ``refused``, ``too_large``, ``answer_too_large``, ``timed_out``, ``out_of_memory``,
            ``crashed``, ``wrong`` (no SPARQL), ``busy`` and ``failed`` (such as a store that cannot be read) add
            up to the queries that ended; ``restarted`` counts processes started in place of another; ``workers``,
            ``running`` and ``waiting`` are of this moment.
        """
        with self._lock:
            counts = {name: self._counts[name] for name in ("answered", *COUNTED.values(), "failed", "restarted")}
            running = 0 if self._closed else len(self._lanes) - len(self._idle)
            now = {"workers": len(self._lanes), "running": running, "waiting": len(self._waiting)}
        return counts | now

    def pids(self) -> tuple[int, ...]:
        """The ids of the workers' processes that live."""
        return tuple(pid for lane in self._lanes if (pid := lane.pid) is not None)

    def close(self) -> None:
        """End the workers; queries that run or wait end with PoolBusy. A second time does nothing."""
        with self._lock:
            self._closed = True
            waiting = list(self._waiting)
            self._waiting.clear()
            idle = list(self._idle)
            self._idle.clear()
        for waiter in waiting:
            waiter.wake.set()
        for lane in idle:
            lane.end()
        # A lane that is in use belongs to its thread: only its process is ended here, the thread clears up.
        for lane in self._lanes:
            lane.interrupt()

    def __enter__(self) -> QueryPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _asked(self, lane: Lane, request: Request) -> Result:
        try:
            return lane.ask(request, self._generation)
        except KgError as error:
            if self._closed:
                raise _closing() from error
            raise

    def _take(self, client: str) -> Lane:
        """A worker, when it is the client's turn."""
        with self._lock:
            if self._closed:
                raise _closing()
            self._turns.arrive(client)
            if self._idle and self._turns.first([client], len(self._idle)) is not None:
                self._turns.begin(client)
                return self._idle.pop()  # the one that was used last, whose memory is warm
            waiter = self._queued(client)
        try:
            waiter.wake.wait(self.caps.patience)
        except BaseException:  # Ctrl-C in this thread
            self._leave(waiter)
            raise
        if (lane := self._left(waiter)) is not None:
            return lane
        if self._closed:
            raise _closing()
        if waiter.sent_away:
            raise _too_many(self.caps.waiting)
        raise PoolBusy(f"no worker was free for {self.caps.patience:g} s; ask again later")

    def _queued(self, client: str) -> _Waiter:
        """A place in the queue; where it is full, whoever's turn would come last is sent away."""
        if len(self._waiting) >= self.caps.waiting:
            last = self._turns.last([*(w.client for w in self._waiting), client])
            if last == len(self._waiting):
                raise _too_many(last)
            sent = self._waiting.pop(last)
            sent.sent_away = True
            sent.wake.set()
        waiter = _Waiter(client)
        self._waiting.append(waiter)
        return waiter

    def _left(self, waiter: _Waiter) -> Lane | None:
        """The worker that a waiter was handed; without one it waits no more."""
        with self._lock:
            if waiter in self._waiting:
                self._waiting.remove(waiter)
            return waiter.lane

    def _leave(self, waiter: _Waiter) -> None:
        """Wait no more; a worker that was handed over goes to the next."""
        if (lane := self._left(waiter)) is not None:
            self._give(lane, waiter.client, 0.0)

    def _give(self, lane: Lane, client: str, seconds: float) -> None:
        """Hand the worker on to whose turn it is, with a new process where it needs one."""
        if lane.pid is None and not self._closed:
            # Where the system gives none now, the next query tries again.
            with contextlib.suppress(KgError):
                lane.start(self._generation)
            self._count("restarted")
        with self._lock:
            self._turns.end(client, seconds)
            closed = self._closed
            if not closed:
                self._idle.append(lane)
                self._hand_out()
        if closed:
            lane.end()

    def _hand_out(self) -> None:
        """Give free workers to those who wait, as far as it is their turn."""
        while self._idle and self._waiting:
            now = time.monotonic()
            waited = [now - w.since for w in self._waiting]
            number = self._turns.first([w.client for w in self._waiting], len(self._idle), waited)
            if number is None:
                return
            waiter = self._waiting.pop(number)
            self._turns.begin(waiter.client)
            waiter.lane = self._idle.pop()
            waiter.wake.set()

    def _count(self, name: str) -> None:
        with self._lock:
            self._counts[name] += 1

    def _end_all(self) -> None:
        for lane in self._lanes:
            lane.end()


class _Waiter:
    """A thread that waits for a worker, for a client."""

    def __init__(self, client: str) -> None:
        self.client = client
        self.since = time.monotonic()
        self.wake = threading.Event()
        self.lane: Lane | None = None
        self.sent_away = False


def _too_many(waiting: int) -> PoolBusy:
    return PoolBusy(f"{waiting} queries wait already; ask again later")


def _closing() -> PoolBusy:
    return PoolBusy("the pool is closed and takes no more queries")


def opener(source: str | Path | Source | Opener) -> Opener:
    """The function that a worker opens the source with."""
    if isinstance(source, str | Path):
        return partial(open_store, source, read_only=True)  # type: ignore[return-value]
    if callable(source):
        return source
    return source.open

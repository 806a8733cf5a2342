"""The one place where a service writes.

A process of its own holds the store and takes one change at a time. It can be ended within one without harm, since
a change is a transaction of the database, and readers have snapshots of their own.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

from kg.errors import KgError, PoolBusy, QueryCrashed, QueryOutOfMemory, QueryRefused, QueryTimeout
from kg.serve.asked import Caps, Change
from kg.serve.changing import opened
from kg.serve.lane import Lane
from kg.store.guard import LIMITS, too_long

TRUE = b'{"head":{},"boolean":true}'


class Writer:
    """Changes a store, one change after the other; any thread may ask, and waits until its own is done.

    Args:
        folder: The store's folder, which no other process may write to until ``close``.
        caps: How much one change may cost, and how many may wait.
        on_written: Called after each change, before whoever asked for it is told: readers are to look anew.

    Raises:
        StoreBusy: Another process has the store open for writing.
        StoreError: The store cannot be opened.
    """

    def __init__(
        self,
        folder: str | Path,
        *,
        caps: Caps = Caps(),  # noqa: B008
        on_written: Callable[[], None] = lambda: None,
    ) -> None:
        self.caps = caps
        self.on_written = on_written
        self._lane = Lane(partial(opened, str(folder), os.getpid()), caps)
        self._turn = threading.Lock()
        self._lock = threading.Lock()
        self._waiting = 0
        self._counts: Counter[str] = Counter()
        self._lane.start(0)
        self._lane.wait_ready()

    @property
    def pid(self) -> int | None:
        """The process that writes; None where it has ended and the next change starts another."""
        return self._lane.pid

    def write(self, change: Change) -> bool:
        """Carry out a change; when it comes back it is on the disk, and a query that begins then sees it.

        Returns:
            Whether the graph was there before; of an update true.

        Raises:
            QueryError: It is wrong, refused or past a limit; nothing is changed.
            QueryTimeout: It is past ``caps.seconds`` and was stopped, and so for QueryOutOfMemory and QueryCrashed.
                Nothing is changed, unless it had just ended: a query tells.
            PoolBusy: Too many wait, it waited too long, or the writer is closed.
            StoreError: The store cannot be written, such as by a full disk.
        """
        try:
            too_long(change.sparql, LIMITS)
            self._take_turn()
            try:
                result = self._lane.ask(change, 0)
            except (QueryTimeout, QueryOutOfMemory, QueryCrashed):
                # At once and not for the next change: it holds the store, and shows what was written after all.
                with contextlib.suppress(KgError):
                    self._lane.start(0)
                    self._lane.wait_ready()
                raise
            finally:
                self.on_written()
                self._turn.release()
        except KgError as error:
            self._count("updates_refused_total" if isinstance(error, QueryRefused) else "updates_failed_total")
            raise
        self._count("updates_total")
        return result.body == TRUE

    def stats(self) -> dict[str, int]:
        """Counts since the start, and how many wait now."""
        with self._lock:
            names = ("updates_total", "updates_refused_total", "updates_failed_total")
            return {**{name: self._counts[name] for name in names}, "updates_waiting": self._waiting}

    def close(self) -> None:
        """Let the process close the store and end; a change that goes on is stopped after its time."""
        self._turn.acquire(timeout=self.caps.seconds)
        self._lane.finish()

    def _take_turn(self) -> None:
        with self._lock:
            if self._waiting >= self.caps.waiting:
                raise PoolBusy(f"{self._waiting} updates wait already; ask again later")
            self._waiting += 1
        try:
            if not self._turn.acquire(timeout=self.caps.patience):
                raise PoolBusy(f"the store was not free for {self.caps.patience:g} s; ask again later")
        finally:
            with self._lock:
                self._waiting -= 1

    def _count(self, name: str) -> None:
        with self._lock:
            self._counts[name] += 1

"""The parent's side of one worker: starts its process, asks it, ends it when it is late, and tells why it died."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any

from kg import errors
from kg.errors import KgError, PoolBusy, QueryCrashed, QueryOutOfMemory, QueryTimeout, StoreError
from kg.serve.asked import Caps, Change, Request, Result
from kg.serve.confine import harmless
from kg.serve.formats import wished
from kg.serve.worker import Opener, out_of_memory

_START = 60.0
"""Seconds that a worker has to open the store."""
_HEADER = 2_000_000
"""Bytes that the word before a body may have; an error quotes at most a line of the query."""
# The parent's path, so that the worker finds the same kg; no module of the parent's is run again.
_CODE = "import sys, json; sys.path[:] = json.loads(sys.argv[2]); from kg.serve.worker import main; main()"
# A failed allocation aborts; the system's own last resort kills.
_MEMORY_SIGNALS = frozenset({-signal.SIGABRT, -signal.SIGKILL})


class Lane:
    """One place for a query to be evaluated in; used by one thread at a time."""

    def __init__(self, opener: Opener, caps: Caps) -> None:
        self._opener = opener
        self._caps = caps
        self._process: subprocess.Popen[bytes] | None = None
        self._pipe: Connection
        self._ready = False
        self._fresh = 0
        self._over = False
        self._changing = threading.Lock()
        """Held while the process is set or ended, since the pool may be closed from another thread."""

    @property
    def pid(self) -> int | None:
        """The process, None where it has ended or not started."""
        process = self._process  # another thread may set it while this one looks
        return process.pid if process is not None and process.poll() is None else None

    def start(self, generation: int) -> None:
        """Start the process, without waiting until it is ready; that it has seen this generation is known.

        Raises:
            StoreError: The system gives no process.
            PoolBusy: The lane was closed.
        """
        self.end()
        try:
            self._pipe, theirs = Pipe()
            try:
                with self._changing:
                    if self._over:
                        raise PoolBusy("the pool is closed and takes no more queries")
                    self._process = self._started(theirs)
            finally:
                theirs.close()
            self._pipe.send((self._opener, self._caps))
        except OSError as error:
            raise StoreError(f"no process to evaluate queries in: {error}; end other processes") from error
        self._fresh = generation
        self._ready = False

    def _started(self, theirs: Connection) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", _CODE, str(theirs.fileno()), json.dumps(sys.path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=(theirs.fileno(),),
            env=harmless(os.environ),
        )

    def wait_ready(self) -> None:
        """Wait until the store is open.

        Raises:
            StoreError: It cannot be opened; the process has ended.
        """
        if self._ready:
            return
        try:
            told = self._told(time.monotonic() + _START)
        except (EOFError, OSError, ValueError, RecursionError) as error:
            self.end()
            raise StoreError("a worker ended before it had opened the store; try what it opens by hand") from error
        if told is None or "error" in told:
            self.end()
            raise StoreError(f"not open after {_START:.0f} s") if told is None else _error(told)
        self._ready = True

    def ask(self, request: Request | Change, generation: int) -> Result:
        """The answer of one query or change; where a process is missing it is started.

        Args:
            request: The query or change.
            generation: What the worker's state of the store has to be as new as.

        Raises:
            KgError: What the worker tells, or QueryTimeout, QueryOutOfMemory or QueryCrashed; after these three
                the process has ended.
        """
        for _ in range(2):
            if self.pid is None:
                self.start(generation)
            self.wait_ready()
            try:
                return self._whole(request, generation)
            except ConnectionError:
                # The process had died before it read the query, which is not at fault: another takes it.
                self.end()
        raise QueryCrashed("two processes ended before they took the query; look at the system's memory")

    def _whole(self, request: Request | Change, generation: int) -> Result:
        """The answer; without one the process ends, unless the worker itself has told why."""
        whole = False
        try:
            result = self._asked(request, generation)
            whole = True
        except KgError as error:
            whole = not isinstance(error, QueryTimeout | QueryOutOfMemory | QueryCrashed)
            raise
        finally:
            # Also after Ctrl-C in this thread: a late answer must not become the next query's.
            if not whole:
                self.end()
        return result

    def _asked(self, request: Request | Change, generation: int) -> Result:
        """The answer, or the error that the worker tells, or that it did not.

        Raises:
            ConnectionError: The process ended with the query unread; where it ended with the query read, the
                pipe just ends.
            KgError: As ``ask``.
        """
        until = time.monotonic() + self._caps.seconds
        try:
            self._pipe.send((generation - self._fresh, request))
            told = self._told(until)
            if told is not None and told.get("written"):
                told = self._told(time.monotonic() + _START)
                if told is None:
                    self.end()
                    raise StoreError(f"what was written could not be shown to readers in {_START:g} s")
            if told is None:
                took = f"the {request.noun} took longer than {self._caps.seconds:g} s and was stopped"
                raise QueryTimeout(f"{took}; {request.hint}")
            if "error" in told:
                error = _error(told)
                if told.get("retire"):
                    self.end()
                raise error
            # The media type becomes a header, so a worker's word is not enough.
            media = next(name for name in wished(request.media) if name == told.get("media"))
            body = self._pipe.recv_bytes(self._caps.answer)
        except ConnectionError:
            raise
        except (EOFError, OSError, ValueError, RecursionError, StopIteration) as error:
            raise self._died(request.noun) from error
        if told.get("retire"):
            self.end()
        return Result(media, body, str(told.get("state", "")))

    def _told(self, until: float) -> dict[str, Any] | None:
        """What the worker says next, None where it says nothing in time."""
        if not self._pipe.poll(max(0.0, until - time.monotonic())):
            return None
        told = json.loads(self._pipe.recv_bytes(_HEADER))
        if not isinstance(told, dict):
            raise ValueError("not an object")
        return told

    def _died(self, noun: str) -> KgError:
        """Why the process ended, from how it did."""
        code = None
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                code = self._process.wait(timeout=5)
        if code in _MEMORY_SIGNALS:
            return QueryOutOfMemory(out_of_memory(self._caps, noun))
        return QueryCrashed(f"the process that evaluated the {noun} ended ({code}); the next {noun} has a new one")

    def interrupt(self) -> None:
        """End the process for good, from any thread; a thread that waits for its answer clears up."""
        with self._changing:
            self._over = True
            process = self._process
        if process is not None:
            process.kill()

    def finish(self) -> None:
        """Let the process close what it opened and end, for good; at once where it does not."""
        with self._changing:
            self._over = True
        if self._process is not None:
            self._pipe.close()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=_START)
        self.end()

    def end(self) -> None:
        """End the process at once; a second time does nothing."""
        process, self._process, self._ready = self._process, None, False
        if process is None:
            return
        process.kill()
        process.wait()
        self._pipe.close()


def _error(told: dict[str, Any]) -> KgError:
    """The error that the worker names, which must be one of kg's own."""
    kind = getattr(errors, str(told["error"]), None)
    if not (isinstance(kind, type) and issubclass(kind, KgError)):
        kind = QueryCrashed
    return kind(str(told.get("message", "")))

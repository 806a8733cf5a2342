"""Processes of this machine, each with a pipe of its own, so that one that dies takes no other with it."""

from __future__ import annotations

import signal
from concurrent.futures import Future
from multiprocessing import get_context
from queue import SimpleQueue
from threading import Lock, Thread
from types import TracebackType
from typing import TYPE_CHECKING, Self

from kg.engines.protocol import Engine, Job, Task, WorkerLost
from kg.errors import KgError, UsageError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

# Spawned, not forked: a forked child would share the parser's threads in an unknown state.
_SPAWN = get_context("spawn")


def open_local(task: Task, *, workers: int, address: str | None) -> Engine:
    """An engine on so many processes of this machine.

    Raises:
        UsageError: An address was given.
    """
    if address is not None:
        raise UsageError(f"the engine 'local' has no address such as {address!r}; take the engine 'ray', or give none")
    return LocalEngine(task, workers)


class LocalEngine:
    """Each worker is a process with a thread here that hands it one job after the other."""

    def __init__(self, task: Task, workers: int) -> None:
        self._jobs: SimpleQueue[tuple[Job, Future[Job]] | None] = SimpleQueue()
        self._slots = [_Slot(task) for _ in range(workers)]
        # Daemons, unlike the threads of an executor: Ctrl-C must not wait for a job.
        self._threads = [Thread(target=s.serve, args=(self._jobs,), daemon=True) for s in self._slots]
        for thread in self._threads:
            thread.start()

    @property
    def window(self) -> int:
        """Twice the number of processes."""
        return 2 * len(self._slots)

    def submit(self, job: Job) -> Future[Job]:
        """Take a job for the next process that is free."""
        future: Future[Job] = Future()
        self._jobs.put((job, future))
        return future

    def result(self, ticket: Future[Job]) -> Job:
        """The result of a job, waited for; see ``Engine.result``."""
        return ticket.result()

    def close(self) -> None:
        """End the processes; what is under way is dropped."""
        for slot in self._slots:
            slot.end()
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Slot:
    """The place of one process, which is started when there is a job and again after it died."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.lock = Lock()
        self.ended = False
        self.process: SpawnProcess | None = None
        self.pipe: Connection | None = None

    def serve(self, jobs: SimpleQueue[tuple[Job, Future[Job]] | None]) -> None:
        """Do jobs until there is a None among them."""
        while (taken := jobs.get()) is not None:
            job, future = taken
            try:
                future.set_result(self.do(job))
            except BaseException as error:  # noqa: BLE001 - handed to whoever asks for the result
                future.set_exception(error)

    def do(self, job: Job) -> Job:
        """Have the process do one job."""
        pipe = self.start()
        try:
            pipe.send_bytes(job)
            told = pipe.recv()
        except (EOFError, OSError) as error:
            raise WorkerLost(self.lose()) from error
        if isinstance(told, bytes):
            return told
        raise told if isinstance(told, KgError) else RuntimeError(str(told))

    def start(self) -> Connection:
        """The pipe to the process, which is started if there is none."""
        with self.lock:
            if self.ended:
                raise WorkerLost("the engine was closed")
            if self.pipe is None:
                self.pipe, theirs = _SPAWN.Pipe()
                self.process = _SPAWN.Process(target=_work, args=(theirs, self.task), daemon=True)
                self.process.start()
                # Ours alone must hold no end of the worker's, or its death would go unnoticed.
                theirs.close()
            return self.pipe

    def lose(self) -> str:
        """Clear up after a process that died; how it died."""
        with self.lock:
            process, pipe = self.process, self.pipe
            self.process = self.pipe = None
        if pipe is not None:
            pipe.close()
        if process is None:
            return "its process was ended"
        process.join()
        code = process.exitcode or 0
        how = f"by signal {-code}" if code < 0 else f"with exit code {code}"
        return f"its process {process.pid} ended {how}"

    def end(self) -> None:
        """End the process, now and for good."""
        with self.lock:
            self.ended = True
            if self.process is not None:
                self.process.kill()


def _work(pipe: Connection, task: Task) -> None:
    """What a process does: jobs from the pipe, results into it, until the other end is closed."""
    # Ctrl-C is for the parent, which ends the workers; in them it would only print where each one was.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            job = pipe.recv_bytes()
        except EOFError:
            return
        told: Job | KgError | str
        try:
            told = task(job)
        except KgError as error:
            told = error
        except Exception as error:  # noqa: BLE001 - told to the parent, which decides
            told = f"{type(error).__name__}: {error}"
        try:
            pipe.send(told)
        except OSError:
            return  # the parent is gone

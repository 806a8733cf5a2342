"""What an engine promises: jobs as bytes go to workers, and results as bytes come back."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import Any, Protocol, Self

Job = bytes
"""What a worker gets and gives: the bytes of a shard."""
Task = Callable[[Job], Job]
"""What a worker does with a job; the same job always gives the same result."""
Ticket = Any  # a future, or a reference of a package that has no types
"""What an engine gives for a job that it took; each kind has its own."""


class WorkerLost(Exception):
    """The process or the machine that had a job is gone, and with it that job alone."""


class Engine(Protocol):
    """Does one task in several processes; each job is done once, and doing it again is up to the caller."""

    @property
    def window(self) -> int:
        """Jobs to have under way, so that no worker waits; 2 or more. It may change while the engine runs."""

    def submit(self, job: Job) -> Ticket:
        """Take a job; returns at once."""

    def result(self, ticket: Ticket) -> Job:
        """The result of a job, waited for.

        Raises:
            WorkerLost: The worker died, and the job may be submitted again.
            KgError: What the task raised, unchanged.
            RuntimeError: What else the task raised, with its kind and words.
        """

    def close(self) -> None:
        """End the workers that the engine started; what is under way is dropped."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

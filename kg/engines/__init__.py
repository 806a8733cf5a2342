"""Where articles are coded: in processes of this machine, or on a Ray cluster; the result is the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

from kg.engines.cluster import open_ray
from kg.engines.local import open_local
from kg.engines.protocol import Engine, Job, Task, Ticket, WorkerLost
from kg.engines.running import run
from kg.engines.shard import ShardFolder, coded_shard
from kg.errors import UsageError, unknown

__all__ = [
    "ENGINES",
    "Engine",
    "Job",
    "ShardFolder",
    "Task",
    "Ticket",
    "WorkerLost",
    "coded_shard",
    "open_engine",
    "run",
]


class Opener(Protocol):
    """Starts the engine of one kind."""

    def __call__(self, task: Task, *, workers: int, address: str | None) -> Engine: ...


ENGINES: Mapping[str, Opener] = MappingProxyType({"local": open_local, "ray": open_ray})
"""Every kind of engine with the function that starts it."""


def open_engine(name: str, task: Task, *, workers: int = 1, address: str | None = None) -> Engine:
    """An engine that does a task in several processes; use it in a ``with`` block.

    Args:
        name: one of ``ENGINES``.
        task: a function of a module, which the workers import by its name.
        workers: processes of this machine; a cluster at an address has as many as it has processors.
        address: of the cluster, for the engine ``ray``; None: RAY_ADDRESS, else a cluster on this machine that ends
            with the engine.

    Raises:
        UsageError: there is no engine of that name, or it has no address.
        ModelMissing: its package is not installed.
        EngineError: no cluster answers at the address.

    >>> open_engine("rey", bytes)
    Traceback (most recent call last):
    kg.errors.UsageError: unknown engine 'rey'; did you mean 'ray'? known: local, ray
    """
    if name not in ENGINES:
        raise UsageError(unknown("engine", name, ENGINES))
    return ENGINES[name](task, workers=workers, address=address)

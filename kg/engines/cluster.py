"""A Ray cluster: this machine alone, or as many as are joined to it."""

from __future__ import annotations

import logging
import os
import socket
from types import TracebackType
from typing import Any, Self

from kg.engines.protocol import Engine, Job, Task, WorkerLost
from kg.errors import EngineError, KgError, ModelMissing

KNOCK_S = 10
"""Seconds in which a cluster must answer."""
_LOOPBACK_ONLY = "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"
"""With 0, which Ray takes for granted on desktops and reads when it is imported, it listens to this machine alone."""
_LOOPBACK = ("127.0.0.1", "::1")


def open_ray(task: Task, *, workers: int, address: str | None) -> Engine:
    """An engine on a Ray cluster: that of the caller's ``ray.init``, the one at the address, or a new one here.

    Raises:
        ModelMissing: Ray is not installed.
        EngineError: No cluster answers at the address, it is of another version, or one that is started here would
            listen to other machines.
    """
    address = address or os.environ.get("RAY_ADDRESS") or None
    # Ray would send its makers how it is used; kg sends nothing that was not asked for.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    if address is None:
        os.environ.setdefault(_LOOPBACK_ONLY, "0")
    try:
        import ray
    except ImportError as error:
        raise ModelMissing("the engine 'ray' needs the package ray; pip install 'dekg[ray]'") from error
    own = not ray.is_initialized()
    if own:
        _join(ray, workers, address)
    return RayEngine(ray, task, own=own)


def _join(ray: Any, workers: int, address: str | None) -> None:
    """Join the cluster at an address, or start one here that nobody else can reach."""
    quiet = {"log_to_driver": False, "logging_level": logging.ERROR}
    try:
        if address is not None:
            _knock(address)
            ray.init(address=address, **quiet)
            return
        ray.init(address="local", num_cpus=workers, include_dashboard=False, **quiet)
    except (ray.exceptions.RayError, RuntimeError, ValueError, OSError) as error:
        told = (str(error).strip().splitlines() or ["no answer"])[0][:200]
        where = address or "Ray on this machine"
        raise EngineError(f"{where}: no Ray cluster that can be used ({told}); see 'ray status' there") from error
    host = ray.util.get_node_ip_address()
    if host not in _LOOPBACK:
        ray.shutdown()
        raise EngineError(f"Ray here would listen at {host}; set {_LOOPBACK_ONLY}=0 before ray is imported")


def _knock(address: str) -> None:
    """Connect to an address and leave again, because Ray itself tries for minutes where nobody is.

    Raises:
        OSError: Nobody listens there.
    """
    host, colon, port = address.removeprefix("ray://").rpartition(":")
    if colon and port.isdecimal():
        socket.create_connection((host.strip("[]"), int(port)), timeout=KNOCK_S).close()


class RayEngine:
    """Each job is a task on one processor of the cluster; Ray starts lost workers anew, the caller lost jobs."""

    def __init__(self, ray: Any, task: Task, *, own: bool) -> None:
        self._ray = ray
        self._own = own
        # Ray's own tries would hide from the caller what failed and how often.
        self._task = ray.remote(num_cpus=1, max_retries=0)(task)

    @property
    def window(self) -> int:
        """Twice the processors that the cluster has now."""
        return max(2, 2 * int(self._ray.cluster_resources().get("CPU", 1)))

    def submit(self, job: Job) -> Any:
        """Take a job for the next processor that is free."""
        return self._task.remote(job)

    def result(self, ticket: Any) -> Job:
        """The result of a job, waited for; see ``Engine.result``."""
        try:
            done: Job = self._ray.get(ticket)
        except self._ray.exceptions.RayTaskError as error:
            cause = error.cause
            if isinstance(cause, KgError):
                raise cause from None
            raise RuntimeError(f"{type(cause).__name__}: {cause}") from None
        except self._ray.exceptions.RayError as error:
            # A worker that was killed, its machine, or its share of the memory: the first line says which.
            raise WorkerLost((str(error).strip().splitlines() or [type(error).__name__])[0][:200]) from error
        return done

    def close(self) -> None:
        """Leave the cluster, or end it if it was started here; a cluster that the caller joined stays as it is."""
        if self._own:
            self._ray.shutdown()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

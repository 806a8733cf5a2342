"""Whose query is next: who used little of the workers' time of late comes first, and the last free worker is theirs."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kg.serve.asked import SERVICE

LITTLE_S = 5.0
"""Seconds of a worker, of late, below which a client has used little; half of them are forgotten in ``HALF_S``."""
HALF_S = 30.0
ABOUT_S = 60.0
"""A client whose last query is so many seconds ago is gone, and no worker is kept for it."""
_MOST = 1000
"""Clients that are remembered before those who are gone are forgotten."""


@dataclass(slots=True)
class _Client:
    """What is known of one client."""

    running: int = 0
    used_s: float = 0.0
    seen: float = 0.0
    """When ``used_s`` was counted last, which is when the client was seen last."""


class Turns:
    """Keeps account of clients; the pool calls it under its lock.

    Args:
        workers: How many workers there are.
        clock: Seconds that never go back.

    >>> turns = Turns(2)
    >>> turns.arrive("quick")
    >>> turns.begin("slow")
    >>> turns.first(["slow", "quick"], idle=1)
    1
    >>> print(turns.first(["slow"], idle=1))
    None
    """

    def __init__(self, workers: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._workers = workers
        self._clock = clock
        self._clients: dict[str, _Client] = {}

    def arrive(self, client: str) -> None:
        """A query of the client came."""
        if client not in self._clients and len(self._clients) >= _MOST:
            self._forget()
        self._known(client)

    def begin(self, client: str) -> None:
        """A query of the client got a worker."""
        self._known(client).running += 1

    def end(self, client: str, seconds: float) -> None:
        """A query of the client gave its worker back, after so many seconds."""
        known = self._known(client)
        known.running -= 1
        known.used_s += seconds

    def first(self, waiting: Sequence[str], idle: int, waited_s: Sequence[float] = ()) -> int | None:
        """Which of those who wait gets a free worker; None where it is kept for others.

        Args:
            waiting: The clients of the queries that wait, longest first.
            idle: Free workers, 1 or more.
            waited_s: For how long each has waited, which counts against what its client used, so that nobody waits
                for ever; empty for not at all.
        """
        allowed = [n for n, client in enumerate(waiting) if idle > 1 or self._may_take_the_last(client)]
        times = waited_s or [0.0] * len(waiting)
        return min(allowed, key=lambda n: self._order(waiting[n], times[n]), default=None)

    def last(self, waiting: Sequence[str]) -> int:
        """Which of those who wait has to go where too many do: of those with the latest turn the youngest."""
        return max(range(len(waiting)), key=lambda n: (self._order(waiting[n]), n))

    def _may_take_the_last(self, client: str) -> bool:
        known = self._known(client)
        if self._workers == 1 or (not known.running and known.used_s < LITTLE_S):
            return True
        less = max(LITTLE_S, known.used_s / 2)
        return not any(
            self._used(other) < less and self._clock() - other.seen < ABOUT_S
            for name, other in self._clients.items()
            if name not in (client, SERVICE)
        )

    def _order(self, client: str, waited_s: float = 0.0) -> tuple[int, float]:
        known = self._clients[client]
        return known.running, self._used(known) - waited_s

    def _known(self, client: str) -> _Client:
        """The client's account, as of now."""
        known = self._clients.setdefault(client, _Client(seen=self._clock()))
        known.used_s, known.seen = self._used(known), self._clock()
        return known

    def _used(self, client: _Client) -> float:
        return client.used_s * math.exp2((client.seen - self._clock()) / HALF_S)

    def _forget(self) -> None:
        now = self._clock()
        self._clients = {n: c for n, c in self._clients.items() if c.running or now - c.seen < ABOUT_S}

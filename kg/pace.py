"""How often a long job makes sure of what it has done."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType

LEAST_S = 30.0
"""Seconds of work between two checkpoints, at least."""
SHARE = 10
"""How many times longer than a checkpoint the work after it is: checkpoints take a tenth of the time at most."""


@dataclass(slots=True)
class Pace:
    """Tells when a checkpoint is due; make it in a ``with`` block of the pace, which measures how long it took.

    >>> Pace(least_s=0).due(), Pace(least_s=60).due()
    (True, False)
    """

    least_s: float = LEAST_S
    clock: Callable[[], float] = time.monotonic
    _wait_s: float = field(init=False)
    _since: float = field(init=False)

    def __post_init__(self) -> None:
        self._wait_s, self._since = self.least_s, self.clock()

    def due(self) -> bool:
        """Whether the work since the last checkpoint took long enough for another."""
        return self.clock() - self._since >= self._wait_s

    def __enter__(self) -> Pace:
        self._since = self.clock()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        now = self.clock()
        self._wait_s, self._since = max(self.least_s, SHARE * (now - self._since)), now

"""Answers that take several queries are made of one published state of the store, however often that changes."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from kg.errors import PoolBusy
from kg.serve.answers import Answers, Request, Result
from kg.serve.asking import Asked

if TYPE_CHECKING:
    from kg.store.summary import Summary

T = TypeVar("T")
TRIES = 6
_PAUSE_S = 0.5
"""With the tries longer than the two seconds in which all workers have come to a new state."""
LONGEST_S = 40.0
"""Seconds after which an answer begins no further query: each may wait half a minute for its turn, a client for all."""


@dataclass(slots=True)
class Noted:
    """The pool, with the states that its answers were of."""

    pool: Answers
    states: set[str] = field(default_factory=set)
    until: float = math.inf
    """When no further query is begun, by ``time.monotonic``."""
    known: dict[Request, Result] | None = None
    """The last answer to each query, also of the times before; None: none is kept."""
    wanted: str = ""
    """The state of which an answer that is known is taken again."""
    latest: str = ""
    """The state of the last answer that was asked for."""

    def answer(self, request: Request) -> Result:
        """The whole answer, as the pool gives it.

        Raises:
            PoolBusy: It is too late for a further query, or as the pool has it.
        """
        result = self.known.get(request) if self.known else None
        if result is None or result.state != self.wanted:
            result = self._asked(request)
        if result.state:  # not known of a pool that is no pool of workers
            self.states.add(result.state)
        return result

    def _asked(self, request: Request) -> Result:
        if time.monotonic() > self.until:
            raise PoolBusy("the several queries of this answer waited too long for their turns; ask again later")
        result = self.pool.answer(request)
        self.latest = result.state
        if self.known is not None:
            self.known[request] = result
        return result

    def refresh(self) -> None:
        """See what was written to the store since."""
        self.pool.refresh()

    def close(self) -> None:
        """The pool is not ended here."""

    def stats(self) -> Mapping[str, int]:
        """Counts by name, of the pool."""
        return self.pool.stats()


def of_one_state(asked: Asked, work: Callable[[Asked], T]) -> T:
    """What some work comes to whose queries, and the summary if it took one, were all of one state.

    Two workers may read two states for some seconds after a build has written. Then the work is done again, without
    the summary, which is the newest; answers that are of the state that was met last are not asked for once more.

    Args:
        asked: What is asked.
        work: Asks it; it may be called several times.

    Raises:
        PoolBusy: The store changed each time, or all took too long.
        KgError: As the work has it.
    """
    until = time.monotonic() + LONGEST_S
    known: dict[Request, Result] = {}
    latest = ""
    for tried in range(TRIES):
        noted = Noted(asked.pool, until=until, known=known, wanted=latest)

        def summary(noted: Noted = noted, newest: Callable[[], Summary | None] = asked.newest) -> Summary | None:
            found = newest()
            if found is not None:
                noted.states.add(found.state)
            return found

        told = work(replace(asked, pool=noted, newest=summary if not tried else lambda: None))
        if len(noted.states) <= 1:
            return told
        latest = noted.latest
        time.sleep(_PAUSE_S)
    raise PoolBusy("the store changed each time that this was read; ask again")

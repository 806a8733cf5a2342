"""An answer that takes several queries is of one state of the store."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from kg.errors import PoolBusy
from kg.serve import one_state
from kg.serve.answers import Request, Result
from kg.serve.asking import Asked
from kg.serve.one_state import TRIES, of_one_state
from kg.store.summary import Summary

BODY = b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"literal","value":"%s"}}]}}'


class Changing:
    """A pool whose workers read the states that are listed, one after the other, and the last from then on."""

    def __init__(self, *states: str) -> None:
        self.left = list(states)

    def answer(self, request: Request) -> Result:
        state = self.left.pop(0) if len(self.left) > 1 else self.left[0]
        return Result(request.media, BODY % state.encode(), state)

    def refresh(self) -> None: ...

    def close(self) -> None: ...

    def stats(self) -> dict[str, int]:
        return {}


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(one_state, "_PAUSE_S", 0)


def two(asked: Asked) -> list[str]:
    return [str(asked.query(f"SELECT ?s {{}} LIMIT {n}").rows[0][0]) for n in (1, 2)]


def summed(state: str) -> Callable[[], Summary]:
    return lambda: Summary((), (), (), {}, state)


def test_an_answer_of_two_states_is_asked_again() -> None:
    assert of_one_state(Asked(Changing("1", "2", "3", "3", "4")), two) == ["3", "3"]
    assert of_one_state(Asked(Changing("1")), two) == ["1", "1"]


def test_what_is_known_of_the_state_that_was_met_last_is_not_asked_again() -> None:
    pool = Changing("1", "2", "2", "3")
    assert of_one_state(Asked(pool), two) == ["2", "2"]
    assert pool.left == ["3"]


def test_a_summary_of_another_state_is_not_taken() -> None:
    def work(asked: Asked) -> tuple[bool, list[str]]:
        return asked.summary() is not None, two(asked)

    assert of_one_state(Asked(Changing("1"), newest=summed("2")), work) == (False, ["1", "1"])
    assert of_one_state(Asked(Changing("2"), newest=summed("2")), work) == (True, ["2", "2"])


class Slow(Changing):
    """One that takes a tenth of a second for each query, and counts them."""

    answered = 0

    def answer(self, request: Request) -> Result:
        time.sleep(0.1)
        self.answered += 1
        return super().answer(request)


def test_queries_that_wait_too_long_together_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(one_state, "LONGEST_S", 0.05)
    pool = Slow("1")
    with pytest.raises(PoolBusy, match="waited too long"):
        of_one_state(Asked(pool), two)
    assert pool.answered <= 1


def test_a_store_that_never_rests_is_told() -> None:
    pool = Changing(*map(str, range(2 * TRIES + 1)))
    with pytest.raises(PoolBusy, match="ask again"):
        of_one_state(Asked(pool), two)

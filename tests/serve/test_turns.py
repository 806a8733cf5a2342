"""Whose query is next, with a clock that only the test moves."""

from __future__ import annotations

import pytest

from kg.serve.turns import ABOUT_S, Turns


class Clock:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def turns(clock: Clock) -> Turns:
    """Two workers."""
    return Turns(2, clock)


def ran(turns: Turns, client: str, seconds: float) -> None:
    turns.arrive(client)
    turns.begin(client)
    turns.end(client, seconds)


def come(turns: Turns, *clients: str) -> None:
    for client in clients:
        turns.arrive(client)


def test_who_waits_longest_comes_first_among_equals(turns: Turns) -> None:
    come(turns, "a", "b")
    assert turns.first(["b", "a"], idle=2) == 0


def test_who_used_less_comes_first(turns: Turns) -> None:
    ran(turns, "a", 0.3)
    ran(turns, "b", 0.2)
    come(turns, "a", "b")
    assert turns.first(["a", "a", "b"], idle=2) == 2


def test_a_second_of_waiting_makes_up_for_a_second_of_use(turns: Turns) -> None:
    ran(turns, "a", 8.0)
    ran(turns, "b", 2.0)
    assert turns.first(["a", "b"], 2, [5.0, 0.0]) == 1
    assert turns.first(["a", "b"], 2, [7.0, 0.0]) == 0


def test_who_has_a_query_running_comes_after_who_has_none(turns: Turns) -> None:
    turns.begin("a")
    ran(turns, "b", 9.0)
    assert turns.first(["a", "b"], idle=2) == 1


def test_a_client_alone_gets_every_worker(turns: Turns) -> None:
    ran(turns, "a", 50.0)
    turns.begin("a")
    assert turns.first(["a"], idle=1) == 0


def test_the_last_worker_is_kept_from_who_has_one_while_others_are_about(turns: Turns, clock: Clock) -> None:
    ran(turns, "b", 0.1)
    turns.begin("a")
    assert turns.first(["a"], idle=1) is None
    assert turns.first(["a", "b"], idle=1) == 1
    clock.now += ABOUT_S
    assert turns.first(["a"], idle=1) == 0


def test_the_last_worker_is_kept_from_who_used_much(turns: Turns, clock: Clock) -> None:
    ran(turns, "heavy", 20.0)
    turns.begin("other heavy")
    ran(turns, "small", 0.01)
    assert turns.first(["heavy"], idle=1) is None
    clock.now += 59.0
    ran(turns, "small", 0.01)
    assert turns.first(["heavy"], idle=1) is None
    clock.now += 10.0
    assert turns.first(["heavy"], idle=1) == 0


def test_the_last_worker_is_kept_from_who_used_twice_as_much_as_another(turns: Turns) -> None:
    ran(turns, "most", 50.0)
    ran(turns, "much", 20.0)
    assert turns.first(["most"], idle=1) is None
    assert turns.first(["much"], idle=1) == 0


def test_the_heavy_keep_no_worker_for_each_other(turns: Turns) -> None:
    ran(turns, "one", 20.0)
    ran(turns, "two", 20.0)
    assert turns.first(["one", "two"], idle=1) == 0


def test_no_worker_is_kept_for_the_service_itself(turns: Turns) -> None:
    come(turns, "")
    turns.begin("a")
    assert turns.first(["a"], idle=1) == 0


def test_one_worker_is_kept_for_nobody_and_goes_to_who_used_less(clock: Clock) -> None:
    turns = Turns(1, clock)
    ran(turns, "a", 9.0)
    come(turns, "b")
    assert turns.first(["a"], idle=1) == 0
    assert turns.first(["a", "b"], idle=1) == 1


def test_where_too_many_wait_the_youngest_of_the_heaviest_goes(turns: Turns) -> None:
    ran(turns, "heavy", 9.0)
    come(turns, "a", "b")
    assert turns.last(["a", "heavy", "heavy", "b"]) == 2
    assert turns.last(["a", "b"]) == 1


def test_clients_who_are_gone_are_forgotten(turns: Turns, clock: Clock) -> None:
    for n in range(1000):
        turns.arrive(f"c{n}")
    turns.begin("c7")
    clock.now += ABOUT_S + 1
    turns.arrive("new")
    assert set(turns._clients) == {"c7", "new"}

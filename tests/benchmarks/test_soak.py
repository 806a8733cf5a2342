"""The soak tells right from wrong, and in short form finds nothing wrong."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from benchmarks.soak import ROOT, figures, invented, soak, table
from benchmarks.soak_clients import Notes, harms
from benchmarks.soak_states import LAG_S, Asked, State, States, Told
from benchmarks.soak_watch import Memory

ASKED = Asked("/sparql?query=ASK%7B%7D")
POOL = dict.fromkeys(("timed_out", "out_of_memory", "crashed", "running", "waiting", "clients_active"), 0)
POOL |= {"workers": 2, "alive": 2, "restarted": 0}


@pytest.fixture
def states() -> States:
    """One state until 100, another since."""
    made = States(Path("kg-store"), [ASKED])
    made.found += [State("000001", 0, 0, {ASKED: "old"}), State("000002", 99, 100, {ASKED: "new"})]
    return made


@pytest.mark.parametrize(
    ("digest", "began", "ended", "fits"),
    [
        ("old", 10, 11, True),
        ("new", 10, 11, False),
        ("new", 90, 100, True),
        ("old", 100, 101, True),
        ("old", 101 + LAG_S, 102 + LAG_S, False),
        ("new", 500, 501, True),
        ("other", 100, 101, False),
    ],
)
def test_an_answer_fits_a_state_of_its_time(
    states: States, digest: str, began: float, ended: float, fits: bool
) -> None:
    assert states.fits(Told(ASKED, digest, began, ended)) == fits


def told(states: States, pool: dict[str, int], **more: list[str]) -> list[str]:
    notes = Notes("honest", seconds=[0.1], told=[Told(ASKED, "old", 1, 2)] * 50, **more)  # type: ignore[arg-type]
    found = figures([notes], states, Memory(0), POOL | pool)
    assert "honest" in table(found)
    return list(found["wrong"])


def test_what_must_not_be_is_told(states: States) -> None:
    assert told(states, {}) == []
    assert told(states, {"alive": 1}) == ["1 workers of 2 are alive"]
    assert told(states, {"timed_out": 3, "restarted": 2}) == ["3 workers were ended and 2 started anew"]
    assert told(states, {"waiting": 1}) == ["queries are left though all clients are gone"]
    assert told(states, {}, wrong=["x"]) == ["x"]
    assert told(states, {}, away=["y", "y"])[0] == "2 honest requests of 52 were turned away"


def test_hostile_queries_over_any_store_have_their_statuses() -> None:
    known = {harm.name: harm for harm in harms()}
    assert len(known) > 90
    assert known["SERVICE"].statuses == {403, 504}
    assert known["half a character"].statuses == {400}
    assert known["60 brackets"].value is True
    assert all(200 not in harm.statuses or harm.value is not None for harm in known.values())


def test_articles_to_add_are_of_a_form_that_is_read() -> None:
    first = next(invented(3))
    assert first.count("\n") == 3
    assert '"invented"' not in first


@pytest.mark.long
def test_a_short_soak_finds_nothing_wrong() -> None:
    found = soak(15, timeout=5.0, base=[ROOT / "seeds" / "1978-camp-david.txt", ROOT / "seeds" / "1993-oslo.txt"])
    assert [line for line in found["wrong"] if "turned away" not in line and not line.startswith("honest: 5")] == []
    assert found["checked"] > 20
    assert found["clients"]["greedy"]["statuses"]["429"] > 0
    assert threading.active_count() < 20

"""The levels of the scorer, on cases whose figures were worked out with the scorer of the hand-coded articles."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.scoring import LEVELS, overlaps
from benchmarks.tally import attributes, by_status, by_type, confidences, counts, false_alarms, scored

S1 = "Kenya attacked Somalia near the border on Monday, officials in Nairobi said."
S2 = "The prime minister of Uganda then held talks with his counterpart from Chad."
S3 = "The UN Security Council condemned the attack."
TRAP = "The two neighbours drew their football match."


def actor(name: str, country: str | None = None) -> dict[str, Any]:
    return {"name": name, "country": country}


KEN, SOM, UGA, TCD = actor("Kenya", "KEN"), actor("Somalia", "SOM"), actor("Uganda", "UGA"), actor("Chad", "TCD")


def gold(sentence: str, kind: str, actors: list[Any], recipients: list[Any] = (), **more: Any) -> dict[str, Any]:  # type: ignore[assignment]
    base = {"sentence": sentence, "type": kind, "actors": actors, "recipients": list(recipients), "core": True}
    return base | {"status": "occurred", "mode": None, "from": None, "third_parties": []} | more


def coded(quote: str, kind: str, actors: list[Any], recipients: list[Any] = (), **more: Any) -> dict[str, Any]:  # type: ignore[assignment]
    base = {"type": kind, "actors": actors, "recipients": list(recipients), "evidence": [{"quote": quote}]}
    return base | {"status": "occurred", "mode": None, "from": None, "third_parties": [], "confidence": 0.5} | more


ATTACK, TALKS = gold(S1, "ASSAULT", [KEN], [SOM]), gold(S2, "CONSULT", [UGA, TCD])
BLAME = gold(S3, "ACCUSE", [actor("UN Security Council")], [KEN])

CASES: dict[str, tuple[list[Any], list[Any], dict[str, tuple[int, int, int]]]] = {
    "all right": ([ATTACK], [coded(S1, "ASSAULT", [KEN], [SOM])], dict.fromkeys(LEVELS, (1, 0, 0))),
    "wrong type": ([ATTACK], [coded(S1, "COERCE", [KEN], [SOM])], dict.fromkeys(LEVELS, (0, 1, 1))),
    "accepted type": (
        [ATTACK | {"accept": ["COERCE"]}],
        [coded(S1, "COERCE", [KEN], [SOM])],
        dict.fromkeys(LEVELS, (1, 0, 0)),
    ),
    "wrong sentence": ([ATTACK], [coded(S2, "ASSAULT", [KEN], [SOM])], dict.fromkeys(LEVELS, (0, 1, 1))),
    "cut sentence": ([ATTACK], [coded(S1[:45], "ASSAULT", [KEN], [SOM])], dict.fromkeys(LEVELS, (1, 0, 0))),
    "same beginning": (
        [ATTACK],
        [coded(S1[:50] + " and so on", "ASSAULT", [KEN], [SOM])],
        dict.fromkeys(LEVELS, (1, 0, 0)),
    ),
    "sides swapped": (
        [ATTACK],
        [coded(S1, "ASSAULT", [SOM], [KEN])],
        {"where": (1, 0, 0), "who": (0, 1, 1), "exact": (0, 1, 1)},
    ),
    "one too many": (
        [ATTACK],
        [coded(S1, "ASSAULT", [KEN, UGA], [SOM])],
        {"where": (1, 0, 0), "who": (1, 0, 0), "exact": (0, 1, 1)},
    ),
    "no recipient coded": (
        [BLAME],
        [coded(S3, "ACCUSE", [actor("UN Security Council")])],
        {"where": (1, 0, 0), "who": (0, 1, 1), "exact": (0, 1, 1)},
    ),
    "alias": ([BLAME], [coded(S3, "ACCUSE", [actor("Security Council")], [KEN])], dict.fromkeys(LEVELS, (1, 0, 0))),
    "part of a name": (
        [gold(S3, "ACCUSE", [actor("Alliance of Sahel States")])],
        [coded(S3, "ACCUSE", [actor("Sahel States")])],
        {"where": (1, 0, 0), "who": (1, 0, 0), "exact": (0, 1, 1)},
    ),
    "talks told as a visit": ([TALKS], [coded(S2, "CONSULT", [UGA], [TCD])], dict.fromkeys(LEVELS, (1, 0, 0))),
    "an assault of all on one side": (
        [ATTACK],
        [coded(S1, "ASSAULT", [KEN, SOM])],
        {"where": (1, 0, 0), "who": (1, 0, 0), "exact": (0, 1, 1)},
    ),
    "twice": ([ATTACK], [coded(S1, "ASSAULT", [KEN], [SOM])] * 2, dict.fromkeys(LEVELS, (1, 1, 0))),
    "a debatable event found": (
        [ATTACK | {"core": False}],
        [coded(S1, "ASSAULT", [KEN], [SOM])],
        dict.fromkeys(LEVELS, (0, 0, 0)),
    ),
    "a debatable event missed": ([ATTACK | {"core": False}], [], dict.fromkeys(LEVELS, (0, 0, 0))),
    "the core event comes first": (
        [ATTACK | {"core": False}, ATTACK],
        [coded(S1, "ASSAULT", [KEN], [SOM])],
        dict.fromkeys(LEVELS, (1, 0, 0)),
    ),
    "the greatest matching": (
        [gold(S1, "ASSAULT", [KEN, UGA], [SOM]), gold(S1, "ASSAULT", [KEN], [SOM])],
        [coded(S1, "ASSAULT", [KEN], [SOM]), coded(S1, "ASSAULT", [UGA], [SOM])],
        {"where": (2, 0, 0), "who": (2, 0, 0), "exact": (1, 1, 1)},
    ),
    "nothing": ([], [], dict.fromkeys(LEVELS, (0, 0, 0))),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("level", LEVELS)
def test_the_figures_are_those_of_the_scorer(case: str, level: str) -> None:
    events, found, expected = CASES[case]
    assert counts([scored({"events": events}, found)], level).tolist() == [list(expected[level])]


@pytest.fixture
def done() -> Any:
    dated = ATTACK | {"from": "2024-05", "mode": "beat", "third_parties": [UGA], "status": "historical"}
    found = [
        coded(S1, "ASSAULT", [KEN], [SOM], **{"from": "2024-05-13", "status": "occurred", "third_parties": [UGA]}),
        coded(TRAP, "CONSULT", [KEN], confidence=0.95),
    ]
    return [scored({"events": [dated, TALKS], "traps": [TRAP, S3]}, found), scored({"events": []}, found[:1])]


def test_attributes_count_where_the_hand_coding_tells_them(done: Any) -> None:
    assert attributes(done) == {
        "mode": [0.0, 1], "status": [0.0, 1], "day": [1.0, 1], "month": [1.0, 1], "third party": [1.0, 1],
    }  # fmt: skip


def test_false_alarms_are_traps_and_events_in_empty_articles(done: Any) -> None:
    assert false_alarms(done) == {"traps hit": 1, "traps": 2, "events in empty articles": 1, "empty articles": 1}


def test_a_false_alarm_counts_for_the_type_that_it_was_coded_as(done: Any) -> None:
    assert by_type(done) == {
        "ASSAULT": {"n": 1, "P": 0.5, "R": 1.0, "F1": 0.667},
        "CONSULT": {"n": 1, "P": 0.0, "R": 0.0, "F1": 0.0},
    }


def test_recall_is_told_by_the_status_of_the_hand_coding(done: Any) -> None:
    assert by_status(done) == {
        "occurred": {"n": 1, "where": 0.0, "who": 0.0, "exact": 0.0, "status": None},
        "historical": {"n": 1, "where": 1.0, "who": 1.0, "exact": 1.0, "status": 0.0},
    }


def test_confidences_are_compared_with_what_is_right(done: Any) -> None:
    told = confidences(done)
    assert [(b["n"], b["right"]) for b in told["bins"] if b["n"]] == [(2, 0.5), (1, 0.0)]
    assert told["error"] == 0.317


def test_a_quote_without_words_overlaps_nothing() -> None:
    assert not overlaps(S1, ["..."])

"""The figures about the coder: intervals, constructions, and that events are told as the export tells them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.accuracy import curve_table, main
from benchmarks.coding import CODERS, WEIGHTS, coded, read_gold
from benchmarks.constructions import construction, trigger_span
from benchmarks.coref import Asked, once
from benchmarks.intervals import gain, rates, scores
from kg import build, export, open_store
from kg.annotate import annotate
from kg.model import Article, Span

TEXT = (
    "Kenya attacked Somalia on Monday. Uganda and Chad will hold talks in Kampala. "
    "France urged Mali to withdraw its troops. Kenya attacked Somalia on Monday, France said."
)


def record(text: str = TEXT) -> dict[str, Any]:
    return {"id": "a", "date": "2024-05-15", "title": "T", "text": text, "events": [], "traps": [], "coref": []}


def test_events_are_told_as_the_export_tells_them(tmp_path: Path) -> None:
    source, out = tmp_path / "a.jsonl", tmp_path / "events.jsonl"
    source.write_text(json.dumps({k: v for k, v in record().items() if k in ("id", "date", "title", "text")}) + "\n")
    with open_store(":memory:") as store:
        build(source, store=store)
        export(store, out, format="events")
    exported = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    [found] = coded(read_gold([record()]), CODERS["trained"](WEIGHTS))
    assert len(found) > 2
    assert sorted(map(_shown, found)) == sorted(map(_shown, exported))


def _shown(event: dict[str, Any]) -> str:
    people = [
        sorted((p["name"], p["country"] or "") for p in event[side])
        for side in ("actors", "recipients", "third_parties")
    ]
    quotes = sorted((e["quote"], e["trigger"]) for e in event["evidence"])
    return json.dumps([*people, quotes, *(event[k] for k in ("type", "mode", "status", "from", "to", "confidence"))])


COUNTS = np.array([[3, 1, 0], [1, 1, 2], [0, 0, 0], [2, 0, 1]])


def test_a_figure_lies_inside_its_interval() -> None:
    for value, low, high in scores(COUNTS).values():
        assert low <= value <= high


def test_intervals_are_the_same_each_time() -> None:
    assert scores(COUNTS) == scores(COUNTS)


def test_one_article_has_no_spread() -> None:
    assert scores(np.array([[1, 1, 1]])) == {key: [0.5, 0.5, 0.5] for key in ("P", "R", "F1")}


def test_nothing_found_is_zero() -> None:
    assert rates(np.array([[0, 0, 0]])).tolist() == [[0, 0, 0]]


def test_a_coder_gains_nothing_over_itself() -> None:
    assert gain(COUNTS, COUNTS) == [0, 0, 0]


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("Kenya attacked Somalia on Monday.", "attacked", "active"),
        ("Somalia was attacked by Kenya on Monday.", "attacked", "passive"),
        ("The attack on Somalia by Kenya ended.", "attack", "nominal"),
        ("Kenya, which attacked Somalia on Monday, left.", "attacked", "clause"),
        ("The tanker seized by Iran left the port.", "seized", "clause"),
        ('"Kenya attacked Somalia on Monday," he said.', "attacked", "quotation"),
        ("Kenya has been holding talks with Somalia.", "has been holding talks", "active"),
        ("Kenya attacked Somalia.", "invaded", "unknown"),
    ],
)
def test_a_trigger_stands_in_a_construction(text: str, trigger: str, expected: str) -> None:
    [annotated] = annotate([Article(id="a", text=text)])
    assert construction(annotated, {"trigger": trigger, "sentence": text}) == expected


def test_a_trigger_is_a_whole_word_of_its_sentence_or_stands_at_its_start() -> None:
    text = "A raid. Raiders raid."
    assert trigger_span(text, {"trigger": "raid", "sentence": "Raiders raid."}) == Span(16, 20)
    assert trigger_span(text, {"trigger": "raid", "sentence": "A raid.", "start": 2}) == Span(2, 6)


def test_a_run_prints_figures_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    attack = {
        "sentence": "Kenya attacked Somalia on Monday.",
        "trigger": "attacked",
        "type": "ASSAULT",
        "status": "occurred",
    }
    attack |= {"actors": [{"name": "Kenya", "country": "KEN"}], "recipients": [{"name": "Somalia", "country": "SOM"}]}
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps(record() | {"events": [attack]}) + "\n")
    assert main([str(gold), "--coder", "frames", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["frames"]
    assert told["levels"]["exact"]["tp"] == 1
    assert told["by construction"] == {"active": {"n": 1, "where": 1.0, "who": 1.0, "exact": 1.0}}
    assert main([str(gold), "--coder", "frames"]) == 0
    assert "calibration error" in capsys.readouterr().out


def test_a_curve_has_a_line_a_folder() -> None:
    point = {"articles": 70, "events": None, **{key: [0.5, 0.4, 0.6] for key in ("where", "who", "exact")}}
    assert curve_table([point]).splitlines()[1].split()[:3] == ["70", "?", "0.500"]


KENYA, SOMALIA = {"name": "Kenya", "country": "KEN"}, {"name": "Somalia", "country": "SOM"}


@pytest.mark.parametrize(
    ("meant", "found", "right"),
    [
        ([KENYA], [{"name": "William Ruto", "country": "KEN"}], True),
        ([KENYA, SOMALIA], [SOMALIA, KENYA], True),
        ([KENYA, SOMALIA], [KENYA], False),
        ([KENYA], [KENYA, SOMALIA], False),
        ([KENYA], [], False),
    ],
)
def test_a_mention_is_right_if_it_is_all_that_is_meant(meant: list[Any], found: list[Any], right: bool) -> None:
    assert Asked("a", "plural", tuple(meant), (), ()).right(found) is right


def test_words_that_stand_twice_are_not_asked_for() -> None:
    assert once("he and he", "he") is None

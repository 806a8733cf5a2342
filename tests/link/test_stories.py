"""The hand-coded stories, and how well their reports are put together."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from datetime import date
from types import ModuleType
from typing import Any

import pytest

from benchmarks import identity
from kg.vocab.plover import check_type


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    """``python -m benchmarks.identity``."""
    return identity


@pytest.fixture(scope="module")
def stories(root: Any) -> list[dict[str, Any]]:
    lines = (root / "benchmarks" / "stories" / "stories.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_there_are_enough_stories_and_reports(stories):
    reports = Counter(a["story"] for a in stories)
    assert len(stories) >= 60
    assert len(reports) >= 20
    assert min(reports.values()) >= 3
    assert len({a["id"] for a in stories}) == len({a["text"] for a in stories}) == len(stories)
    assert {a["license"] for a in stories} == {"CC-BY-4.0"}


def test_no_story_and_no_event_lies_in_both_halves(stories):
    halves, events = defaultdict(set), defaultdict(set)
    for article in stories:
        halves[article["story"]].add(article["split"])
        for event in article["events"]:
            events[event["cluster"]].add(article["story"])
    assert {len(s) for s in halves.values()} == {1}
    assert Counter(s for found in halves.values() for s in found) == {"tuning": 10, "held-out": 10}
    assert {len(s) for s in events.values()} == {1}


def test_each_mention_stands_in_its_article(stories):
    for article in stories:
        date.fromisoformat(article["date"])
        for event in article["events"]:
            check_type(event["type"], event["mode"])
            assert article["text"].count(event["sentence"]) == 1
            assert event["trigger"] in event["sentence"]


def test_one_event_has_one_type_and_is_a_fact_or_not(stories):
    told = defaultdict(set)
    for article in stories:
        for event in article["events"]:
            told[event["cluster"]].add((event["type"], event["status"] in ("occurred", "historical")))
    assert {cluster: kinds for cluster, kinds in told.items() if len(kinds) > 1} == {}


def test_b_cubed_of_a_worked_example(benchmark):
    gold = dict(zip("abcde", (1, 1, 1, 2, 2), strict=True))
    found = dict(zip("abcde", (1, 1, 2, 2, 2), strict=True))
    precision, recall, f1 = benchmark.b_cubed(gold, found)
    assert precision == pytest.approx((1 + 1 + 1 / 3 + 2 / 3 + 2 / 3) / 5)
    assert recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5)
    assert f1 == pytest.approx(2 * precision * recall / (precision + recall))
    assert benchmark.b_cubed(gold, gold) == (1.0, 1.0, 1.0)


def test_a_missed_mention_stands_alone(benchmark):
    precision, recall, _ = benchmark.b_cubed({"a": 1, "b": 1}, {"a": 1})
    assert (precision, recall) == (1.0, 0.5)


@pytest.mark.parametrize(("half", "least"), [("tuning", 0.97), ("held-out", 0.97)])
def test_the_stories_are_put_together_better_than_by_equal_fields(benchmark, half, least):
    mentions = [g for g in benchmark.read_stories() if g.split == half]
    gold = {g.event.key: g.cluster for g in mentions}
    articles = benchmark.by_article(mentions)
    ours = benchmark.b_cubed(gold, benchmark.linked(articles))
    assert ours[2] >= least
    assert ours[2] > benchmark.b_cubed(gold, benchmark.every_field(articles))[2] + 0.1


def test_the_stories_do_not_depend_on_the_order_of_their_articles(benchmark):
    articles = benchmark.by_article(benchmark.read_stories())
    assert benchmark.linked(articles) == benchmark.linked(articles[::-1])


def test_the_halves_do_not_disturb_each_other(benchmark):
    every = list(benchmark.read_stories())
    together = benchmark.linked(benchmark.by_article(every))
    half = [g for g in every if g.split == "held-out"]
    alone = benchmark.linked(benchmark.by_article(half))
    assert {k: together[k] for k in alone} == alone

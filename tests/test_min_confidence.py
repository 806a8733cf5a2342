"""The least confidence of events: in builds, exports, drawings and questions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.draw import draw, to_networkx
from kg.errors import ExportError, QueryError, UsageError
from kg.export import export
from kg.graph import RUNS_GRAPH, check
from kg.model import Coded
from kg.pipeline import build, code, forget
from kg.query import ask
from kg.store import Store, open_store

TEXT = "Kenya attacked Somalia on Tuesday, 7 May 2024. Uganda condemned the attack."
OTHER = "Chad held talks with Mali on Monday, 6 May 2024."
OUTSIDE = [-0.1, 1.01, float("nan"), float("inf")]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "news.jsonl"
    rows = [{"id": "a", "date": "2024-05-08", "text": TEXT}, {"id": "b", "date": "2024-05-08", "text": OTHER}]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


@pytest.fixture
def spread(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Give the events of each article confidences 0.2, 0.4, 0.6 ... and count the articles that are coded."""
    coded: list[int] = []

    def surely(articles: Any, **options: Any) -> Iterator[Coded]:
        for found in code(articles, **options):
            coded.append(1)
            events = tuple(
                replace(e, mentions=tuple(replace(m, confidence=round(0.2 + n % 5 / 5, 1)) for m in e.mentions))
                for n, e in enumerate(found.events)
            )
            yield replace(found, events=events)

    monkeypatch.setattr("kg.pipeline.code", surely)
    return coded


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store(":memory:") as opened:
        yield opened


def graph(store: Store) -> list[str]:
    return sorted(str(q) for name in store.graphs() if name != RUNS_GRAPH for q in store.quads(name))


def confidences(store: Store) -> list[float]:
    answer = store.query("SELECT ?c { ?e a sem:Event ; gaf:denotedBy/dk:confidence ?c }")
    return sorted(float(row["c"] or 0) for row in answer.dicts())


def test_a_build_writes_the_events_that_are_sure_enough_and_keeps_all(store, source, spread):
    build(source, store=store, min_confidence=0.4)
    assert confidences(store)
    assert min(confidences(store)) >= 0.4
    kept = [e.confidence for key in store.record_keys() for e in store.record(key).events]
    assert min(kept) == 0.2
    assert check(store.quads()).conforms


@pytest.mark.parametrize(("first", "then"), [(0.0, 0.4), (0.4, 0.0), (0.4, 0.3), (0.3, 1.0)])
def test_another_value_chooses_anew_without_coding_anew(store, source, spread, first, then):
    build(source, store=store, min_confidence=first)
    coded = len(spread)
    report = build(source, store=store, min_confidence=then)
    assert (len(spread), report.coded, report.chosen) == (coded, 0, 2)
    with open_store(":memory:") as other:
        build(source, store=other, min_confidence=then)
        assert graph(store) == graph(other)
        runs = [{q.subject for q in s.quads(RUNS_GRAPH)} for s in (store, other)]
        assert runs[0] == runs[1]


def test_the_same_value_changes_nothing(store, source, spread):
    build(source, store=store, min_confidence=0.4)
    before = graph(store)
    report = build(source, store=store, min_confidence=0.4)
    assert (report.coded, report.chosen, report.written) == (0, 0, 0)
    assert graph(store) == before


def test_forgetting_another_article_does_not_bring_back_what_was_left_out(store, source, spread):
    build(source, store=store, min_confidence=0.4)
    forget(store, "b")
    assert min(confidences(store), default=1) >= 0.4


def test_the_value_stands_in_the_graph_among_what_made_it(store, source):
    build(source, store=store, min_confidence=0.25)
    assert any('"min-confidence 0.25"' in quad for quad in graph(store))
    build(source, store=store)
    assert not any("min-confidence" in quad for quad in graph(store))


@pytest.mark.parametrize("value", OUTSIDE)
def test_a_value_outside_0_to_1_is_refused_everywhere(store, source, value):
    for call in (
        lambda: build(source, store=store, min_confidence=value),
        lambda: export(store, format="csv", min_confidence=value),
        lambda: draw(store, min_confidence=value),
        lambda: to_networkx(store, min_confidence=value),
    ):
        with pytest.raises(UsageError, match=r"min_confidence: .* give a number from 0 to 1"):
            call()
    with pytest.raises(QueryError, match=r"min_confidence: .* give a number from 0 to 1"):
        ask(store, "events", min_confidence=value)


@pytest.mark.parametrize("name", ["events", "csv", "graphml", "gexf"])
def test_an_export_has_the_events_that_are_sure_enough(store, source, spread, name):
    build(source, store=store)
    all_of_them = export(store, format=name, untyped=True)
    assert export(store, format=name, untyped=True, min_confidence=0.2) == all_of_them
    fewer = export(store, format=name, untyped=True, min_confidence=0.4)
    assert 0 < len(fewer) < len(all_of_them)
    if name == "events":
        assert min(json.loads(line)["confidence"] for line in fewer.splitlines()) >= 0.4


def test_a_format_of_the_whole_graph_says_that_it_cannot_leave_events_out(store):
    with pytest.raises(ExportError, match="ttl: cannot follow the option 'min_confidence'; these can: graphml"):
        export(store, format="ttl", min_confidence=0.4)


def test_a_drawing_and_a_question_have_the_events_that_are_sure_enough(store, source, spread):
    build(source, store=store)
    sure = ask(store, "events", min_confidence=0.4)
    assert 0 < len(sure) < len(ask(store, "events"))
    page = draw(store, min_confidence=0.4)
    assert {row["event"] for row in sure.dicts()} == {
        row["event"] for row in ask(store, "events").dicts() if row["event"] in page
    }
    everything = to_networkx(store)
    fewer = to_networkx(store, min_confidence=0.4)
    assert len(fewer) + fewer.size() < len(everything) + everything.size()


@pytest.mark.parametrize("value", ["-0.1", "1.5", "nan", "half"])
def test_the_command_line_refuses_a_value_outside_0_to_1(seed_folder, value):
    from click.testing import CliRunner

    from kg.cli import main

    store = ["--store", str(seed_folder)]
    for words in (["build", "x"], ["export", "-o", "x.csv"], ["draw", "-o", "x.html"]):
        result = CliRunner().invoke(main, [*words, *store, "--min-confidence", value])
        assert (result.exit_code, result.stdout) == (2, "")
        assert "min-confidence" in result.stderr or "min_confidence" in result.stderr
    result = CliRunner().invoke(main, ["query", "events", *store, "-p", f"min_confidence={value}"])
    assert result.exit_code != 0
    assert "min_confidence" in result.stderr


def test_the_command_line_tells_how_many_were_chosen_anew(tmp_path, source):
    from click.testing import CliRunner

    from kg.cli import main

    words = ["build", str(source), "--store", str(tmp_path / "kg-store")]
    CliRunner().invoke(main, words)
    result = CliRunner().invoke(main, [*words, "--min-confidence", "0.5"])
    assert "Read 2 articles: 0 new or changed, 2 known already (2 with events chosen anew)." in result.stdout

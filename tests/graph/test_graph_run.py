from __future__ import annotations

from datetime import UTC, datetime

from kg.graph import RUNS_GRAPH, Run, run_quads

VERSIONS = (("kg", "0.1"), ("lexicon", "7"))


def test_a_run_has_the_same_key_for_the_same_article_and_tools_in_any_order_at_any_time() -> None:
    one = Run.of("a", VERSIONS)
    two = Run.of("a", VERSIONS[::-1], started=datetime(2024, 1, 1, tzinfo=UTC))
    assert one.key == two.key
    assert one.versions == two.versions


def test_another_article_or_version_is_another_run() -> None:
    keys = {Run.of("a", VERSIONS).key, Run.of("b", VERSIONS).key, Run.of("a", (("kg", "0.2"),)).key}
    assert len(keys) == 3


def test_clock_times_stand_in_the_graph_of_runs_only() -> None:
    run = Run.of("a", VERSIONS, started=datetime(2024, 1, 1, tzinfo=UTC), ended=datetime(2024, 1, 2, tzinfo=UTC))
    found = list(run_quads(run))
    assert {q.graph_name.value for q in found} == {RUNS_GRAPH} == {"https://w3id.org/dekg/id/graph/runs"}
    assert sorted(q.object.value for q in found if q.predicate.value.endswith("AtTime")) == [
        "2024-01-01T00:00:00Z",
        "2024-01-02T00:00:00Z",
    ]


def test_a_run_without_times_has_nothing_to_say_there() -> None:
    assert list(run_quads(Run.of("a", VERSIONS))) == []

"""The analyses on graphs whose figures can be reckoned by hand."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date

import pytest

from kg.analyse import activity, coalitions, dyads, mediators, reciprocity, trend
from kg.errors import QueryError, UsageError
from kg.store import Store

World = Callable[..., Store]


def test_mediators_are_counted_and_measured(world: World) -> None:
    found = mediators(
        world(
            ("CONSULT-third-party", "aland bland *cland", "", "2024-01-10"),
            ("CONSULT-third-party", "aland bland *cland", "", "2024-03-10"),
            ("AGREE", "dland *cland", "eland", "2024-02"),
            ("CONSULT-third-party", "aland bland *league", ""),
            ("CONSULT", "aland bland", ""),
            ("CONSULT-third-party", "aland bland *fland", "", "2024-01-10", "Expected"),
        )
    )
    assert found.events == 4
    cland, league = found.found
    assert (cland.unit.label, cland.mediations, cland.sides, cland.pairs) == ("Cland", 3, 4, 2)
    assert (cland.first, cland.last) == (date(2024, 1, 10), date(2024, 3, 10))
    assert (league.unit.id, league.mediations, league.first) == ("league", 1, None)
    # Six nodes; of the ten pairs of the others Cland is on all nine paths but those between A, B and the League:
    # A-B (shared with the League: 1/2), A-D, A-E, B-D, B-E, D-E, L-D, L-E; A-L and B-L do without it.
    assert cland.betweenness == pytest.approx(7.5 / 10)
    # The League is on half of the paths between A and B.
    assert league.betweenness == pytest.approx(0.5 / 10)


def test_a_mediator_is_no_side_of_what_it_mediates(world: World) -> None:
    (found,) = mediators(world(("CONSULT", "aland bland cland *cland", ""))).found
    assert (found.sides, found.pairs) == (2, 1)


def test_a_mediator_of_one_side_alone_is_counted(world: World) -> None:
    (found,) = mediators(world(("CONSULT", "aland *cland", ""))).found
    assert (found.mediations, found.sides, found.pairs, found.betweenness) == (1, 1, 0, 0.0)


BLOCS = [
    *(("COOPERATE", a, b) for a, b in (("aland", "bland"), ("bland", "cland"), ("aland", "cland"))),
    *(("COOPERATE", a, b) for a, b in (("dland", "eland"), ("eland", "fland"), ("dland", "fland"))),
    ("CONSULT-phone", "cland", "dland"),
    ("ASSAULT", "aland", "dland"),
    ("ACCUSE", "aland", "bland"),
]


def test_coalitions_are_those_who_work_together(world: World) -> None:
    found = coalitions(world(*BLOCS))
    assert [[u.id for u in c.members] for c in found.found] == [["AAA", "BBB", "CCC"], ["DDD", "EEE", "FFF"]]
    first, second = found.found
    assert (first.inside, first.outside, first.hostile) == (2.85, 0.15, 1)
    assert (second.inside, second.outside, second.hostile) == (2.85, 0.15, 0)
    assert found.events == 7
    # Two halves of 2.85 + 0.15 / 2 each: 5.7 / 5.85 - 2 * 0.5 ** 2
    assert found.modularity == pytest.approx(5.7 / 5.85 - 0.5, abs=0.001)


def test_a_summit_is_shared_out_among_its_parties(world: World) -> None:
    (found,) = coalitions(world(("COOPERATE", "aland bland cland", ""))).found
    # Three pairs, each 9.5 / 10 / 2.
    assert found.inside == pytest.approx(3 * 0.475)


def test_a_mediator_does_not_glue_the_sides(world: World) -> None:
    (found,) = coalitions(world(("CONSULT", "aland bland *cland", ""))).found
    assert [u.id for u in found.members] == ["AAA", "BBB"]


def test_a_coalition_against_a_third_is_no_hostility_inside(world: World) -> None:
    found = coalitions(world(("AID", "aland", "bland"), ("ASSAULT", "aland bland", "cland")))
    assert [c.hostile for c in found.found] == [0]


def test_the_resolution_makes_groups_smaller(world: World) -> None:
    store = world(*BLOCS)
    assert len(coalitions(store, resolution=0.01).found) == 1
    with pytest.raises(UsageError, match="resolution: 0 is not above 0"):
        coalitions(store, resolution=0)


def test_a_trend_turns_where_the_score_does(world: World) -> None:
    good = [("CONSULT", "ada", "bland", f"2023-{m:02}-05") for m in range(1, 7)]
    bad = [("ASSAULT", "bland", "aland", f"2023-{m:02}") for m in range(7, 13)]
    found = trend(
        world(*good, *bad, ("AID", "aland", "cland", "2023-08"), ("AID", "aland", "bland", "2023")), "Aland", "BBB"
    )
    assert (found.a.id, found.b.id, found.undated) == ("AAA", "BBB", 1)
    assert [m.events for m in found.months] == [1] * 12
    (change,) = found.changes
    assert change.month == date(2023, 7, 1)
    assert change.before == 2.5
    assert change.after == found.months[-1].score < -5
    assert change.strength > 1
    assert [m.level for m in found.months] == [m.score for m in found.months]
    assert "2023-07: the level goes from 2.5 to " in found.notes[0]


def test_a_month_is_the_mean_of_its_events_and_silence_is_none(world: World) -> None:
    found = trend(
        world(
            ("AID", "aland", "bland", "2024-01-05"),
            ("CONSULT", "aland bland", "", "2024-01-20"),
            ("Statement", "aland", "bland", "2024-01-21"),
            ("AID", "bland", "aland", "2024-04-05"),
        ),
        "aland",
        "bland",
    )
    assert [(m.month.month, m.events, m.score) for m in found.months] == [(1, 2, 6.25), (4, 1, 10.0)]
    assert found.changes == ()


def test_two_names_of_one_country_are_no_dyad(world: World) -> None:
    store = world(("CONSULT", "ada", "aland", "2024-01-05"))
    with pytest.raises(UsageError, match="'Ada Ruler' and 'Aland' are both 'Aland'; give two, or take by='actor'"):
        trend(store, "Ada Ruler", "Aland")
    assert trend(store, "Ada Ruler", "Aland", by="actor").months[0].score == 2.5
    with pytest.raises(UsageError, match="are both"):
        reciprocity(store, "Ada Ruler", "Aland")


def test_reciprocity_tells_directions_and_stances_apart(world: World) -> None:
    store = world(
        ("AID", "aland", "bland"),
        ("AID", "aland", "bland"),
        ("CONSULT", "bland", "aland"),
        ("CONSULT", "aland bland", ""),
        ("ASSAULT", "aland", "bland"),
        ("REQUEST", "bland", "aland"),
        ("AID", "aland", "cland"),
    )
    found = reciprocity(store)
    told = [(r.stance, r.a.id, r.b.id, r.a_to_b, r.b_to_a, r.joint, r.reciprocity, r.balance) for r in found.found]
    assert told == [
        ("cooperation", "AAA", "BBB", 2, 1, 1, 0.5, 0.333),
        ("cooperation", "AAA", "CCC", 1, 0, 0, 0.0, 1.0),
        ("conflict", "AAA", "BBB", 1, 0, 0, 0.0, 1.0),
    ]
    friendly, hostile = found.network
    # Ties A-B, B-A, A-C; two of three run both ways. Of four acts two are matched.
    assert (friendly.acts, friendly.ties, friendly.returned_ties, friendly.returned_acts) == (4, 3, 0.667, 0.5)
    assert (hostile.acts, hostile.ties, hostile.returned_ties, hostile.returned_acts) == (1, 1, 0.0, 0.0)


def test_reciprocity_of_one_and_of_two(world: World) -> None:
    store = world(("AID", "aland", "bland"), ("AID", "cland", "bland"), ("AID", "cland", "dland"))
    assert [(r.a.id, r.b.id, r.b_to_a) for r in reciprocity(store, "Bland").found] == [
        ("BBB", "AAA", 1),
        ("BBB", "CCC", 1),
    ]
    pair = reciprocity(store, "Bland", "Dland")
    assert [(r.stance, r.a_to_b, r.b_to_a, r.reciprocity, r.balance) for r in pair.found] == [
        ("cooperation", 0, 0, None, None),
        ("conflict", 0, 0, None, None),
    ]
    assert pair.network[0].acts == 3
    with pytest.raises(UsageError, match="b: 'Bland' was given without a"):
        reciprocity(store, b="Bland")


def test_dyads_have_both_directions_of_a_meeting(world: World) -> None:
    found = dyads(world(("CONSULT", "aland bland", ""), ("ASSAULT", "aland", "bland"), ("Conflict", "cland", "bland")))
    assert [(d.actor.id, d.recipient.id, d.events) for d in found.found] == [
        ("AAA", "BBB", 2),
        ("BBB", "AAA", 1),
        ("CCC", "BBB", 1),
    ]
    assert [d.score for d in found.found][1:] == [2.5, None]
    assert [u.id for u in found.foremost(2)] == ["BBB", "AAA"]


@pytest.mark.parametrize(
    ("per", "starts", "undated"),
    [
        ("day", ["2024-02-29", "2024-03-03"], 2),
        ("week", ["2024-02-26"], 2),
        ("month", ["2024-02-01", "2024-03-01"], 1),
        ("year", ["2024-01-01"], 0),
    ],
)
def test_activity_is_counted_by_period(world: World, per: str, starts: list[str], undated: int) -> None:
    store = world(
        ("AID", "aland", "bland", "2024-02-29"),
        ("ASSAULT", "cland", "bland", "2024-03-03"),
        ("REQUEST", "*aland", "bland", "2024-03"),
        ("REQUEST", "aland", "bland", "2024"),
    )
    found = activity(store, per=per)
    assert [p.start.isoformat() for p in found.periods] == starts
    assert found.undated == undated
    assert sum(p.cooperation for p in found.periods) == sum(p.conflict for p in found.periods) == 1
    assert sum(p.neutral for p in found.periods) == 2 - undated
    mine = activity(store, "Aland", per=per)
    assert (sum(p.conflict for p in mine.periods), sum(p.cooperation for p in mine.periods)) == (0, 1)
    assert mine.undated == undated


def test_an_unknown_period_is_told(world: World) -> None:
    with pytest.raises(UsageError, match="unknown period 'mnth'; did you mean 'month'"):
        activity(world(), per="mnth")


def test_the_first_day_of_all_is_in_a_week(world: World) -> None:
    (period,) = activity(world(("AID", "aland", "bland", "0001-01-03")), per="week").periods
    assert period.start == date(1, 1, 1)


def test_a_store_without_events_gives_empty_results(world: World) -> None:
    store = world()
    for found in (mediators(store), coalitions(store), dyads(store), reciprocity(store), activity(store)):
        assert found.rows() == []
        assert found.to_csv().count("\r\n") == 1
        assert "no rows" in found.to_text()
        assert "<table>" in found._repr_html_()
    assert coalitions(store).modularity is None
    assert trend(store, "Aland", "Bland").rows() == []
    empty = world(actors="")
    with pytest.raises(QueryError, match="it holds no entity at all"):
        trend(empty, "Aland", "Bland")


def test_one_event_of_one_actor_gives_no_pairs(world: World) -> None:
    store = world(("CONSULT", "aland", "", "2024-01-05"))
    for found in (
        mediators(store),
        coalitions(store),
        dyads(store),
        reciprocity(store),
        trend(store, "Aland", "Bland"),
    ):
        assert found.rows() == []
    assert len(activity(store).rows()) == 1


def test_a_dyad_with_one_month_has_a_level_and_no_change(world: World) -> None:
    found = trend(world(("AID", "aland", "bland", "2024-01-05")), "Aland", "Bland", min_months=1)
    assert found.rows() == [{"month": "2024-01", "events": 1, "score": 10.0, "level": 10.0, "change": None}]
    assert found.notes[0] == "No change of level found."


SCRIPT = """
from kg.analyse import *
from kg.store import open_store
with open_store({folder!r}, read_only=True) as store:
    for found in (mediators(store), coalitions(store, by="actor"), coalitions(store), dyads(store), reciprocity(store)):
        print(found.to_json())
"""


def test_every_run_gives_the_same(seed_folder: object) -> None:
    told = [
        subprocess.run(
            [sys.executable, "-c", SCRIPT.format(folder=str(seed_folder))],
            env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    ]  # fmt: skip
    assert told[0] == told[1]
    assert '"Qatar"' in told[0]

"""Which events count, for whom, and in which direction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from kg.analyse.acts import between, read_acts
from kg.errors import QueryError, UsageError
from kg.store import Store

World = Callable[..., Store]


def pairs(store: Store, by: str = "country") -> list[tuple[str, str, bool]]:
    return [(a.id, b.id, directed) for act in read_acts(store, by=by).acts for a, b, directed in between(act)]


def test_only_what_happened_counts_unless_asked_otherwise(world: World) -> None:
    store = world(
        ("AID", "aland", "bland", "", "Occurred"),
        ("AID", "aland", "bland", "", "Ongoing"),
        ("AID", "aland", "bland", "", "PartlyRealized"),
        ("AID", "aland", "bland", "", "Expected"),
        ("AID", "aland", "bland", "", "NotOccurred"),
        ("AID", "aland", "bland", "", "Hypothetical"),
    )
    assert [act.label for act in read_acts(store).acts] == ["event 0", "event 1", "event 2"]
    assert [act.label for act in read_acts(store, status=["Expected"]).acts] == ["event 3"]
    assert read_acts(store, status=[]).acts == ()


def test_by_country_those_who_act_for_a_state_are_one_and_rebels_are_not(world: World) -> None:
    store = world(("AID", "ada aland", "bland"), ("ASSAULT", "front", "aland"), ("AID", "league", "bland"))
    assert pairs(store) == [("AAA", "BBB", True), ("front", "AAA", True), ("league", "BBB", True)]
    assert pairs(store, by="actor")[:2] == [("ada", "bland", True), ("aland", "bland", True)]


def test_acts_within_one_country_are_between_nobody(world: World) -> None:
    assert pairs(world(("CONSULT", "ada", "aland"))) == []


@pytest.mark.parametrize(
    ("kind", "found"),
    [("CONSULT", True), ("ASSAULT", True), ("ACCUSE", True), ("SANCTION", False), ("REQUEST", False)],
)
def test_several_actors_without_a_recipient_act_with_each_other_or_on_nobody_named(
    world: World, kind: str, found: bool
) -> None:
    assert pairs(world((kind, "aland bland", ""))) == ([("AAA", "BBB", False)] if found else [])


def test_partners_against_a_third_do_not_act_on_each_other(world: World) -> None:
    assert pairs(world(("ASSAULT", "aland bland", "cland"))) == [("AAA", "CCC", True), ("BBB", "CCC", True)]


def test_days_choose_and_events_without_one_are_left_out_then(world: World) -> None:
    store = world(
        ("AID", "aland", "bland", "2024-01-05"), ("AID", "aland", "bland", "2024-02-05"), ("AID", "aland", "bland")
    )
    assert len(read_acts(store).acts) == 3
    assert [a.label for a in read_acts(store, since=date(2024, 1, 31)).acts] == ["event 1"]
    assert [a.label for a in read_acts(store, until=date(2024, 1, 31)).acts] == ["event 0"]


def test_confidence_is_that_of_the_surest_mention(world: World) -> None:
    more = """
    ev:e0000 gaf:denotedBy mn:a, mn:b . mn:a dk:confidence 0.4 . mn:b dk:confidence 0.9 .
    ev:e0001 gaf:denotedBy mn:c . mn:c dk:confidence "high" ."""
    store = world(("AID", "aland", "bland"), ("AID", "aland", "bland"), ("AID", "aland", "bland"), more=more)
    assert [a.label for a in read_acts(store, min_confidence=0.9).acts] == ["event 0"]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"by": "cuontry"}, "unknown unit 'cuontry'; did you mean 'country'"),
        ({"status": ["Ocurred"]}, "unknown status 'Ocurred'; did you mean 'Occurred'"),
        ({"since": date(2024, 1, 2), "until": date(2024, 1, 1)}, "since 2024-01-02 is after until 2024-01-01"),
        ({"min_confidence": 1.5}, "min_confidence: 1.5 is not a confidence"),
    ],
)
def test_a_wrong_option_is_told(world: World, options: dict[str, object], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        read_acts(world(), **options)  # type: ignore[arg-type]


def test_an_actor_is_found_by_code_name_and_id(world: World) -> None:
    store = world(("AID", "ada", "bland"))
    units = read_acts(store).units
    assert {units.find(store, name).id for name in ("AAA", "Aland", "aland", "Ada Ruler", "ada")} == {"AAA"}
    assert units.find(store, "Free Front").id == "front"
    with pytest.raises(QueryError, match="unknown entity 'Alund'; did you mean 'Aland'"):
        units.find(store, "Alund")


def test_a_name_that_two_have_is_told_with_their_ids(world: World) -> None:
    more = 'ent:ada2 a sem:Actor ; skos:prefLabel "Ada Ruler" ; dk:country "BBB" .'
    store = world(more=more)
    with pytest.raises(QueryError, match="'Ada Ruler' fits 2 entities; give the id of one: AAA, BBB"):
        read_acts(store).units.find(store, "Ada Ruler")

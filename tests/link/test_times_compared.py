"""When two times fit."""

from __future__ import annotations

from datetime import date

import pytest

from kg.link.times import Window, times, window_of
from kg.model import When

MAY = Window("told", date(2024, 5, 1), date(2024, 5, 31))


def day(number: int, **more: bool) -> Window:
    return Window("told", date(2024, 5, number), date(2024, 5, number), **more)


def recent(number: int) -> Window:
    return Window("recent", date(2024, 4, 20), date(2024, 5, number))


def ahead(number: int) -> Window:
    return Window("ahead", date(2024, 5, number), date(2024, 6, 1))


@pytest.mark.parametrize(
    ("a", "b"),
    [(day(3), day(5)), (MAY, Window("told", date(2024, 6, 1), date(2024, 6, 30))), (day(9), recent(7))],
)
def test_days_that_exclude_each_other_are_a_veto(a: Window, b: Window) -> None:
    assert times(a, b).veto
    assert times(b, a).veto


def test_nearer_is_better() -> None:
    values = [times(day(3), day(3)).value, times(day(3), recent(4)).value, times(day(3), MAY).value]
    assert values == sorted(values, reverse=True)
    assert times(recent(3), recent(3)).value > times(recent(3), recent(6)).value > times(recent(3), recent(12)).value


def test_what_lasts_may_be_dated_by_its_first_or_its_last_day() -> None:
    assert not times(day(3), day(5), lasting=True).veto
    assert times(day(3), day(9), lasting=True).veto


def test_a_time_near_another_event_has_more_room() -> None:
    assert not times(day(3, about=True), day(5)).veto


def test_a_plan_is_told_again_for_weeks() -> None:
    assert times(ahead(3), ahead(14)).value > 0 > times(recent(3), recent(14)).value
    assert times(ahead(3), day(10)).value > 0 > times(ahead(20), day(3)).value


def test_nothing_known_says_nothing() -> None:
    assert times(None, day(3)).value == times(ahead(3), recent(3)).value == 0


@pytest.mark.parametrize(("other", "veto"), [("XXXX-05-03", False), ("XXXX-05-04", True)])
def test_a_day_without_a_year_is_compared_as_a_day(report, other: str, veto: bool) -> None:
    bare = window_of(report("a", when=When(edtf=other)), None)
    assert times(bare, day(3)).veto is veto
    assert times(bare, MAY).value == 0


def test_a_fact_that_goes_on_ends_with_its_report(report) -> None:
    since = When(edtf="2024-05-03/..", begin=date(2024, 5, 3), precision="Interval")
    found = window_of(report("a", when=since), date(2024, 5, 9))
    assert found == Window("told", date(2024, 5, 3), date(2024, 5, 9))

"""Dates as exact as known, and what holds on a day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.lexicon import Validity, earliest, latest


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1978", date(1978, 1, 1), date(1978, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-12-22", date(2023, 12, 22), date(2023, 12, 22)),
    ],
)
def test_a_date_means_all_days_that_it_leaves_open(text: str, first: date, last: date) -> None:
    assert (earliest(text), latest(text)) == (first, last)


@pytest.mark.parametrize("text", ["2024-02-30", "2023-13", "2023-00-01", "0000"])
def test_a_date_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="does not exist"):
        earliest(text)


@pytest.mark.parametrize("text", ["", "Friday", "2023-1-2", "23", "2023-12-22T10:00"])
def test_other_forms_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not YYYY"):
        latest(text)


@given(st.dates())
def test_a_full_date_is_one_day(day: date) -> None:
    assert earliest(day.isoformat()) == latest(day.isoformat()) == day


def test_open_ends_hold_on_every_day() -> None:
    assert Validity().may_hold(date(1900, 1, 1))
    assert Validity().surely_holds(date(2100, 1, 1))


def test_within_an_inexact_end_a_term_may_hold_but_not_surely() -> None:
    term = Validity("1991", "1995-06")
    assert term.may_hold(date(1991, 5, 1))
    assert not term.surely_holds(date(1991, 5, 1))
    assert term.surely_holds(date(1993, 1, 1))
    assert not term.may_hold(date(1995, 7, 1))

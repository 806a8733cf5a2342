"""Dates on the command line."""

from __future__ import annotations

from datetime import date

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cli.days import day, first_day, last_day

CONTEXT = click.Context(click.Command("x"))
OPTION = click.Option(["--since"])


def test_a_missing_date_stays_missing() -> None:
    assert [read(CONTEXT, OPTION, None) for read in (day, first_day, last_day)] == [None] * 3


@given(st.dates())
def test_every_day_is_read_as_itself(value: date) -> None:
    text = value.isoformat()
    assert [read(CONTEXT, OPTION, text) for read in (day, first_day, last_day)] == [value] * 3


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("9999", date(9999, 1, 1), date(9999, 12, 31)),
    ],
)
def test_months_and_years_stand_for_their_first_or_last_day(text: str, first: date, last: date) -> None:
    assert first_day(CONTEXT, OPTION, text) == first
    assert last_day(CONTEXT, OPTION, text) == last


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2024-02-30", "February 2024 has 29 days"),
        ("2023-02-29", "February 2023 has 28 days"),
        ("2024-04-00", "April 2024 has 30 days"),
        ("2024-00-10", "months are 01 to 12"),
        ("2024-13", "months are 01 to 12"),
        ("0000", "years count from 0001"),
        ("24-01-01", "write YYYY-MM-DD"),
        ("2024-1-1", "write YYYY-MM-DD"),
        ("20240101", "write YYYY-MM-DD"),
        ("٢٠٢٤-٠١-٠١", "write YYYY-MM-DD"),
        ("", "write YYYY-MM-DD"),
        ("tomorrow", "write YYYY-MM-DD"),
    ],
)
def test_what_is_no_date_is_told_with_what_would_be(text: str, told: str) -> None:
    with pytest.raises(click.BadParameter, match=told):
        first_day(CONTEXT, OPTION, text)
    with pytest.raises(click.BadParameter, match="is not a date"):
        day(CONTEXT, OPTION, text)


@pytest.mark.parametrize("text", ["2024", "2024-02"])
def test_an_exact_day_is_no_month(text: str) -> None:
    with pytest.raises(click.BadParameter, match="write YYYY-MM-DD, such as"):
        day(CONTEXT, OPTION, text)

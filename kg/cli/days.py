"""Dates on the command line."""

from __future__ import annotations

import re
from datetime import date

import click

from kg.days import day_range


def day(_: click.Context, __: click.Parameter, value: str | None) -> date | None:
    """One exact day.

    Raises:
        click.BadParameter: The text is not one.
    """
    if value is None:
        return None
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        raise click.BadParameter(f"{value!r} is not a date; write YYYY-MM-DD, such as 2023-12-22")
    return _read(value)[0]


def first_day(_: click.Context, __: click.Parameter, value: str | None) -> date | None:
    """The first day of the day, month or year that the text names."""
    return None if value is None else _read(value)[0]


def last_day(_: click.Context, __: click.Parameter, value: str | None) -> date | None:
    """The last day of the day, month or year that the text names."""
    return None if value is None else _read(value)[1]


def _read(text: str) -> tuple[date, date]:
    try:
        return day_range(text)
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is not a date; {error}") from error

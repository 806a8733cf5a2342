"""Dates on the command line."""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from datetime import MAXYEAR, date

import click

_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


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
    """The first and the last day that the text names."""
    match = _DAY.fullmatch(text)
    if not match:
        raise click.BadParameter(
            f"{text!r} is not a date; write YYYY-MM-DD, YYYY-MM or YYYY, such as 2023-12-22"
        )
    year, month, number = (None if part is None else int(part) for part in match.groups())
    if not year or year > MAXYEAR:
        raise click.BadParameter(f"{text!r} is not a date; years count from 0001")
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if not 1 <= month <= 12:
        raise click.BadParameter(f"{text!r} is not a date; months are 01 to 12")
    length = monthrange(year, month)[1]
    if number is None:
        return date(year, month, 1), date(year, month, length)
    if not 1 <= number <= length:
        raise click.BadParameter(f"{text!r} is not a date; {month_name[month]} {year} has {length} days")
    return date(year, month, number), date(year, month, number)

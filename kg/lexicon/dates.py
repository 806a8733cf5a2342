"""Dates as exact as they are known: a year, a month or a day, and the days that these can mean."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import cache

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def earliest(text: str) -> date:
    """The first day that a date of year, month or day can mean.

    Raises:
        ValueError: the text is not such a date, or the day does not exist.

    >>> earliest("2005-01"), earliest("1978")
    (datetime.date(2005, 1, 1), datetime.date(1978, 1, 1))
    """
    year, month, day = _parts(text)
    return date(year, month or 1, day or 1)


def latest(text: str) -> date:
    """The last day that a date of year, month or day can mean.

    Raises:
        ValueError: the text is not such a date, or the day does not exist.

    >>> latest("2024-02")
    datetime.date(2024, 2, 29)
    """
    year, month, day = _parts(text)
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


@cache
def _parts(text: str) -> tuple[int, int | None, int | None]:
    match = _ISO.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = (int(part) if part else None for part in match.groups())
    if not year or (month is not None and not 1 <= month <= 12):
        raise ValueError(f"{text!r} is a date that does not exist")
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        raise ValueError(f"{text!r} is a date that does not exist") from None
    return year, month, day


@dataclass(frozen=True, slots=True)
class Validity:
    """From when to when something holds, in ISO dates as exact as known; None is open or unknown.

    >>> Validity("1922-12-30", "1991-12-26").may_hold(date(1995, 1, 1))
    False
    """

    begin: str | None = None
    end: str | None = None

    def may_hold(self, on: date) -> bool:
        """Whether it can hold on that day, given how exactly the two ends are known."""
        return (self.begin is None or earliest(self.begin) <= on) and (self.end is None or on <= latest(self.end))

    def surely_holds(self, on: date) -> bool:
        """Whether it holds on that day whatever the unknown part of the two ends."""
        return (self.begin is None or latest(self.begin) <= on) and (self.end is None or on <= earliest(self.end))

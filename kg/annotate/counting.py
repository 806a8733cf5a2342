"""Times that count from a day: weekdays, weeks and months ago, last year, the weekend."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Literal

from kg.annotate import edtf
from kg.annotate.readings import Offset, Period, Weekday
from kg.model import When

Toward = Literal["past", "future", "near"]
_DAYS = {"hour": 1 / 24, "day": 1, "week": 7, "fortnight": 14}
_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120}


def on_weekday(reading: Weekday, base: date, toward: Toward) -> date:
    """The weekday that is meant, seen from the publication day ``base``.

    >>> on_weekday(Weekday(0, "next"), date(2023, 12, 22), "past").isoformat()
    '2023-12-25'
    """
    ahead = (reading.weekday - base.weekday()) % 7
    if reading.week is not None:
        monday = base - timedelta(days=base.weekday())
        return monday + timedelta(days=reading.weekday + 7 * reading.week)
    if reading.which in ("next", "coming"):
        return base + timedelta(days=ahead or 7)
    if reading.which in ("last", "past", "previous"):
        return base - timedelta(days=7 - ahead)
    if reading.which == "this" and toward == "past":
        return base + timedelta(days=ahead if ahead <= 3 else ahead - 7)
    return base + timedelta(days=ahead if toward != "past" or ahead == 0 else ahead - 7)


def weekday_told(which: str, weekday: int, anchor: date) -> date:
    """The next, the previous or that weekday, seen from an event's day; "that" is of the same week.

    The day just before is "the day before", so the previous weekday lies two days back or more.

    >>> weekday_told("next", 0, date(2023, 12, 22)).isoformat()
    '2023-12-25'
    """
    if which == "that":
        return anchor + timedelta(days=weekday - anchor.weekday())
    if which == "next":
        return anchor + timedelta(days=(weekday - anchor.weekday()) % 7 or 7)
    back = (anchor.weekday() - weekday) % 7
    return anchor - timedelta(days=back if back > 1 else back + 7)


def shift(base: date, count: int, unit: str) -> date:
    """The day so many units away; the last day of a shorter month stands in for a missing one.

    >>> shift(date(2024, 3, 31), -1, "month").isoformat()
    '2024-02-29'
    """
    if unit in _DAYS:
        return base + timedelta(days=round(count * _DAYS[unit]))
    year, month = divmod(base.year * 12 + base.month - 1 + count * _MONTHS[unit], 12)
    return date(year, month + 1, min(base.day, monthrange(year, month + 1)[1]))


def offset(reading: Offset, base: date) -> When:
    """So many units from ``base``: days are exact, longer units about.

    >>> offset(Offset(-2, "month"), date(2023, 12, 22)).edtf
    '2023-10~'
    """
    count, unit = reading.count, reading.unit
    if unit == "hour":
        return edtf.about(edtf.day(base + timedelta(days=int(count / 24))))
    there = shift(base, count, unit)
    if unit == "day":
        return edtf.day(there)
    if unit in _DAYS:
        return edtf.about(edtf.day(there))
    if unit == "decade":
        return edtf.about(edtf.decade(there.year // 10 * 10))
    return edtf.about(edtf.month(there.year, there.month) if unit == "month" else edtf.year(there.year))


def period(reading: Period, base: date, toward: Toward) -> When:
    """The calendar unit that lies ``step`` units from the one of ``base``.

    >>> period(Period("week", -1), date(2023, 12, 22), "past").edtf
    '2023-12-11/2023-12-17'
    """
    unit, step = reading.unit, reading.step or 0
    if unit == "weekend":
        return _weekend(reading.step, base, toward)
    there = shift(base, step, unit) if step else base
    match unit:
        case "day":
            return edtf.day(there)
        case "week":
            return edtf.week(there)
        case "month":
            return edtf.month(there.year, there.month)
        case "quarter":
            quarter = (there.month - 1) // 3
            return edtf.season(there.year, 33 + quarter, quarter * 3 + 1)
        case "new year":
            return edtf.year(base.year + (base.month > 6))
        case "decade":
            return edtf.decade(there.year // 10 * 10)
        case _:
            return edtf.year(there.year)


def _weekend(step: int | None, base: date, toward: Toward) -> When:
    """None: the latest that has begun; 0: the nearest; -1 and 1: the ones before and after this week's."""
    monday = base - timedelta(days=base.weekday())
    saturday = monday + timedelta(days=5)
    if step is None:
        weeks = 0 if base >= saturday or toward != "past" else -1
    elif step == 0:
        weeks = -1 if base.weekday() < 2 and toward == "past" else 0
    elif step < 0:
        weeks = -1
    else:
        weeks = 1 if base >= saturday else 0
    saturday += timedelta(weeks=weeks)
    return edtf.interval(saturday, saturday + timedelta(days=1))

"""Parts of a longer time (early May, the end of the year) and times open at one side."""

from __future__ import annotations

from datetime import date, timedelta

from kg.annotate import edtf
from kg.model import When

_MONTH_DAYS = 10
"""Days that "the start of" and "the end of" a month cover."""


def part_of(part: str, when: When, base: date | None) -> When:
    """A part of a time.

    Early, mid and late cut a month at its 10th and 20th day, a year after April and August, a decade after
    its fourth and seventh year, a season at its months, other times in thirds. The start and end of a year
    are its first and last month, of a week two days. Earlier and later run to and from the publication day
    ``base``.

    >>> part_of("late", edtf.month(2023, 5), None).begin.isoformat()
    '2023-05-21'
    """
    begin, end = when.begin, when.end
    if begin is None or end is None or begin == end:
        return when
    if part in ("earlier", "later"):
        if base is None or not begin <= base <= end:
            return when
        return edtf.interval(begin, base) if part == "earlier" else edtf.interval(base, end)
    if part.endswith("_half"):
        return _half(part, when, begin, end)
    if part.endswith("_week"):
        return _week(part, begin, end)
    mid, late = _cuts(when, begin, end)
    match part:
        case "early":
            return edtf.about(when, begin, mid - timedelta(days=1))
        case "mid":
            return edtf.about(when, mid, late - timedelta(days=1))
        case "late":
            return edtf.about(when, late, end)
        case "start":
            return edtf.about(when, begin, begin + timedelta(days=_edge(when, begin, end) - 1))
        case _:
            return edtf.about(when, end - timedelta(days=_edge(when, begin, end) - 1), end)


def _half(part: str, when: When, begin: date, end: date) -> When:
    """Six months of a year, five years of a decade, the 15 days of a month and the rest of it; else by days."""
    middle = begin + (end - begin + timedelta(days=1)) // 2
    match when.precision:
        case "Month":
            middle = begin.replace(day=16)
        case "Year":
            middle = begin.replace(month=7)
        case "Decade":
            middle = begin.replace(year=begin.year + 5)
    if part == "first_half":
        return edtf.interval(begin, middle - timedelta(days=1))
    return edtf.interval(middle, end)


def _week(part: str, begin: date, end: date) -> When:
    """About seven days, counted from the first day or back from the last."""
    if part == "last_week":
        return edtf.interval(max(begin, end - timedelta(days=6)), end, edge="~")
    first = begin + timedelta(days={"first_week": 0, "second_week": 7, "third_week": 14}[part])
    return edtf.interval(min(first, end), min(first + timedelta(days=6), end), edge="~")


def _cuts(when: When, begin: date, end: date) -> tuple[date, date]:
    """The first days of the middle and of the late part."""
    match when.precision:
        case "Month":
            return begin.replace(day=11), begin.replace(day=21)
        case "Year":
            return begin.replace(month=5), begin.replace(month=9)
        case "Season":
            months = [begin.replace(day=1) + timedelta(days=32 * n) for n in (1, 2)]
            return months[0].replace(day=1), months[1].replace(day=1)
        case "Decade":
            return begin.replace(year=begin.year + 4), begin.replace(year=begin.year + 7)
        case _:
            third = max(1, round(((end - begin).days + 1) / 3))
            return begin + timedelta(days=third), begin + timedelta(days=2 * third)


def _edge(when: When, begin: date, end: date) -> int:
    """How many days the start or the end of a time has."""
    known = {"Month": _MONTH_DAYS, "Year": 31, "Decade": 365}
    days = (end - begin).days + 1
    return known.get(when.precision, 2 if days == 7 else max(1, round(days / 3)))


def opened(kind: str, when: When) -> When:
    """Since, from and until take the time in; before and after leave it out.

    >>> opened("before", edtf.year(2014)).edtf
    '../2013-12-31'
    """
    if kind == "before" and when.begin:
        return edtf.until(edtf.day(when.begin - timedelta(days=1)))
    if kind == "after" and when.end:
        return edtf.since(edtf.day(when.end + timedelta(days=1)))
    return edtf.since(when) if kind in ("since", "from", "after") else edtf.until(when)

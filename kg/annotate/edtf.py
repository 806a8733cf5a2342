"""Times in the Extended Date/Time Format (ISO 8601-2), each with the first and last day that it covers."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from kg.model import When

NOTHING = When(edtf="XXXX-XX-XX")
"""A day of which nothing is known."""


def day(on: date) -> When:
    """One day.

    >>> day(date(2023, 11, 24)).edtf
    '2023-11-24'
    """
    return When(edtf=on.isoformat(), begin=on, end=on, precision="Day")


def month(year: int, number: int) -> When:
    """A calendar month.

    >>> month(2024, 2).end
    datetime.date(2024, 2, 29)
    """
    return months(f"{year:04d}-{number:02d}", year, number, 1, "Month")


def year(number: int) -> When:
    """A calendar year.

    >>> year(1947).begin
    datetime.date(1947, 1, 1)
    """
    return months(f"{number:04d}", number, 1, 12, "Year")


def decade(first: int) -> When:
    """The ten years from ``first``, a multiple of ten.

    >>> decade(1990).edtf, decade(1990).end
    ('199X', datetime.date(1999, 12, 31))
    """
    return replace(months(f"{first // 10:03d}X", first, 1, 120, "Decade"), precision="Decade")


def season(year: int, code: int, first: int) -> When:
    """Three months from month ``first``; ``code`` is EDTF's for a season (21 to 24) or quarter (33 to 36).

    >>> season(2014, 23, 9).edtf, season(2014, 24, 12).end
    ('2014-23', datetime.date(2015, 2, 28))
    """
    return months(f"{year:04d}-{code}", year, first, 3, "Season")


def months(edtf: str, year: int, first: int, count: int, precision: str) -> When:
    """A run of whole months under the given EDTF text.

    >>> months("2023-33", 2023, 1, 3, "Season").end
    datetime.date(2023, 3, 31)
    """
    last_year, last = divmod(year * 12 + first - 1 + count - 1, 12)
    end = date(last_year, last + 1, monthrange(last_year, last + 1)[1])
    return When(edtf=edtf, begin=date(year, first, 1), end=end, precision=precision)


def interval(begin: date, end: date, *, edge: str = "") -> When:
    """All days from ``begin`` to ``end``; ``edge`` "~" says that they are not exact.

    >>> interval(date(2023, 5, 1), date(2023, 5, 7)).edtf
    '2023-05-01/2023-05-07'
    """
    if begin == end:
        return replace(day(begin), edtf=begin.isoformat() + edge)
    return When(edtf=f"{begin}{edge}/{end}{edge}", begin=begin, end=end, precision="Interval")


def week(on: date) -> When:
    """The week, Monday to Sunday, that holds the day.

    >>> week(date(2023, 12, 22)).edtf
    '2023-12-18/2023-12-24'
    """
    monday = on - timedelta(days=on.weekday())
    return interval(monday, monday + timedelta(days=6))


def about(when: When, begin: date | None = None, end: date | None = None) -> When:
    """The same time marked as approximate, with its cover narrowed where days are given.

    >>> about(month(2023, 5)).edtf
    '2023-05~'
    """
    begin, end = begin or when.begin, end or when.end
    seasonal = when.precision == "Season"
    if begin and end and (seasonal or "/" in when.edtf):
        # EDTF has no approximate season, and an interval is approximate at its edges.
        return replace(interval(begin, end, edge="~"), precision=when.precision)
    return replace(when, edtf=when.edtf.rstrip("~") + "~", begin=begin, end=end)


def span(first: When, last: When) -> When:
    """From the first day of one time to the last day of another.

    >>> span(year(2015), month(2018, 3)).edtf
    '2015/2018-03'
    """
    edtf = f"{first.edtf.split('/')[0]}/{last.edtf.split('/')[-1]}"
    return When(edtf=edtf, begin=first.begin, end=last.end, precision="Interval")


def since(when: When) -> When:
    """Open at the end: from this time on.

    >>> since(month(2023, 3)).edtf
    '2023-03/..'
    """
    return replace(when, edtf=f"{when.edtf.split('/')[0]}/..", end=None)


def until(when: When) -> When:
    """Open at the start: up to this time.

    >>> until(month(2024, 5)).edtf
    '../2024-05'
    """
    return replace(when, edtf=f"../{when.edtf.split('/')[-1]}", begin=None)

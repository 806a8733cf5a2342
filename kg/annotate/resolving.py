"""Readings resolved against a date: the publication's, or that of an event told before."""

from __future__ import annotations

from calendar import isleap, monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kg.annotate import edtf
from kg.annotate.counting import Toward, offset, on_weekday, period, shift, weekday_told
from kg.annotate.parts import opened, part_of
from kg.annotate.readings import (
    Day,
    Decade,
    InYear,
    Month,
    Offset,
    Open,
    Part,
    Period,
    Range,
    Reading,
    Run,
    Season,
    Stretch,
    Told,
    Vague,
    Weekday,
    Year,
    dated,
    from_event,
)
from kg.model import When

AHEAD_DAYS = 90
"""A date without a year that lies this close after the publication is read as the coming one: news names
the year of a date that is most of a year old."""
RECENT_DAYS = 31
"""A date without a year that lies this close before the publication is the past one, whatever the tense:
nobody plans for a day that comes again in eleven months without its year."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What is known for resolving: the publication date, the side to look to, and an event's date."""

    base: date | None
    toward: Toward = "past"
    anchor: date | None = None


def resolve(reading: Reading, frame: Frame) -> When:
    """The time that a reading means, with its resolution.

    >>> resolve(Weekday(4), Frame(date(2023, 12, 22))).edtf
    '2023-12-22'
    >>> resolve(Day(10, 7), Frame(None)).edtf
    'XXXX-10-07'
    """
    try:
        when = _resolve(reading, frame)
    except (OverflowError, ValueError):  # outside the years 1 to 9999
        when = edtf.NOTHING
    if when.begin is None and when.end is None:
        return replace(when, resolution="Unresolved")
    if from_event(reading):
        return replace(when, resolution="ResolvedFromEvent")
    return replace(when, resolution="Explicit" if dated(reading) else "ResolvedFromPublicationDate")


def _resolve(reading: Reading, frame: Frame) -> When:
    match reading:
        case Year(number):
            return edtf.year(number)
        case Decade(first):
            return edtf.decade(first)
        case Day() | Month() | Season():
            return _of_year(reading, frame)
        case InYear(step, inner):
            return _of_year(replace(inner, year=frame.base.year + step) if frame.base else inner, frame)
        case Part(part, inner):
            return part_of(part, _resolve(inner, frame), frame.base)
        case Open(kind, inner):
            when = _resolve(inner, frame)
            return opened(kind, when)
        case Range(first, last):
            return _range(first, last, frame)
        case Told() | Run():
            return _told(reading, frame.anchor)
        case Offset() | Period():
            base = frame.anchor if reading.event else frame.base
            if base is None:
                return _unknown(reading.unit)
            return offset(reading, base) if isinstance(reading, Offset) else period(reading, base, frame.toward)
        case _:
            return _from_publication(reading, frame)


def _from_publication(reading: Weekday | Stretch | Vague, frame: Frame) -> When:
    base = frame.base
    if base is None:
        return edtf.NOTHING
    if isinstance(reading, Weekday):
        return edtf.day(on_weekday(reading, base, frame.toward))
    if isinstance(reading, Vague):
        first = When(edtf=f"{base}/", begin=base, precision="Interval")
        return first if reading.sign > 0 else When(edtf=f"/{base}", end=base, precision="Interval")
    other = shift(base, reading.count, reading.unit)
    return edtf.interval(min(base, other), max(base, other))


def _told(reading: Told | Run, anchor: date | None) -> When:
    """What counts from an event alone; the next and the previous never take the event's own time in."""
    if anchor is None:
        return edtf.NOTHING
    if isinstance(reading, Run):
        other = shift(anchor, reading.count, reading.unit)
        return edtf.interval(min(anchor, other), max(anchor, other))
    if isinstance(reading.of, Weekday):
        return edtf.day(weekday_told(reading.which, reading.of.weekday, anchor))
    build = _builder(reading.of)
    if reading.which == "that":
        return build(anchor.year)
    found = [build(year) for year in range(anchor.year - 2, anchor.year + 3)]
    if reading.which == "next":
        return next(w for w in found if w.begin and w.begin > anchor)
    return [w for w in found if w.end and w.end < anchor][-1]


def _of_year(reading: Day | Month | Season, frame: Frame) -> When:
    build = _builder(reading)
    if reading.year is not None:
        return build(reading.year)
    if frame.base is None:
        return _yearless(reading)
    leap_day = isinstance(reading, Day) and (reading.month, reading.day) == (2, 29)
    past, future = _around(build, frame.base, leap_day)
    if isinstance(reading, Day):
        return _which_day(reading, past, future, frame)
    if reading.which:
        return _which(reading, build, frame.base, frame.toward)
    return _choose(past, future, frame)


def _builder(reading: Day | Month | Season) -> Callable[[int], When]:
    match reading:
        case Day(month, number):
            return lambda year: edtf.day(date(year, month, number))
        case Month(month):
            return lambda year: edtf.month(year, month)
        case Season(code, first):
            return lambda year: edtf.season(year, code, first)


def _yearless(reading: Day | Month | Season) -> When:
    if isinstance(reading, Day):
        return When(edtf=f"XXXX-{reading.month:02d}-{reading.day:02d}", precision="Day")
    if isinstance(reading, Month) and not reading.which:
        return When(edtf=f"XXXX-{reading.month:02d}", precision="Month")
    return _unknown("year")


def _unknown(unit: str) -> When:
    forms = {"month": ("XXXX-XX", "Month"), "quarter": ("XXXX", "Season"), "year": ("XXXX", "Year")}
    form, precision = forms.get(unit, ("XXXX", "Unknown") if unit == "decade" else ("XXXX-XX-XX", "Unknown"))
    return When(edtf=form, precision=precision)


def _around(build: Callable[[int], When], base: date, leap_day: bool) -> tuple[When, When]:
    """The last one that begins by ``base`` and the first one that has not ended before it."""
    reach = 8 if leap_day else 1
    years = range(base.year - reach, base.year + reach + 1)
    found = [build(y) for y in years if not leap_day or isleap(y)]
    begun = [w for w in found if w.begin and w.begin <= base]
    to_come = [w for w in found if w.end and w.end >= base]
    return begun[-1], to_come[0]


def _choose(past: When, future: When, frame: Frame) -> When:
    if frame.toward == "future" or past == future:
        return future
    if frame.toward == "near" and frame.base and past.end and future.begin:
        return future if future.begin - frame.base <= frame.base - past.end else past
    return past


def _which_day(reading: Day, past: When, future: When, frame: Frame) -> When:
    if reading.weekday is not None:
        fits = [w for w in (past, future) if w.begin and w.begin.weekday() == reading.weekday]
        if len(fits) == 1:
            return fits[0]
    if frame.base and future.begin and future.begin - frame.base <= timedelta(days=AHEAD_DAYS):
        return future if past.begin != frame.base else past
    if frame.base and past.begin and frame.base - past.begin <= timedelta(days=RECENT_DAYS):
        return past
    return _choose(past, future, frame)


def _which(reading: Month | Season, build: Callable[[int], When], base: date, toward: Toward) -> When:
    """Last: over before this month; next: not begun in it; this: of this year, a season the nearest."""
    found = [build(y) for y in range(base.year - 2, base.year + 3)]
    if reading.which in ("last", "past"):
        return [w for w in found if w.end and w.end < base.replace(day=1)][-1]
    if reading.which in ("next", "coming"):
        month_end = base.replace(day=monthrange(base.year, base.month)[1])
        return next(w for w in found if w.begin and w.begin > month_end)
    if toward == "future":
        return next(w for w in found if w.end and w.end >= base)
    return found[2] if isinstance(reading, Month) else min(found, key=lambda w: _distance(w, base))


def _distance(when: When, base: date) -> int:
    begin, end = when.begin or base, when.end or base
    return max((begin - base).days, (base - end).days, 0)


def _range(first: Reading, last: Reading, frame: Frame) -> When:
    """The side that names its year, or else the last one, dates the other."""
    if dated(first) and not dated(last):
        start = _resolve(first, frame)
        return edtf.span(start, _resolve(last, replace(frame, base=start.begin, toward="future")))
    stop = _resolve(last, frame)
    start = _resolve(first, replace(frame, base=stop.end or frame.base, toward="past"))
    return edtf.span(start, stop)

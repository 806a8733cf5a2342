"""Whole time expressions: ranges joined, and the words that lead them in taken along."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from kg.annotate.patterns import BLANK, alternatives, plain
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
    Season,
    Stretch,
    Vague,
    Weekday,
    Year,
    dated,
)
from kg.annotate.resolving import Frame, resolve
from kg.annotate.time_context import back, excluded, holds_name_of_month, licensed
from kg.annotate.time_rules import Point, points
from kg.lexicon.wordlists import words

_PARTED = (InYear, Month, Season, Year, Decade, Period)
_DATED = (Day, Month, Season, Year, Decade)
_CLOSED = (Range, Stretch, Vague)
_POSSESSIVE = re.compile(r"['’]s\b")


def compose(text: str, *, alone: bool = False) -> list[Point]:
    """The whole time expressions of a text, in order.

    Args:
        text: English text.
        alone: the text is one expression cut out of its sentence, so a bare month or year counts.

    >>> [(p.start, p.end) for p in compose("from May 3 to May 5")]
    [(0, 19)]
    """
    found = _joined(text, points(text))
    whole: list[Point] = []
    for point in found if alone else _standing(text, found):
        led, free = _led(text, point), whole[-1].end if whole else 0
        whole.append(led if led.start >= free else replace(point, start=max(point.start, free)))
    return whole


def _standing(text: str, found: Iterator[Point]) -> Iterator[Point]:
    month_is_name = holds_name_of_month(text)
    last: Point | None = None
    for point in found:
        chained = last is not None and _chained(text, last, point)
        if (chained or licensed(text, point, month_is_name=month_is_name)) and not excluded(text, point):
            yield point
            last = point


def _chained(text: str, last: Point, point: Point) -> bool:
    """Whether a bare month or year stands in a row with the time before it: in March and April."""
    gap = text[last.end : point.start]
    return type(last.reading) is type(point.reading) and len(gap) < 12 and bool(_row().fullmatch(gap))


def _joined(text: str, found: Sequence[Point]) -> Iterator[Point]:
    held: Point | None = None
    for point in found:
        if held is not None and (whole := _range(text, held, point)) is not None:
            yield whole
            held = None
            continue
        if held is not None:
            yield held
        held = point
    if held is not None:
        yield held


def _range(text: str, first: Point, last: Point) -> Point | None:
    if last.start - first.end > 12:
        return None
    if isinstance(first.reading, Day | Month | Season):
        within = _in_year(text, first, last, first.reading)
        if within is not None:
            return within
    if not _alike(first, last):
        return None
    link = _link().fullmatch(text, first.end, last.start)
    if link is None:
        return None
    lead = _from().search(back(text, first.start))
    if not _linked(first, last, plain(link[0]), plain(lead[1]) if lead else ""):
        return None
    start = first.start - len(lead[0]) if lead else first.start
    return Point(start, last.end, Range(first.reading, last.reading), "", "range")


def _in_year(text: str, first: Point, last: Point, inner: Day | Month | Season) -> Point | None:
    """June last year, the spring of this year."""
    year = last.reading
    if dated(inner) or not isinstance(year, Period) or year.unit != "year" or year.step is None:
        return None
    if last.bare or year.event or not _of().fullmatch(text, first.end, last.start):
        return None
    return Point(first.start, last.end, InYear(year.step, inner), "", "in_year")


def _alike(first: Point, last: Point) -> bool:
    one, two = first.reading, last.reading
    if dated(one) and dated(two):
        begun, ended = (resolve(reading, Frame(None)) for reading in (one, two))
        return begun.begin is not None and ended.end is not None and begun.begin < ended.end and one != two
    if isinstance(one, Weekday) and isinstance(two, Weekday):
        return one.weekday != two.weekday
    return isinstance(one, _DATED) and isinstance(two, _DATED) and (one != two)


def _linked(first: Point, last: Point, link: str, lead: str) -> bool:
    if link == "and":
        one, two = first.reading, last.reading
        days = isinstance(one, Weekday) and isinstance(two, Weekday) and (two.weekday - one.weekday) % 7 == 1
        return lead == "between" or days
    if lead == "from":
        return True
    bare_months = first.bare == "month" and last.bare == "month"
    return not bare_months and link not in ("to", "until", "till", "")


def _led(text: str, point: Point) -> Point:
    """The expression with "early", "the end of" and then "since", "by", "on" ahead of it."""
    point = _with_part(text, point)
    cue = _cue().search(back(text, point.start))
    if cue is None:
        return point
    kind: str = words("time")["cues"][plain(cue[1])]
    attributive = cue[0].rstrip().lower().endswith("the") and isinstance(point.reading, Day | Month | Year)
    if kind != "since" and (attributive or _POSSESSIVE.match(text, point.end)):
        return point  # "from the May 3 vote", "by Friday's vote": said of the noun behind
    taken = replace(point, start=point.start - len(cue[0]))
    if kind == "at":
        return taken
    if isinstance(point.reading, _CLOSED):
        return point
    if kind == "before" and isinstance(point.reading, Part) and point.reading.part == "finish":
        kind = "until"  # "before the end of May" ends with May
    if kind == "after" and isinstance(point.reading, Weekday | Offset | Period):
        return point  # "after Tuesday talks" tells what came first, not when
    return replace(taken, reading=Open(kind, point.reading))


def _with_part(text: str, point: Point) -> Point:
    found = _part().search(back(text, point.start))
    if found is None:
        return point
    part: str = words("time")["parts"][plain(found[1]).rstrip("-")]
    taken = replace(point, start=point.start - len(found[0]))
    if isinstance(point.reading, _PARTED):
        return replace(taken, reading=Part(part, point.reading))
    if isinstance(point.reading, Weekday | Day | Offset) and part in ("early", "late", "earlier", "later"):
        return taken
    return point


@cache
def _row() -> re.Pattern[str]:
    return re.compile(rf",{BLANK}|,?{BLANK}(?:and|or|to){BLANK}")


@cache
def _link() -> re.Pattern[str]:
    return re.compile(rf"[-–—]|[^\S\n][-–—][^\S\n]|{BLANK}(?:to|through|until|till|and){BLANK}")


@cache
def _of() -> re.Pattern[str]:
    return re.compile(rf",?(?:{BLANK}of)?{BLANK}")


@cache
def _from() -> re.Pattern[str]:
    return re.compile(rf"\b(from|between){BLANK}\Z", re.IGNORECASE)


@cache
def _cue() -> re.Pattern[str]:
    listed = alternatives(words("time")["cues"])
    return re.compile(rf"\b({listed}){BLANK}(?:the{BLANK})?\Z", re.IGNORECASE)


@cache
def _part() -> re.Pattern[str]:
    listed = alternatives(words("time")["parts"])
    return re.compile(rf"\b({listed})(?:-|{BLANK})(?:the{BLANK})?\Z", re.IGNORECASE)

"""Years of dates in a chronology, from the line or the heading above them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.annotate.readings import Day, Month, Year
from kg.annotate.time_rules import Point

_HEAD = re.compile(r"(?:\A|\n)[^\S\n]{0,8}(?:[-*•–—][^\S\n]{0,4})?\Z")
_TAIL = re.compile(r"[^\S\n]{0,2}(?:[-–—:]|\Z|\n)")


def heads_line(text: str, start: int, end: int) -> bool:
    """Whether a time stands at the head of a line and a dash, a colon or the line's end behind it.

    >>> heads_line("1996 - Factions disarm.", 0, 4)
    True
    """
    return bool(_TAIL.match(text, end)) and bool(_HEAD.search(text[max(0, start - 16) : start]))


def dated_by_headings(text: str, points: Sequence[Point]) -> list[Point]:
    """The times of a text, those at the head of a line with the year of the line or heading above.

    A month earlier in the year than that of the line above is of an unknown year, and stays as it is.

    >>> from kg.annotate.time_rules import points
    >>> text = "2006, May 3 - Talks open.\\nOct 2 - They fail."
    >>> [p.reading.year for p in dated_by_headings(text, points(text))]
    [2006, 2006]
    """
    dated: list[Point] = []
    year, month = 0, 0
    for point in points:
        reading = point.reading
        if isinstance(reading, Day | Month | Year) and heads_line(text, point.start, point.end):
            if isinstance(reading, Year):
                year, month = reading.year, 0
            elif reading.year is None and year and reading.month >= month:
                point = replace(point, reading=replace(reading, year=year))
                month = reading.month
            else:
                year, month = reading.year or 0, reading.month
        dated.append(point)
    return dated

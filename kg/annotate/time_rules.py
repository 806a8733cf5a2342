"""The patterns of time expressions, built once from the word lists, and what each of them reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.annotate.patterns import BLANK, NUMBER_START, alternatives, plain, small_numbers
from kg.annotate.readings import (
    Day,
    Decade,
    Month,
    Offset,
    Period,
    Range,
    Reading,
    Season,
    Stretch,
    Vague,
    Weekday,
    Year,
)
from kg.lexicon.wordlists import words

_DAYS_IN = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class Point:
    """A reading with its place; ``bare`` names a month or year that is a time only in some company."""

    start: int
    end: int
    reading: Reading
    bare: str = ""
    rule: str = ""


def points(text: str) -> list[Point]:
    """The simple time expressions of a text, leftmost and longest first, without overlap.

    >>> [text[p.start:p.end] for text in ["He left on May 3, 2023."] for p in points(text)]
    ['May 3, 2023']
    """
    found: list[Point] = []
    for point in sorted(_candidates(text), key=lambda p: (p.start, -p.end, p.rule)):
        if not found or point.start >= found[-1].end:
            found.append(point)
    return found


def _candidates(text: str) -> Iterator[Point]:
    for rule, pattern in _patterns().items():
        read = READERS[rule]
        for match in pattern.finditer(text):
            reading = read(match.groupdict())
            if reading is not None:
                yield Point(match.start(), match.end(), reading, _bare(rule, reading), rule)


def _bare(rule: str, reading: Reading) -> str:
    match reading:
        case Month(year=None, which=None):
            return "month"
        case Season(year=None, which=None) if rule == "season":
            return "season"
        case Year():
            return "year"
        case Period() if rule == "the_period":
            return "period"
        case Range() if rule == "years":
            return "year"
        case _:
            return ""


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    time = words("time")
    full, short_months = (
        {*names, *map(str.upper, names)} for names in (time["months"], time["month_abbreviations"])
    )
    month = rf"(?:{alternatives(full)}\b|{alternatives(short_months)}\b\.?)"
    days = {**time["weekdays"], **{k.upper(): v for k, v in time["weekdays"].items()}}
    short = {**days, **time["weekday_abbreviations"]}
    number = r"\d{1,3}|" + alternatives(small_numbers())
    lists = {
        "_": BLANK,
        "month": month,
        "dom": r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d|[.,:]\d|%|,\d{3})\b",
        "year": r"(?:1[5-9]|20)\d\d(?![\d%]|[.,]\d|-[a-z])\b",
        "ddd": alternatives(short) + r"\b\.?",
        "dddd": alternatives(days),
        "holiday": alternatives(time["holidays"]),
        "season": "(?i:" + alternatives(time["seasons"]) + ")",
        "ordinal": alternatives([*time["ordinals"], "1st", "2nd", "3rd", "4th"]),
        "decade": alternatives(time["decades"]),
        "time_of_day": alternatives(time["lists"]["times_of_day"]),
        "named_day": alternatives(time["named_days"]),
        "number": f"(?:{number})",
        "units": alternatives(time["units"]),
        "vague": alternatives([*time["lists"]["vague_before"], *time["lists"]["vague_after"]]),
        "to": rf"(?:[^\S\n]?[-–—][^\S\n]?|{BLANK}(?:to|and|through|until){BLANK})",
        "stop": r"[.,;:)\"”’]|\s*\Z|\n",
    }
    return {rule: re.compile(_fill(form, lists)) for rule, form in words("time_forms").items()}


def _fill(form: str, lists: Mapping[str, str]) -> str:
    """Put the lists into a form, with word boundaries at both ends."""

    def group(match: re.Match[str]) -> str:
        name, _, source = match[1].rpartition(":")
        return f"(?P<{name}>{lists[source]})" if name else lists[source]

    body = re.sub(r"(?<!\?P)<([a-z_]+(?::[a-z_]+)?|[a-z]+\d:[a-z]+)>", group, form)
    digit_first = form.startswith(
        (r"(?P<day>\d", r"(?P<year>\d", "<year", "(?:<weekday:ddd>,?<_>)?(?:[Tt]he")
    )
    # A form is tried only where a word begins: most places of a text are dismissed by that alone.
    return r"(?=\w)" + (NUMBER_START if digit_first else r"(?<![\w$€£])") + body + r"(?!\w)"


Groups = Mapping[str, Any]


def _int(text: str | None) -> int | None:
    return int(text) if text else None


def _month(groups: Groups) -> int:
    time = words("time")
    number: int = {**time["months"], **time["month_abbreviations"]}[groups["month"].rstrip(".").capitalize()]
    return number


def _which(groups: Groups) -> str | None:
    """The last word of "this past", in lower case; "this" alone stays."""
    said = groups.get("which")
    return plain(said).split(" ")[-1] if said else None


def _day(groups: Groups) -> Reading | None:
    named = groups.get("weekday")
    key = named.rstrip(".").capitalize() if named else ""
    time = words("time")
    weekday = {**time["weekday_abbreviations"], **time["weekdays"]}.get(key)
    return _valid(_month(groups), int(groups["day"].rstrip("stndrh")), _int(groups.get("year")), weekday)


def _valid(month: int, day: int, year: int | None, weekday: int | None = None) -> Day | None:
    if not 1 <= month <= 12 or not 1 <= day <= _DAYS_IN[month - 1]:
        return None
    leap = year is None or (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
    return None if (month, day) == (2, 29) and not leap else Day(month, day, year, weekday)


def _days(groups: Groups) -> Reading | None:
    first = _day(groups)
    last = _day({**groups, "day": groups["day2"]})
    if not isinstance(first, Day) or not isinstance(last, Day) or first.day >= last.day:
        return None
    return Range(first, last)


def _numeric(groups: Groups) -> Reading | None:
    """24.11.2023 or 11/24/2023; None where day and month could be exchanged."""
    day, month, year = int(groups["day"]), int(groups["m"]), int(groups["year"])
    if day <= 12 and month <= 12 and day != month:
        return None
    return _valid(month, day, year) if month <= 12 else _valid(day, month, year)


def _iso(groups: Groups) -> Reading | None:
    year = int(groups["year"])
    return _valid(int(groups["m"]), int(groups["day"]), year) if year > 0 else None


def _holiday(groups: Groups) -> Reading | None:
    name = " ".join(groups["holiday"].split())
    month, day = words("time")["holidays"][name]
    return Day(month, day, _int(groups["year"]))


def _season(groups: Groups) -> Reading | None:
    code, first = words("time")["seasons"][groups["season"].lower()]
    which = _which(groups)
    year = _int(groups["year"])
    return Season(code, first, year, None if which == "the" or year else which)


def _quarter(groups: Groups) -> Reading | None:
    """None without a year: matches have quarters too."""
    said = groups["q"].lower()
    if groups["year"] is None:
        return None
    number = int(said[0]) if said[0].isdigit() else words("time")["ordinals"][said]
    return Season(32 + number, number * 3 - 2, _int(groups["year"]))


def _years(groups: Groups) -> Reading | None:
    first, last = int(groups["year"]), int((groups["year"][:2] + groups["year2"])[-4:])
    return Range(Year(first), Year(last)) if last > first else None


def _number(said: str | None) -> int:
    key = plain(said or "one")
    return int(key) if key.isdigit() else small_numbers()[key]


def _earlier(groups: Groups) -> Reading | None:
    sign = -1 if plain(groups["side"]) in ("earlier", "before", "beforehand") else 1
    return Offset(sign * _number(groups.get("n")), _unit(groups), event=True)


def _clause(groups: Groups) -> Reading | None:
    """ "Two days after the vote" dates the vote: two days before what the sentence tells."""
    return Offset(-_number(groups["n"]), _unit(groups), event=True, clause=True)


def _unit(groups: Groups) -> str:
    unit: str = words("time")["units"][groups["unit"].lower()]
    return unit


def _ago(groups: Groups) -> Reading | None:
    unit = _unit(groups)
    return None if unit == "hour" else Offset(-_number(groups["n"]), unit)


def _period(groups: Groups) -> Reading | None:
    step = {"last": -1, "past": -1, "this": 0, "current": 0, "next": 1, "coming": 1}[_which(groups) or "this"]
    return Period(groups["unit"].lower(), step)


def _neighbour(groups: Groups) -> Reading | None:
    step = 1 if groups["which"].lower() in ("next", "following") else -1
    return Period(groups["unit"].lower(), step, event=True)


def _the_period(groups: Groups) -> Reading | None:
    unit = groups["which"].lower()
    return Period(unit, None if unit == "weekend" else 0)


def _stretch(groups: Groups) -> Reading | None:
    sign = -1 if groups["which"].lower() in ("last", "past") else 1
    if groups["n"] is None and groups["unit"].lower().endswith("s"):
        return None  # "the last weeks" has no length
    return Stretch(sign * _number(groups["n"]), _unit(groups))


def _vague(groups: Groups) -> Reading | None:
    return Vague(-1 if plain(groups["which"]) in words("time")["lists"]["vague_before"] else 1)


def _weekday(groups: Groups) -> Reading | None:
    return Weekday(words("time")["weekdays"][groups["weekday"].capitalize()], _which(groups))


def _weekday_of(groups: Groups) -> Reading | None:
    step = {"last": -1, "this": 0, "next": 1}[groups["which"]]
    return Weekday(words("time")["weekdays"][groups["weekday"].capitalize()], None, step)


READERS: Mapping[str, Callable[[Groups], Reading | None]] = {
    "day": _day,
    "us_day": _day,
    "year_first": _day,
    "weekday_day": _day,
    "days": _days,
    "us_days": _days,
    "iso": _iso,
    "numeric": _numeric,
    "holiday": _holiday,
    "month": lambda g: Month(_month(g), _int(g["year"]), None if g["year"] else _which(g)),
    "season": _season,
    "quarter": _quarter,
    "short_quarter": _quarter,
    "years": _years,
    "year": lambda g: Year(int(g["year"])),
    "decade": lambda g: Decade(int(g["first"])),
    "short_decade": lambda g: Decade(1900 + 10 * int(g["tens"])),
    "spelt_decade": lambda g: Decade(words("time")["decades"][g["spelt"].lower()]),
    "weekday_of": _weekday_of,
    "weekday": _weekday,
    "named": lambda g: Offset(words("time")["named_days"][plain(g["named"])], "day"),
    "ago": _ago,
    "earlier": _earlier,
    "beside": _earlier,
    "clause": _clause,
    "neighbour": _neighbour,
    "before_last": lambda g: Period(g["unit"].lower(), -2),
    "period": _period,
    "the_period": _the_period,
    "stretch": _stretch,
    "vague": _vague,
}
"""For each form the function from its groups to its reading; None where the words are no time."""

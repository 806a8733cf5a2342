"""What each form of a time expression reads: from the groups of its match to a reading."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kg.annotate.patterns import plain
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
from kg.annotate.time_groups import Groups, integer, month_of, number, unit, which
from kg.annotate.time_told import TOLD
from kg.lexicon.wordlists import words

_DAYS_IN = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _day(groups: Groups) -> Reading | None:
    named = groups.get("weekday")
    key = named.rstrip(".").capitalize() if named else ""
    time = words("time")
    weekday = {**time["weekday_abbreviations"], **time["weekdays"]}.get(key)
    return _valid(month_of(groups), int(groups["day"].rstrip("stndrh")), integer(groups.get("year")), weekday)


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
    return Day(month, day, integer(groups["year"]))


def _feast(groups: Groups) -> Reading | None:
    month, day = words("time")["feasts"][groups["feast"]]
    return Day(month, day, integer(groups["year"]))


def _season(groups: Groups) -> Reading | None:
    code, first = words("time")["seasons"][groups["season"].lower()]
    said = which(groups)
    year = integer(groups["year"])
    return Season(code, first, year, None if said == "the" or year else said)


def _quarter(groups: Groups) -> Reading | None:
    """None without a year: matches have quarters too."""
    said = groups["q"].lower()
    if groups["year"] is None:
        return None
    quarter = int(said[0]) if said[0].isdigit() else words("time")["ordinals"][said]
    return Season(32 + quarter, quarter * 3 - 2, integer(groups["year"]))


def _years(groups: Groups) -> Reading | None:
    first, last = int(groups["year"]), int((groups["year"][:2] + groups["year2"])[-4:])
    return Range(Year(first), Year(last)) if last > first else None


def _ago(groups: Groups) -> Reading | None:
    """With "this month" behind it, as in "three years ago this month", only years count, to the month."""
    kind, month = unit(groups), which(groups)
    if month:
        step = {"last": -1, "this": 0, "next": 1}[month]
        return Offset(step - 12 * number(groups["n"]), "month") if kind == "year" else None
    return None if kind == "hour" else Offset(-number(groups["n"]), kind)


def _period(groups: Groups) -> Reading | None:
    step = {"last": -1, "past": -1, "this": 0, "current": 0, "next": 1, "coming": 1}[which(groups) or "this"]
    return Period(groups["unit"].lower(), step)


def _the_period(groups: Groups) -> Reading | None:
    unit = groups["which"].lower()
    return Period(unit, None if unit == "weekend" else 0)


def _stretch(groups: Groups) -> Reading | None:
    sign = -1 if groups["which"].lower() in ("last", "past") else 1
    if groups["n"] is None and groups["unit"].lower().endswith("s"):
        return None  # "the last weeks" has no length
    return Stretch(sign * number(groups["n"]), unit(groups))


def _vague(groups: Groups) -> Reading | None:
    return Vague(-1 if plain(groups["which"]) in words("time")["lists"]["vague_before"] else 1)


def _weekday(groups: Groups) -> Reading | None:
    return Weekday(words("time")["weekdays"][groups["weekday"].capitalize()], which(groups))


def _weekday_of(groups: Groups) -> Reading | None:
    step = {"last": -1, "this": 0, "next": 1}[groups["which"]]
    return Weekday(words("time")["weekdays"][groups["weekday"].capitalize()], None, step)


READERS: Mapping[str, Callable[[Groups], Reading | None]] = {
    **TOLD,
    "day": _day,
    "us_day": _day,
    "year_first": _day,
    "weekday_day": _day,
    "days": _days,
    "us_days": _days,
    "iso": _iso,
    "numeric": _numeric,
    "holiday": _holiday,
    "month": lambda g: Month(month_of(g), integer(g["year"]), None if g["year"] else which(g)),
    "season": _season,
    "quarter": _quarter,
    "short_quarter": _quarter,
    "years": _years,
    "feast": _feast,
    "month_of_year": lambda g: Month(month_of(g), int(g["year"])),
    "overnight": lambda _: Stretch(-1, "day"),
    "new_year": lambda _: Period("new year", 0),
    "year": lambda g: Year(int(g["year"])),
    "decade": lambda g: Decade(int(g["first"])),
    "short_decade": lambda g: Decade(1900 + 10 * int(g["tens"])),
    "spelt_decade": lambda g: Decade(words("time")["decades"][g["spelt"].lower()]),
    "weekday_of": _weekday_of,
    "weekday": _weekday,
    "named": lambda g: Offset(words("time")["named_days"][plain(g["named"])], "day"),
    "ago": _ago,
    "before_last": lambda g: Period(g["unit"].lower(), -2),
    "period": _period,
    "the_period": _the_period,
    "stretch": _stretch,
    "vague": _vague,
}
"""For each form the function from its groups to its reading; None where the words are no time."""

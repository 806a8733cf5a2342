"""The patterns of time expressions, built once from the word lists, and what each of them reads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.annotate.patterns import BLANK, NUMBER_START, alternatives
from kg.annotate.readings import Day, Month, Period, Range, Reading, Run, Season, Year
from kg.annotate.time_readers import READERS
from kg.lexicon.wordlists import words

_STOP = r"[.,;:)\"”’]|\s*\Z|\n"
"""What may stand behind words that end a phrase."""


@dataclass(frozen=True, slots=True)
class Point:
    """A reading with its place; ``bare`` names a month or year that is a time only in some company."""

    start: int
    end: int
    reading: Reading
    bare: str = ""
    rule: str = ""


@lru_cache(maxsize=2)
def points(text: str) -> tuple[Point, ...]:
    """The simple time expressions of a text, leftmost and longest first, without overlap.

    Kept, as the times of an article and its figures both ask for them.

    >>> [text[p.start:p.end] for text in ["He left on May 3, 2023."] for p in points(text)]
    ['May 3, 2023']
    """
    found: list[Point] = []
    for point in sorted(_candidates(text), key=lambda p: (p.start, -p.end, p.rule)):
        if not found or point.start >= found[-1].end:
            found.append(point)
    return tuple(found)


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
        case Day() if rule == "feast":
            return "feast"
        case Run() if rule == "run":
            return "run"
        case Period() if rule == "the_period":
            return "period"
        case Range() if rule == "years":
            return "year"
        case _:
            return ""


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    time = words("time")
    full, short_months = ({*names, *map(str.upper, names)} for names in (time["months"], time["month_abbreviations"]))
    month = rf"(?:{alternatives(full)}\b|{alternatives(short_months)}\b\.?)"
    days = {**time["weekdays"], **{k.upper(): v for k, v in time["weekdays"].items()}}
    short = {**days, **time["weekday_abbreviations"]}
    lists = {
        "_": BLANK,
        "month": month,
        "dom": r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d|[.,:]\d|%|,\d{3})\b",
        "year": r"(?:1[5-9]|20)\d\d(?![\d%]|[.,]\d|-[a-z])\b",
        "ddd": alternatives(short) + r"\b\.?",
        "dddd": alternatives(days),
        "holiday": alternatives(time["holidays"]),
        "feast": alternatives(time["feasts"]),
        "nth": alternatives(time["nth"]) + "|" + r"\d{1,2}(?:st|nd|rd|th)",
        "season": "(?i:" + alternatives(time["seasons"]) + ")",
        "ordinal": alternatives([*time["ordinals"], "1st", "2nd", "3rd", "4th"]),
        "decade": alternatives(time["decades"]),
        "time_of_day": alternatives(time["lists"]["times_of_day"]),
        "named_day": alternatives(time["named_days"]),
        "number": _number(),
        "units": alternatives(time["units"]),
        "vague": alternatives([*time["lists"]["vague_before"], *time["lists"]["vague_after"]]),
        "to": rf"(?:[^\S\n]?[-–—][^\S\n]?|{BLANK}(?:to|and|through|until){BLANK})",
        "stop": _STOP,
        "end": f"{_STOP}|{BLANK}{alternatives(time['lists']['phrase_ends'])}\\b",
    }
    return {rule: re.compile(_fill(form, lists)) for rule, form in words("time_forms").items()}


def _number() -> str:
    """A number up to 999 in digits or up to ninety-nine in words.

    Case is spelt out and the words are factored: most words of a text are told from numbers by their first letter.
    """
    table = words("numbers")
    tens, ones = ([*table[key], *map(str.capitalize, table[key])] for key in ("tens", "ones"))
    units = [word for word, worth in table["ones"].items() if 0 < worth < 10]
    spelt = (
        rf"{alternatives(tens)}(?:[- ]{alternatives(units)})?|{alternatives(ones)}|[Aa]{BLANK}couple{BLANK}of|[Aa]n?"
    )
    return rf"(?-i:\d{{1,3}}|{spelt})"


def _fill(form: str, lists: Mapping[str, str]) -> str:
    """Put the lists into a form, with word boundaries at both ends."""

    def group(match: re.Match[str]) -> str:
        name, _, source = match[1].rpartition(":")
        return f"(?P<{name}>{lists[source]})" if name else lists[source]

    body = re.sub(r"(?<!\?P)<([a-z_]+(?::[a-z_]+)?|[a-z]+\d:[a-z]+)>", group, form)
    digit_first = form.startswith((r"(?P<day>\d", r"(?P<year>\d", "<year", "(?:<weekday:ddd>,?<_>)?(?:[Tt]he"))
    # A form is tried only where a word begins: most places of a text are dismissed by that alone.
    return r"(?=\w)" + (NUMBER_START if digit_first else r"(?<![\w$€£])") + body + r"(?!\w)"

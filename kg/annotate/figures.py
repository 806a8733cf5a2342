"""Figures of a text: how much or how many, how exactly, and in which unit."""

from __future__ import annotations

import re
from functools import cache

from kg.annotate.number_words import Number, numbers
from kg.annotate.patterns import BLANK, alternatives, plain
from kg.annotate.time_company import compose
from kg.lexicon.wordlists import words
from kg.model import Figure, Span

_BACK = 40
"""Code points ahead of a number in which a word can bear on it."""
_UNITS = ("percent", "currencies", "measures", "durations")


def figures(text: str) -> tuple[Figure, ...]:
    """The figures of a text, in order.

    The span is the number with its currency sign and unit; the words that say how exact it is ("over",
    "at least") stay outside. "Dozens" are at least 24, "hundreds" at least 200: the plural promises two.
    "Nearly" and "almost" give About. Dates, years, times of day, ages, ordinals, scores, and the numbers of
    resolutions or flights are no figures.

    >>> [(f.value, f.approximation, f.unit) for f in figures("It gave over $6 billion to some 240 men.")]
    [(6000000000.0, 'MoreThan', 'USD'), (240.0, 'About', None)]
    """
    times = iter(compose(text))
    time = next(times, None)
    dated = -1
    found = []
    for number in numbers(text):
        while time is not None and time.end <= number.start:
            dated = time.end
            time = next(times, None)
        if time is not None and time.start < number.end:
            continue
        ahead = text[max(0, number.start - 2) : number.start]
        if dated != number.start - 1 and re.match(r"\d[^\S\n]", ahead):
            continue  # a part of a telephone number, not "in 2014 30 people"
        figure = _figure(text, number)
        if figure is not None:
            found.append(figure)
    return tuple(found)


def _figure(text: str, number: Number) -> Figure | None:
    unit, end = _unit(text, number)
    if unit is None and _no_count(text, number):
        return None
    if _named(text, number):
        return None
    return Figure(Span(number.start, end), number.value, _approximation(text, number, end), unit)


def _unit(text: str, number: Number) -> tuple[str | None, int]:
    """The unit and the end of the number with it."""
    if number.sign is not None:
        signs = {k.lower(): v for k, v in words("quantities")["signs"].items()}
        return signs[number.sign.lower()], number.end
    found = _unit_pattern().match(text, number.end)
    if found is None:
        return None, number.end
    said = " ".join(found[1].split())
    tables = words("quantities")
    known = {k: v for name in _UNITS for k, v in tables[name].items()}
    folded = {k.lower(): v for k, v in known.items()}
    return known.get(said) or folded[said.lower()], found.end()


def _approximation(text: str, number: Number, end: int) -> str:
    after = _after().match(text, end)
    before = _before().search(text[max(0, number.start - _BACK) : number.start])
    tables: dict[str, dict[str, str]] = words("quantities")
    if before:
        return tables["before"][plain(before[1])]
    if after:
        return tables["after"][plain(after[1])]
    return "AtLeast" if number.form == "vague" else "Exactly"


def _no_count(text: str, number: Number) -> bool:
    """Whether a number without a unit is a year, a score, a list's number, or the pronoun "one"."""
    said = text[number.start : number.end]
    if number.form == "digits":
        after = text[number.end : number.end + 2]
        if re.fullmatch(r"1[5-9]\d\d|20\d\d", said) and not _counted().match(text, number.end):
            return True
        if re.fullmatch(r"0\d+", said) or re.match(r"[-–/:]\d", after) or re.match(r"[^\S\n]\d", after):
            return True
        line_start = text[max(0, number.start - 1) : number.start] in ("", "\n")
        return (line_start and re.match(r"[.)]\s", after) is not None) or _age(text, number)
    return plain(said) == "one" and _pronoun(text, number)


def _age(text: str, number: Number) -> bool:
    """Two digits between commas behind a name: Smith, 45, said."""
    ahead = text[max(0, number.start - _BACK) : number.start]
    behind = text[number.end : number.end + 1]
    return number.value < 120 and behind == "," and re.search(r"[A-Z][\w'’-]+, \Z", ahead) is not None


def _pronoun(text: str, number: Number) -> bool:
    following = re.match(rf"{BLANK}([a-z]+)", text[number.end : number.end + _BACK])
    lists = words("quantities")["lists"]
    if following is None or following[1] in lists["one_stops"]:
        return True
    return bool(_blocks().search(text[max(0, number.start - _BACK) : number.start]))


def _named(text: str, number: Number) -> bool:
    """Whether the number is part of a name, an age, a fraction or a time: Resolution 1701, Six-Party."""
    ahead = text[max(0, number.start - _BACK) : number.start]
    if number.sign is None and (_label().search(ahead) or _follower().match(text, number.end)):
        return True
    if number.form == "words" and text[number.start].isupper():
        compound = text[number.end : number.end + 1] == "-" and text[number.end + 1 : number.end + 2].isupper()
        inside = re.search(r"[a-z,]\s\Z", ahead) is not None
        return compound or inside
    return False


@cache
def _unit_pattern() -> re.Pattern[str]:
    tables = words("quantities")
    percent = alternatives(tables["percent"])
    listed = alternatives(k for name in _UNITS[1:] for k in tables[name])
    return re.compile(rf"(?:-|{BLANK}|)({percent}|{listed})(?!\w)", re.IGNORECASE)


@cache
def _counted() -> re.Pattern[str]:
    return re.compile(rf"{BLANK}{alternatives(words('time')['lists']['counted_nouns'])}\b")


@cache
def _before() -> re.Pattern[str]:
    listed = alternatives(words("quantities")["before"])
    return re.compile(rf"\b({listed}){BLANK}(?:the{BLANK})?\Z", re.IGNORECASE)


@cache
def _after() -> re.Pattern[str]:
    return re.compile(rf"(?:{BLANK}|(?=\+))({alternatives(words('quantities')['after'])})(?!\w)", re.IGNORECASE)


@cache
def _label() -> re.Pattern[str]:
    listed = alternatives(words("quantities")["lists"]["labels"])
    row = r"(?:\d{1,5}(?:, |,? and |,? or )){0,4}"
    return re.compile(rf"\b(?i:{listed})[^\S\n]{{0,2}}{row}\Z")


@cache
def _follower() -> re.Pattern[str]:
    listed = alternatives(words("quantities")["lists"]["followers"])
    return re.compile(rf"(?:-|{BLANK}|){listed}(?!\w)", re.IGNORECASE)


@cache
def _blocks() -> re.Pattern[str]:
    return re.compile(rf"\b{alternatives(words('quantities')['lists']['one_blocks'])}{BLANK}\Z", re.IGNORECASE)

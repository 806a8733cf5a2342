"""Whether words that could be a time are one: what stands before and after them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from kg.annotate.patterns import BLANK, alternatives
from kg.annotate.readings import Day, Decade, Month, Offset, Range, Weekday, Year
from kg.annotate.time_chronology import heads_line
from kg.annotate.time_rules import Point
from kg.lexicon.wordlists import words

_BACK, _AHEAD, _CLAUSE = 60, 40, 160
"""Code points round an expression in which a word can bear on it: just ahead, behind, ahead in its clause."""


def back(text: str, start: int) -> str:
    """The words just ahead of a place, as far as they can bear on it."""
    return text[max(0, start - _BACK) : start]


def future_ahead(text: str, start: int) -> bool:
    """Whether a cue ahead in the same clause puts the expression that starts there in the future.

    >>> future_ahead("They will meet on Monday.", 15)
    True
    """
    clause = _clause_breaks().split(text[max(0, start - _CLAUSE) : start])[-1]
    if _cues("future_cues").search(clause[-_BACK:]):
        return True
    far = [cue.end() for cue in _cues("future_cues_far").finditer(clause)]
    return bool(far) and not _past().search(clause, far[-1])


def foreseen(text: str, start: int, end: int) -> bool:
    """Whether "for" stands in front or "will" behind: talks for Monday, but not thanks for Monday's help.

    >>> foreseen("a rally for Saturday", 12, 20), foreseen("for Friday's raid", 4, 10)
    (True, False)
    """
    if text[end : end + 1] in ("'", "’"):
        return False
    return bool(re.search(rf"\bfor{BLANK}\Z", back(text, start)) or _will().match(text, end))


def holds_name_of_month(text: str) -> bool:
    """Whether a month's word is a person's name in the text: Theresa May.

    >>> holds_name_of_month("Theresa May met him in May.")
    True
    """
    return bool(_month_names().search(text))


def licensed(text: str, point: Point, *, month_is_name: bool) -> bool:
    """Whether a bare month, season, year or "the week" is a time by the word ahead of it."""
    ahead = back(text, point.start)
    lists = words("time")["lists"]
    match point.bare:
        case "":
            return True
        case "month" if _of_that_month(text, point) and not month_is_name:
            return True
        case "month":
            said = text[point.start : point.end].capitalize()
            weak = not (month_is_name and said in lists["month_and_name"])
            return _ends_with("month_licence", ahead) or (weak and _ends_with("month_licence_weak", ahead))
        case "season":
            return _ends_with("season_licence", ahead) and not re.match(rf"{BLANK}of\b", text[point.end :][:9])
        case "feast":
            return _ends_with("feast_licence", ahead)
        case "run":
            return bool(_over().search(ahead))
        case "period":
            weekend = text[point.start : point.end].lower().endswith("weekend")
            return _ends_with("weekend_licence" if weekend else "period_licence", ahead)
        case _:
            if _ends_with("year_licence", ahead) or _attributive(text, point):
                return True
            return heads_line(text, point.start, point.end) and text[point.end : point.end + 4].strip() != ""


def excluded(text: str, point: Point) -> bool:
    """Whether the words are about something else: the 1967 borders, Black Friday, 30 people."""
    match point.reading:
        case Weekday():
            return _part_of_name(text, point)
        case Offset() if point.rule == "named":
            # The name of a paper or broadcaster.
            return text[point.start].isupper() and bool(re.search(r"[A-Z]\w* $", back(text, point.start)))
        case Day(year=None) | Year() if _follows("counted_nouns", text, point):
            return True
        case Day() | Month() | Year() | Decade() | Range():
            return _determined(text, point) and _about_no_event(text, point)
        case _:
            return False


def _attributive(text: str, point: Point) -> bool:
    """A year between a determiner and a noun: a 1999 summit, Kenya's disputed 2007 election."""
    found = _determiner().search(back(text, point.start))
    if found is None or not re.match(rf"{BLANK}[A-Za-z]", text[point.end : point.end + 9]):
        return False
    lists = words("time")["lists"]
    named = {w.lower() for w in found[1].split()} & {*lists["no_event_nouns"], *lists["phrase_ends"]}
    return not named and not _follows("phrase_ends", text, point)


def _of_that_month(text: str, point: Point) -> bool:
    """A month between a determiner and a noun: a January raid, the October offer."""
    lead = _determiner().search(back(text, point.start))
    if lead is None or lead[1] or not re.match(rf"{BLANK}[a-z]", text[point.end : point.end + 6]):
        return False
    return not _follows("phrase_ends", text, point)


def _determined(text: str, point: Point) -> bool:
    """Whether a definite determiner stands ahead; "a 1992 pact" tells of the pact's making."""
    found = _determiner().search(back(text, point.start))
    return found is not None and found[0].split()[0].lower() not in words("time")["lists"]["indefinite"]


def _about_no_event(text: str, point: Point) -> bool:
    lists = words("time")["lists"]
    for word in re.findall(r"\A[^\S\n]+[\w-]+|[.,;:()]|[\w-]+", text[point.end : point.end + _AHEAD])[:4]:
        bare = word.strip().lower()
        if bare in lists["phrase_ends"] or not bare[0].isalnum():
            return False
        if bare in lists["no_event_nouns"]:
            return True
    return False


def _part_of_name(text: str, point: Point) -> bool:
    return _ends_with("weekday_names_before", back(text, point.start), fold=False) or _follows(
        "weekday_names_after", text, point
    )


def _ends_with(name: str, ahead: str, *, fold: bool = True) -> bool:
    return bool(_before(name, fold).search(ahead))


def _follows(name: str, text: str, point: Point) -> bool:
    return bool(_behind(name).match(text, point.end))


@cache
def _before(name: str, fold: bool) -> re.Pattern[str]:
    listed = alternatives(words("time")["lists"][name])
    tail = rf"{BLANK}(?:the{BLANK})?(?:year{BLANK})?\Z|\b(?:mid|early|late)-\Z"
    return re.compile(rf"\b{listed}{tail}", re.IGNORECASE if fold else 0)


@cache
def _behind(name: str) -> re.Pattern[str]:
    return re.compile(rf"{BLANK}{alternatives(words('time')['lists'][name])}\b")


@cache
def _over() -> re.Pattern[str]:
    listed = alternatives(words("time")["lists"]["run_licence"])
    return re.compile(rf"\b{listed}(?:{BLANK}[\w'’-]{{1,14}}){{1,2}}{BLANK}\Z", re.IGNORECASE)


@cache
def _will() -> re.Pattern[str]:
    return re.compile(rf"{BLANK}(?:will|(?:is|are){BLANK}(?:to|due|expected))\b")


@cache
def _determiner() -> re.Pattern[str]:
    listed = alternatives(words("time")["lists"]["determiners"])
    return re.compile(rf"(?:\b{listed}|['’]s?)((?:{BLANK}[A-Za-z-]+){{0,2}}){BLANK}\Z", re.IGNORECASE)


@cache
def _cues(name: str) -> re.Pattern[str]:
    listed: Iterable[str] = words("time")["lists"][name]
    return re.compile(rf"(?<![\w]){alternatives(listed)}\b(?!{BLANK}have\b)|(?<=\w)['’]ll\b")


@cache
def _past() -> re.Pattern[str]:
    """A verb that tells of the past, by its form: not "to be signed"."""
    listed = alternatives(words("time")["lists"]["preterites"])
    return re.compile(rf"(?<!\bbe )\b(?:[a-z]{{3,15}}ed|{listed})\b")


@cache
def _clause_breaks() -> re.Pattern[str]:
    listed = alternatives(words("time")["lists"]["clause_breaks"])
    # A full stop behind a capital or a short title ends no clause, nor does one in a number; quotes within a clause
    # do not end it, but a quotation does.
    titles = r"(?<!\b(?:Mr|Dr|St))(?<!\b(?:Mrs|Gen|Sen|Gov|Jan|Feb|Aug|Oct|Nov|Dec))(?<!\bSept)(?<!\b[ap]\.m)"
    stop = rf"(?<![A-Z]){titles}[.!?](?=\s)"
    quoted = r"[,.!?][\"”’]|[,:]\s[\"“]"
    return re.compile(rf"{stop}|{quoted}|[;:—()]|\n\s{{0,8}}\n|\b(?i:{listed})\b")


@cache
def _month_names() -> re.Pattern[str]:
    time = words("time")
    lead = {
        w.split(" ")[-1].capitalize() for key in ("month_licence", "month_licence_weak") for w in time["lists"][key]
    }
    other = "|".join(sorted(lead | {*time["months"], *time["month_abbreviations"]} | {"And", "Or", "The", "On"}))
    return re.compile(rf"\b(?!(?:{other})\b)[A-Z][a-z]+\.? {alternatives(time['lists']['month_and_name'])}\b(?! \d)")

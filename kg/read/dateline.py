"""The words before a wire report that say where it was written and by which agency."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model import Span

MAX_LINES = 5
"""Lines that are not blank among which a dateline is looked for: a summary may stand before it."""

_WORD = r"[^\W\d_][\w.'’-]{0,30}"
_NAME = rf"{_WORD}(?:[ /]{_WORD}){{0,3}}"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
_DAY = rf"{_WEEKDAY}(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?"
_DASH = r"(?:--|[-–—_])"

_LINE = re.compile(
    rf"[ \t]*(?P<place>(?P<city>{_NAME})(?P<land>, (?!{_DAY}){_NAME})??)"
    rf"(?P<day>,? {_DAY}[.,]?)?"
    rf"(?:[ ]?\((?P<bracketed>[^\W\d_][\w &.'’/-]{{1,40}})\)[ ]?{_DASH}"
    rf"|[ ]/(?P<slashed>[A-Z][A-Za-z]{{1,15}})/[.]?"
    rf"|,?[ ](?P<bare>(?(day)[A-Z]{{2,8}}|(?<=, )[A-Z]{{4,8}}))[ ]{_DASH}"
    r"|[ ](?P<plain>--|[–—]))"
    r"(?=\s)"
)
# Headline words that editors set in capitals before a dash, where a city could stand.
_LABEL = re.compile(
    r"\b(?:ADVISORY|ALERT|ANALYSIS|BREAKING|CORRECT(?:ED|ION)|EXCLUSIVE|EXPLAINER|FACTBOX|FLASH|INTERVIEW"
    r"|LIVE|NEWS|NOTE|OPINION|TIMELINE|UPDATED?|URGENT|VIDEO|WATCH)\b"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where a report was written, and by which agency if it says so."""

    place: str
    """As in the text: ``ANKARA, Turkey``."""
    agency: str | None
    span: Span
    """From the place through the dash or slash that closes the dateline."""


def dateline(text: str) -> Dateline | None:
    """Give the dateline at the head of one of the text's first lines, if there is one.

    >>> dateline("ANKARA, Turkey (AP) _ Talks began.")
    Dateline(place='ANKARA, Turkey', agency='AP', span=Span(start=0, end=21))
    >>> dateline("Talks began - and ended - in Ankara.") is None
    True
    """
    start = count = 0
    while start < len(text) and count < MAX_LINES:
        end = text.find("\n", start) + 1 or len(text)
        if not text[start:end].isspace():
            count += 1
            match = _LINE.match(text, start, end)
            if match and _believable(match):
                return Dateline(match["place"], _agency(match), Span(match.start("place"), match.end()))
        start = end
    return None


def _agency(match: re.Match[str]) -> str | None:
    return match["bracketed"] or match["slashed"] or match["bare"]


def _believable(match: re.Match[str]) -> bool:
    """Whether a city stands in capitals, or a day or a bracketed agency makes up for its small letters."""
    city, agency = match["city"], _agency(match)
    if _LABEL.search(city) or not city[0].isupper():
        return False
    if (city.isupper() and len(city) > 1) or match["day"]:
        return city.isupper() or agency is not None
    # "Menendez (D-NJ) - " is a senator: without capitals or a day only a plain agency's name convinces.
    return agency is not None and agency.isalpha() and " " not in city and not match["land"]

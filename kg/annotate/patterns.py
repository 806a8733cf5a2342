"""Regular expressions made from word lists: blanks that may hold one line break, words longest first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from kg.lexicon.wordlists import words

# Bounded, so that no run of blanks is scanned again from each of its places; never a paragraph's end.
BLANK = r"(?:[^\S\n]{1,3}|[^\S\n]{0,2}\n[^\S\n]{0,4})"
# A number that is not cut out of a longer one, a decimal, a sum or a compound.
NUMBER_START = r"(?<![\w$€£¥+])(?<!\d[.,:/\-–])"


def alternatives(phrases: Iterable[str]) -> str:
    """A pattern for any of the phrases, the longest first, with blanks that may hold a line break.

    >>> re.search(alternatives(["at", "at least"]), "at  least").group()
    'at  least'
    """
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return "(?:" + "|".join(BLANK.join(map(re.escape, p.split(" "))) for p in ordered) + ")"


def plain(phrase: str) -> str:
    """The phrase in lower case with single blanks, as the word lists have it.

    >>> plain("At  LEAST")
    'at least'
    """
    return " ".join(phrase.lower().split())


@cache
def small_numbers() -> Mapping[str, int]:
    """Number words up to ninety-nine, with "a" and "an" for one.

    >>> small_numbers()["twenty-one"]
    21
    """
    table = words("numbers")
    ones, tens = table["ones"], table["tens"]
    compound = {
        f"{ten}{dash}{one}": tens[ten] + ones[one]
        for ten in tens
        for one in ones
        for dash in ("-", " ")
        if 0 < ones[one] < 10
    }
    return {"a": 1, "an": 1, "a couple of": 2, **ones, **tens, **compound}

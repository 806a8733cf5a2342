"""Which stretches of a text are plain English prose, and what the others are."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from kg.annotate.language import foreign, holds_english, words_of
from kg.lexicon.wordlists import words

UNREAD = frozenset({"no words", "numbers", "no blanks", "the same words again and again"})
"""Kinds of stretches that hold nothing to parse, beside those in another language."""
LANGUAGE = "in "
"""How the kind of a stretch in another language begins: "in German"."""

_URL = re.compile(r"(?:https?://|www\.)\S+")
_CODE = frozenset("{}=<>\\|_;#@*^~`[]")
_NUMBER = re.compile(r"[$€£+-]?\d[\d.,:/%-]*")
_BRACES = re.compile(r"\[\[|\]\]|\{\{|\}\}|\]\(https?:|&[a-z]{2,8};|&#\d{1,6};")
_CELLS = re.compile(r"\t|\s\|\s|\|\|| {4,}")
_END = re.compile(r"[.!?…][\"”’)\]]*\s*\Z")
_FEWEST_CAPITALS = 4
"""Words that a line in capitals must have to be taken for one."""
_MANY, _DIFFERENT = 50, 0.06
"""Words among which prose has more than this share of different ones, in stretches of 20,000 code points at most."""
_FEWEST_SIGNS = 20
"""Signs without a word that are worth a warning; fewer part paragraphs or number them."""


def oddity(text: str) -> str | None:
    """What a stretch is that is no plain English prose; "" for prose; None where too few words tell.

    >>> oddity("The foreign minister of Kenya met the president of Somalia on Monday.")
    ''
    >>> oddity("Reporting by Jane Doe in Cairo; editing by John Roe")
    'a credit'
    >>> oddity("Der kenianische Minister traf am Montag den Präsidenten von Somalia.")
    'in German'
    """
    said = words_of(text)
    form = _form(text, said)
    if form:
        return form
    language = foreign(said)
    if language:
        return f"{LANGUAGE}{language}"
    if _without_blanks(text):
        return "no blanks"
    if len(said) >= _MANY and len({w.lower() for w in said}) < _DIFFERENT * len(said):
        return "the same words again and again"
    furniture = _furniture(text, said)
    return furniture or ("" if language == "" else None)


def unread(text: str, kind: str | None) -> bool:
    """Whether a stretch of this kind holds nothing for an English parser; one with some English in it does."""
    return kind in UNREAD or (kind is not None and kind.startswith(LANGUAGE) and not holds_english(words_of(text)))


def _form(text: str, said: Collection[str]) -> str | None:
    """What the characters of a stretch show, whatever its words are."""
    filled = sum(map(len, text.split()))
    letters = sum(map(len, said))
    if not any(len(w) > 1 for w in said):
        return "no words" if filled >= _FEWEST_SIGNS else None
    if letters < 0.3 * filled:
        return _bare(text, filled)
    if _tags().search(text) or len(_BRACES.findall(text)) >= 3 or _is_code(text, filled):
        return "markup or code"
    if 2 * sum(len(u) for u in _URL.findall(text)) > filled:
        return "addresses"
    if _is_table(text, said):
        return "a table"
    return "capitals" if _in_capitals(said) else None


def _bare(text: str, filled: int) -> str:
    if 2 * sum(len(u) for u in _URL.findall(text)) > filled:
        return "addresses"
    return "markup or code" if _is_code(text, filled) and not _NUMBER.search(text) else "numbers"


def _without_blanks(text: str) -> bool:
    runs = list(map(len, text.split()))
    return max(runs, default=0) > 200 and sum(runs) > 40 * len(runs)


def _is_code(text: str, filled: int) -> bool:
    signs = sum(map(text.count, _CODE))
    return signs >= 6 and signs > 0.06 * filled


def _is_table(text: str, said: Collection[str]) -> bool:
    numbers = len(_NUMBER.findall(text))
    if numbers >= 4 and numbers > len(said) and not _END.search(text):
        return True
    cells = len(_CELLS.findall(text))
    return cells >= 2 and len(said) < 6 * cells and not _END.search(text)


def _in_capitals(said: Collection[str]) -> bool:
    """Whether the words stand in capitals; a row of acronyms does not count."""
    long = [w for w in said if len(w) > 1]
    capital = [w for w in long if w.isupper()]
    return len(long) >= _FEWEST_CAPITALS and len(capital) > 0.7 * len(long) and sum(len(w) > 4 for w in capital) >= 2


def _furniture(text: str, said: Collection[str]) -> str | None:
    """What stands round the articles of a page: calls to readers, menus, credits."""
    lists = words("prose")
    plain = " ".join(text.lower().replace("’", "'").split())
    if len(said) <= lists["boilerplate"]["longest"] and _boilerplate().search(plain):
        return "addressed to the page's readers"
    small = [w.lower() for w in said]
    if len(small) >= lists["menu"]["fewest"] and not _END.search(text):
        entries = sum(w in lists["menu"]["entries"] for w in small)
        if entries >= lists["menu"]["share"] * len(small):
            return "a menu"
    return "a credit" if _is_credit(text, plain, said) else None


def _is_credit(text: str, plain: str, said: Collection[str]) -> bool:
    """A short line that names a writer or a photographer, and has no clause."""
    lists = words("prose")["credits"]
    line = plain.strip("[]() ")
    if _reporters().match(line) and len(said) <= 4 * lists["longest"]:
        return True
    if len(said) > lists["longest"]:
        return False
    names = all(w[0].isupper() or w in ("and", "in", "for", "of", "the", "by", "via", "photo") for w in list(said)[1:])
    if names and line.startswith(tuple(f"{w} " for w in lists["openings"])) and not _END.search(text):
        return True
    bracketed = text.strip()[:1] in "[(" and text.strip()[-1:] in "])"
    return bracketed and line.endswith(tuple(lists["agencies"]))


@cache
def _boilerplate() -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words("prose")["boilerplate"]["phrases"])) + r")(?!\w)")


@cache
def _reporters() -> re.Pattern[str]:
    listed = [w for w in words("prose")["credits"]["openings"] if w.endswith("ing by")]
    return re.compile("(?:" + "|".join(map(re.escape, listed)) + r")\s")


@cache
def _tags() -> re.Pattern[str]:
    listed = "|".join(words("prose")["markup"]["tags"])
    return re.compile(rf"<(?:/?(?:{listed})(?:\s[^<>]{{0,300}})?/?|!--|!doctype\s[^<>]{{0,100}})>?", re.IGNORECASE)

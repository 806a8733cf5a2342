"""Which language words are in, by their letters and by the small words that every sentence needs."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from kg.lexicon.wordlists import words

FEWEST = 8
"""Words that a stretch must have to be judged."""

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LONG = 12
"""Words among which English always has a small word."""
_SOME = 0.03
"""Share of words of English alone that a stretch with English sentences in it has at least."""
_SAMPLE = 2_000
"""Letters that tell the script of a stretch."""


def words_of(text: str) -> list[str]:
    """The runs of letters in a text, as written.

    >>> words_of("It's 3 p.m. in Côte-d'Or.")
    ['It', 's', 'p', 'm', 'in', 'Côte-d', 'Or']
    """
    return _WORD.findall(text)


def foreign(said: Sequence[str]) -> str | None:
    """The language that words are in; "" for English; None where it cannot be told.

    Args:
        said: the words of a stretch, in order.

    >>> foreign("Der Minister traf am Montag den neuen Präsidenten".split())
    'German'
    >>> foreign("The minister met the new president of Mali on Monday".split())
    ''
    """
    script = _script(said)
    if script is not None:
        return script
    if len(said) < FEWEST:
        return None
    english, others = _counts(said)
    odd = sum(1 for w in said if w[0].islower() and not w.isascii())
    name, most = max(others.items(), key=lambda item: (item[1], item[0]), default=("", 0))
    if most >= 2 and most + odd > 2 * english and most + odd >= 0.15 * len(said):
        return name
    if english == 0 and (odd >= 0.2 * len(said) or (len(said) >= _LONG and not _any_english(said))):
        return name or "another language"
    return "" if english >= 2 or english > most else None


def holds_english(said: Sequence[str]) -> bool:
    """Whether English words are among those of another language."""
    return len(said) >= FEWEST and _counts(said)[0] >= _SOME * len(said)


def _script(said: Sequence[str]) -> str | None:
    """What is written in the letters of most of the words, or None for Latin ones."""
    letters = "".join(said[:_SAMPLE])[:_SAMPLE]
    # Chinese and Japanese have no blanks between words, so letters are counted.
    if letters.isascii() or len(letters) < FEWEST:
        return None
    found = Counter(_letters(c) for c in letters)
    name, most = found.most_common(1)[0]
    if name == "LATIN" or 2 * found["LATIN"] > len(letters):
        return None
    if found["HIRAGANA"] + found["KATAKANA"] > 0.1 * most:
        name = "HIRAGANA"
    known: Mapping[str, str] = words("languages")["scripts"]
    return known.get(name, f"{name.capitalize()} letters")


def _any_english(said: Sequence[str]) -> bool:
    known = frozenset(words("languages")["english"]["words"])
    return any(w.lower() in known for w in said)


@cache
def _letters(character: str) -> str:
    return unicodedata.name(character, "unknown").split()[0].split("-")[0]


def _counts(said: Sequence[str]) -> tuple[int, Counter[str]]:
    """How many of the words speak for English, and for each other language."""
    english, others = _lists()
    particles = _particles()
    own, found = 0, Counter[str]()
    for n, word in enumerate(said):
        small = word.lower()
        own += small in english
        languages = others.get(small)
        if languages and word[0].isupper() and n:
            continue  # "Las" in "Las Vegas" is a piece of a name
        if languages and not (small in particles and _in_name(said, n)):
            found.update(languages)
    return own, found


def _in_name(said: Sequence[str], n: int) -> bool:
    """Whether words with capitals stand on both sides, a second particle between left aside."""
    before = said[n - 1] if n else ""
    after = said[n + 1] if n + 1 < len(said) else ""
    if before.lower() in _particles() and n > 1:
        before = said[n - 2]
    if after.lower() in _particles() and n + 2 < len(said):
        after = said[n + 2]
    return before[:1].isupper() and after[:1].isupper()


@cache
def _lists() -> tuple[frozenset[str], Mapping[str, tuple[str, ...]]]:
    """The words of English alone, and the other languages by the words that English lacks."""
    table = words("languages")
    english = frozenset(table["english"]["words"])
    others: dict[str, tuple[str, ...]] = {}
    for name, listed in sorted(table["other"].items()):
        for word in sorted(set(listed["words"]) - english):
            others[word] = (*others.get(word, ()), name)
    shared = {w for listed in table["other"].values() for w in listed["words"]}
    return english - shared, others


@cache
def _particles() -> frozenset[str]:
    return frozenset(words("languages")["names"]["particles"])

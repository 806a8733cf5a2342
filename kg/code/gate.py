"""Whether an article is about politics at all: sport, markets and films borrow the words of war."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping
from functools import cache

from kg.errors import LexiconError
from kg.model import Token
from kg.paths import lexicon_dir

THRESHOLD = 0.45
"""Articles below this probability give no events."""

FEWEST = 40
"""Different content words that an article must have to be judged; shorter texts pass."""

_CLASSES = frozenset({"NOUN", "VERB", "ADJ", "ADV"})


def content_words(tokens: Iterable[Token]) -> frozenset[str]:
    """The lemmas of the words that carry meaning, names left out."""
    return frozenset(t.lemma for t in tokens if t.pos in _CLASSES and t.lemma.isalpha())


@cache
def weights() -> Mapping[str, float]:
    """How much each word speaks for politics; the empty word is the constant.

    Raises:
        LexiconError: a weight is no number.

    >>> weights()["minister"] > 0 > weights()["coach"]
    True
    """
    path = lexicon_dir() / "words" / "politics.csv"
    with path.open(encoding="utf-8", newline="") as rows:
        table: dict[str, float] = {}
        for n, row in enumerate(csv.DictReader(rows), start=2):
            try:
                table[row["word"]] = float(row["weight"])
            except ValueError as error:
                raise LexiconError(f"words/{path.name}:{n}: {row['weight']!r} is not a number") from error
    return table


def about_politics(tokens: Iterable[Token]) -> float:
    """The probability that a text is news of politics, 0 to 1; 1 for a text too short to judge."""
    words = content_words(tokens)
    if len(words) < FEWEST:
        return 1.0
    table = weights()
    share = len(words) ** -0.5
    total = table[""] + sum(table.get(w, 0.0) for w in words) * share
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, total))))

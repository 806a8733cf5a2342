"""Words that the model copied -> where they stand in the text, or nowhere."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from kg.model import Sentence, Span


def places(words: str, text: str, within: Span) -> Iterator[Span]:
    """Where words stand as whole words in a stretch of text, from left to right; blanks and line breaks are one.

    >>> [s.start for s in places("the  talks", "In the\\ntalks", Span(0, 12))]
    [3]
    >>> list(places("met", "metal", Span(0, 5)))
    []
    """
    parts = [re.escape(part) for part in words.split()]
    if not parts:
        return
    before = r"(?<!\w)" if words.split()[0][0].isalnum() else ""
    after = r"(?!\w)" if words.split()[-1][-1].isalnum() else ""
    for found in re.compile(before + r"\s+".join(parts) + after).finditer(text, within.start, within.end):
        yield Span(found.start(), found.end())


def nearest(words: str, text: str, sentences: tuple[Sentence, ...], at: Sentence, near: Span) -> Span | None:
    """Where words stand: in the sentence next to ``near``, else in the sentence closest to it, an earlier one first."""
    own = min(places(words, text, at.span), key=lambda s: abs(s.start - near.start), default=None)
    if own is not None:
        return own
    starts = [s.span.start for s in sentences]
    found: list[tuple[int, int, Span]] = []
    for span in places(words, text, Span(0, len(text))):
        sentence = sentences[max(bisect_right(starts, span.start) - 1, 0)]
        if sentence.span.covers(span):
            found.append((abs(sentence.number - at.number), sentence.number, span))
    return min(found, default=(0, 0, None))[2]

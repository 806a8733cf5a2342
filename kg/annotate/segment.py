"""Cuts an article's text into stretches that the parser may read on their own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Span

MAX_STRETCH = 20_000
"""Code points; longer paragraphs are cut at a sentence end, or failing that at a blank."""

# A line that ends without closing punctuation goes on when the next begins like the middle of a sentence.
_BREAK = re.compile(r"\n[ \t\r]*\n\s*|\n(?![ \t]*[a-z,;:)])")
_LEAD = re.compile(
    r"""\s*(?:[*•▪–—-]\s+)?                          # a bullet
        (?:\d{1,2}[:.]\d{2}\s*(?:GMT|UTC|[ap]m)?\s*[-–—:]\s+)?   # a clock time in a live blog
        (?:[A-Z][\w.'’]*(?:[ ,/-]+[A-Za-z.'’\d]+){0,8}?,?\s*\([^()\n]{2,40}\)\s*[-–—_]+\s*  # Place (AGENCY) -
          |[A-Z][A-Z.'’]+(?:[ ,/-]+[A-Z][A-Z.'’]+){0,4}  # PLACE, Date -
           (?:,\s+[A-Z][\w.]+(?:\s+\d{1,2})?){0,2}(?:,\s*\w+)?\s+(?:[-–—_]+)\s+
          |[A-Z][\w.'’]+(?:[ /-][A-Z][\w.'’]+){0,3},\s+  # Place, 3 May -
           (?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8}\.?)(?:,?\s+\d{4})?
           (?:\s*[,(]\s*[A-Z][\w./ ]{1,20}\)?)?\s*[-–—_:.,]+\s+
        )?""",
    re.VERBOSE,
)
_SENTENCE_END = re.compile(r"[.!?][\"”’)]?\s")


def stretches(text: str) -> Iterator[Span]:
    r"""Give the paragraphs of a text without bullets and datelines, in order.

    A line break in the middle of a sentence does not end a paragraph.

    >>> text = "PARIS (AP) - Macron met\nhis guest.\n\nThey ate."
    >>> [span.of(text) for span in stretches(text)]
    ['Macron met\nhis guest.', 'They ate.']
    """
    start = 0
    for match in _BREAK.finditer(text):
        yield from _stretch(text, start, match.start())
        start = match.end()
    yield from _stretch(text, start, len(text))


def _stretch(text: str, start: int, end: int) -> Iterator[Span]:
    lead = _LEAD.match(text, start, min(end, start + 400))
    if lead:
        start = lead.end()
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > MAX_STRETCH:
        cut = _cut(text, start)
        yield Span(start, cut)
        start = cut
    if start < end:
        yield Span(start, end)


def _cut(text: str, start: int) -> int:
    limit = start + MAX_STRETCH
    ends = [m.end() for m in _SENTENCE_END.finditer(text, start, limit)]
    if ends:
        return ends[-1]
    blank = text.rfind(" ", start, limit)
    return blank + 1 if blank > start else limit

"""What stands in double quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.model import Span

_MARK = re.compile(r"[\"“”„]")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
# Without blank lines a paragraph ends where a line does that closes a sentence.
_LINE_END = re.compile(r"(?<=[.!?:\"”])[^\S\n]*\n\s*")


@dataclass(frozen=True, slots=True)
class _Open:
    at: int
    straight: bool


def quotations(text: str) -> tuple[Span, ...]:
    """The insides of paired double quotation marks, straight or curly, in text order.

    A quotation may hold several sentences. One that its paragraph leaves open goes on where the next
    paragraph opens with a mark, as newspapers print it, and gives one span a paragraph; any other unpaired
    mark is passed over. Apostrophes and single marks are not quotation marks; a quotation inside
    a quotation is part of it.

    >>> [span.of("He said “yes” twice.") for span in quotations("He said “yes” twice.")]
    ['yes']
    """
    found: list[Span] = []
    paragraphs = tuple(_paragraphs(text))
    for number, paragraph in enumerate(paragraphs):
        inside, left = _in_paragraph(text, paragraph)
        found += inside
        after = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        if left is not None and after is not None and text[after.start] in '"“„':
            found.append(Span(left.at + 1, paragraph.end))
    return tuple(span for raw in found if len(span := _trimmed(text, raw)))


def _paragraphs(text: str) -> Iterator[Span]:
    """Paragraphs without the blanks round them; none is empty."""
    boundary = _BLANK_LINE if _BLANK_LINE.search(text.strip()) else _LINE_END
    start = 0
    for match in boundary.finditer(text):
        if span := _trimmed(text, Span(start, match.start())):
            yield span
        start = match.end()
    if span := _trimmed(text, Span(start, len(text))):
        yield span


def _trimmed(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _in_paragraph(text: str, paragraph: Span) -> tuple[list[Span], _Open | None]:
    """The closed quotations of a paragraph, and the mark that it leaves open."""
    found: list[Span] = []
    held: _Open | None = None
    for match in _MARK.finditer(text, paragraph.start, paragraph.end):
        at, mark = match.start(), match[0]
        if mark == '"' and held is not None and not held.straight:
            continue
        if _opens(text, at, mark, held):
            held = _Open(at, mark == '"')
        elif held is not None and mark in '"”' and held.straight == (mark == '"'):
            found.append(Span(held.at + 1, at))
            held = None
    return found, held


def _opens(text: str, at: int, mark: str, held: _Open | None) -> bool:
    """Whether a mark opens; one that looks so while another is open shows that the other was odd."""
    if mark in "“„":
        return True
    if mark == "”":
        return False
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if not after or after.isspace():
        return False
    if held is None:
        return not (before.isalnum() or before in (".", ",", "!", "?"))
    return before.isspace() or before in ("(", "[")

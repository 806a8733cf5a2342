"""A stretch of an article's text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of Unicode code points, counted from 0.

    >>> Span(4, 7).of("the cat")
    'cat'
    >>> Span(0, 7).covers(Span(4, 7))
    True
    """

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The words of ``text`` in this span."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end


class Spanned(Protocol):
    """Whatever has a place in a text."""

    @property
    def span(self) -> Span:
        """Its place."""


T = TypeVar("T", bound=Spanned)


def within(items: Sequence[T], span: Span) -> Iterator[T]:
    """Those of some things in text order that lie wholly in a span, found without a look at the others.

    Args:
        items: figures, time expressions and the like, in order and without overlap.
        span: where to look.
    """
    for n in range(bisect_left(items, span.start, key=_start), len(items)):
        if items[n].span.start >= span.end:
            return
        if span.covers(items[n].span):
            yield items[n]


def meeting(items: Sequence[T], span: Span) -> Iterator[T]:
    """Those of some things in text order that share a code point with a span; see `within`."""
    for n in range(max(0, bisect_left(items, span.start, key=_start) - 1), len(items)):
        if items[n].span.start >= span.end:
            return
        if span.meets(items[n].span):
            yield items[n]


def _start(item: Spanned) -> int:
    return item.span.start

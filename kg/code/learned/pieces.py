"""Cuts an article into the encoder's word pieces and windows of whole sentences."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from kg.model import Annotated

if TYPE_CHECKING:
    from tokenizers import Tokenizer

CLS, SEP = 101, 102
LONGEST = 384
"""Pieces in a window at most, the two marks included: some fourteen sentences, as in training."""


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces to be encoded together; ``own`` pairs each token with the place of its first piece among them."""

    ids: tuple[int, ...]
    own: tuple[tuple[int, int], ...]


def windows(annotated: Annotated, tokenizer: Tokenizer) -> list[Window]:
    """The windows of an article; together they hold each token once.

    A short article is one window. A longer one is cut between sentences into parts of about the same length. A sentence
    longer than a window is cut where the window is full.
    """
    pieces, first = _pieces(annotated, tokenizer)
    room = LONGEST - 2
    cuts = [first[s.first] for s in annotated.sentences] + [len(pieces)]
    starts = [first[t.i] for t in annotated.tokens]
    found: list[Window] = []
    begin = 0
    while begin < len(pieces):
        left = len(pieces) - begin
        aim = begin + left / ceil(left / room)
        end = min((c for c in cuts if begin < c <= begin + room), key=lambda c: abs(c - aim), default=begin + room)
        a, b = bisect_left(starts, begin), bisect_left(starts, end)
        own = tuple((i, 1 + starts[i] - begin) for i in range(a, b))
        found.append(Window((CLS, *pieces[begin:end], SEP), own))
        begin = end
    return found


def _pieces(annotated: Annotated, tokenizer: Tokenizer) -> tuple[list[int], list[int]]:
    """All pieces of a text, and for each token the place of its first."""
    encoded = tokenizer.encode(annotated.article.text, add_special_tokens=False)
    begins = [b for b, _ in encoded.offsets]
    first = [max(0, bisect_right(begins, t.span.start) - 1) for t in annotated.tokens]
    return list(encoded.ids), first

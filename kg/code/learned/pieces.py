"""Cuts an article into the encoder's word pieces and windows of whole sentences."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import Annotated

if TYPE_CHECKING:
    from tokenizers import Tokenizer

CLS, SEP = 101, 102
LONGEST = 384
"""Pieces in a window at most, the two marks included."""
CONTEXT = 96
"""Pieces before a window's own sentences that it sees as well, about."""


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces to be encoded together; ``own`` pairs each token with the place of its first piece."""

    ids: tuple[int, ...]
    own: tuple[tuple[int, int], ...]


def windows(annotated: Annotated, tokenizer: Tokenizer) -> list[Window]:
    """The windows of an article; together they own each token once.

    A short article is one window. A longer one is cut between sentences, and each window begins with the end of
    what stands before it. A sentence longer than a window is cut where the window is full.
    """
    tokens = annotated.tokens
    pieces, first = _pieces(annotated, tokenizer)
    if len(pieces) + 2 <= LONGEST:
        own = tuple((t.i, 1 + first[t.i]) for t in tokens)
        return [Window((CLS, *pieces, SEP), own)] if tokens else []
    found: list[Window] = []
    cuts = [first[s.first] for s in annotated.sentences] + [len(pieces)]
    starts = [first[t.i] for t in tokens]
    begin = 0
    while begin < len(pieces):
        room = LONGEST - 2 - min(begin, CONTEXT)
        end = max((c for c in cuts if begin < c <= begin + room), default=begin + room)
        left = max(0, begin - CONTEXT)
        a, b = bisect_right(starts, begin - 1), bisect_right(starts, end - 1)
        own = tuple((i, 1 + starts[i] - left) for i in range(a, b))
        found.append(Window((CLS, *pieces[left:end], SEP), own))
        begin = end
    return found


def _pieces(annotated: Annotated, tokenizer: Tokenizer) -> tuple[list[int], list[int]]:
    """All pieces of a text, and for each token the place of its first."""
    encoded = tokenizer.encode(annotated.article.text, add_special_tokens=False)
    begins = [b for b, _ in encoded.offsets]
    first = [max(0, bisect_right(begins, t.span.start) - 1) for t in annotated.tokens]
    return list(encoded.ids), first

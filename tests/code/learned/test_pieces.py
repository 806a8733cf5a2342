"""How an article is cut into windows for the encoder."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from kg.code.learned.pieces import CLS, LONGEST, SEP, windows
from kg.model import Annotated, Article


@dataclass(frozen=True)
class Encoded:
    ids: list[int]
    offsets: list[tuple[int, int]]


class ThreeLetters:
    """A tokenizer whose pieces are up to three letters, numbered by their place in the text."""

    def encode(self, text: str, *, add_special_tokens: bool) -> Encoded:
        assert not add_special_tokens
        found = [m.span() for m in re.finditer(r"\w{1,3}|[^\w\s]", text)]
        return Encoded([1000 + begin for begin, _ in found], found)


Parsed = Callable[..., Annotated]
SHAPES = [[5], [600], [100] * 8, [370, 30, 900, 2], [191, 191], [170, 170], [1] * 500]


def article(parsed: Parsed, lengths: list[int]) -> Annotated:
    """Sentences of so many words; every seventh word has two pieces."""
    return parsed(*(" ".join("abcdef|X|dep|0" if k % 7 == 0 else "ab|X|dep|0" for k in range(n)) for n in lengths))


@pytest.mark.parametrize("lengths", SHAPES, ids=str)
def test_windows_own_each_token_once(parsed: Parsed, lengths: list[int]) -> None:
    annotated = article(parsed, lengths)
    owned = [token for w in windows(annotated, ThreeLetters()) for token, _ in w.own]
    assert owned == [t.i for t in annotated.tokens]


@pytest.mark.parametrize("lengths", SHAPES, ids=str)
def test_no_window_is_too_long_and_each_is_marked(parsed: Parsed, lengths: list[int]) -> None:
    for w in windows(article(parsed, lengths), ThreeLetters()):
        assert len(w.ids) <= LONGEST
        assert (w.ids[0], w.ids[-1]) == (CLS, SEP)


@pytest.mark.parametrize("lengths", SHAPES, ids=str)
def test_a_token_points_at_its_first_piece(parsed: Parsed, lengths: list[int]) -> None:
    annotated = article(parsed, lengths)
    for w in windows(annotated, ThreeLetters()):
        assert all(w.ids[place] == 1000 + annotated.tokens[token].span.start for token, place in w.own)


def test_a_long_article_is_cut_between_sentences(parsed: Parsed) -> None:
    annotated = article(parsed, [100] * 8)
    begins = [w.own[0][0] for w in windows(annotated, ThreeLetters())]
    assert len(begins) > 1
    assert set(begins) <= {s.first for s in annotated.sentences}


def test_no_window_is_a_small_rest(parsed: Parsed) -> None:
    sizes = [len(w.ids) for w in windows(article(parsed, [10] * 40), ThreeLetters())]
    assert len(sizes) == 2
    assert min(sizes) > LONGEST * 0.6


def test_a_text_without_words_has_no_window() -> None:
    assert windows(Annotated(Article(id="empty", text="")), ThreeLetters()) == []

"""Annotated article -> what is sent: its sentences by number as one JSON document, in parts if it is long."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from kg.code.llm.codebook import load_codebook
from kg.model import Annotated, Article, Sentence

PART: Final = 12_000
"""Code points of the sentences of one request, about 3,000 tokens."""

_ESCAPES: Final = str.maketrans({c: f"\\u{ord(c):04x}" for c in "<>[]"})
"""Signs that models' own control words are written with, such as ``<|im_end|>`` and ``[INST]``."""


def parts(annotated: Annotated) -> Iterator[tuple[Sentence, ...]]:
    """The sentences of an article in stretches that fit into one request; those without words are left out."""
    text = annotated.article.text
    held: list[Sentence] = []
    size = 0
    for sentence in annotated.sentences:
        if not sentence.span.of(text).strip():
            continue
        if held and size + len(sentence.span) > PART:
            yield tuple(held)
            held, size = [], 0
        held.append(sentence)
        size += len(sentence.span)
    if held:
        yield tuple(held)


def question(article: Article, sentences: tuple[Sentence, ...]) -> str:
    """What is told of the article: title, day, dateline and sentences; no id, address or publisher.

    All is inside strings of one JSON document, and no sign in them can end a string or look like a model's own
    control words. JSON has no brackets here but in strings, so that all of them can be escaped.
    """
    told = {
        "title": article.title,
        "published": article.published.isoformat() if article.published else None,
        "dateline": article.dateline,
        "sentences": {str(s.number): s.span.of(article.text)[:PART] for s in sentences},
    }
    known = {name: _plain(value) for name, value in told.items() if value}
    return json.dumps(known, ensure_ascii=False).translate(_ESCAPES)


def messages(asked: str) -> list[dict[str, str]]:
    """The request's messages: the instructions, and apart from them the data."""
    return [{"role": "system", "content": load_codebook().text}, {"role": "user", "content": asked}]


def _plain(value: str | dict[str, str]) -> str | dict[str, str]:
    """With single blanks between words, and without halves of characters, which no server takes."""
    if isinstance(value, str):
        return " ".join(value.encode("utf-8", "replace").decode("utf-8").split())
    return {name: str(_plain(words)) for name, words in value.items()}

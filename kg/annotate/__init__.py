"""Article -> Annotated: sentences, parse, names, times, figures, quotations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.annotate.figures import figures
from kg.annotate.parse import MODEL, model_version, parse
from kg.annotate.quotations import quotations
from kg.annotate.times import time_expressions
from kg.annotate.warn import warnings
from kg.model import Annotated, Article, Span, Token

__all__ = ["MODEL", "annotate", "model_version"]


def annotate(articles: Iterable[Article], *, model: str = MODEL) -> Iterator[Annotated]:
    """Annotate articles, in order.

    Args:
        articles: what to read.
        model: name of an installed spaCy pipeline.

    Raises:
        ModelMissing: the model is not installed.

    >>> [a] = annotate([Article(id="a", text="Macron met Scholz on Monday.")])
    >>> a.tokens[1].lemma
    'meet'
    """
    for article, parsed in parse(articles, model=model):
        text = _without(article.text, parsed.unread)
        yield Annotated(
            article=article,
            tokens=parsed.tokens,
            sentences=parsed.sentences,
            names=parsed.names,
            times=time_expressions(text, article.published),
            figures=figures(text),
            quotations=quotations(text),
            warnings=warnings(article, parsed),
            children=children(parsed.tokens),
            prose=tuple(not kind for kind in parsed.kinds),
        )


def _without(text: str, spans: Iterable[tuple[Span, str]]) -> str:
    """The text with blanks of equal length in place of stretches."""
    pieces: list[str] = []
    done = 0
    for span, _ in spans:
        pieces += [text[done : span.start], " " * len(span)]
        done = span.end
    return "".join([*pieces, text[done:]])


def children(tokens: tuple[Token, ...]) -> tuple[tuple[int, ...], ...]:
    """For each token the indices of its dependants, in text order."""
    below: list[list[int]] = [[] for _ in tokens]
    for token in tokens:
        if token.head != token.i:
            below[token.head].append(token.i)
    return tuple(tuple(b) for b in below)

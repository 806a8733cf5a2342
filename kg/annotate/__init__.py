"""Article -> Annotated: sentences, parse, names, times, figures, quotations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.annotate.figures import figures
from kg.annotate.parse import MODEL, model_version, parse
from kg.annotate.quotations import quotations
from kg.annotate.times import time_expressions
from kg.annotate.warn import warnings
from kg.model import Annotated, Article, Token

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
    for article, (tokens, sentences, names) in parse(articles, model=model):
        yield Annotated(
            article=article,
            tokens=tokens,
            sentences=sentences,
            names=names,
            times=time_expressions(article.text, article.published),
            figures=figures(article.text),
            quotations=quotations(article.text),
            warnings=warnings(article, tokens),
            children=children(tokens),
        )


def children(tokens: tuple[Token, ...]) -> tuple[tuple[int, ...], ...]:
    """For each token the indices of its dependants, in text order."""
    below: list[list[int]] = [[] for _ in tokens]
    for token in tokens:
        if token.head != token.i:
            below[token.head].append(token.i)
    return tuple(tuple(b) for b in below)

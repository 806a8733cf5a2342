"""Texts resolved from the words up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest

from kg.annotate import annotate
from kg.model import Article, Link
from kg.resolve import resolve

DAY = date(2023, 5, 17)


@dataclass(frozen=True)
class Resolved:
    """The links of a text, by the words that they cover."""

    text: str
    links: tuple[Link, ...]

    def link(self, words: str, nth: int = 0) -> Link:
        """The link whose span reads so."""
        found = [k for k in self.links if k.span.of(self.text) == words]
        assert len(found) > nth, [k.span.of(self.text) for k in self.links]
        return found[nth]

    def who(self, words: str, nth: int = 0) -> list[str]:
        """The names of the actors that the words mean."""
        return [a.name for a in self.link(words, nth).actors]

    def country(self, words: str, nth: int = 0) -> str | None:
        """The country of the one actor that the words mean."""
        [actor] = self.link(words, nth).actors
        return actor.country

    def means(self, words: str) -> bool:
        """Whether the words mean anybody or anything."""
        return any(k.span.of(self.text) == words for k in self.links)


@pytest.fixture(scope="session")
def read() -> Callable[..., Resolved]:
    """Resolve a text as an article of 17 May 2023."""

    def resolved(text: str, *, published: date | None = DAY, dateline: str | None = None) -> Resolved:
        article = Article(id="read", text=text, published=published, dateline=dateline)
        [annotated] = annotate([article])
        return Resolved(text, resolve(annotated))

    return resolved

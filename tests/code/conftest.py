"""Sentences coded from the words up: what the tests of the coder start from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import pytest

from kg.annotate import annotate
from kg.code import FrameCoder
from kg.model import Agreement, Article, Event, Participant, Tree
from kg.resolve import resolve

DAY = date(2024, 5, 15)
"""A Wednesday."""


@dataclass(frozen=True)
class Told:
    """What a text told: its events in text order, and its agreements."""

    text: str
    events: tuple[Event, ...]
    agreements: tuple[Agreement, ...]

    def all(self, kind: str) -> list[Event]:
        """The events of a type."""
        return [e for e in self.events if e.type == kind]

    def one(self, kind: str) -> Event:
        """The only event of a type."""
        found = self.all(kind)
        assert len(found) == 1, [(e.type, e.label) for e in self.events]
        return found[0]

    def how(self, kind: str) -> tuple[str, bool]:
        """Factuality and polarity of the only event of a type."""
        mention = self.one(kind).mentions[0]
        return mention.factuality.value, mention.positive

    def who(self, kind: str) -> tuple[set[str], set[str]]:
        """Countries, or names where there is none, of actors and recipients of the only event of a type."""
        event = self.one(kind)
        return _countries(event.actors), _countries(event.recipients)

    def says(self, kind: str) -> list[str]:
        """Who reports the only event of a type, nearest source first."""
        return [p.actor.name for p in self.one(kind).mentions[0].attributed_to]


def _countries(participants: tuple[Participant, ...]) -> set[str]:
    return {p.actor.country or p.actor.name for p in participants}


class Teller(Protocol):
    """Codes a text."""

    def __call__(self, text: str, *, published: date | None = DAY, dateline: str | None = None) -> Told: ...


@pytest.fixture(scope="session")
def tell() -> Teller:
    """Code a text as an article of Wednesday 15 May 2024."""
    coder = FrameCoder()

    def told(text: str, *, published: date | None = DAY, dateline: str | None = None) -> Told:
        article = Article(id="told", text=text, published=published, dateline=dateline)
        [annotated] = annotate([article])
        events, agreements = coder(annotated, resolve(annotated))
        return Told(text, events, agreements)

    return told


@pytest.fixture(scope="session")
def grow() -> Callable[[str], Tree]:
    """Parse a text into a tree."""

    def grown(text: str) -> Tree:
        [annotated] = annotate([Article(id="grown", text=text, published=DAY)])
        return Tree(annotated)

    return grown

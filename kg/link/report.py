"""One article's telling of an event, with what a comparison needs worked out once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from kg.lexicon.wordlists import words as wordlist
from kg.link.times import Window, window_of
from kg.model import Article, Event, Participant, Status

FACTS = frozenset({Status.OCCURRED, Status.ONGOING, Status.PARTLY_REALIZED})

_WORD = re.compile(r"[^\W\d_]+")
_STEM = 5
"""Letters of a word that count: expelled and expels, sanction and sanctions become one."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Report:
    """An article-level event beside its article's day of publication.

    ``words`` are the words of its quotes by how they begin, ``names`` its other names in capitals;
    both leave out who takes part.
    """

    event: Event
    articles: frozenset[str]
    published: date | None
    window: Window | None
    side: tuple[str, bool]
    """Its status, in which all facts are one, and whether it is told as so or as not so."""
    words: Mapping[str, str]
    names: frozenset[str]
    trigger: frozenset[str]
    """How the words of its triggers begin."""

    @property
    def key(self) -> str:
        """The event's key."""
        return self.event.key

    @classmethod
    def of(cls, event: Event, article: Article | None = None) -> Report:
        """The report of an event; without its article nothing is known of the day of publication."""
        published = article.published if article else None
        people = _people(event)
        quotes = dict.fromkeys(m.quote for m in event.mentions)
        lower = [w for q in quotes for w in _WORD.findall(q) if w[0].islower()]
        named = _stems(people)
        return cls(
            event=event,
            articles=frozenset(m.article for m in event.mentions),
            published=published,
            window=window_of(event, published),
            side=side_of(event),
            words={stem: word for stem, word in _stems(lower).items() if stem not in named},
            names=frozenset(n for q in quotes for n in _names(q)) - people,
            trigger=frozenset(_stems(w for m in event.mentions for w in _WORD.findall(m.trigger))),
        )


def side_of(event: Event) -> tuple[str, bool]:
    """What keeps a fact apart from a plan, a demand and a denial."""
    positive = all(m.positive for m in event.mentions) if event.mentions else event.status is not Status.NOT_OCCURRED
    return ("fact" if event.status in FACTS else event.status.value, positive or event.status in FACTS)


def _people(event: Event) -> frozenset[str]:
    told: tuple[Participant, ...] = (*event.actors, *event.recipients, *event.third_parties)
    return frozenset(w.casefold() for p in told for w in _WORD.findall(p.actor.name))


def _stems(words: Iterable[str]) -> dict[str, str]:
    """The words that say something, by their beginnings; of two with one beginning the first in the alphabet."""
    telling = sorted({w.casefold() for w in words if len(w) > 3} - _plain(), reverse=True)
    return {w[:_STEM]: w for w in telling}


@cache
def _plain() -> frozenset[str]:
    """Words that say nothing about which event is told."""
    return frozenset(word for listed in wordlist("plain").values() for word in listed)


def _names(quote: str) -> list[str]:
    """Words in capitals, without the first of the quote, which has one in any case."""
    found = _WORD.findall(quote)[1:]
    return [w.casefold() for w in found if w[0].isupper() and len(w) > 2 and w.casefold() not in _plain()]

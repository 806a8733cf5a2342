"""The kinds of choice that the filters offer: which values there are, which of them each event has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.draw.picture import PictureEvent
from kg.draw.words import SECTOR_WORDS, STATUS_WORDS

STANCES = ("cooperation", "conflict", "neutral")
Pair = tuple[str, str]
"""A value as the address names it, and its word."""


@dataclass(frozen=True, slots=True)
class Told:
    """An event with what its filters need; ``actors`` are nodes of the page, ``articles`` names of articles."""

    event: PictureEvent
    actors: Sequence[Mapping[str, Any]]
    publishers: Sequence[str]
    articles: Sequence[str]
    sayers: Sequence[str]
    countries: Mapping[str, str]
    """Names of countries by code."""


def _mode(told: Told) -> Iterable[Pair]:
    event = told.event
    if event.mode:
        yield f"{event.type}-{event.mode}", f"{event.type.lower()}: {event.mode.replace('-', ' ')}"


def _place(told: Told) -> Iterable[Pair]:
    names = [name for name, _, _ in told.event.spots] or ([told.event.place] if told.event.place else [])
    return ((name, name) for name in names)


def _each(kind: str, words: Callable[[Told], Mapping[str, str]]) -> Callable[[Told], Iterable[Pair]]:
    return lambda told: ((c, words(told).get(c) or c) for a in told.actors if (c := a.get(kind)))


def _same(values: Iterable[str]) -> Iterable[Pair]:
    return ((value, value) for value in values)


KINDS: Mapping[str, Callable[[Told], Iterable[Pair]]] = {
    "stance": lambda t: [(t.event.stance, t.event.stance)],
    "status": lambda t: [(t.event.status, STATUS_WORDS.get(t.event.status) or t.event.status)],
    "type": lambda t: [(t.event.type, t.event.type.lower())],
    "mode": _mode,
    "actor": lambda t: ((a["name"], a["label"]) for a in t.actors),
    "country": _each("country", lambda t: t.countries),
    "sector": _each("sector", lambda _: SECTOR_WORDS),
    "place": _place,
    "publisher": lambda t: _same(filter(None, t.publishers)),
    "article": lambda t: _same(t.articles),
    "says": lambda t: _same(t.sayers),
}
"""As ``KINDS`` in the page's ``facets.js``; the tests hold the two together."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of choice, its values in the order of listing, and for each event the places of its values there."""

    values: list[str]
    words: list[str]
    of: list[list[int]]


def kind_of(name: str, told: Iterable[Told]) -> Kind:
    """The values that these events have, most frequent first, stances in their own order."""
    words: dict[str, str] = {}
    totals: Counter[str] = Counter()
    each = []
    for one in told:
        own = dict(KINDS[name](one))
        words |= own
        totals.update(own.keys())
        each.append(list(own))

    def place(value: str) -> tuple[int, bytes]:
        return STANCES.index(value) if name == "stance" else -totals[value], in_order(words[value])

    values = sorted(words, key=place)
    at = {value: i for i, value in enumerate(values)}
    return Kind(values, [words[v] for v in values], [[at[v] for v in own] for own in each])


def in_order(text: str) -> bytes:
    """What sorts as browsers sort text: by units of UTF-16."""
    return text.encode("utf-16-be", "surrogatepass")


def short_names(iris: Sequence[str]) -> list[str]:
    """The last part of each IRI where no other's ends so too, else all of it.

    >>> short_names(["http://a/x", "http://b/x", "http://b#y"])
    ['http://a/x', 'http://b/x', 'y']
    """
    last = [iri[max(iri.rfind("/"), iri.rfind("#")) + 1 :] for iri in iris]
    times = Counter(last)
    return [short if short and times[short] == 1 else iri for iri, short in zip(iris, last, strict=True)]

"""What an article has named so far: the memory that pronouns and nominals draw on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from kg.model import Actor, Place

_OPENING = 2
"""Sentences in which an article names its sides."""
_MEMORY = 200
"""Sentences back that anything reaches: an article is shorter, and of a book nobody remembers more."""
_REACH = 4
"""Sentences back that a pronoun may reach."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One mention in the memory."""

    actor: Actor
    token: int
    sentence: int
    subject: bool
    named: bool


@dataclass(slots=True)
class Discourse:
    """The mentions of one article up to the present token."""

    home: Actor | None = None
    """The state of the dateline, if any."""
    seen: list[Seen] = field(default_factory=list)
    pairs: list[tuple[int, tuple[Actor, ...], bool]] = field(default_factory=list)
    """Actors named side by side, with the sentence, latest last; true where they act together or on each other."""
    places: dict[str, Place] = field(default_factory=dict)
    """The last place of each kind, the latest last."""
    latest: dict[Actor, int] = field(default_factory=dict)
    """The sentence of each actor's last mention, the latest last."""
    titles: dict[str, set[str]] = field(default_factory=dict)
    """Title words and offices that the article gave each person."""
    genders: dict[str, str] = field(default_factory=dict)
    sentence: int = 0

    def note(self, actors: Iterable[Actor], token: int, *, subject: bool, named: bool = True) -> None:
        """Remember a mention."""
        for actor in actors:
            self.seen.append(Seen(actor, token, self.sentence, subject, named))
            self.latest.pop(actor, None)
            self.latest[actor] = self.sentence

    def note_place(self, place: Place) -> None:
        """Remember a place that was named."""
        self.places.pop(place.kind, None)
        self.places[place.kind] = place

    def back(self, reach: int) -> Iterator[Seen]:
        """The mentions of the last sentences and this one, the latest first."""
        for s in reversed(self.seen):
            if self.sentence - s.sentence > reach:
                return
            yield s

    def pair(self, actors: tuple[Actor, ...], *, opposed: bool = False) -> None:
        """Remember actors that were named side by side.

        Args:
            actors: who was named.
            opposed: whether they are subjects of one clause or stand after "between", and not in some list.
        """
        if len({a.id for a in actors}) > 1:
            self.pairs.append((self.sentence, actors, opposed))

    def last(
        self, fits: Callable[[Actor], bool], *, reach: int = _MEMORY, prefer_subject: bool = False
    ) -> Actor | None:
        """The latest actor that fits, within so many sentences; subjects of a sentence first if asked."""
        found = self._last(fits, reach)
        if found is None or not prefer_subject:
            return found
        latest = self.latest[found]
        reach = min(reach, self.sentence - latest + 1)
        return next((s.actor for s in self.back(reach) if s.subject and fits(s.actor)), found)

    def _last(self, fits: Callable[[Actor], bool], reach: int) -> Actor | None:
        for actor, sentence in reversed(self.latest.items()):
            if self.sentence - sentence > reach:
                return None
            if fits(actor):
                return actor
        return None

    def pronoun(self, fits: Callable[[Actor], bool]) -> Actor | None:
        """Whom a pronoun here most likely means."""
        return self.last(fits, reach=_REACH, prefer_subject=True)

    def latest_pair(
        self, fits: Callable[[Actor], bool], *, reach: int = _MEMORY, number: int | None = None
    ) -> tuple[Actor, ...]:
        """The latest actors named side by side that all fit; those that act together or on each other first.

        Args:
            fits: which actors can be meant.
            reach: sentences back.
            number: how many they must be; None: any number.
        """
        near: tuple[Actor, ...] = ()
        for sentence, actors, opposed in reversed(self.pairs):
            if self.sentence - sentence > reach:
                break
            if (number is None or len(actors) == number) and all(fits(a) for a in actors):
                if opposed:
                    return actors
                near = near or actors
        return near

    def first_pair(self, fits: Callable[[Actor], bool]) -> tuple[Actor, ...]:
        """The two that the article opened with as acting together or on each other, if all fit."""
        opened = takewhile(lambda p: p[0] <= _OPENING, self.pairs)
        return next((p[1] for p in opened if p[2] and len(p[1]) == 2 and all(fits(a) for a in p[1])), ())

    def latest_two(self, fits: Callable[[Actor], bool], *, reach: int = 3) -> tuple[Actor, ...]:
        """The last two different actors that fit, of different countries, in the order of the text."""
        found: list[Actor] = []
        for s in self.back(reach):
            if not fits(s.actor) or any(s.actor.id == f.id for f in found):
                continue
            if found and s.actor.country is not None and s.actor.country == found[0].country:
                continue
            found.append(s.actor)
            if len(found) == 2:
                return (found[1], found[0])
        return ()

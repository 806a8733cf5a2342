"""How likely two reports tell the same event, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import exp
from types import MappingProxyType

from kg.link.part import Part
from kg.link.people import people
from kg.link.report import Report
from kg.link.times import times
from kg.link.traits import figures, mode, place, words

THRESHOLD = 0.5
"""Two reports at or above this are taken for one event."""

START = -2.0
"""Points of two reports of one type and status of which nothing more is known."""
WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "participants": 2.5,
        "actors": 1.5,
        "recipients": 1.0,
        "time": 2.5,
        "place": 1.5,
        "mode": 3.5,
        "figures": 1.0,
        "words": 1.5,
    }
)
"""Points of each trait at its full value of 1: natural logarithms of odds."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two reports compared; ``score`` from 0 to 1 is 0 where something rules out that they are one event."""

    score: float
    parts: tuple[Part, ...]

    @property
    def vetoes(self) -> tuple[Part, ...]:
        """What rules it out."""
        return tuple(p for p in self.parts if p.veto)

    @property
    def reasons(self) -> str:
        """The parts in one line, the weightiest first; only what excludes, where something does.

        >>> Comparison(0.9, (Part("time", 1.0, "the same day"), Part("mode", 0.0, "none told"))).reasons
        'time +2.5 (the same day)'
        """
        if self.vetoes:
            return "; ".join(f"{p.trait}: {p.words}" for p in self.vetoes)
        told = sorted((p for p in self.parts if p.value), key=lambda p: -abs(points(p)))
        return "; ".join(f"{p.trait} {points(p):+.1f} ({p.words})" for p in told)


def points(part: Part) -> float:
    """What a part counts, in natural logarithms of odds."""
    return WEIGHTS.get(part.trait, 0.0) * part.value


def compare(a: Report, b: Report) -> Comparison:
    """Compare two reports: first what can rule it out, then what speaks for and against it.

    The order of the two does not matter.
    """
    if (b.key, b.event.type) < (a.key, a.event.type):
        a, b = b, a
    parts: tuple[Part, ...] = ()
    for trait in _TRAITS:
        found = trait(a, b)
        if vetoes := tuple(p for p in found if p.veto):
            return Comparison(0.0, vetoes)
        parts += found
    total = START + sum(points(p) for p in parts)
    return Comparison(round(1 / (1 + exp(-total)), 3), parts)


def _bars(a: Report, b: Report) -> tuple[Part, ...]:
    """What keeps two reports apart before anything is weighed."""
    if a.event.type != b.event.type:
        return (Part("type", -1.0, f"{a.event.type} and {b.event.type}", veto=True),)
    if a.side != b.side:
        return (Part("status", -1.0, f"{_told(a)} and {_told(b)}", veto=True),)
    if a.event.type == "Statement" and a.articles != b.articles:
        return (Part("type", -1.0, "words of one speaker in two articles stay two statements", veto=True),)
    return ()


def _told(report: Report) -> str:
    status, positive = report.side
    names = {"fact": "told as a fact", "Expected": "expected", "Hypothetical": "only demanded or supposed"}
    return "denied" if not positive or status == "NotOccurred" else names.get(status, f"of status {status}")


def separate(a: Report, b: Report) -> Part | None:
    """What one article tells as two events stays two."""
    if a.articles & b.articles:
        return Part("article", -1.0, "one article tells them as two", veto=True)
    return None


_TRAITS: tuple[Callable[[Report, Report], tuple[Part, ...]], ...] = (
    _bars,
    lambda a, b: (times(a.window, b.window, lasting=(a.event.mode or b.event.mode) == "visit"),),
    lambda a, b: (mode(a.event, b.event),),
    lambda a, b: people(a.event, b.event),
    lambda a, b: (place(a.event, b.event),),
    lambda a, b: (figures(a.event, b.event),),
    lambda a, b: (words(a, b),),
)
"""What is compared, first what is quickest and rules out most."""

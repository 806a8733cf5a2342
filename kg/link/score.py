"""How likely two reports tell the same event."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from kg.model import Event, Participant

THRESHOLD = 0.75
"""Two reports at or above this are one event."""

_SLACK = timedelta(days=1)


def countries(participants: Iterable[Participant]) -> frozenset[str]:
    """The countries of participants, or their names where they have none: the roll-up for comparison."""
    return frozenset(p.actor.country or p.actor.id for p in participants)


def ids(participants: Iterable[Participant]) -> frozenset[str]:
    """The ids of participants."""
    return frozenset(p.actor.id for p in participants)


def comparable(a: Event, b: Event) -> bool:
    """Whether two reports may be one event at all: same type and presentation, times that meet.

    A report that something happened is never merged with one that it is planned, demanded or denied.
    """
    if a.type != b.type or _side(a) != _side(b):
        return False
    if a.mode and b.mode and a.mode != b.mode:
        return False
    return _times_meet(a, b) and not _places_differ(a, b)


def _side(event: Event) -> tuple[str, bool]:
    mention = event.mentions[0]
    happened = event.status.value in ("Occurred", "Ongoing")
    return ("fact" if happened else event.status.value, mention.positive)


def _times_meet(a: Event, b: Event) -> bool:
    if a.when is None or b.when is None:
        return True
    if a.when.begin is None or b.when.begin is None:
        return a.when.edtf == b.when.edtf or "X" not in a.when.edtf + b.when.edtf
    a_end, b_end = a.when.end or a.when.begin, b.when.end or b.when.begin
    return a.when.begin <= b_end + _SLACK and b.when.begin <= a_end + _SLACK


def _places_differ(a: Event, b: Event) -> bool:
    if a.place is None or b.place is None or a.place.id == b.place.id:
        return False
    return a.place.country is not None and b.place.country is not None and a.place.country != b.place.country


def score(a: Event, b: Event) -> float:
    """The likeness of two comparable reports, 0 to 1, from participants, time, place and mode."""
    people = _overlap(countries([*a.actors, *a.recipients]), countries([*b.actors, *b.recipients]))
    side = _overlap(countries(a.actors), countries(b.actors))
    dated = a.when is not None and b.when is not None and a.when.begin is not None and b.when.begin is not None
    exact = dated and a.when is not None and b.when is not None and a.when.begin == b.when.begin
    time = 1.0 if exact else 0.6 if dated else 0.2
    place = 1.0 if a.place and b.place and a.place.id == b.place.id else 0.5
    mode = 1.0 if a.mode == b.mode else 0.5
    return round(0.35 * people + 0.2 * side + 0.25 * time + 0.08 * place + 0.12 * mode, 3)


def _overlap(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / len(a | b) if a | b else 0.0

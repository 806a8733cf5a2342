"""Whether two reports name the same sides, by id or rolled up to the country."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import product

from kg.link.part import Part
from kg.model import Actor, Event, Participant
from kg.vocab.plover import STATE_SECTORS

RECIPROCAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})
"""Types in which both sides do the same: who is named first says nothing."""

_WORD = re.compile(r"[^\W\d_]{3,}")
_GROUP, _ANY, _CLEAR = 0.2, 0.1, 0.6
_LONE, _OPEN = 0.0, 0.3


@lru_cache(maxsize=2**16)
def alike(a: Actor, b: Actor) -> float:
    """How far two actors may stand for one party, 0 to 1.

    A person, an organ and the state that they act for are one party; two persons are two, and so are two groups.

    >>> state = Actor(id="kenya", name="Kenya", kind="state", country="KEN", sector="GOV")
    >>> leader = Actor(id="ruto", name="William Ruto", kind="person", country="KEN", sector="GOV", part_of="kenya")
    >>> alike(state, leader), alike(state, state)
    (0.95, 1.0)
    """
    if a.id == b.id:
        return 1.0
    if a.part_of == b.id or b.part_of == a.id:
        return 0.95
    shared = _shared(a.name, b.name)
    if a.kind == b.kind == "person":
        return 0.9 if shared == 1.0 else 0.7 if a.part_of is None and shared >= 0.5 else 0.1
    unnamed = [x.kind == "collective" for x in (a, b)]
    if a.country is None or b.country is None:
        if any(unnamed):
            return 0.9 if shared == 1.0 else 0.45
        if _unplaced(a) or _unplaced(b):
            return max(_OPEN, 0.9 * shared)
        return 0.8 if a.country == b.country and (shared >= 0.5 or (a.part_of and a.part_of == b.part_of)) else 0.0
    if a.country != b.country:
        return 0.3 if all(unnamed) and shared >= 0.5 else 0.0
    if any(unnamed):
        return max(0.65, 0.65 + 0.35 * shared)
    if "group" in (a.kind, b.kind):
        return 0.0 if a.kind == b.kind else _GROUP if _for_state(a) or _for_state(b) else 0.4
    if "state" in (a.kind, b.kind) or "person" in (a.kind, b.kind):
        return 0.85 if _for_state(a) and _for_state(b) else 0.5
    return max(0.5, shared)


def _unplaced(actor: Actor) -> bool:
    """Whether nothing is known of an actor but its words, such as "the foreign ministry" without a country."""
    return actor.id.startswith("x-") and actor.country is None and actor.part_of is None


def _for_state(actor: Actor) -> bool:
    return actor.kind == "state" or actor.sector in STATE_SECTORS


def _shared(a: str, b: str) -> float:
    """The share of the shorter name's words that the longer one has."""
    first, second = ({w.casefold() for w in _WORD.findall(name)} for name in (a, b))
    return len(first & second) / min(len(first), len(second)) if first and second else 0.0


def people(a: Event, b: Event) -> tuple[Part, ...]:
    """The sides compared: actor with actor and recipient with recipient, or all with all where both act alike."""
    if _mutual(a) and _mutual(b):
        return (_together(a, b),)
    straight, passive = _side(a.actors, b.actors), _side(a.recipients, b.recipients)
    crossed = _side(a.actors, b.recipients), _side(a.recipients, b.actors)
    if _weak(straight) and all(c is not None and c >= _CLEAR for c in crossed):
        return (Part("actors", -1.0, "the sides are the other way round", veto=True),)
    return (
        _part("actors", straight, a.actors, b.actors, strict=True),
        _part("recipients", passive, a.recipients, b.recipients, strict=False),
    )


def _mutual(event: Event) -> bool:
    if event.type == "CONSULT" and event.mode == "third-party":
        return False
    return event.type in RECIPROCAL or (len(event.actors) > 1 and not event.recipients)


def _together(a: Event, b: Event) -> Part:
    first, second = _once([*a.actors, *a.recipients]), _once([*b.actors, *b.recipients])
    if not first or not second:
        return Part("participants", 0.0, "one of them names nobody")
    matched, left, right = _matched(first, second)
    # Who is a mediator or host in the other report is no party that it lacks.
    left = [x for x in left if all(alike(x, p.actor) < _CLEAR for p in b.third_parties)]
    right = [x for x in right if all(alike(x, p.actor) < _CLEAR for p in a.third_parties)]
    if left and right:
        words = f"only one has {_names(left)}, only the other {_names(right)}"
        return Part("participants", -1.0, words, veto=True)
    sizes = len(matched) + len(left), len(matched) + len(right)
    value = _mean(sum(s for _, _, s in matched), *sizes)
    signed = _signed(value)
    if min(len(first), len(second)) == 1:
        # It takes two: with one party named, who the other was is not known to be the same.
        signed = min(signed, _LONE)
    return Part("participants", signed, _both(first, second))


def _part(
    trait: str, value: float | None, a: tuple[Participant, ...], b: tuple[Participant, ...], *, strict: bool
) -> Part:
    first, second = _once(a), _once(b)
    if value is None:
        return Part(trait, 0.0, "not told by both" if first or second else "none told")
    veto = value < _ANY and (strict or all(x.kind != "collective" for x in (*first, *second)))
    return Part(trait, _signed(value), _both(first, second), veto)


def _side(a: Sequence[Participant], b: Sequence[Participant]) -> float | None:
    first, second = _once(a), _once(b)
    if not first or not second:
        return None
    return _mean(sum(s for _, _, s in _matched(first, second)[0]), len(first), len(second))


def _mean(total: float, first: int, second: int) -> float:
    """What was matched as a share of the longer and of the shorter list: one name of two is neither all nor half."""
    return 0.5 * total / max(first, second, 1) + 0.5 * total / max(min(first, second), 1)


def _matched(
    first: Sequence[Actor], second: Sequence[Actor]
) -> tuple[list[tuple[Actor, Actor, float]], list[Actor], list[Actor]]:
    """Pairs, the most alike first, each actor once; and who is left over on either side."""
    scored = sorted(((alike(x, y), x, y) for x, y in product(first, second)), key=lambda t: (-t[0], t[1].id, t[2].id))
    pairs: list[tuple[Actor, Actor, float]] = []
    left, right = list(first), list(second)
    for value, x, y in scored:
        if value > _ANY and x in left and y in right:
            pairs.append((x, y, value))
            left.remove(x)
            right.remove(y)
    return pairs, left, right


def _once(side: Sequence[Participant]) -> list[Actor]:
    return list({p.actor.id: p.actor for p in side}.values())


def _weak(value: float | None) -> bool:
    return value is not None and value < 0.35


def _signed(value: float) -> float:
    return round(max(-1.0, min(1.0, 2 * value - 1)), 3)


def _both(first: Sequence[Actor], second: Sequence[Actor]) -> str:
    same = {x.id for x in first} == {x.id for x in second}
    return f"both {_names(first)}" if same else f"{_names(first)} / {_names(second)}"


def _names(actors: Sequence[Actor]) -> str:
    return ", ".join(a.name for a in actors)

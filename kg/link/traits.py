"""Place, mode, figures and words of two reports compared."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from types import MappingProxyType

from kg.link.part import Part
from kg.link.report import Report
from kg.model import Event, Place, Quantity

_FORCE = frozenset({"beat", "targeted", "primitive", "firearms", "explosives", "suicide-attack", "aerial", "drone",
                    "heavy-weapons", "destroy"})  # fmt: skip
NEAR_MODES: Mapping[str, tuple[frozenset[str], ...]] = MappingProxyType(
    {
        "ASSAULT": (_FORCE,),
        "CONSULT": (frozenset({"visit", "multilateral"}),),
        "REQUEST": (frozenset({"assist", "change", "yield"}),),
        "ACCUSE": (frozenset({"disapprove", "allege"}),),
        "THREATEN": (frozenset({"restrict", "relations", "expel", "territory", "violence"}),),
        "PROTEST": (frozenset({"demo", "riot", "obstruct", "vandalize"}),),
    }
)
"""Modes that two reporters may give to one event; any other two modes make two events."""

_ANYWHERE = frozenset({"AGREE", "REQUEST", "ACCUSE", "SUPPORT", "REJECT", "THREATEN", "CONCEDE", "RETREAT", "SANCTION"})
"""Types whose place may be where it was said, where it was signed or where it holds."""
_WIDE = frozenset({"country", "region", "water", "border"})


def mode(a: Event, b: Event) -> Part:
    """Whether both name one kind of the type."""
    if a.mode == b.mode:
        return Part("mode", 0.2 if a.mode else 0.0, f"both {a.mode}" if a.mode else "none told")
    if a.mode is None or b.mode is None:
        return Part("mode", 0.0, f"only one says {a.mode or b.mode}")
    near = any(a.mode in group and b.mode in group for group in NEAR_MODES.get(a.type, ()))
    return Part("mode", -1.0, f"{a.mode} and {b.mode}", veto=not near)


def place(a: Event, b: Event) -> Part:
    """Whether one place can hold the other; for deeds two towns, or two countries, make two events."""
    if a.place is None or b.place is None:
        return Part("place", 0.0, "not told by both" if a.place or b.place else "none told")
    one, other = a.place, b.place
    if one.id == other.id:
        return Part("place", 0.3 if one.kind == "country" else 1.0, f"both {one.name}")
    words = f"{one.name} and {other.name}"
    deed = a.type not in _ANYWHERE
    if one.country and other.country and one.country != other.country:
        return Part("place", -1.0, words, veto=deed)
    if _holds(one, other) or _holds(other, one):
        return Part("place", 0.4, words)
    if one.kind in _WIDE or other.kind in _WIDE:
        return Part("place", 0.0, words)
    return Part("place", -1.0, words, veto=deed and "country" not in (one.kind, other.kind))


def _holds(outer: Place, inner: Place) -> bool:
    return inner.within == outer.id or (outer.kind == "country" and outer.country == inner.country)


def figures(a: Event, b: Event) -> Part:
    """Whether counts of one kind can be counts of one thing; tolls grow, so only far ones speak against it."""
    pairs = [(x, y) for x, y in product(a.quantities, b.quantities) if x.kind == y.kind and x.unit == y.unit]
    if not pairs:
        return Part("figures", 0.0, "none of one kind")
    x, y = max(pairs, key=lambda pair: (_near(*pair), pair[0].kind, pair[0].value, pair[1].value))
    return Part("figures", _near(x, y), f"{x.kind.lower()} {x.value:g} and {y.value:g}")


def _near(x: Quantity, y: Quantity) -> float:
    low, high = sorted((x, y), key=lambda q: q.value)
    if low.value == high.value:
        return 1.0
    if low.approximation in ("AtLeast", "MoreThan") and low.value >= 0.3 * high.value:
        return 0.4
    ratio = low.value / high.value if high.value > 0 else 0.0
    return 0.5 if ratio >= 0.7 else 0.0 if ratio >= 0.4 else -0.5 if ratio >= 0.2 else -1.0


def words(a: Report, b: Report) -> Part:
    """How much of what the quotes say, beside who takes part, is said by both."""
    shared, names = a.words.keys() & b.words.keys(), a.names & b.names
    fewer = min(len(a.words), len(b.words))
    overlap = len(shared) / fewer if fewer else 0.0
    value = 2.0 * overlap - 0.3 + (0.3 if a.trigger & b.trigger else 0.0) + (0.2 if names else 0.0)
    told = sorted({*(a.words[stem] for stem in shared), *names})
    return Part("words", round(max(-0.3, min(1.0, value)), 3), f"shared: {', '.join(told)}" if told else "none shared")

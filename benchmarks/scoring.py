"""Matches coded events with hand-coded ones, at three levels: where, who, exact.

where: the evidence sentence overlaps and the type is right. who: and at least one actor and, where the gold has
recipients, one recipient is right. exact: and the countries (or names) of each side are the same. Events match one
to one within an article; a gold event that is not core is neither missed nor a false alarm. The levels and their
rules are those of the scorer that comes with the hand-coded articles; a test holds the two equal.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Record = Mapping[str, Any]
Level = Callable[[Record, Record], bool]

_TITLES = re.compile(r"\b(the|of|and|president|minister|prime|foreign|government|state|mr|ms)\b")
_SHORT = {
    "un": "united nations",
    "u n": "united nations",
    "eu": "european union",
    "security council": "un security council",
    "united nations security council": "un security council",
    "au": "african union",
    "general assembly": "un general assembly",
    "united nations general assembly": "un general assembly",
    "isis": "islamic",
    "ecowas": "economic community west african states",
}
_RECIPROCAL = frozenset({"CONSULT", "COOPERATE", "AGREE", "SUPPORT", "ASSAULT"})
_SAME_ENDS = 40


def name_key(name: str | None) -> str:
    """A name without accents, case, articles and titles."""
    plain = unicodedata.normalize("NFKD", name or "").encode("ascii", "ignore").decode().lower()
    plain = " ".join(_TITLES.sub(" ", re.sub(r"[^a-z0-9 ]", " ", plain)).split())
    return _SHORT.get(plain, plain)


def keys(actor: Record) -> set[str]:
    """The ways in which an actor may be recognised: its country and its name."""
    return {k for k in ((actor.get("country") or "").upper(), name_key(actor.get("name"))) if k}


def side(actors: Sequence[Record] | None) -> set[str]:
    """One key an actor, the country first."""
    return {(a.get("country") or "").upper() or name_key(a.get("name")) for a in actors or ()}


def meet(gold: Sequence[Record], coded: Sequence[Record]) -> bool:
    """Whether some actor of the one side is some actor of the other; an empty gold side meets all."""
    if not gold:
        return True
    a = set().union(*(keys(x) for x in gold))
    b: set[str] = set().union(*(keys(x) for x in coded)) if coded else set()
    return bool(a & b) or any(len(x) > 4 and len(y) > 4 and (x in y or y in x) for x in a for y in b)


def _bare(text: str) -> str:
    return re.sub(r"\W+", "", text.lower())


def overlaps(sentence: str, quotes: Sequence[str]) -> bool:
    """Whether one of the quotes is the sentence or a large part of it."""
    g = _bare(sentence)
    for quote in quotes:
        p = _bare(quote)
        if not p:
            continue
        n = _SAME_ENDS
        if p in g or g in p:
            return True
        if min(len(g), len(p)) > n and (g[:n] in p or p[:n] in g or g[-n:] in p or p[-n:] in g):
            return True
    return False


def quotes(event: Record) -> list[str]:
    """The sentences that an event rests on, in the gold's layout or in that of the events export."""
    if "sentence" in event:
        return list(event.get("sentences") or [event["sentence"]])
    return [e.get("quote", "") for e in event.get("evidence", [])]


def where(g: Record, p: Record) -> bool:
    """The right type in the right sentence."""
    right = p.get("type") in (g["type"], *g.get("accept", ()))
    return right and any(overlaps(s, quotes(p)) for s in g.get("sentences") or [g["sentence"]])


def who(g: Record, p: Record) -> bool:
    """And one participant of each side is right."""
    if not where(g, p):
        return False
    ga, gr = g["actors"], g.get("recipients") or []
    pa, pr = p.get("actors") or [], p.get("recipients") or []
    if meet(ga, pa) and meet(gr, pr):
        return True
    if g["type"] in _RECIPROCAL and (not gr or not pr):
        gold, coded = [*ga, *gr], [*pa, *pr]
        shared = {k for a in coded for k in keys(a)} & {k for a in gold for k in keys(a)}
        return meet(gold, coded) and len(shared) >= min(2, len(gold))
    return False


def exact(g: Record, p: Record) -> bool:
    """And both sides are the same countries or names."""
    if not who(g, p):
        return False
    a, b = (side(g["actors"]), side(g.get("recipients"))), (side(p.get("actors")), side(p.get("recipients")))
    return a == b or (g["type"] in ("CONSULT", "COOPERATE") and a[0] | a[1] == b[0] | b[1])


LEVELS: Mapping[str, Level] = {"where": where, "who": who, "exact": exact}


def match(gold: Sequence[Record], coded: Sequence[Record], level: Level) -> dict[int, int]:
    """The greatest one-to-one matching of gold events to coded ones, core events first."""
    fits = [[j for j, p in enumerate(coded) if level(g, p)] for g in gold]
    owner: dict[int, int] = {}

    def place(i: int, seen: set[int]) -> bool:
        for j in fits[i]:
            if j not in seen:
                seen.add(j)
                if j not in owner or place(owner[j], seen):
                    owner[j] = i
                    return True
        return False

    for i in sorted(range(len(gold)), key=lambda i: not gold[i].get("core", True)):
        place(i, set())
    return {i: j for j, i in owner.items()}

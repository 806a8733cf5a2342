"""Whether what a frame found is politics: who takes part, and the field that the sentence is from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kg.lexicon.wordlists import words
from kg.model import Participant, Sentence, Tree


@dataclass(frozen=True, slots=True)
class _Fields:
    words: frozenset[str]
    acting: frozenset[str]
    public: frozenset[str]
    protesting: frozenset[str]


@cache
def _fields() -> _Fields:
    domains = words("domains")
    return _Fields(
        frozenset(w for many in domains["words"].values() for w in many),
        frozenset(domains["acting"]["sectors"]),
        frozenset(domains["acting"]["public"]),
        frozenset(domains["acting"]["protesting"]),
    )


def acts(participant: Participant) -> bool:
    """Whether somebody makes an event political: a state, a government, an armed group, their people."""
    actor = participant.actor
    return actor.kind == "state" or actor.sector in _fields().acting


def belongs(participant: Participant) -> bool:
    """Whether somebody is a known part of some country's public."""
    actor = participant.actor
    return actor.sector in _fields().public and actor.country is not None


def foreign(tree: Tree, sentence: Sentence) -> int:
    """How many words of the sentence come from sport, markets, weather, culture or science."""
    fields = _fields().words
    return sum(tree[i].text.lower() in fields or tree[i].lemma in fields for i in range(sentence.first, sentence.last))


def political(kind: str, people: Sequence[Participant], alien: int) -> bool:
    """Whether an event of this type with these participants is one of politics.

    Args:
        kind: its PLOVER type.
        people: its actors and recipients.
        alien: words from other fields in its sentence and around it.
    """
    if not kind.isupper():
        return True
    firm = [p for p in people if acts(p) and p.confidence >= 0.5]
    if alien and not any(p.confidence >= 0.8 for p in firm):
        return False
    if alien >= 2 and len({p.actor.id for p in firm}) < 2:
        return False
    if firm:
        return True
    public = [p for p in people if belongs(p)]
    return kind in _fields().protesting and bool(public)

"""The words that say that somebody stands beside the sides of an event, from ``kg/lexicon/words/third.toml``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.lexicon.wordlists import words

Patterns = Mapping[str, tuple[tuple[str, tuple[frozenset[str], ...]], ...]]
"""By verb: roles, and for each the words that must hang on the verb."""


@dataclass(frozen=True, slots=True)
class AsideWords:
    """The word lists, by what stands in ``third.toml``."""

    nouns: frozenset[str]
    verbs: Patterns
    shared: Patterns
    moving: Mapping[str, str]
    phrases: Mapping[str, str]
    prepositions: frozenset[str]
    standing: Mapping[str, str]
    titles: Mapping[str, str]


@cache
def aside_words() -> AsideWords:
    """The word lists, read once."""
    lists = words("third")
    return AsideWords(
        nouns=frozenset(lists["nouns"]["joint"]) | frozenset(words("grammar")["agreement"]["nouns"]),
        verbs=_patterns(lists["verbs"]),
        shared=_patterns(lists["shared"]),
        moving=_roles(lists["moving"]),
        phrases=_roles(lists["phrases"]),
        prepositions=frozenset(lists["phrases"]["prepositions"]),
        standing=_roles(lists["standing"]),
        titles=_roles(lists["titles"]),
    )


def _roles(table: Mapping[str, Any]) -> dict[str, str]:
    return {word: role for role, many in table.items() if role != "prepositions" for word in many}


def _patterns(table: Mapping[str, Sequence[str]]) -> Patterns:
    found: dict[str, list[tuple[str, tuple[frozenset[str], ...]]]] = {}
    for role, many in table.items():
        for first, *rest in map(str.split, many):
            for verb in first.split("|"):
                found.setdefault(verb, []).append((role, tuple(frozenset(w.split("|")) for w in rest)))
    return {verb: tuple(ways) for verb, ways in found.items()}


@cache
def participle(word: str) -> str | None:
    """The role of whoever did what the participle of a compound says.

    >>> participle("brokered")
    'mediator'
    """
    text = word.lower()
    if not text.endswith("ed"):
        return None
    for lists in (aside_words().verbs, aside_words().shared):
        for stem in (text.removesuffix("ed"), text.removesuffix("d")):
            for role, needs in lists.get(stem, ()):
                if not needs:
                    return role
    return None

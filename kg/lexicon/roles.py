"""Words for people in a role: titles such as foreign minister, and nouns such as troops or lawmakers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.lexicon.keys import name_key
from kg.lexicon.tables import Row


@dataclass(frozen=True, slots=True)
class Title:
    """A title word and the offices it can stand for, likeliest first."""

    title: str
    offices: tuple[str, ...]
    gender: str | None = None
    """f or m where the word tells: spokeswoman, king."""


@dataclass(frozen=True, slots=True)
class Role:
    """A noun for people or bodies in a role."""

    word: str
    sector: str
    kind: str
    """collective, person or organization."""
    number: str
    """singular, plural, or mass for a word such as police."""
    generic: bool
    """Whether the word alone, without a country or group, is too vague to be an actor."""


def read_titles(rows: Iterable[Row]) -> Mapping[tuple[str, ...], Title]:
    """Titles by the key of their words."""
    return {name_key(r["title"]): Title(r["title"], r.items("offices"), r.get("gender")) for r in rows}


def read_roles(rows: Iterable[Row]) -> Mapping[tuple[str, ...], Role]:
    """Role nouns by the key of their words."""
    return {
        name_key(r["word"]): Role(r["word"], r["sector"], r["kind"], r["number"], r["generic"] == "1") for r in rows
    }


def read_nominals(rows: Iterable[Row]) -> Mapping[str, tuple[str, ...]]:
    """For each group or organisation the nouns that stand for it later in an article."""
    return {r["id"]: r.items("nominals") for r in rows if r.items("nominals")}

"""What an export is asked for, and what a format is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kg.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What to put in besides the graphs of the articles.

    text: The full text of each article.
    runs: The graph of runs, which holds clock times, so that two builds of one source differ.
    untyped: Events that have no PLOVER type, such as statements, among the events.
    min_confidence: The confidence that an event needs in one of its mentions, 0 to 1.
    """

    text: bool = False
    runs: bool = False
    untyped: bool = False
    min_confidence: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One way to write a store; ``write`` gives the bytes in pieces."""

    suffix: str
    """The file name's ending that stands for the format; '' where only its name does."""
    help: str
    write: Callable[[Store, Options], Iterator[bytes]]
    takes: frozenset[str] = frozenset()
    """Names of the options that the format can follow."""

"""What was asked, what it cost, and what was dropped: counted over a whole build, from many threads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from kg.code.llm.options import Price

_MOST = 10**9
"""Tokens that no single answer has; what tells more is not believed."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one request."""

    sent: int
    received: int


def usage_of(told: object) -> Usage | None:
    """Read the field ``usage`` of an answer; None where it is missing or makes no sense.

    >>> usage_of({"prompt_tokens": 900, "completion_tokens": 80}), usage_of({"prompt_tokens": -1})
    (Usage(sent=900, received=80), None)
    """
    if not isinstance(told, Mapping):
        return None
    counts: list[Any] = [told.get("prompt_tokens"), told.get("completion_tokens")]
    if not all(type(n) is int and 0 <= n < _MOST for n in counts):
        return None
    return Usage(*counts)


@dataclass(slots=True)
class Tally:
    """The counts of one coder."""

    requests: int = 0
    """Requests made, those that failed included."""
    known: int = 0
    """Answers taken from the cache."""
    sent: int = 0
    """Tokens of all that was sent."""
    received: int = 0
    """Tokens of all answers."""
    unmetered: int = 0
    """Answers that did not tell their tokens."""
    events: int = 0
    """Events kept."""
    dropped: Counter[str] = field(default_factory=Counter)
    """Number by reason of all that an answer held and the text or the ontology did not."""
    notes: list[str] = field(default_factory=list)
    """What else a user should know, each once."""
    _lock: Lock = field(default_factory=Lock, repr=False, compare=False)

    def asked(self) -> None:
        """Count a request."""
        with self._lock:
            self.requests += 1

    def answered(self, usage: Usage | None) -> None:
        """Count the tokens of an answer."""
        with self._lock:
            if usage is None:
                self.unmetered += 1
            else:
                self.sent += usage.sent
                self.received += usage.received

    def remembered(self) -> None:
        """Count an answer that was known."""
        with self._lock:
            self.known += 1

    def coded(self, events: int, dropped: Mapping[str, int]) -> None:
        """Count what an article gave."""
        with self._lock:
            self.events += events
            self.dropped.update(dropped)

    def note(self, told: str) -> None:
        """Keep a note, once."""
        with self._lock:
            if told not in self.notes:
                self.notes.append(told)

    def cost(self, price: Price) -> float:
        """What the tokens cost, in the currency of the price."""
        return (self.sent * price.sent + self.received * price.received) / 1e6

    def lines(self, price: Price | None) -> Iterator[str]:
        """The report, a line each: requests and tokens, what was dropped, notes."""
        told = f"requests: {self.requests:,}; answers from the cache: {self.known:,}"
        told += f"; tokens sent: {self.sent:,}, received: {self.received:,}"
        if self.unmetered:
            told += f"; answers that did not tell their tokens: {self.unmetered:,}"
        if price is not None:
            told += f"; cost: {'at least ' if self.unmetered else ''}{self.cost(price):.4f}"
        yield told
        if self.dropped:
            many = sorted(self.dropped.items(), key=lambda d: (-d[1], d[0]))
            yield "dropped: " + ", ".join(f"{reason} ({n:,})" for reason, n in many)
        yield from self.notes

"""What was weighed and not taken while an article was coded; written down only where somebody asks."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.model import Span

NOTED = 0.1
"""Triggers that score less are not worth a word."""


@dataclass(frozen=True, slots=True)
class Passed:
    """A token that could have been a trigger of a type."""

    token: int
    kind: str
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Missed:
    """A participant that an event could have had; ``span`` is None where other sentences name it."""

    token: int
    """The event's trigger."""
    kind: str
    role: str
    name: str
    span: Span | None
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """A frame that fitted at a token."""

    token: int
    kind: str
    frame: str
    span: Span
    why: str


@dataclass(slots=True)
class Notes:
    """One article's notes: whoever decides writes down here what speaks against a candidate.

    >>> notes = Notes()
    >>> notes.about = (4, "CONSULT")
    >>> notes.missed("actor", "Chad", None, 0.3, "below 0.45")
    >>> notes.participants[0].kind
    'CONSULT'
    """

    politics: float | None = None
    """The probability that the article is about politics."""
    about: tuple[int, str] = (0, "")
    """Trigger and type of the event that is being decided on."""
    triggers: list[Passed] = field(default_factory=list)
    participants: list[Missed] = field(default_factory=list)
    frames: list[Dropped] = field(default_factory=list)
    modes: dict[tuple[int, str], dict[str | None, float]] = field(default_factory=dict)
    """The probability of each mode, by trigger and type."""
    dates: dict[tuple[int, str], list[tuple[int | None, float]]] = field(default_factory=dict)
    """The number of each time expression that was weighed, None for no date, and its probability."""

    def missed(self, role: str, name: str, span: Span | None, score: float, why: str) -> None:
        """Note a participant that the event being decided on does not get."""
        self.participants.append(Missed(*self.about, role, name, span, score, why))

"""A deal that lasts: its parties, terms, validity and what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model.event import Participant


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusChange:
    """One step in an agreement's life: the event and the status after it."""

    event: str
    """Key of the event."""
    after: str
    """Proposed, Agreed, InForce, Extended, Suspended, Violated, Terminated or Expired."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """An agreement told in an article; ``changes`` are in order of time."""

    key: str
    label: str
    kind: str
    """ceasefire, treaty, deal, memorandum or other."""
    parties: tuple[Participant, ...]
    mediators: tuple[Participant, ...] = ()
    provides: tuple[str, ...] = ()
    """Keys of the events that the deal provides for."""
    valid_from: str | None = None
    """ISO date, as exact as known."""
    valid_through: str | None = None
    status: str = "Agreed"
    changes: tuple[StatusChange, ...] = ()

"""The classes that the heads tell apart, in the order of their columns."""

from __future__ import annotations

from kg.vocab import plover

TYPES: tuple[str, ...] = tuple(sorted(plover.TYPES))
MODES: tuple[tuple[str, str | None], ...] = tuple((t, m) for t in TYPES for m in (None, *sorted(plover.MODES[t])))
STATUSES: tuple[str, ...] = ("occurred", "ongoing", "future", "hypothetical", "negated", "historical")
ROLES: tuple[str, ...] = ("actor", "recipient", "third")

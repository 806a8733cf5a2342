"""What a comparison says of one trait of two reports."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """One trait compared: ``value`` from -1 (speaks against one event) to 1 (for it), 0 where nothing is known.

    A veto rules out that the two are one event, whatever else speaks for it.
    """

    trait: str
    value: float
    words: str
    veto: bool = False

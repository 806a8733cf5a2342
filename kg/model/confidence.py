"""The least confidence that somebody asks of an event."""

from __future__ import annotations

from kg.errors import UsageError


def checked_confidence(value: float) -> float:
    """The value, if it is one from 0 to 1; 0 asks nothing.

    Raises:
        UsageError: It is not.

    >>> checked_confidence(0.5)
    0.5
    """
    # Written so that what is no number fails too.
    if not 0 <= value <= 1:
        raise UsageError(f"min_confidence: {value:g} is not a confidence; give a number from 0 to 1, such as 0.5")
    return value

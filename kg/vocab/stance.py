"""Whether an act is cooperation or conflict, and whether an event is one that happened."""

from __future__ import annotations

from typing import Final

from kg.vocab.plover import SCORES

HAPPENED: Final = frozenset({"Occurred", "Ongoing", "PartlyRealized"})
"""The statuses of what took place, at least in part."""


def stance_of(kind: str, mode: str | None) -> str:
    """Whether such an event is cooperation, conflict or neutral, by its PLOVER score.

    Scores between -1 and 0.5 are neutral: PLOVER counts every demand as verbal conflict, and
    so would a plea for a truce be.

    >>> stance_of("CONSULT", "phone"), stance_of("ASSAULT", None), stance_of("REQUEST", "yield")
    ('cooperation', 'conflict', 'neutral')
    """
    score = score_of(kind, mode)
    if score is None:
        return "conflict" if kind == "Conflict" else "neutral"
    if -1 <= score <= 0.5:
        return "neutral"
    return "cooperation" if score > 0 else "conflict"


def score_of(kind: str, mode: str | None) -> float | None:
    """The PLOVER score, -10 to 10, also of types and modes that the code book does not know: None.

    >>> score_of("AID", None), score_of("Statement", None)
    (10.0, None)
    """
    return SCORES.get((kind, mode), SCORES.get((kind, None)))

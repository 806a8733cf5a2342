"""How likely an event is right: a logistic regression over the scores of its parts, fitted on articles held back."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from kg.code.draft import Draft
from kg.model import Participant

NAMES = ("one", "trigger", "actor", "recipient", "no actor", "no recipient", "implied", "framed", "unproposed")
"""The columns of ``evidence``, in order."""
_LEAST = 1e-3


def evidence(draft: Draft) -> tuple[float, ...]:
    """What speaks for a draft: scores as log odds, facts as 0 or 1."""
    sides = (*draft.actors, *draft.recipients)
    return (
        1.0,
        _odds(draft.score),
        _odds(_surest(draft.actors)),
        _odds(_surest(draft.recipients)),
        float(not draft.actors),
        float(not draft.recipients),
        float(any(p.mention is None for p in sides)),
        float(not draft.match.frame.id.startswith("trained.")),
        float(draft.proposal is None),
    )


def confidence(draft: Draft, weights: Mapping[str, float]) -> float:
    """The probability, 0 to 1, that the event has the right type, sentence and participants.

    Args:
        draft: the event with its participants.
        weights: by the names of ``NAMES``; without any, the trigger's own score is given.
    """
    if not weights:
        return round(draft.score, 3)
    total = sum(weights[name] * x for name, x in zip(NAMES, evidence(draft), strict=True))
    return round(1 / (1 + math.exp(-total)), 3)


def _surest(participants: Sequence[Participant]) -> float:
    return max((p.confidence for p in participants), default=0.5)


def _odds(p: float) -> float:
    p = min(1 - _LEAST, max(_LEAST, p))
    return math.log(p / (1 - p))

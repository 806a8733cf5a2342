"""The PLOVER record of an event: what is still to come is an agreement or a concession, what is only asked for is none.

The graph keeps what an event is about and whether it happened; the codebook codes plans by the act of planning.
"""

from __future__ import annotations

from kg.export.reading import EventRead
from kg.vocab.cameo import cameo_for

COMING = "Expected"
TO_AGREE = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})
"""Types that are coded AGREE as long as they are to come."""
TO_CONCEDE = frozenset({"RETREAT"})
"""Types that are coded CONCEDE when announced."""
_TERM = "Agreed"


def recorded(event: EventRead) -> tuple[str, str | None, str | None] | None:
    """Type, mode and CAMEO code of the event's record; None where the codebook codes only the act that speaks of it.

    A term of a deal keeps its type: the deal is coded beside it.
    """
    if event.status == "Hypothetical" and event.within:
        return None
    if event.status == COMING:
        terms = all(m.factuality == _TERM for m in event.mentions)
        if event.type in TO_AGREE and not terms:
            return "AGREE", None, cameo_for("AGREE")
        if event.type in TO_CONCEDE and not terms:
            return "CONCEDE", None, cameo_for("CONCEDE")
    return event.type, event.mode, event.cameo

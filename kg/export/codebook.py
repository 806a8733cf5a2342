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
    terms = all(m.factuality == _TERM for m in event.mentions)
    kind = coded_as(event.type, event.status, within=event.within, terms=terms)
    if kind is None or kind == event.type:
        return None if kind is None else (event.type, event.mode, event.cameo)
    return kind, None, cameo_for(kind)


def coded_as(kind: str, status: str, *, within: bool, terms: bool) -> str | None:
    """The codebook's type of an event of this type and status; None where it has no record of its own.

    Args:
        kind: its type in the graph.
        status: its status in the graph.
        within: whether another act speaks of it.
        terms: whether all that is known of it is that a deal provides for it.

    >>> coded_as("CONSULT", "Expected", within=False, terms=False)
    'AGREE'
    """
    if status == "Hypothetical" and within:
        return None
    if status == COMING and not terms:
        if kind in TO_AGREE:
            return "AGREE"
        if kind in TO_CONCEDE:
            return "CONCEDE"
    return kind

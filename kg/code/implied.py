"""The other side of an act, where the frame's slots are empty but the sentence names it."""

from __future__ import annotations

from dataclasses import replace

from kg.code.draft import Draft
from kg.code.politics import acts
from kg.code.roles import Cast
from kg.model import Participant, Tree

_TWO_SIDED = frozenset(
    {"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SANCTION", "COERCE", "ASSAULT", "AGREE", "CONCEDE", "SUPPORT", "AID"}
)
_SURE = 0.4


def with_implied(tree: Tree, cast: Cast, draft: Draft) -> Draft:
    """The draft with a recipient taken from the words under its trigger, if it has none.

    Only somebody of another country than the actor counts, named in what hangs on the trigger:
    "rejected a plan drawn up by the Dutch".
    """
    frame = draft.match.frame
    if frame.reciprocal or draft.recipients or not draft.actors or frame.type not in _TWO_SIDED:
        return draft
    own = {p.actor.country for p in draft.actors} | {p.actor.id for p in draft.actors}
    below = sorted({k for part in draft.match.parts for k in tree.subtree(part)})
    for k in below:
        if k in draft.match.parts:
            continue
        found = [p for p in cast.named(k) if acts(p) and p.actor.id not in own and p.actor.country not in own]
        if found:
            first: Participant = found[0]
            draft.recipients = [replace(first, role="recipient", confidence=min(first.confidence, _SURE))]
            return draft
    return draft

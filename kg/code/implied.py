"""The other side of an act, where the frame's slots are empty but the sentence names it."""

from __future__ import annotations

from dataclasses import replace

from kg.code.draft import Draft
from kg.code.politics import acts
from kg.code.roles import Cast
from kg.model import Participant, Tree

_TWO_SIDED = frozenset(
    {
        "REQUEST",
        "ACCUSE",
        "REJECT",
        "THREATEN",
        "SANCTION",
        "COERCE",
        "ASSAULT",
        "AGREE",
        "CONCEDE",
        "SUPPORT",
        "AID",
    }
)
_SURE = 0.4


def with_implied(tree: Tree, cast: Cast, draft: Draft) -> Draft:
    """The draft with a recipient taken from its sentence, if it has none.

    Only somebody of another country than the actor counts: first whoever is named in what hangs on the
    trigger ("rejected a plan drawn up by the Dutch"), then whoever is named nearest before it.
    """
    frame = draft.match.frame
    if frame.reciprocal or draft.recipients or not draft.actors or frame.type not in _TWO_SIDED:
        return draft
    below = sorted({k for part in draft.match.parts for k in tree.subtree(part)})
    before = range(draft.match.head - 1, draft.sentence.first - 1, -1)
    for k in [*below, *before]:
        found = _others(cast, draft, k)
        if found:
            draft.recipients = [
                replace(found[0], role="recipient", confidence=min(found[0].confidence, _SURE))
            ]
            return draft
    return draft


def _others(cast: Cast, draft: Draft, k: int) -> list[Participant]:
    if k in draft.match.parts:
        return []
    own = {p.actor.country for p in draft.actors} | {p.actor.id for p in draft.actors}
    speakers = {p.actor.id for p in draft.sources}
    return [
        p
        for p in cast.named(k)
        if acts(p)
        and p.actor.id not in own | speakers
        and (p.actor.country is None or p.actor.country not in own)
    ]

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

    Only where the sentence names one side of another country than the actor's and no third: first what hangs on
    the trigger is looked at ("rejected a plan drawn up by the Dutch"), then the whole sentence.
    """
    frame = draft.match.frame
    if frame.reciprocal or draft.recipients or not draft.actors or frame.type not in _TWO_SIDED:
        return draft
    below = sorted({k for part in draft.match.parts for k in tree.subtree(part)})
    for stretch in (below, range(draft.sentence.first, draft.sentence.last)):
        found = [p for k in stretch for p in _others(cast, draft, k)]
        if found and len({p.actor.country or p.actor.id for p in found}) == 1:
            draft.recipients = [replace(found[0], role="recipient", confidence=min(found[0].confidence, _SURE))]
        if found:
            return draft
    return draft


def _others(cast: Cast, draft: Draft, k: int) -> list[Participant]:
    link = cast.by_head.get(k)
    if k in draft.match.parts or link is None or link.rule == "demonym":
        # An adjective ("an American base") names no side.
        return []
    own = {p.actor.country for p in draft.actors} | {p.actor.id for p in draft.actors}
    speakers = {p.actor.id for p in draft.sources}
    return [
        p
        for p in cast.named(k)
        if acts(p) and p.actor.id not in own | speakers and (p.actor.country is None or p.actor.country not in own)
    ]

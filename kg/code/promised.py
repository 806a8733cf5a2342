"""Promises in the words of a statement: "the minister said that Kenya will send aid" is a pledge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.code.draft import Draft
from kg.code.join import recorded_as
from kg.lexicon.frames import Frame
from kg.model import Event, Factuality, Participant

_PROMISE = "AGREE"
PROMISING = Frame(id="agree.said", type=_PROMISE, cameo="030", embeds="Promised", confidence=0.5)
"""A verb of saying by which somebody promises what his own side will do."""


def promises(draft: Draft, speakers: Sequence[Participant]) -> bool:
    """Whether the speakers of a statement promise by it the act of a draft.

    The text has their side do it in the future, and the heads read its words as a promise.
    """
    proposal = draft.proposal
    if proposal is None or proposal.kind != _PROMISE or draft.match.frame.type == _PROMISE:
        return False
    if draft.how.factuality is not Factuality.PROMISED or not draft.how.positive or not draft.sources:
        return False
    if _PROMISE not in recorded_as(draft.match.frame.type, draft.how):
        return False
    return draft.sources[0].actor.id in {s.actor.id for s in speakers}


def beneficiaries(promised: Sequence[tuple[Draft, Event]]) -> list[Participant]:
    """To whom the promised acts are to be done, each once."""
    found = {p.actor.id: replace(p, role="recipient") for draft, _ in promised for p in draft.recipients}
    return list(found.values())

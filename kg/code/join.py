"""Joins what the trained heads propose with what the frames found: the heads decide, the frames add structure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from kg.code.draft import Draft
from kg.code.learned.decide import Proposal
from kg.code.match import Match
from kg.code.notes import Dropped, Notes
from kg.code.presented import Presented
from kg.lexicon.frames import Frame
from kg.model import FACTUAL, FUTURE, Factuality, Participant, Sentence, Tree
from kg.vocab.cameo import cameo_for

_EMBEDS: Mapping[str, str] = {
    "REQUEST": "Requested",
    "AGREE": "Promised",
    "CONCEDE": "Promised",
    "THREATEN": "Conditional",
    "REJECT": "Denied",
}
"""How an act presents what stands in its complement, for triggers that no frame knows."""
_PLANS: Mapping[str, frozenset[str]] = {
    "AGREE": frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"}),
    "CONCEDE": frozenset({"RETREAT"}),
}
"""The codebook's act of planning, and the acts that are planned."""
_SURE = 0.8
"""The certainty at which the heads overrule a clause that presents its event as no fact."""
_OPEN = frozenset({Factuality.CONDITIONAL, Factuality.PROPOSED, Factuality.DESIRED, Factuality.REQUESTED})


def joined(
    tree: Tree, drafts: Sequence[Draft], proposals: Sequence[Proposal], sentence: Sentence, notes: Notes | None = None
) -> list[Draft]:
    """The drafts of a sentence: one for each proposal, and what the frames tell beside it.

    Args:
        tree: the article's parse.
        drafts: what the frames found.
        proposals: what the heads found.
        sentence: the sentence.
        notes: where to write down which drafts the heads do not bear out; None: nobody asks.
    """
    found: list[Draft] = []
    used: set[int] = set()
    for proposal in proposals:
        own = _framed(tree, drafts, proposal, used)
        if own is None:
            found.append(_fresh(tree, proposal, sentence))
        else:
            used.add(id(own))
            found.append(_taken(own, proposal))
    rest = [d for d in drafts if id(d) not in used and (not d.match.frame.type.isupper() or _inner(tree, d, found))]
    if notes is not None:
        kept = used | {id(d) for d in rest}
        notes.frames += [_dropped(tree, d, proposals) for d in drafts if id(d) not in kept]
    return sorted([*found, *rest], key=lambda d: (d.match.head, d.match.frame.id))


def _dropped(tree: Tree, draft: Draft, proposals: Sequence[Proposal]) -> Dropped:
    match = draft.match
    other = next((p for p in proposals if p.token in match.parts), None)
    why = "the heads see no event here" if other is None else f"the heads see {other.kind} here"
    return Dropped(match.head, match.frame.type, match.frame.id, match.span(tree), why)


def _framed(tree: Tree, drafts: Sequence[Draft], proposal: Proposal, used: set[int]) -> Draft | None:
    """The frames' draft of a proposal: the same words, and the same type or the plan of it."""
    planned = _PLANS.get(proposal.kind, frozenset()) if proposal.status == "future" else frozenset()
    for draft in drafts:
        kind = draft.match.frame.type
        if id(draft) in used or not (kind == proposal.kind or kind in planned):
            continue
        tokens = {*draft.match.parts, *([draft.match.carrier] if draft.match.carrier is not None else [])}
        if proposal.token in tokens or (tree[proposal.token].head in tokens and tree[proposal.token].dep != "conj"):
            return draft
    return None


def _taken(draft: Draft, proposal: Proposal) -> Draft:
    frame = draft.match.frame
    if frame.type == proposal.kind and proposal.mode != frame.mode:
        frame = replace(frame, mode=proposal.mode, cameo=cameo_for(frame.type, proposal.mode))
        draft = replace(draft, match=replace(draft.match, frame=frame))
    draft = replace(draft, proposal=proposal)
    _cast(draft, proposal)
    return draft


def _cast(draft: Draft, proposal: Proposal) -> None:
    """The heads' participants; the frames' where the heads see none."""
    draft.actors = list(proposal.actors) or draft.actors
    draft.recipients = list(proposal.recipients) or [r for r in draft.recipients if not _among(r, draft.actors)]
    if draft.match.frame.reciprocal and draft.match.frame.type not in ("CONSULT",):
        draft.recipients = list(proposal.recipients)
    draft.third = draft.third or list(proposal.third)


def _among(participant: Participant, others: Sequence[Participant]) -> bool:
    return participant.actor.id in {p.actor.id for p in others}


@cache
def _frame(kind: str, mode: str | None) -> Frame:
    return Frame(
        id=f"trained.{kind.lower()}",
        type=kind,
        mode=mode,
        cameo=cameo_for(kind, mode),
        requires=frozenset({"none"}),
        embeds=_EMBEDS.get(kind),
    )


def _fresh(tree: Tree, proposal: Proposal, sentence: Sentence) -> Draft:
    """A draft of a trigger that no frame knows."""
    i = proposal.token
    match = Match(_frame(proposal.kind, proposal.mode), i, (i,), i if tree.is_verb(i) else None)
    draft = Draft(match, sentence, list(proposal.actors), list(proposal.recipients), list(proposal.third))
    draft.proposal = proposal
    return draft


def _inner(tree: Tree, draft: Draft, found: Sequence[Draft]) -> bool:
    """Whether a frame's draft is what another act speaks of, and so no event on its own."""
    hosts = {k for d in found if d.match.frame.embeds for k in (*d.match.parts, d.match.carrier) if k is not None}
    own = {*draft.match.parts}
    if own & {d.match.head for d in found}:
        return False
    return any(head in hosts for _, head in tree.governors(draft.match.head))


def settled(how: Presented, proposal: Proposal | None) -> Presented:
    """How the text presents an event, with what the heads say of its status."""
    if proposal is None:
        return how
    told = _settled(how, proposal)
    if (told.factuality, told.positive) != (how.factuality, how.positive):
        return replace(told, reason=f"the heads read it as {proposal.status}")
    return told


def _settled(how: Presented, proposal: Proposal) -> Presented:
    status = proposal.status
    if status == "negated":
        return replace(how, factuality=Factuality.ASSERTED, positive=False)
    if status == "future":
        return replace(
            how, factuality=how.factuality if how.factuality in FUTURE else Factuality.SCHEDULED, positive=True
        )
    if status == "hypothetical":
        return replace(
            how, factuality=how.factuality if how.factuality in _OPEN else Factuality.CONDITIONAL, positive=True
        )
    fact = sum(proposal.statuses[s] for s in ("occurred", "ongoing", "historical"))
    if how.positive and how.factuality in FACTUAL:
        return how
    return Presented() if fact >= _SURE else how

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
"""The certainty at which the frames' participants stand against the heads'."""
_FAINT = 0.4
"""The certainty below which the heads' participants do not stand against the frames'."""
_FACT = 0.9
"""The certainty at which the heads overrule a clause that presents its event as no fact."""
_OPEN = frozenset({Factuality.CONDITIONAL, Factuality.PROPOSED, Factuality.DESIRED, Factuality.REQUESTED})

_UNCODED = frozenset({"Expiry", "Founding", "Governance", "Partition"})
"""What PLOVER does not code, so that no head has learnt it."""


def joined(
    tree: Tree,
    matches: Sequence[Match],
    drafts: Sequence[Draft],
    proposals: Sequence[Proposal],
    sentence: Sentence,
    notes: Notes | None = None,
) -> list[Draft]:
    """The drafts of a sentence: one for each proposal, and what the frames found at other words.

    Args:
        tree: the article's parse.
        matches: the frames whose words stand in the sentence, with or without their participants.
        drafts: what the frames found with their participants.
        proposals: what the heads found.
        sentence: the sentence.
        notes: where to write down which drafts the heads do not bear out; None: nobody asks.
    """
    found: list[Draft] = []
    used: set[int] = set()
    for proposal in proposals:
        own = _framed(tree, drafts, proposal, used)
        told = any(_words_of(d, proposal) or _same_talks(d, proposal) for d in found)
        if own is None and (told or any(_frames_alone(d, proposal) for d in drafts)):
            continue
        if own is None:
            found.append(_fresh(tree, matches, proposal, sentence))
        else:
            used.add(id(own))
            found.append(_taken(own, proposal))
    rest = [d for d in drafts if id(d) not in used and not any(_overrules(p, d) for p in proposals)]
    if notes is not None:
        kept = used | {id(d) for d in rest}
        notes.frames += [_dropped(tree, d, proposals) for d in drafts if id(d) not in kept]
    return sorted([*found, *rest], key=lambda d: (d.match.head, d.match.frame.id))


def _dropped(tree: Tree, draft: Draft, proposals: Sequence[Proposal]) -> Dropped:
    match = draft.match
    kind = next(p.kind for p in proposals if _overrules(p, draft))
    return Dropped(match.head, match.frame.type, match.frame.id, match.span(tree), f"the heads see {kind} here")


def _words_of(draft: Draft, proposal: Proposal) -> bool:
    """Whether a proposal names the event of a draft once more, by another of its words."""
    return draft.match.frame.type == proposal.kind and proposal.token in draft.match.parts


def _frames_alone(draft: Draft, proposal: Proposal) -> bool:
    """Whether the words of a proposal tell what frames alone know: the fate of a deal, the founding of a state."""
    frame = draft.match.frame
    return (frame.change is not None or frame.type in _UNCODED) and proposal.token in draft.match.parts


def _same_talks(draft: Draft, proposal: Proposal) -> bool:
    """Whether a proposal tells of talks told already: "discussed X in a phone conversation"."""
    if proposal.kind != "CONSULT" or draft.match.frame.type != "CONSULT":
        return False
    return _countries(proposal.actors, proposal.recipients) <= _countries(draft.actors, draft.recipients)


def _countries(*sides: Sequence[Participant]) -> set[str]:
    return {p.actor.country or p.actor.id for side in sides for p in side}


def _overrules(proposal: Proposal, draft: Draft) -> bool:
    """Whether the heads take the words of a frame for an event of another type, and not for the plan of it."""
    kind = draft.match.frame.type
    if not kind.isupper() or draft.match.frame.change or kind == proposal.kind:
        return False
    return kind not in _PLANS.get(proposal.kind, ()) and proposal.token in draft.match.parts


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
    if frame.type == proposal.kind and frame.mode is None:
        draft = replace(draft, match=replace(draft.match, frame=_with_mode(frame, proposal.mode)))
    draft = replace(draft, proposal=proposal)
    _cast(draft, proposal)
    return draft


def _cast(draft: Draft, proposal: Proposal) -> None:
    """The frames' participants where those are sure, else the heads', else whom the frames see."""
    draft.actors = _chosen(draft.actors, list(proposal.actors))
    own = _countries(draft.actors)
    # Whoever is only implied is the other side, not the actors' own.
    seen = [p for p in proposal.recipients if p.mention is not None or not _countries([p]) & own]
    recipients = [r for r in _chosen(draft.recipients, seen) if not _among(r, draft.actors)]
    others = [r for r in recipients if not _countries([r]) & own]
    # One act does not befall the other side and one's own.
    draft.recipients = others or ([] if draft.match.frame.type == "CONSULT" else recipients)
    draft.third = draft.third or list(proposal.third)


def _chosen(framed: list[Participant], seen: list[Participant]) -> list[Participant]:
    if _certain(framed) or (framed and max((p.confidence for p in seen), default=0.0) < _FAINT):
        return framed
    return seen or framed


def _certain(participants: Sequence[Participant]) -> bool:
    return bool(participants) and min(p.confidence for p in participants) >= _SURE


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


def _fresh(tree: Tree, matches: Sequence[Match], proposal: Proposal, sentence: Sentence) -> Draft:
    """A draft of a trigger whose participants no frame knows, with the frame of its words if there is one."""
    i = proposal.token
    known = [m for m in matches if i in m.parts and m.frame.type == proposal.kind and not m.frame.change]
    if known:
        best = max(known, key=lambda m: (m.head == i, len(m.parts), m.frame.confidence, m.frame.id))
        match = replace(best, frame=_with_mode(best.frame, proposal.mode))
    else:
        match = Match(_frame(proposal.kind, proposal.mode), i, (i,), i if tree.is_verb(i) else None)
    deal = next((m.frame for m in matches if i in m.parts and m.frame.agreement), None)
    if deal is not None and match.frame.agreement is None:
        # Of whatever type the heads take it to be, the words tell of a deal.
        match = replace(match, frame=replace(match.frame, agreement=deal.agreement))
    third = list(proposal.third)
    return Draft(match, sentence, list(proposal.actors), list(proposal.recipients), third, proposal=proposal)


def _with_mode(frame: Frame, mode: str | None) -> Frame:
    if mode == "third-party" and not frame.third:
        # Talks are mediated by somebody: without a place for a mediator the words tell of plain talks.
        mode = frame.mode
    return frame if mode == frame.mode else replace(frame, mode=mode, cameo=cameo_for(frame.type, mode))


def recorded_as(kind: str, how: Presented) -> tuple[str, ...]:
    """The types under which the codebook may record an event: its own and, while it is planned, that of planning it."""
    plans = [plan for plan, planned in _PLANS.items() if kind in planned and how.factuality in FUTURE]
    return (kind, *plans)


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
    return Presented() if fact >= _FACT else how

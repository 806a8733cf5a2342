"""Which of the frames that fit are taken: each needs its participants, and one token names one event."""

from __future__ import annotations

from kg.code.context import Around, answers, inherit_recipient, with_cause, with_parties, with_sides
from kg.code.draft import Draft
from kg.code.implied import with_implied
from kg.code.match import Match
from kg.code.notes import Dropped, Notes
from kg.code.outcomes import without_outcomes
from kg.code.politics import foreign, political
from kg.code.roles import Cast, sides
from kg.code.terms import lend_parties
from kg.model import Sentence, Tree

_LIGHT = frozenset(
    {"hold", "have", "make", "pay", "take", "conduct", "launch", "carry", "stage", "give", "do", "mount"}
)

_NEEDS = {
    "actor": "an actor",
    "recipient": "a recipient",
    "either": "an actor or recipient",
    "person": "a person",
    "foreign": "a recipient of another country",
    "two": "two participants",
}
"""What a frame requires, in words."""
_COMPLEMENT = frozenset({"xcomp", "ccomp", "advcl", "relcl", "acl", "pcomp"})


def accepted(
    tree: Tree, cast: Cast, found: list[Match], sentence: Sentence, around: Around, notes: Notes | None = None
) -> list[Draft]:
    """The drafts of a sentence: for each token the best frame whose participants are there.

    Args:
        tree: the article's parse.
        cast: the actors by token.
        found: the frames that fit somewhere in the sentence.
        sentence: the sentence.
        around: what the article has told before.
        notes: where to write down which frames fit and are not taken; None: nobody asks.
    """
    drafts = [_draft(tree, cast, match, sentence) for match in found]
    lend_parties(tree, drafts)
    alien = foreign(tree, sentence)
    full: list[Draft] = []
    for draft in drafts:
        inherit_recipient(tree, draft, drafts)
        if draft.match.frame.change and not with_parties(tree, cast, draft, around):
            _note(notes, tree, draft, "no agreement was told that it could change")
            continue
        with_sides(draft, drafts, around)
        draft.caused_by = with_cause(tree, draft, sentence, around)
        draft.answers = answers(tree, draft, [*around.before, *around.told])
        people = [*draft.actors, *draft.recipients]
        if not _satisfied(draft):
            _note(notes, tree, draft, f"needs {_needs(draft)}")
        elif not political(draft.match.frame.type, people, alien):
            _note(notes, tree, draft, "its participants are no political actors")
        else:
            full.append(draft)
    best = _one_each(tree, full)
    kept = without_outcomes(tree, best)
    if notes is not None:
        for left, without, why in ((full, best, "another frame has these words"), (best, kept, "the toll of an act")):
            for draft in left:
                if not any(draft is d for d in without):
                    _note(notes, tree, draft, why)
    return [with_implied(tree, cast, d) for d in kept]


def _note(notes: Notes | None, tree: Tree, draft: Draft, why: str) -> None:
    if notes is not None:
        match = draft.match
        notes.frames.append(Dropped(match.head, match.frame.type, match.frame.id, match.span(tree), why))


def _needs(draft: Draft) -> str:
    return " and ".join(sorted(_NEEDS.get(need, need) for need in draft.match.frame.requires))


def _draft(tree: Tree, cast: Cast, match: Match, sentence: Sentence) -> Draft:
    roles = sides(tree, cast, match)
    return Draft(match, sentence, roles["actors"], roles["recipients"], roles["third"])


def _satisfied(draft: Draft) -> bool:
    frame = draft.match.frame
    needs = frame.requires
    if "actor" in needs and not draft.actors:
        return False
    if "recipient" in needs and not draft.recipients and not (frame.reciprocal and draft.people > 1):
        return False
    if "either" in needs and not draft.people:
        return False
    if "person" in needs and not any(p.actor.kind == "person" for p in [*draft.actors, *draft.recipients]):
        return False
    if "foreign" in needs and not _abroad(draft):
        return False
    return not ("two" in needs and draft.people < 2)


def _abroad(draft: Draft) -> bool:
    """Whether the sides are not all of one country."""
    own = {p.actor.country for p in draft.actors}
    return any(p.actor.country is None or p.actor.country not in own for p in draft.recipients)


def _one_each(tree: Tree, drafts: list[Draft]) -> list[Draft]:
    """One event a trigger: the surest frame at each token, and none within the words of another."""
    ranked = sorted(
        drafts,
        key=lambda d: (-len(d.match.parts), -d.people, -d.match.frame.confidence, d.match.frame.id),
    )
    taken: dict[int, Draft] = {}
    for draft in ranked:
        # A verb in the complement names an event of its own: "called on Togo to stop the attacks".
        used = {k for k in draft.match.parts if k == draft.match.head or tree[k].dep not in _COMPLEMENT}
        if draft.match.carrier is not None and _only_light(tree, draft):
            used.add(draft.match.carrier)
        if any(k in taken for k in used):
            continue
        for k in used:
            taken[k] = draft
    kept = {id(d): d for d in taken.values()}
    return sorted(kept.values(), key=lambda d: d.match.head)


def _only_light(tree: Tree, draft: Draft) -> bool:
    """Whether the verb says no more than that the noun's event took place."""
    carrier = draft.match.carrier
    return carrier is not None and carrier != draft.match.head and tree[carrier].lemma in _LIGHT

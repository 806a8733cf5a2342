"""The toll of an attack is no second attack: "shelled the town, killing nine", "the raid killed nine"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from kg.code.draft import Draft
from kg.lexicon.wordlists import words
from kg.model import Tree
from kg.vocab.cameo import cameo_for


@cache
def _tolls() -> frozenset[str]:
    kinds = words("grammar")["quantity"]
    return frozenset([*kinds["Killed"], *kinds["Wounded"]])


def without_outcomes(tree: Tree, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts without those that only count what another one of the same type and sentence did.

    The figures of a dropped one are kept with the other.
    """
    kept: list[Draft] = []
    for draft in drafts:
        act = _act(tree, draft, drafts)
        if act is None:
            kept.append(draft)
        else:
            act.outcomes.append(draft.match.head)
            act.recipients = act.recipients or draft.recipients
    return kept


def without_means(tree: Tree, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts without the attacks that a sentence names only as what a toll came of: "nine died in a raid".

    The toll takes over the mode and, where nobody else is named as doing it, the actors.
    """
    kept: list[Draft] = []
    for draft in drafts:
        toll = next((d for d in drafts if d is not draft and _came_of(tree, d, draft)), None)
        if toll is None:
            kept.append(draft)
            continue
        mode = draft.match.frame.mode
        if toll.match.frame.mode is None and mode is not None:
            frame = replace(toll.match.frame, mode=mode, cameo=cameo_for(toll.match.frame.type, mode))
            toll.match = replace(toll.match, frame=frame)
        if not any(p.mention is not None for p in toll.actors):
            toll.actors = draft.actors or toll.actors
        toll.recipients = toll.recipients or draft.recipients
    return kept


def _came_of(tree: Tree, toll: Draft, draft: Draft) -> bool:
    """Whether a verb tells the toll of the attack that a noun in its clause names."""
    verb, noun = toll.match.head, draft.match.head
    if toll.match.frame.type != draft.match.frame.type or tree[verb].lemma not in _tolls():
        return False
    if not tree.is_verb(verb) or tree.is_verb(noun):
        return False
    results = [k for p in ("as", "because", "due") for k in tree.under(verb, p)]
    means = [*results, *(k for r in results for k in tree.under(r, "of"))]
    means += [k for p in ("in", "by", "during") for k in tree.under(verb, p)]
    return noun in means


def _act(tree: Tree, draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """The attack of which a draft tells the toll, or None."""
    head = draft.match.head
    if tree[head].lemma not in _tolls() or not tree.is_verb(head):
        return None
    token = tree[head]
    while token.dep == "conj" and tree[token.head].lemma in _tolls():
        token = tree[token.head]
    above = token.head if token.dep == "advcl" and token.tag == "VBG" else None
    subject = tree.surface_subject(head) if not tree.passive(head) else None
    for other in drafts:
        tokens = {other.match.head, other.match.carrier}
        if other is draft or other.match.frame.type != draft.match.frame.type:
            continue
        if (above is not None and above in tokens) or (subject is not None and subject == other.match.head):
            return other
    return None

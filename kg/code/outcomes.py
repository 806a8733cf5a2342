"""The toll of an attack is no second attack: "shelled the town, killing nine", "the raid killed nine"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from kg.code.draft import Draft
from kg.lexicon.wordlists import words
from kg.model import Tree


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

"""The terms of a deal: events named in the same clause after it are agreed, not done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.code.draft import Draft
from kg.code.presented import Presented
from kg.model import Factuality, Tree

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_BY_PARTIES = frozenset({"RETREAT", "COOPERATE", "CONCEDE", "AID"})


def lend_parties(tree: Tree, drafts: Sequence[Draft]) -> None:
    """Give the nouns that follow a deal in its clause the parties of that deal, where nobody else is named."""
    for deal in drafts:
        if deal.match.frame.embeds == Factuality.AGREED.value and deal.people > 1:
            for other in drafts:
                if other is not deal and not other.actors and _follows(tree, deal, other):
                    other.actors = [replace(p, mention=None) for p in deal.actors]


def terms(tree: Tree, drafts: Sequence[Draft]) -> None:
    """Mark what a sentence names as the content of a deal; the deal's parties stand in for missing actors.

    "a deal on a truce and the exchange of prisoners": neither has happened by being agreed.
    """
    for deal in drafts:
        if deal.match.frame.embeds != Factuality.AGREED.value:
            continue
        for other in drafts:
            if other is not deal and _follows(tree, deal, other):
                other.how = Presented(Factuality.AGREED, True, deal.match.head, "term of a deal")
                if other.match.frame.type in _BY_PARTIES and other.match.carrier is None:
                    other.actors, other.recipients = list(deal.actors), []


def _follows(tree: Tree, deal: Draft, other: Draft) -> bool:
    """Whether a noun stands after the deal with no finite verb of its own between."""
    first, last = max(deal.match.parts), other.match.head
    if tree.is_verb(other.match.head) or last <= first or other.sentence is not deal.sentence:
        return False
    return not any(tree[k].tag in _FINITE for k in range(first + 1, last))

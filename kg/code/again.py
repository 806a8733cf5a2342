"""An event taken up again by a word that names no sides: "the conflict", "issues were discussed", "the partition"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.code.draft import Draft
from kg.code.match import Match
from kg.code.presented import Presented
from kg.model import FACTUAL, Event, Tree

_NEAR = frozenset({"CONSULT", "Governance", "Partition"})
"""Types that a word takes up from the sentence before."""
_FAR = frozenset({"Conflict"})
"""Types that a word takes up from anywhere before, if the article tells of one such event only."""
_KNOWN = frozenset({"the", "this", "that", "these", "those"})


def takes_up(tree: Tree, match: Match) -> bool:
    """Whether the words of a match can stand for an event told before: a definite noun, a passive without an agent."""
    if match.frame.type not in _NEAR | _FAR:
        return False
    if tree.is_verb(match.head):
        return match.frame.type == "CONSULT" and tree.passive(match.head) and tree.agent(match.head) is None
    return any(tree[k].lemma in _KNOWN for k in tree.kids(match.head, "det"))


def antecedent(draft: Draft, events: Sequence[Event]) -> int | None:
    """The place among the events of the one that a draft without sides of its own takes up, or None.

    Args:
        draft: a match that takes something up, with the participants that its own words name.
        events: what the article has told before the draft's sentence.
    """
    kind, here = draft.match.frame.type, draft.sentence.number
    alike = [n for n, e in enumerate(events) if e.type == kind and not _names_other(draft, e)]
    if kind in _FAR:
        return alike[-1] if len({_sides(events[n]) for n in alike}) == 1 else None
    near = [n for n in alike if any(m.sentence == here - 1 for m in events[n].mentions)]
    return near[-1] if len(near) == 1 and events[near[0]].actors else None


def agrees(how: Presented, event: Event) -> bool:
    """Whether a mention presents an event as its first one does: as a fact, or as still open."""
    first = event.mentions[0]
    return how.positive and first.positive and (how.factuality in FACTUAL) == (first.factuality in FACTUAL)


def told_again(known: Event, seen: Event) -> Event:
    """An event with one more mention, and with the time that only that mention tells."""
    if any(m.sentence == seen.mentions[0].sentence for m in known.mentions):
        return known
    told = known.when is not None and known.when.resolution != "PublicationDate"
    when = known.when if told or seen.when is None or seen.when.resolution == "PublicationDate" else seen.when
    return replace(known, when=when, mentions=(*known.mentions, *seen.mentions)).rolled_up()


def _names_other(draft: Draft, event: Event) -> bool:
    own = {p.actor.id for p in [*draft.actors, *draft.recipients]}
    return not own <= {p.actor.id for p in [*event.actors, *event.recipients]}


def _sides(event: Event) -> frozenset[str]:
    return frozenset(p.actor.id for p in [*event.actors, *event.recipients])

"""What "only" says of the others: "only the republic was proclaimed" denies what else was to be."""

from __future__ import annotations

from dataclasses import replace

from kg.code.draft import Draft
from kg.model import FACTUAL, Event, Tree, roll_up

_FOUNDING = "Founding"


def excluded(tree: Tree, draft: Draft, event: Event, key: str) -> Event | None:
    """The event that a founding with "only" denies, or None.

    Args:
        tree: the article's parse.
        draft: the founding as matched.
        event: the founding as an event.
        key: the key of the new event.
    """
    if event.type != _FOUNDING or not draft.how.positive or draft.how.factuality not in FACTUAL:
        return None
    hosts = {draft.match.head, *draft.match.parts}
    only = [k for h in hosts for k in tree.kids(h, "advmod", "amod") if tree[k].lemma == "only"]
    if not only:
        return None
    words = tree[only[0]]
    mention = replace(event.mentions[0], positive=False, trigger=words.text, trigger_span=words.span)
    names = ", ".join(dict.fromkeys(p.actor.name for p in draft.actors)) or "this one"
    return replace(
        event,
        key=key,
        label=f"others planned beside {names} · established (did not happen)",
        actors=(),
        recipients=(),
        status=roll_up((mention,)),
        mentions=(mention,),
    )

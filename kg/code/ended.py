"""The end of a rule: "the mandate was due to end in May" tells of the mandate and of its end."""

from __future__ import annotations

from dataclasses import replace

from kg.code.draft import Draft
from kg.code.presented import presented
from kg.code.timing import Clock, not_after
from kg.model import FACTUAL, Event, Tree, roll_up

LASTING = frozenset({"Governance"})
"""Types of what goes on for years: it is taken for granted, and told of when it begins or ends."""


def ended(tree: Tree, clock: Clock, draft: Draft, event: Event, key: str) -> Event | None:
    """The end of what a lasting event's noun names, where its clause tells of that; else None.

    Args:
        tree: the article's parse.
        clock: its times.
        draft: the lasting event as matched.
        event: the same as an event.
        key: the key of its end.
    """
    noun = draft.match.head
    verb = clock.ends_at(noun) if event.type in LASTING else None
    if verb is None:
        return None
    end = clock.word_of_end(verb)
    how, found = presented(tree, verb), clock.ending(noun, draft.sentence)
    note = "" if how.factuality in FACTUAL else " (planned)"
    note = note if how.positive else " (did not happen)"
    word, [mention] = tree[end], event.mentions
    told = replace(mention, factuality=how.factuality, positive=how.positive, trigger=word.text, trigger_span=word.span)
    return replace(
        event,
        key=key,
        type="Expiry",
        label=f"{event.label} · {word.text}{note}",
        when=not_after(found.when, clock.published, how) if found is not None else None,
        status=roll_up((told,)),
        mentions=(told,),
    )

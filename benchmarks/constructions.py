"""How the words of a hand-coded event stand in the parse: active, passive, noun, clause on a noun, quotation."""

from __future__ import annotations

import re

from benchmarks.scoring import Record
from kg.model import Annotated, Span, Tree

CONSTRUCTIONS = ("active", "passive", "nominal", "clause", "quotation", "unknown")
"""``clause`` is a relative or participle clause; ``unknown``: the trigger is not found in the text."""
_AUXILIARIES = frozenset(
    {"be", "have", "do", "will", "would", "may", "might", "can", "could", "shall", "should", "must"}
)
_FULL = frozenset({"VERB", "NOUN", "PROPN", "ADJ", "ADV"})
_PARTICIPLES = frozenset({"VBG", "VBN"})


def construction(annotated: Annotated, event: Record) -> str:
    """One of ``CONSTRUCTIONS`` for a hand-coded event: a quotation comes first, then a clause, then the voice."""
    place = trigger_span(annotated.article.text, event)
    if place is None:
        return "unknown"
    inside = [t.i for t in annotated.tokens if t.span.meets(place)]
    if not inside:
        return "unknown"
    if any(q.covers(place) for q in annotated.quotations):
        return "quotation"
    tree = Tree(annotated)
    anchor = _anchor(tree, inside)
    if not tree.is_verb(anchor):
        participle = tree[anchor].tag in _PARTICIPLES and tree[anchor].dep in ("acl", "amod")
        return "clause" if participle else "nominal"
    if _in_clause(tree, anchor):
        return "clause"
    return "passive" if tree.passive(anchor) else "active"


def trigger_span(text: str, event: Record) -> Span | None:
    """Where the trigger stands: at ``start``, or else the first time in the event's sentence."""
    words: str = event["trigger"]
    at: int = event.get("start", -1)
    if at < 0:
        begin = text.find(event["sentence"])
        whole = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", event["sentence"])
        at = begin + whole.start() if begin >= 0 and whole else text.find(words, max(0, begin))
    return Span(at, at + len(words)) if at >= 0 else None


def _anchor(tree: Tree, inside: list[int]) -> int:
    """The word of a trigger that carries it: the highest in the parse that is more than an auxiliary."""
    full = [i for i in inside if tree[i].pos in _FULL and tree[i].lemma not in _AUXILIARIES]
    return min(full or inside, key=lambda i: (sum(1 for _ in tree.governors(i)), i))


def _in_clause(tree: Tree, verb: int) -> bool:
    """Whether a verb heads a relative or participle clause, or is coordinated with one that does."""
    while tree[verb].dep == "conj" and tree.is_verb(tree[verb].head):
        verb = tree[verb].head
    token = tree[verb]
    if token.dep in ("relcl", "amod"):
        return True
    # "the tanker seized by Iran", "killing two"; "after attacking" hangs on its preposition as pcomp
    return token.dep in ("acl", "advcl", "pcomp") and token.tag in _PARTICIPLES and not tree.kids(verb, "aux")

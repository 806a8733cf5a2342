"""Finds the words that a frame knows: verbs and nouns that name an event."""

from __future__ import annotations

from dataclasses import dataclass

from kg.lexicon.frames import Frame, Frames, Pattern
from kg.lexicon.wordlists import words
from kg.model import Span, Tree


@dataclass(frozen=True, slots=True)
class Match:
    """A frame that fits at a token; ``parts`` are the tokens of its words, the head included."""

    frame: Frame
    head: int
    parts: tuple[int, ...]

    @property
    def noun(self) -> bool:
        return self.carrier is None or self.carrier != self.head

    carrier: int | None = None
    """The verb that carries the event: the head itself, or for a noun its light verb; None: a bare noun."""

    def span(self, tree: Tree) -> Span:
        """From the first to the last word of the trigger, without what lies between far words."""
        near = [p for p in self.parts if abs(p - self.head) <= 5]
        first, last = min(near), max(near)
        return Span(tree[first].span.start, tree[last].span.end)


def matches(tree: Tree, frames: Frames, first: int, last: int) -> list[Match]:
    """All frames that fit between two tokens of a sentence, the most demanding first at each token."""
    found: list[Match] = []
    for i in range(first, last):
        token = tree[i]
        if token.pos in ("VERB", "AUX"):
            found += _fitting(tree, i, frames.verbs.get(token.lemma, ()))
        elif (
            token.pos in ("NOUN", "PROPN", "ADJ")
            and token.ent not in ("DATE", "TIME", "PERSON")
            and not _idiom(tree, i)
        ):
            found += _fitting(tree, i, frames.nouns.get(token.lemma, ()))
    return found


def _idiom(tree: Tree, i: int) -> bool:
    """A bare singular after "in" says how or why, and names no event: "in protest", "in return", "in support"."""
    token = tree[i]
    bare = token.tag == "NN" and not tree.kids(i, "det", "amod", "compound", "poss", "nummod")
    return bare and token.dep == "pobj" and tree[token.head].lemma == "in"


def _fitting(tree: Tree, i: int, candidates: tuple[tuple[Frame, Pattern], ...]) -> list[Match]:
    below = tree.words_below(i) if candidates else {}
    fitting: list[Match] = []
    for frame, pattern in candidates:
        parts = _parts(tree, i, pattern, below)
        if parts is None:
            continue
        carrier = _carrier(tree, i, pattern)
        if frame.carriers and (carrier is None or tree[carrier].lemma not in frame.carriers):
            continue
        fitting.append(Match(frame, i, parts, carrier))
    return sorted(fitting, key=lambda m: -len(m.parts))


def _parts(tree: Tree, i: int, pattern: Pattern, below: dict[str, int]) -> tuple[int, ...] | None:
    if pattern.bars & below.keys():
        return None
    parts = [i]
    for need in pattern.needs:
        places = [below[w] for w in need if w in below]
        if pattern.pos == "noun":
            places = [p for p in places if p < i or tree[p].dep in ("prep", "pobj")]
        if not places:
            return None
        found = min(places, key=lambda p: (abs(p - i), p))
        before = parts[-1]
        if tree[before].pos == "ADP" and tree[found].dep == "pobj" and before != i:
            # "withdraw from the treaty" needs the treaty after "from", not "under the treaty".
            own = tree[found].head
            if own != before and tree[own].lemma != "of" and tree[own].head != before:
                return None
        if pattern.pos == "verb" and tree[found].dep == "pobj" and tree[before].pos != "ADP" and _aside(tree, found):
            return None
        parts.append(found)
    return tuple(sorted(parts))


_ASIDE = frozenset({"as", "under", "after", "before", "during", "since", "until", "despite", "amid", "without"})


def _aside(tree: Tree, k: int) -> bool:
    """Whether a noun stands in a phrase that tells the circumstances: "suspended, under the deal, its plan"."""
    for _, head in tree.governors(k):
        if tree.is_verb(head):
            return False
        if tree[head].pos in ("ADP", "SCONJ") and tree[head].lemma in _ASIDE and tree.is_verb(tree[head].head):
            return True
    return False


def _carrier(tree: Tree, i: int, pattern: Pattern) -> int | None:
    if pattern.pos == "verb":
        return i
    grammar = words("grammar")
    token = tree[i]
    head = token.head
    while token.dep == "conj" and not tree.is_verb(head):
        token, head = tree[head], tree[head].head
    lemma = tree[head].lemma
    verbs = {*grammar["light"]["verbs"], *grammar["mediating"]["verbs"]}
    if token.dep in ("dobj", "attr", "oprd", "nsubjpass") and lemma in verbs:
        return head
    if token.dep == "nsubj" and lemma in grammar["light"]["happening"]:
        return head
    if (
        token.dep == "pobj"
        and tree.is_verb(tree[head].head)
        and tree[tree[head].head].lemma in grammar["light"]["verbs"]
    ):
        return tree[head].head if tree[head].lemma in ("in", "into", "to", "on", "with", "for") else None
    return None

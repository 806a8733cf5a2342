"""Finds the names that the lexicon knows, the longest at each place, and reads what each can mean there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.lexicon import Lexicon, Sense, fold
from kg.lexicon.wordlists import words
from kg.model import Annotated, Span, Tree

MAX_NAME = 9
"""Tokens in the longest name."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A name in the text: its half-open range of tokens, the token that carries it, and its meanings."""

    first: int
    last: int
    head: int
    senses: tuple[Sense, ...]

    def span(self, annotated: Annotated) -> Span:
        return Span(annotated.tokens[self.first].span.start, annotated.tokens[self.last - 1].span.end)


class NameFinder:
    """Looks names up in one lexicon; made once and used for every article."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.starts = frozenset(k[:n] for k in lexicon.names for n in range(1, len(k) + 1))

    def find(self, tree: Tree) -> Iterator[Hit]:
        """The names in an article in text order; none overlaps another."""
        annotated = tree.annotated
        folded = [fold(t.text) for t in annotated.tokens]
        for sentence in annotated.sentences:
            i = sentence.first
            while i < sentence.last:
                hit = self._longest(tree, folded, i, sentence.last)
                if hit is None:
                    i += 1
                else:
                    yield hit
                    i = hit.last

    def _longest(self, tree: Tree, folded: list[str], i: int, end: int) -> Hit | None:
        best: Hit | None = None
        key: tuple[str, ...] = ()
        for j in range(i, min(end, i + MAX_NAME)):
            key = (*key, folded[j])
            if key not in self.starts:
                break
            senses = self.lexicon.names.get(key)
            if senses:
                text = Span(tree[i].span.start, tree[j].span.end).of(tree.annotated.article.text)
                fitting = tuple(s for s in senses if s.fits(text))
                if fitting and self._plausible(tree, i, j, fitting):
                    best = Hit(i, j + 1, head_of(tree, i, j + 1), fitting)
        return best

    def _plausible(self, tree: Tree, i: int, j: int, senses: tuple[Sense, ...]) -> bool:
        """Not a piece of a longer name ("Jordan" in "Michael Jordan"), nor a common word."""
        if not any(tree[k].text[:1].isupper() or tree[k].text[:1].isdigit() for k in range(i, j + 1)):
            return False
        if all(s.weak for s in senses) and tree[i].ent in ("PERSON", "ORG", "WORK_OF_ART", "FAC"):
            return False
        if i == j and tree[i].ent == "PERSON" and not any(s.kind == "demonym" for s in senses):
            before = i > 0 and tree[i - 1].ent == "PERSON" and tree[i - 1].head == i
            after = tree[i].dep == "compound" and tree[tree[i].head].ent == "PERSON"
            return not (before or after)
        return True


def head_of(tree: Tree, first: int, last: int) -> int:
    """The token of a range that the rest of it hangs on: the one whose head lies outside."""
    for i in range(last - 1, first - 1, -1):
        if not first <= tree[i].head < last or tree[i].head == i:
            return i
    return last - 1


def stands_for_government(tree: Tree, head: int) -> bool:
    """Whether a seat of government is named as one who acts, not as a place."""
    metonym = words("nominals")["metonym"]
    token = tree[head]
    while token.dep == "conj":
        token = tree[token.head]
    if token.dep in ("nsubj", "nsubjpass", "poss", "dobj", "dative"):
        return True
    if token.dep == "pobj":
        return tree[token.head].lemma in metonym["acting"]
    if token.dep in ("compound", "nmod", "amod"):
        return tree[token.head].pos == "NOUN"
    return False


def place_after(tree: Tree, head: int) -> bool:
    """Whether the name follows a preposition of place."""
    token = tree[head]
    while token.dep == "conj":
        token = tree[token.head]
    return token.dep == "pobj" and tree[token.head].lemma in words("nominals")["metonym"]["located"]

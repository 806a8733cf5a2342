"""Figures that belong to an event: how many were killed, freed, abducted; how much was paid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from kg.lexicon.wordlists import words
from kg.model import Figure, Quantity, Sentence, Tree, within


@cache
def _kinds() -> Mapping[str, str]:
    return {lemma: kind for kind, lemmas in words("grammar")["quantity"].items() for lemma in lemmas}


def quantities(tree: Tree, hosts: Iterable[int], sentence: Sentence, as_of: str | None) -> tuple[Quantity, ...]:
    """The figures that count the participants of an event, or the money it moves.

    Args:
        tree: the article's parse.
        hosts: the tokens of the event that figures may hang on.
        sentence: the event's sentence.
        as_of: EDTF day on which the figures were given.
    """
    return tuple(_quantities(tree, frozenset(hosts), sentence, as_of))


def _quantities(tree: Tree, heads: frozenset[int], sentence: Sentence, as_of: str | None) -> Iterator[Quantity]:
    for figure in within(tree.annotated.figures, sentence.span):
        token = _token(tree, figure, sentence)
        if token is None:
            continue
        noun, verb = _counted(tree, token, heads)
        if verb is None:
            continue
        kind = _kind(tree, figure, noun, verb)
        if kind is not None:
            yield Quantity(
                kind=kind,
                value=figure.value,
                approximation=figure.approximation,
                unit=figure.unit,
                span=figure.span,
                as_of=as_of,
            )


def _token(tree: Tree, figure: Figure, sentence: Sentence) -> int | None:
    inside = [i for i in range(sentence.first, sentence.last) if figure.span.meets(tree[i].span)]
    return next((i for i in inside if tree[i].head not in inside), inside[0] if inside else None)


def _counted(tree: Tree, token: int, heads: frozenset[int]) -> tuple[int, int | None]:
    """The noun that a figure counts and, if the event's words are right above it, the one that governs it."""
    noun = token
    for below, head in tree.governors(token):
        if head in heads:
            return noun if noun != token else below, head
        if tree.is_verb(head):
            return noun, None
        if tree[head].pos in ("NOUN", "PROPN") and noun == token:
            noun = head
        if tree[below].dep in ("relcl", "acl", "appos"):
            return noun, None
    return noun, None


def _kind(tree: Tree, figure: Figure, noun: int, verb: int) -> str | None:
    if figure.unit == "percent":
        return None
    if figure.unit is not None and len(figure.unit) == 3 and figure.unit.isupper():
        return "Money"
    return _kinds().get(tree[verb].lemma) or _kinds().get(tree[noun].lemma)

"""The names in an article: those of the lexicon, and those that only the language model saw."""

from __future__ import annotations

from collections.abc import Sequence

from kg.lexicon import Lexicon, Sense
from kg.lexicon.wordlists import words
from kg.model import Span, Tree, unlisted
from kg.resolve.names import Hit, head_of

NEW_ORG = frozenset({"ORG"})
NEW_PLACE = frozenset({"GPE", "LOC", "FAC"})


def with_new_names(tree: Tree, lexicon: Lexicon, hits: Sequence[Hit]) -> list[Hit]:
    """The lexicon's hits, and the names that only the language model saw."""
    found = {h.first: h for h in hits}
    at = {k: h for h in hits for k in range(h.first, h.last)}
    index = {t.span.start: t.i for t in tree.annotated.tokens}
    for name in tree.annotated.names:
        if name.label not in NEW_ORG | NEW_PLACE | {"PERSON"}:
            continue
        tokens = _tokens(tree, name.span, index)
        while tokens and (tree[tokens[0]].pos in ("DET", "PUNCT") or _is_title(tree, lexicon, tokens)):
            tokens = tokens[1:]
        while tokens and tree[tokens[-1]].text in ("'s", "’s", "'", "’", ",", "."):
            tokens = tokens[:-1]
        if not tokens or not tree[tokens[0]].text[:1].isupper():
            continue
        overlapping = list(dict.fromkeys(at[k] for k in range(tokens[0], tokens[-1] + 1) if k in at))
        longer = (name.label == "PERSON" and _inside(lexicon, overlapping, tokens)) or (
            name.label == "ORG" and is_movement(tree, tokens) and _part_of_name(lexicon, overlapping, tokens)
        )
        if overlapping and not longer:
            continue
        for h in overlapping:
            del found[h.first]
            for k in range(h.first, h.last):
                del at[k]
        sense = Sense(entity="", kind=name.label, written=name.span.of(tree.annotated.article.text))
        new = Hit(tokens[0], tokens[-1] + 1, head_of(tree, tokens[0], tokens[-1] + 1), (sense,))
        found[new.first] = new
        at.update(dict.fromkeys(range(new.first, new.last), new))
    return list(found.values())


def _inside(lexicon: Lexicon, hits: list[Hit], tokens: list[int]) -> bool:
    """Whether hits are single words within a longer person's name, such as "Jordan" in "Neil Jordan"."""
    return all(
        h.last - h.first == 1
        and tokens[0] < h.first
        and h.last == tokens[-1] + 1
        and all(s.kind in ("name", "alias") for s in h.senses)
        and lexicon.actors.get(h.senses[0].entity, unlisted("", "")).kind != "person"
        for h in hits
    )


def is_movement(tree: Tree, tokens: Sequence[int]) -> bool:
    """Whether a name is that of an armed movement by its noun: "the Revolutionary Front"."""
    nouns = words("nominals")["named"]["group"]
    return any(tree[k].text.lower() in nouns for k in tokens[1:] if tree[k].head not in tokens or k == tokens[-1])


def _part_of_name(lexicon: Lexicon, hits: list[Hit], tokens: list[int]) -> bool:
    """Whether hits are states or demonyms within a longer name: the "Somali" Liberation Movement."""
    return all(
        tokens[0] <= h.first
        and h.last <= tokens[-1] + 1
        and h.last - h.first < len(tokens)
        and lexicon.actors.get(h.senses[0].entity, unlisted("", "")).kind == "state"
        for h in hits
    )


def _is_title(tree: Tree, lexicon: Lexicon, tokens: list[int]) -> bool:
    word = tree[tokens[0]]
    return len(tokens) > 1 and (word.lemma,) in lexicon.titles


def _tokens(tree: Tree, span: Span, index: dict[int, int]) -> list[int]:
    first = index.get(span.start)
    if first is None:
        return []
    last = first
    while last + 1 < len(tree.annotated.tokens) and tree.annotated.tokens[last + 1].span.end <= span.end:
        last += 1
    return list(range(first, last + 1))

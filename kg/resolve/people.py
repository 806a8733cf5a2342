"""Persons: titles before and after names, surnames, and those whom no table knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from kg.lexicon import Lexicon, Title, fold, name_key
from kg.model import Actor, Span, Tree
from kg.model.unlisted import unlisted
from kg.resolve.names import Hit

_PARTICLES = frozenset(
    ["al", "el", "bin", "ibn", "ben", "de", "da", "di", "van", "von", "der", "den", "la", "le", "dos", "du"]
)


@dataclass(frozen=True, slots=True)
class Titled:
    """A title found beside a name or standing for one: its words, offices and its state or body."""

    first: int
    title: Title
    of: str | None


def surname(name: str) -> str:
    """The folded last word of a name, with an Arabic article kept apart.

    >>> surname("Abdel Fattah el-Sisi")
    'sisi'
    """
    words = [w for w in name_key(name) if any(c.isalnum() for c in w)]
    return words[-1] if words else ""


class Surnames:
    """Persons of the lexicon by surname."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        table: dict[str, list[str]] = {}
        for actor in lexicon.actors.values():
            if actor.kind == "person":
                for written in lexicon.written.get(actor.id, (actor.name,)):
                    known = table.setdefault(surname(written), [])
                    if actor.id not in known:
                        known.append(actor.id)
        self.table: Mapping[str, list[str]] = table

    def in_office(self, word: str, on: date | None) -> Actor | None:
        """The one person of that surname who held an office on that day; None where none or several did."""
        if on is None:
            return None
        found = [p for p in self.table.get(fold(word), ()) if self.lexicon.offices.offices_of(p, on)]
        return self.lexicon.actor_on(found[0], on) if len(found) == 1 else None


def title_before(tree: Tree, lexicon: Lexicon, hits: Mapping[int, Hit], first: int) -> Titled | None:
    """The title that ends right before a token, with its demonym or state: "Russian President" Putin."""
    for start in range(max(0, first - 5), first):
        key = tuple(fold(tree[k].text) for k in range(start, first) if tree[k].text != ",")
        title = lexicon.titles.get(key)
        if title is not None:
            return Titled(start, title, owner_before(tree, hits, start))
    return None


def owner_before(tree: Tree, hits: Mapping[int, Hit], start: int) -> str | None:
    """The state or body named right before a token: Russian, Russia's, the Foreign Ministry's."""
    k = start - 1
    while k >= 0 and (tree[k].text.lower() in ("'s", "’s", "'", "’", "-") or (tree[k].pos == "ADJ" and k not in hits)):
        k -= 1
    hit = hits.get(k)
    if hit is None:
        return None
    for sense in hit.senses:
        if not sense.place:
            return sense.entity
    return None


def owner_after(tree: Tree, hits: Mapping[int, Hit], head: int) -> str | None:
    """The state or body after "of": the president of Russia."""
    for preposition in ("of", "for", "to"):
        for k in tree.under(head, preposition):
            for n in (k, *tree.kids(k, "amod", "compound", "poss", "nmod")):
                hit = hits.get(n)
                for sense in hit.senses if hit else ():
                    if not sense.place:
                        return sense.entity
    return None


def title_beside(tree: Tree, lexicon: Lexicon, hits: Mapping[int, Hit], head: int) -> Titled | None:
    """The title in an apposition: "Anna Berg, the Swedish foreign minister"."""
    for k in tree.kids(head, "appos"):
        found = title_at(tree, lexicon, hits, k)
        if found is not None:
            return found
    return None


def title_at(tree: Tree, lexicon: Lexicon, hits: Mapping[int, Hit], head: int) -> Titled | None:
    """The longest title that ends at a token, with its state or body from before or after."""
    for start in range(max(0, head - 4), head + 1):
        key = tuple(fold(tree[k].text) for k in range(start, head + 1))
        title = lexicon.titles.get(key)
        if title is None and tree[head].lemma != fold(tree[head].text):
            title = lexicon.titles.get((*key[:-1], tree[head].lemma))
        if title is not None:
            return Titled(start, title, owner_before(tree, hits, start) or owner_after(tree, hits, head))
    return None


def person(
    tree: Tree, lexicon: Lexicon, span: Span, titled: Titled | None, owner: Actor | None, home: Actor | None
) -> tuple[Actor, float]:
    """An actor for a person whom the lexicon does not know; country and sector from the words around.

    Args:
        tree: the article's parse.
        lexicon: for the body that a title belongs to.
        span: where the name stands.
        titled: the title beside the name, if any.
        owner: the state or body named by an adjective: "his Dutch ally".
        home: the state of the dateline; it stands in for a title without a country ("the interior minister").
    """
    name = " ".join(span.of(tree.annotated.article.text).split())
    body = lexicon.actors.get(titled.of) if titled and titled.of else None
    sure = 0.9
    if body is None and owner is not None:
        body, sure = owner, 0.8
    if body is None and titled and titled.title.offices and home is not None:
        body, sure = home, 0.6
    sector = None
    if titled and body:
        sector = "GOV" if body.kind == "state" else body.sector
    made = unlisted(
        "person",
        name,
        country=body.country if body else None,
        sector=sector,
        part_of=body.id if body else None,
    )
    return made, sure if body else 0.5


def as_titled(actor: Actor, lexicon: Lexicon, titled: Titled | None) -> Actor:
    """A listed person without a known office takes the country of the title that the text gives."""
    if actor.country is None and titled and titled.of and titled.of in lexicon.actors:
        return replace(actor, country=lexicon.actors[titled.of].country)
    return actor

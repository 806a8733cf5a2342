"""Reads an article from left to right and says for each name, nominal and pronoun whom it means."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from kg.lexicon import Lexicon, load_lexicon
from kg.model import Annotated, Link, Tree
from kg.resolve.discourse import Discourse
from kg.resolve.home import home
from kg.resolve.names import NameFinder
from kg.resolve.naming import Naming
from kg.resolve.new_names import with_new_names
from kg.resolve.nominals import nominal_at
from kg.resolve.people import Surnames
from kg.resolve.scene import Scene


class Resolver:
    """Links the mentions of articles to the actors and places of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.finder = NameFinder(lexicon)
        self.surnames = Surnames(lexicon)

    def __call__(self, annotated: Annotated) -> tuple[Link, ...]:
        """All links of an article, in text order."""
        return tuple(_Reading(self, annotated).links())


@lru_cache(maxsize=1)
def _shared() -> Resolver:
    return Resolver(load_lexicon())


def resolve(annotated: Annotated, lexicon: Lexicon | None = None) -> tuple[Link, ...]:
    """Say for each name, nominal and pronoun of an article whom or what it means, in text order.

    >>> from kg.model import Annotated, Article
    >>> resolve(Annotated(Article(id="a", text="")))
    ()
    """
    resolver = _shared() if lexicon is None else Resolver(lexicon)
    return resolver(annotated)


class _Reading:
    """One article being read."""

    def __init__(self, resolver: Resolver, annotated: Annotated) -> None:
        self.annotated = annotated
        self.tree = Tree(annotated)
        self.hits = list(resolver.finder.find(self.tree))
        by_token = {k: h for h in self.hits for k in range(h.first, h.last)}
        self.discourse = Discourse(home=home(resolver.lexicon, annotated.article.dateline, self.hits))
        self.scene = Scene(resolver.lexicon, self.tree, by_token, self.discourse)
        self.naming = Naming(self.scene, resolver.surnames)

    def links(self) -> Iterator[Link]:
        starts = {h.first: h for h in with_new_names(self.tree, self.scene.lexicon, self.hits)}
        for sentence in self.annotated.sentences:
            self.discourse.sentence = sentence.number
            i = sentence.first
            while i < sentence.last:
                hit = starts.get(i)
                link = self.naming.link(hit) if hit else self.naming.initial(i) or nominal_at(self.scene, i)
                if link is not None:
                    self._note(link, named=hit is not None)
                    yield link
                i = hit.last if hit else i + 1

    def _note(self, link: Link, *, named: bool) -> None:
        token = self.tree[link.head]
        subject = token.dep in ("nsubj", "nsubjpass")
        # A demonym ("Russian missile") brings its state to mind only weakly.
        if link.rule != "demonym" and (link.place is None or link.place.kind == "country"):
            self.discourse.note(link.actors, link.head, subject=subject, named=named)
        if link.place is not None and link.place.kind != "country":
            self.discourse.note_place(link.place)
        if len(link.actors) > 1:
            self.discourse.pair(link.actors)
        self.scene.note_pair(link)

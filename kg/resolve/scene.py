"""One article while its mentions are resolved: its parse, its names, and what they meant so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from kg.lexicon import Lexicon
from kg.model import Actor, Link, Span, Tree
from kg.resolve.discourse import Discourse
from kg.resolve.names import Hit

_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "its", "his", "her", "their"})


def is_body(actor: Actor) -> bool:
    """Whether it is a state, an organisation or a group."""
    return actor.kind in ("state", "organization", "group")


def is_state(actor: Actor) -> bool:
    """Whether it is a state."""
    return actor.kind == "state"


def is_person(actor: Actor) -> bool:
    """Whether it is a single person."""
    return actor.kind == "person"


@dataclass(slots=True)
class Scene:
    """What the rules for pronouns and nominals look at."""

    lexicon: Lexicon
    tree: Tree
    hits: Mapping[int, Hit]
    """The lexicon's names by token."""
    discourse: Discourse
    chains: dict[int, tuple[Actor, ...]] = field(default_factory=dict)
    """Those coordinated so far, by the token of the last: "Mali, Niger and Chad"."""
    named_heads: dict[int, tuple[Actor, ...]] = field(default_factory=dict)
    """Whom the phrases up to here mean, by the token that carries each."""

    @property
    def on(self) -> date | None:
        """The day of the article."""
        return self.tree.annotated.article.published

    def _opposed(self, head: int) -> bool:
        token = self.tree[head]
        while token.dep == "conj":
            token = self.tree[token.head]
        return token.dep in ("nsubj", "nsubjpass") or self.tree[token.head].lemma in ("between", "with")

    def note_pair(self, link: Link) -> None:
        """Remember names that are coordinated: Israel and Hamas."""
        self.named_heads[link.head] = link.actors
        token = self.tree[link.head]
        if token.dep == "conj" and token.head in self.named_heads:
            first, second = self.named_heads[token.head], link.actors
            if len(first) == 1 and len(second) == 1 and is_person(first[0]) == is_person(second[0]):
                before = self.chains.get(token.head, first)
                self.chains[link.head] = (*before, second[0])
                self.discourse.pair(self.chains[link.head], opposed=self._opposed(token.head))

    def is_plural(self, i: int) -> bool:
        """Whether the noun or numeral at a token stands for several."""
        return self.tree[i].tag in ("NNS", "NNPS", "CD", "DT")

    def is_definite(self, i: int) -> bool:
        """Whether the noun at a token has a definite determiner."""
        return any(self.tree[k].text.lower() in _DEFINITE for k in self.tree.kids(i, "det"))

    def phrase(self, i: int) -> Span:
        """The noun with what stands before it in its phrase, and "of X" right after."""
        before = [
            k
            for k in self.tree.kids(i, "det", "amod", "compound", "nmod", "poss", "nummod", "predet", "quantmod")
            if k < i and i - k <= 6
        ]
        first = min([*before, i])
        if first != i:
            first = min(first, *[j for j in self.tree.subtree(first) if j < i and i - j <= 8])
        return Span(self.tree[first].span.start, self.tree[i].span.end)

"""Whom a mention means: what the resolver found, or what the owner head makes of a noun without a sure owner."""

from __future__ import annotations

from collections.abc import Iterable

from kg.code.learned.features import PairFeatures
from kg.code.learned.net import Array, Net
from kg.code.learned.scene import Mention, View
from kg.lexicon import load_lexicon
from kg.lexicon.wordlists import words
from kg.model import Actor, unlisted
from kg.vocab.plover import STATE_SECTORS


class Who:
    """The actors behind the mentions of one article."""

    def __init__(self, net: Net, view: View, pairs: PairFeatures, h: Array) -> None:
        self.net, self.view, self.pairs, self.h = net, view, pairs, h
        self.lexicon = load_lexicon()
        self._known: dict[int, list[tuple[Actor, float]]] = {}
        self._scores: dict[int, Array] = {}

    def ask(self, mentions: Iterable[Mention]) -> None:
        """Look up at once who some mentions may mean that are no names; ``at`` then has it at hand."""
        asked = {m.head: m for m in mentions if not m.named and m.head not in self._scores}
        others = {head: self._others(m) for head, m in asked.items()}
        rows = [self.pairs.owner(m, o) for head, m in asked.items() for o in others[head]]
        tokens = [[o.head for o in others[head]] for head in asked]
        scores = self.net.owners(self.h, list(asked), tokens, rows, self.pairs.owning)
        self._scores |= dict(zip(asked, scores, strict=True))

    def _others(self, m: Mention) -> list[Mention]:
        return [o for o in self.view.named_near(m.head) if o.head != m.head]

    def at(self, m: Mention) -> list[tuple[Actor, float]]:
        """The actors of a mention, each with the certainty that it is them."""
        known = self._known.get(m.head)
        if known is None:
            known = self._known[m.head] = self._at(m)
        return known

    def _at(self, m: Mention) -> list[tuple[Actor, float]]:
        if m.named:
            return self._linked(m)
        self.ask([m])
        others, scores = self._others(m), self._scores[m.head]
        by_side: dict[str, float] = {}
        best: dict[str, Mention] = {}
        top: dict[str, float] = {}
        for o, p in zip(others, scores, strict=False):
            for side in o.sides:
                by_side[side] = by_side.get(side, 0.0) + float(p)
                if float(p) > top.get(side, -1.0):
                    top[side], best[side] = float(p), o
        own = m.sides
        if m.link is not None and len(m.link.actors) > 1:
            return self._linked(m)
        if not by_side:
            return self._linked(m)
        side = max(sorted(by_side), key=lambda s: by_side[s])
        none = float(scores[-1])
        if own and by_side.get(own[0], 0.0) >= by_side[side] * 0.8:
            return [(a, max(s, by_side.get(own[0], 0.0))) for a, s in self._linked(m)]
        if none > by_side[side]:
            return self._linked(m) if not own else [(a, 0.5) for a, _ in self._linked(m)]
        return [(self._owned(m, best[side], side), by_side[side])]

    def _linked(self, m: Mention) -> list[tuple[Actor, float]]:
        if m.link is None:
            token = self.view.tokens[m.head]
            if token.pos == "PRON":
                return []
            return [(unlisted(self._kind(m), self._phrase(m)), 0.5)]
        found = [(a, m.link.confidence) for a in m.link.actors]
        if not found and m.link.place is not None and (state := self.lexicon.states.get(m.link.place.country or "")):
            found = [(self.lexicon.actors[state], 0.6)]
        return found

    def side(self, m: Mention, side: str) -> Actor | None:
        """The state of a country, or the body itself, for a participant that is only implied.

        What rebels or parties of a country do is no act of its state.
        """
        actors = m.link.actors if m.link is not None else ()
        own = next((a for a in actors if side in (a.country, a.id)), None)
        state = self.lexicon.states.get(side)
        for_state = own is None or own.kind == "state" or own.sector is None or own.sector in STATE_SECTORS
        return self.lexicon.actors[state] if state is not None and for_state else own

    def _owned(self, m: Mention, owner: Mention, side: str) -> Actor:
        """A pronoun means its antecedent; a noun makes people or a body of its own that belong to the owner."""
        assert owner.link is not None
        token = self.view.tokens[m.head]
        whole = [a for a, _ in self._linked(owner) if side in (a.country, a.id)]
        state = self.lexicon.states.get(side)
        actor = whole[0] if whole else self.lexicon.actors[state or ""]
        if token.pos == "PRON" and token.tag != "PRP$":
            return actor
        again = {n for nouns in words("nominals")["single"].values() for n in nouns}
        if token.lemma in again and actor.kind != "person":
            return actor
        if m.link is not None and m.link.actors:
            old = m.link.actors[0]
            if m.link.rule == "new":
                return unlisted(old.kind, old.name, country=actor.country, sector=old.sector)
            if old.kind not in ("collective", "organization") or not old.id.startswith("x-"):
                return actor
            return unlisted(old.kind, self._phrase(m), country=actor.country, sector=old.sector, part_of=actor.id)
        return unlisted(self._kind(m), self._phrase(m), country=actor.country, part_of=actor.id)

    def _kind(self, m: Mention) -> str:
        token = self.view.tokens[m.head]
        return "person" if token.ent == "PERSON" else "organization" if token.ent == "ORG" else "collective"

    def _phrase(self, m: Mention) -> str:
        """The noun with the words that belong to it."""
        tree = self.view.tree
        first = min([m.head, *(k for k in tree.kids(m.head, "amod", "compound", "nmod") if m.head - 4 < k < m.head)])
        text = self.view.annotated.article.text
        return text[self.view.tokens[first].span.start : self.view.tokens[m.head].span.end]

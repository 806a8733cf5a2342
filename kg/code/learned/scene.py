"""What the trained coder looks at in one article: tokens, mentions, paths in the parse, what the frames found."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.model import Annotated, Event, Link, Tree

MAX_PATH = 6
"""Steps in the longest path of the parse that is told apart."""

TIMES_BACK = 3
"""Sentences back in which an event's time may stand."""

BACK, AHEAD = 40, 20
"""Sentences before and after an event from which a name may be taken."""

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})


@dataclass(frozen=True)
class Mention:
    """Words that may name a participant: a resolved link, or a noun that nobody resolved."""

    head: int
    sentence: int
    """Index of the sentence, from 0."""
    link: Link | None = None

    # Both are asked for once for each pair of an event and a mention.
    @cached_property
    def sides(self) -> tuple[str, ...]:
        """The countries, or the ids of those who have none, that the mention stands for."""
        if self.link is None:
            return ()
        found = [a.country or a.id for a in self.link.actors]
        if not found and self.link.place is not None and self.link.place.country:
            found = [self.link.place.country]
        return tuple(dict.fromkeys(found))

    @cached_property
    def named(self) -> bool:
        """Whether its words are a name, a title with a name, or an adjective of a state."""
        if self.link is None or self.link.rule in ("nominal", "pronoun", "plural") or not self.sides:
            return False
        # A name that no table knows says nothing of its country.
        return any(a.country or not a.id.startswith("x-") for a in self.link.actors) or self.link.place is not None


@dataclass(frozen=True, slots=True)
class Timed:
    """A time expression: its number in the article, the token that carries it, its sentence from 0."""

    number: int
    head: int
    sentence: int


class View:
    """One article as the heads see it.

    Args:
        annotated: the article with its parse.
        links: whom its mentions mean.
        events: what the frames found in it.
        tree: its grammar, if somebody has begun to read it.
    """

    def __init__(
        self, annotated: Annotated, links: Sequence[Link], events: Sequence[Event], tree: Tree | None = None
    ) -> None:
        self.annotated = annotated
        self.tree = tree or Tree(annotated)
        self.tokens = annotated.tokens
        self.links = links
        self.events = events
        self.sentence_at = [0] * len(self.tokens)
        for n, sentence in enumerate(annotated.sentences):
            for i in range(sentence.first, sentence.last):
                self.sentence_at[i] = n
        self._chains: dict[int, list[int]] = {}

    @cached_property
    def mentions(self) -> list[Mention]:
        """All mentions in text order, one for each token that carries one."""
        by_head: dict[int, Link] = {}
        for link in self.links:
            known = by_head.get(link.head)
            if known is None or (bool(link.actors), len(link.span)) > (bool(known.actors), len(known.span)):
                by_head[link.head] = link
        covered = {i for link in by_head.values() for i in self._inside(link)}
        found = [Mention(h, self.sentence_at[h], link) for h, link in by_head.items()]
        for token in self.tokens:
            if token.i in covered or token.pos not in _NOMINAL or token.dep in ("compound", "nummod", "npadvmod"):
                continue
            if token.ent in ("DATE", "TIME", "PERCENT", "MONEY", "ORDINAL", "QUANTITY"):
                continue
            found.append(Mention(token.i, self.sentence_at[token.i]))
        return sorted(found, key=lambda m: m.head)

    @cached_property
    def by_head(self) -> dict[int, Mention]:
        """The mentions by the token that carries each."""
        return {m.head: m for m in self.mentions}

    def _inside(self, link: Link) -> list[int]:
        found = [link.head]
        i = link.head
        while i > 0 and self.tokens[i - 1].span.start >= link.span.start:
            i -= 1
            found.append(i)
        i = link.head
        while i + 1 < len(self.tokens) and self.tokens[i + 1].span.end <= link.span.end:
            i += 1
            found.append(i)
        return found

    @cached_property
    def frames(self) -> dict[int, list[Event]]:
        """The frames' events by the tokens of their triggers."""
        starts = {t.span.start: t.i for t in self.tokens}
        found: dict[int, list[Event]] = {}
        for event in self.events:
            span = event.mentions[0].trigger_span
            i = starts.get(span.start)
            while i is not None and i < len(self.tokens) and self.tokens[i].span.end <= span.end:
                found.setdefault(i, []).append(event)
                i += 1
        return found

    @cached_property
    def times(self) -> list[Timed]:
        """The time expressions that name a day, a month or a year, in text order."""
        found: list[Timed] = []
        starts = [t.span.start for t in self.tokens]
        for n, expression in enumerate(self.annotated.times):
            if expression.when.begin is None and expression.when.end is None:
                continue
            first = bisect_left(starts, expression.span.start)
            last = bisect_left(starts, expression.span.end)
            inside = range(first, last)
            if inside:
                # "on Monday" is told by its day: the preposition says the same of every day.
                full = [i for i in inside if self.tokens[i].pos not in ("ADP", "DET")] or inside
                head = next((i for i in full if self.tokens[i].head not in full), full[0])
                found.append(Timed(n, head, self.sentence_at[head]))
        return found

    def chain(self, i: int) -> list[int]:
        """A token and those above it in the parse, the root last."""
        known = self._chains.get(i)
        if known is None:
            known = [i]
            while self.tokens[known[-1]].head != known[-1] and len(known) < 40:
                known.append(self.tokens[known[-1]].head)
            self._chains[i] = known
        return known

    def path(self, a: int, b: int) -> str:
        """The steps in the parse from one token to another of its sentence; ``far`` past the limit."""
        up, down = self.chain(a), self.chain(b)
        above = {token: n for n, token in enumerate(up)}
        for n, token in enumerate(down):
            if token in above:
                if above[token] + n > MAX_PATH:
                    return "far"
                steps = [f"^{self._step(t)}" for t in up[: above[token]]]
                return ">".join(steps + [self._step(t) for t in reversed(down[:n])])
        return "apart"

    def times_near(self, i: int) -> list[Timed]:
        """The time expressions that may date the event at a token: of its sentence and the three before."""
        here = self.sentence_at[i]
        first = bisect_left(self.times, here - TIMES_BACK, key=_sentence)
        return self.times[first : bisect_right(self.times, here, key=_sentence)]

    def near(self, i: int) -> list[Mention]:
        """The mentions that may take part in the event at a token: of its sentence, and names from those around."""
        here = self.sentence_at[i]
        own = [m for m in self._between(self.mentions, here, here) if not m.named]
        return sorted([*own, *self.named_near(i)], key=lambda m: m.head)

    def named_near(self, i: int) -> list[Mention]:
        """The names within reach of a token; in an article of usual length, all of them."""
        here = self.sentence_at[i]
        return self._between(self.named, here - BACK, here + AHEAD)

    @cached_property
    def named(self) -> list[Mention]:
        """The mentions that are names."""
        return [m for m in self.mentions if m.named]

    @staticmethod
    def _between(mentions: list[Mention], first: int, last: int) -> list[Mention]:
        a = bisect_left(mentions, first, key=_sentence)
        return mentions[a : bisect_right(mentions, last, key=_sentence)]

    def _step(self, i: int) -> str:
        token = self.tokens[i]
        return f"{token.dep}:{token.lemma}" if token.dep in ("prep", "agent", "dative") else token.dep


def _sentence(thing: Mention | Timed) -> int:
    return thing.sentence

"""When an event happens: the time expression of its clause, or of the clause above it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kg.code.presented import Presented
from kg.lexicon.wordlists import words
from kg.model import FUTURE, Sentence, TimeExpression, Tree, When, within


@dataclass(frozen=True, slots=True)
class Timed:
    """A time expression with the token that it hangs on."""

    expression: TimeExpression
    anchor: int


class Clock:
    """The time expressions of an article by sentence."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.published = tree.annotated.article.published
        grammar = words("grammar")
        self.reporting = frozenset(grammar["reporting"]["verbs"])

    def of(self, trigger: int, carrier: int | None, sentence: Sentence) -> TimeExpression | None:
        """The time expression that dates the event at a token, or None."""
        timed = self._timed(sentence)
        if not timed:
            return None
        chain = [trigger] + ([carrier] if carrier is not None and carrier != trigger else [])
        for below, head in self.tree.governors(trigger):
            if head in chain:
                continue
            if self.tree[head].lemma in self.reporting and self.tree[below].dep in ("ccomp", "parataxis"):
                break
            chain.append(head)
        for link in chain:
            for t in timed:
                if t.anchor == link:
                    return t.expression
        return None

    def of_telling(self, trigger: int, expression: TimeExpression, sentence: Sentence) -> bool:
        """Whether a time dates not the event at a token but the telling of it: "X met Y, Z said on Friday"."""
        sentences = self.tree.annotated.sentences
        home = sentences[bisect_right(sentences, expression.span.start, key=lambda s: s.span.start) - 1]
        anchor = next((t.anchor for t in self._timed(home) if t.expression is expression), None)
        if anchor is None or self.tree[anchor].lemma not in self.reporting:
            return False
        if home is not sentence:
            # Said on Friday, in the sentence before: that day is the telling's.
            return bool(self.tree.kids(anchor, "ccomp", "parataxis")) or self.tree[anchor].dep == "parataxis"
        told = (below for below, head in self.tree.governors(trigger) if head == anchor)
        return any(self.tree[below].dep in ("ccomp", "parataxis") for below in told)

    def _timed(self, sentence: Sentence) -> list[Timed]:
        found = []
        for expression in within(self.tree.annotated.times, sentence.span):
            inside = [i for i in range(sentence.first, sentence.last) if expression.span.meets(self.tree[i].span)]
            if inside:
                found.append(Timed(expression, self._anchor(inside)))
        return found

    def _anchor(self, inside: list[int]) -> int:
        """The verb or noun that a time expression hangs on."""
        top = next((i for i in inside if self.tree[i].head not in inside), inside[0])
        i = self.tree[top].head
        while self.tree[i].pos in ("ADP", "SCONJ", "ADV", "PART") and self.tree[i].head != i:
            i = self.tree[i].head
        return i


def known(when: When) -> bool:
    """Whether a time says anything: not "a month later" without the day from which it counts."""
    return when.begin is not None or when.end is not None or any(c.isdigit() for c in when.edtf)


def yearless(when: When) -> bool:
    """Whether a time is known but for its year, so that the heads, which compare days, do not see it."""
    return when.begin is None and when.end is None and known(when)


def background(when: When | None, published: date | None) -> bool:
    """Whether a time ends before the calendar month that precedes the publication."""
    if when is None or when.end is None or published is None:
        return False
    first = published.replace(day=1)
    month_before = (first - timedelta(days=1)).replace(day=1)
    return when.end < month_before


def not_after(when: When, published: date | None, how: Presented) -> When:
    """What has happened cannot lie after the article; an open present stays as the text has it."""
    if published is None or when.begin is None or how.factuality in FUTURE:
        return when
    if when.begin > published and how.positive:
        return replace(when, begin=None, end=None, edtf=f"../{published.isoformat()}", precision="Unknown")
    return when


def by_publication(published: date) -> When:
    """On or before the day of the report, which is all that is known of a fact without a time."""
    return When(edtf=f"../{published.isoformat()}", end=published, precision="Unknown", resolution="PublicationDate")


def told_by(when: When) -> When:
    """On or before the time at which it was told."""
    day = when.end or when.begin
    return replace(when, begin=None, end=day, edtf=f"../{day.isoformat()}" if day else when.edtf, precision="Unknown")


def about(when: When) -> When:
    """About the time of the event that this one results from."""
    edtf = when.edtf if when.edtf.endswith("~") or "/" in when.edtf else f"{when.edtf}~"
    return replace(when, edtf=edtf, resolution="ResolvedFromEvent", expression=None)

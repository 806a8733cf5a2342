"""When an event happens: the time expression of its clause, or of the clause above it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kg.code.presented import Presented
from kg.lexicon.wordlists import words
from kg.model import FUTURE, Sentence, TimeExpression, Tree, When, within

_SUBJECTS = ("nsubj", "nsubjpass")


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
        self.happening = frozenset(grammar["light"]["happening"])
        self.ends = frozenset(grammar["ending"]["verbs"])
        self.plans = frozenset(grammar["embed"]["Scheduled"])

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
            chain += self._taking_place(below, head)
        for link in chain:
            opened = self._opened(link, timed)
            if opened is not None:
                return opened
            for t in timed:
                if t.anchor == link:
                    return t.expression
        return None

    def ending(self, noun: int, sentence: Sentence) -> TimeExpression | None:
        """When what a noun names is over: "the protectorate ended in 1956", "the mandate was due to end in May"."""
        verb = self.ends_at(noun)
        return None if verb is None else self.of(self.word_of_end(verb), verb, sentence)

    def ends_at(self, noun: int) -> int | None:
        """The verb that says of its subject that it ends, or is due to end."""
        token = self.tree[noun]
        if token.dep not in _SUBJECTS or not self.tree.is_verb(token.head):
            return None
        return token.head if self.tree[self.word_of_end(token.head)].lemma in self.ends else None

    def word_of_end(self, verb: int) -> int:
        """The word of ending in "was due to end", elsewhere the verb itself."""
        below = self.tree.words_below(verb) if self.tree[verb].lemma == "be" else {}
        return next((k for w, k in below.items() if w in self.ends), verb) if "due" in below else verb

    def beside(self, verb: int, sentence: Sentence) -> TimeExpression | None:
        """The time of the plan that a clause with "but" stands beside: "was to open in May, but only a wing did"."""
        token = self.tree[verb]
        if token.dep != "conj" or not any(self.tree[k].lemma == "but" for k in self.tree.kids(token.head, "cc")):
            return None
        plan = self.tree[token.head]
        if plan.lemma not in self.plans:
            return None
        anchors = {plan.i, *self.tree.kids(plan.i, "xcomp")}
        return next((t.expression for t in self._timed(sentence) if t.anchor in anchors), None)

    def _taking_place(self, below: int, head: int) -> list[int]:
        """The infinitive that says of a subject that it takes place: "the talks are expected to begin on Monday"."""
        if self.tree[below].dep not in _SUBJECTS:
            return []
        return [k for k in self.tree.kids(head, "xcomp") if self.tree[k].lemma in self.happening]

    def _opened(self, verb: int, timed: list[Timed]) -> TimeExpression | None:
        """The time that a clause with "when" explains: "in May 1948, when the mandate ended"."""
        when = next((k for k in self.tree.kids(verb, "advmod", "mark") if self.tree[k].lemma == "when"), None)
        if when is None:
            return None
        before = when - 2 if self.tree[when - 1].text == "," else when - 1
        if before < 0:
            return None
        return next((t.expression for t in timed if t.expression.span.meets(self.tree[before].span)), None)

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


def until(when: When) -> When:
    """Up to a time at which it is over."""
    return replace(when, begin=None, edtf=f"../{when.edtf}")


def about(when: When) -> When:
    """About the time of the event that this one results from."""
    edtf = when.edtf if when.edtf.endswith("~") or "/" in when.edtf else f"{when.edtf}~"
    return replace(when, edtf=edtf, resolution="ResolvedFromEvent", expression=None)

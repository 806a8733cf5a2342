"""Draft -> Event: the record of one event with its mention, time, place, figures and topics."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256

from kg.code.counts import quantities
from kg.code.draft import Draft
from kg.code.ended import LASTING
from kg.code.match import Match
from kg.code.roles import Cast
from kg.code.timing import Clock, about, background, by_publication, known, not_after, told_by, until, yearless
from kg.lexicon.wordlists import words
from kg.model import (
    FACTUAL,
    Event,
    EventMention,
    Factuality,
    Link,
    Place,
    Span,
    TimeExpression,
    Tree,
    When,
    meeting,
    roll_up,
)

_DECIDED = frozenset({Factuality.INTENDED, Factuality.SCHEDULED, Factuality.CONDITIONAL, Factuality.PROPOSED})


class Maker:
    """Makes the events of one article."""

    def __init__(self, tree: Tree, cast: Cast, links: Sequence[Link]) -> None:
        self.tree = tree
        self.cast = cast
        self.annotated = tree.annotated
        self.article = tree.annotated.article
        self.places = {link.head: link.place for link in links if link.place is not None}
        self.clock = Clock(tree)
        self.deciding = frozenset(words("grammar")["deciding"]["verbs"])

    def event(self, draft: Draft) -> Event:
        """The event of a draft; writes its key on the draft."""
        match, frame = draft.match, draft.match.frame
        trigger = match.span(self.tree)
        when = self._when(draft)
        mention = EventMention(
            article=self.article.key,
            span=draft.sentence.span,
            quote=draft.sentence.span.of(self.article.text),
            sentence=draft.sentence.number,
            trigger=trigger.of(self.article.text),
            trigger_span=trigger,
            factuality=draft.how.factuality,
            positive=draft.how.positive,
            ongoing=self._ongoing(draft),
            background=self._background(draft, when),
            attributed_to=draft.sources,
            rule=frame.id,
            confidence=self._confidence(draft),
        )
        draft.key = key_of(self.article.key, trigger, frame.type)
        as_of = self.article.published.isoformat() if self.article.published else None
        return Event(
            key=draft.key,
            type=frame.type,
            mode=frame.mode,
            cameo=frame.cameo,
            label=draft.label(self.tree),
            status=roll_up((mention,)),
            actors=tuple(draft.actors),
            recipients=tuple(draft.recipients),
            third_parties=tuple(draft.third),
            place=self._place(match),
            when=when,
            quantities=quantities(self.tree, [*_hosts(match), *draft.outcomes], draft.sentence, as_of),
            topics=tuple(self._topics(match)),
            instrument=frame.instrument,
            in_response_to=tuple(draft.answers),
            mentions=(mention,),
        )

    def _background(self, draft: Draft, when: When | None) -> bool:
        if draft.proposal is not None and (when is None or when.resolution == "PublicationDate"):
            return draft.proposal.status == "historical"
        return background(when, self.article.published)

    def _confidence(self, draft: Draft) -> float:
        if draft.sure is not None:
            return draft.sure
        sure = min([1.0, *(p.confidence for p in [*draft.actors, *draft.recipients])])
        return round(draft.match.frame.confidence * (0.6 + 0.4 * sure), 3)

    def _ongoing(self, draft: Draft) -> bool:
        if draft.match.frame.ongoing:
            return True
        if draft.proposal is not None:
            return draft.proposal.status == "ongoing"
        carrier = draft.match.carrier
        if carrier is None:
            return False
        grammar = words("grammar")["ongoing"]
        auxiliaries = [self.tree[k] for k in self.tree.kids(carrier, "aux", "auxpass")]
        if self.tree[carrier].tag == "VBG" and any(a.tag in ("VBZ", "VBP") for a in auxiliaries):
            return True
        around = " ".join(self.tree[k].text.lower() for k in self.tree.kids(carrier, "advmod", "prep", "npadvmod"))
        deep = " ".join(self.tree[k].text.lower() for a in self.tree.kids(carrier, "advmod") for k in self.tree.kids(a))
        perfect = any(a.lemma == "have" and a.tag in ("VBZ", "VBP") for a in auxiliaries)
        still = any(w in f"{around} {deep}".split() for w in grammar["words"])
        above = self.tree[self.tree[carrier].head].lemma if self.tree[carrier].dep == "xcomp" else ""
        return (perfect and still) or self.tree[carrier].lemma in grammar["verbs"] or above in grammar["verbs"]

    def _when(self, draft: Draft) -> When | None:
        if draft.match.frame.type in LASTING:
            end = self.clock.ending(draft.match.head, draft.sentence)
            if end is not None and end.when.begin is not None:
                return until(end.when)
            return by_publication(self.article.published) if self.article.published else None
        by_rule = self._by_rule(draft)
        if draft.proposal is not None and not (by_rule is not None and yearless(by_rule.when)):
            expression = draft.proposal.when
            if expression is not None and self.clock.of_telling(draft.match.head, expression, draft.sentence):
                return told_by(expression.when) if draft.how.factuality in FACTUAL else None
        else:
            expression = by_rule
        if expression is not None and known(expression.when):
            return not_after(expression.when, self.article.published, draft.how)
        dated = [e.when for e in draft.caused_by if e.when is not None and e.when.begin is not None]
        if dated and draft.how.factuality in FACTUAL:
            return about(dated[0])
        plan = self.clock.beside(draft.match.head, draft.sentence) if draft.how.factuality in FACTUAL else None
        if plan is not None and plan.when.begin is not None:
            return not_after(about(plan.when), self.article.published, draft.how)
        if self.article.published and draft.how.positive and draft.how.factuality in FACTUAL:
            return by_publication(self.article.published)
        return None

    def _by_rule(self, draft: Draft) -> TimeExpression | None:
        """The time of the event's clause; not that of the act which decides on it: "voted in 1947 to divide"."""
        found = self.clock.of(draft.match.head, draft.match.carrier, draft.sentence)
        how = draft.how
        if found is None or how.by is None or how.by == draft.match.head or how.factuality not in _DECIDED:
            return found
        decides = self.tree[how.by].lemma in self.deciding
        return None if decides and found is self.clock.of(how.by, how.by, draft.sentence) else found

    def _place(self, match: Match) -> Place | None:
        hosts = [match.head, *([match.carrier] if match.carrier is not None else []), *match.parts]
        for host in dict.fromkeys(hosts):
            for preposition in ("in", "at", "near", "into", "on", "outside", "to"):
                for k in self.tree.under(host, preposition):
                    if k in self.places:
                        return self.places[k]
        for k in self._objects(match):
            for inner in self.tree.under(k, "in"):
                if inner in self.places:
                    return self.places[inner]
        token = self.tree[match.head]
        if token.dep == "conj" and self.tree.is_verb(token.head):
            # "were killed in Goma and others abducted"
            return self._place(replace(match, head=token.head, carrier=token.head))
        return None

    def _objects(self, match: Match) -> list[int]:
        return self.tree.kids(match.head, "dobj", "nsubjpass", "nsubj", "pobj")

    def _topics(self, match: Match) -> Iterator[str]:
        """What talks, statements and deals are about: on X, about X, the object of "discuss"."""
        for host in dict.fromkeys([match.head, match.carrier, *match.parts]):
            if host is None:
                continue
            for preposition in ("on", "about", "over", "regarding", "concerning"):
                for k in self.tree.under(host, preposition):
                    if k not in self.places and not self.cast.named(k) and not self._is_time(k):
                        yield self._phrase(k)
        verb = self.tree[match.head].head if match.carrier is None else match.carrier
        if self.tree[verb].pos == "ADP":
            verb = self.tree[verb].head
        if self.tree[verb].lemma in ("discuss", "address", "review", "raise"):
            for k in self.tree.kids(verb, "dobj"):
                if k != match.head:
                    yield self._phrase(k)

    def _is_time(self, k: int) -> bool:
        return any(meeting(self.annotated.times, self.tree[k].span))

    def _phrase(self, head: int) -> str:
        tokens = sorted(self.tree.subtree(head))
        words = " ".join(
            Span(self.tree[tokens[0]].span.start, self.tree[tokens[-1]].span.end).of(self.article.text).split()
        )
        return words if len(words) <= 200 else words[:199].rsplit(" ", 1)[0] + "…"


def key_of(article: str, trigger: Span, kind: str) -> str:
    """The local name of an event: from its article, the place of its trigger and its type."""
    return sha256(f"{article}|{trigger.start}|{trigger.end}|{kind}".encode()).hexdigest()[:16]


def _hosts(match: Match) -> list[int]:
    """The tokens that figures of the event may hang on."""
    return [match.head, *([match.carrier] if match.carrier not in (None, match.head) else [])]

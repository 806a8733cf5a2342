"""Sentence + links -> Event: frames over the parse, then presentation, source, time and figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256

from kg.code.accept import accepted
from kg.code.agreements import Deal, agreement
from kg.code.attribution import Attribution
from kg.code.context import Around
from kg.code.counts import quantities
from kg.code.draft import Draft
from kg.code.gate import THRESHOLD, about_politics
from kg.code.match import Match, matches
from kg.code.only import excluded
from kg.code.presented import Presented, presented
from kg.code.roles import Cast
from kg.code.statements import statements
from kg.code.terms import terms
from kg.code.timing import Clock, about, background, by_publication, not_after
from kg.lexicon.frames import Frame, Frames, load_frames
from kg.model import (
    FACTUAL,
    Agreement,
    Annotated,
    Event,
    EventMention,
    Factuality,
    Link,
    Participant,
    Place,
    Sentence,
    Span,
    Tree,
    When,
    roll_up,
)

_SAYING = Frame(id="statement.say", type="Statement", cameo="010", confidence=0.8)


class FrameCoder:
    """Codes articles with the frames of the lexicon."""

    def __init__(self, frames: Frames | None = None) -> None:
        self.frames = frames or load_frames()

    def __call__(
        self, annotated: Annotated, links: Sequence[Link]
    ) -> tuple[tuple[Event, ...], tuple[Agreement, ...]]:
        """The events of an article, each with one mention, and its agreements.

        Args:
            annotated: the article with its parse.
            links: whom its mentions mean, from ``kg.resolve``.
        """
        if about_politics(annotated.tokens) < THRESHOLD:
            return (), ()
        return _Coding(self.frames, annotated, links).run()


class _Coding:
    """One article being coded."""

    def __init__(self, frames: Frames, annotated: Annotated, links: Sequence[Link]) -> None:
        self.frames = frames
        self.annotated = annotated
        self.article = annotated.article
        self.tree = Tree(annotated)
        self.cast = Cast(self.tree, links)
        self.places = {link.head: link.place for link in links if link.place is not None}
        self.attribution = Attribution(self.tree, self.cast)
        self.clock = Clock(self.tree)
        self.events: list[Event] = []
        self.deals: list[Deal] = []
        self.around = Around()

    def run(self) -> tuple[tuple[Event, ...], tuple[Agreement, ...]]:
        for sentence in self.annotated.sentences:
            self._sentence(sentence)
        made = [a for a in map(agreement, self.deals) if a is not None]
        return tuple(self.events), tuple(made)

    def _sentence(self, sentence: Sentence) -> None:
        found = matches(self.tree, self.frames, sentence.first, sentence.last)
        self.attribution.begin(sentence)
        drafts = accepted(self.tree, self.cast, found, sentence, self.around)
        embedding: dict[int, str | None] = {}
        for draft in drafts:
            for token in _tokens(draft):
                embedding[token] = draft.match.frame.embeds
        for draft in drafts:
            own = _tokens(draft)
            above = {k: v for k, v in embedding.items() if k not in own}
            draft.sources = self.attribution.sources(draft.match.head, sentence)
            draft.how = self._presented(draft, above)
        terms(self.tree, drafts)
        made = [(draft, self._event(draft)) for draft in drafts]
        events = self._contents(made)
        others = [o for (d, _), e in zip(made, events, strict=True) if (o := self._excluded(d, e))]
        said = self._statements(sentence, events)
        self._agreements([(d, e) for (d, _), e in zip(made, events, strict=True)])
        self.events += events + others + said
        facts = [e for e in events if e.mentions[0].factuality is Factuality.ASSERTED and e.is_plover]
        self.around.tell(facts)

    def _presented(self, draft: Draft, above: dict[int, str | None]) -> Presented:
        how = presented(self.tree, draft.match.head, above)
        if draft.match.frame.ongoing and how.positive:
            # To talk about a war is to take it that there is one.
            return Presented(Factuality.PRESUPPOSED, True, None, "goes on")
        sides = {p.actor.country for p in draft.actors if p.actor.country}
        if how.factuality is Factuality.SCHEDULED and sides & {p.actor.country for p in draft.sources}:
            # What one says of one's own side's future is a promise.
            return Presented(Factuality.PROMISED, how.positive, how.by, how.reason)
        return how

    # One event

    def _event(self, draft: Draft) -> Event:
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
            background=background(when, self.article.published),
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
            quantities=quantities(self.tree, match.head, match.carrier, draft.sentence, as_of),
            topics=tuple(self._topics(match)),
            instrument=frame.instrument,
            in_response_to=tuple(draft.answers),
            mentions=(mention,),
        )

    def _confidence(self, draft: Draft) -> float:
        sure = min([1.0, *(p.confidence for p in [*draft.actors, *draft.recipients])])
        return round(draft.match.frame.confidence * (0.6 + 0.4 * sure), 3)

    def _ongoing(self, draft: Draft) -> bool:
        if draft.match.frame.ongoing:
            return True
        carrier = draft.match.carrier
        if carrier is None:
            return False
        tag = self.tree[carrier].tag
        progressive = any(self.tree[k].lemma == "be" and self.tree[k].tag in ("VBZ", "VBP") for k in self.tree.kids(carrier, "aux"))
        return (tag == "VBG" and progressive) or self.tree[carrier].lemma in ("continue", "keep")

    def _when(self, draft: Draft) -> When | None:
        expression = self.clock.of(draft.match.head, draft.match.carrier, draft.sentence)
        if expression is not None:
            return not_after(expression.when, self.article.published, draft.how)
        dated = [e.when for e in draft.caused_by if e.when is not None and e.when.begin is not None]
        if dated and draft.how.factuality in FACTUAL:
            return about(dated[0])
        if self.article.published and draft.how.positive and draft.how.factuality in FACTUAL:
            return by_publication(self.article.published)
        return None

    def _place(self, match: Match) -> Place | None:
        hosts = [match.head, *([match.carrier] if match.carrier is not None else [])]
        for host in dict.fromkeys(hosts):
            for preposition in ("in", "at", "near", "into", "on", "outside", "to"):
                for k in self.tree.under(host, preposition):
                    if k in self.places:
                        return self.places[k]
        for k in self._objects(match):
            for inner in self.tree.under(k, "in"):
                if inner in self.places:
                    return self.places[inner]
        return None

    def _objects(self, match: Match) -> list[int]:
        return self.tree.kids(match.head, "dobj", "nsubjpass", "nsubj", "pobj")

    def _topics(self, match: Match) -> Iterator[str]:
        """What talks, statements and deals are about: on X, about X, the object of "discuss"."""
        for host in dict.fromkeys([match.head, match.carrier]):
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
        return any(t.span.meets(self.tree[k].span) for t in self.annotated.times)

    def _phrase(self, head: int) -> str:
        tokens = sorted(self.tree.subtree(head))
        words = " ".join(Span(self.tree[tokens[0]].span.start, self.tree[tokens[-1]].span.end).of(self.article.text).split())
        return words if len(words) <= 200 else words[:199].rsplit(" ", 1)[0] + "…"

    def _excluded(self, draft: Draft, event: Event) -> Event | None:
        return excluded(self.tree, draft, event, key_of(event.key, event.mentions[0].trigger_span, "only"))

    # Events within events

    def _contents(self, made: list[tuple[Draft, Event]]) -> list[Event]:
        """Tie speech acts and deals to the events that they are about."""
        content: dict[str, list[str]] = {}
        heads: dict[int, str] = {}
        for draft, event in made:
            heads |= dict.fromkeys(_tokens(draft), event.key)
        for draft, event in made:
            above = draft.how.by
            if above in heads and heads[above] != event.key:
                content.setdefault(heads[above], []).append(event.key)
        for draft, event in made:
            self._note_cause(draft, event)
        return [replace(e, content=tuple(content.get(e.key, ()))) for _, e in made]

    def _note_cause(self, draft: Draft, event: Event) -> None:
        """Write on the causing events what they led to."""
        for n, earlier in enumerate(self.events):
            if earlier.key in {e.key for e in draft.caused_by}:
                self.events[n] = replace(earlier, causes=(*earlier.causes, event.key))

    def _statements(self, sentence: Sentence, events: Iterable[Event]) -> list[Event]:
        """The speech acts of a sentence that are no events of PLOVER."""
        coded = {e.mentions[0].trigger_span for e in events}
        said: list[Event] = []
        for verb, speakers in statements(self.tree, self.attribution, sentence):
            span = self.tree[verb].span
            if any(c.meets(span) for c in coded):
                continue
            match = Match(_SAYING, verb, (verb,), verb)
            draft = Draft(match, sentence, list(speakers), [], [])
            outer = self.attribution.sources(verb, sentence)
            draft.sources = tuple(p for p in outer if p.actor.id not in {s.actor.id for s in speakers})
            event = self._event(draft)
            inside = [e.key for e in events if {p.actor.id for p in e.mentions[0].attributed_to} & {s.actor.id for s in speakers}]
            said.append(replace(event, content=tuple(inside)))
        return said

    def _agreements(self, made: Iterable[tuple[Draft, Event]]) -> None:
        made = list(made)
        for draft, event in made:
            frame = draft.match.frame
            if frame.change and self.deals:
                deal = self.deals[-1]
                deal.changes.append((event, frame.change))
                self._took_effect(deal, event)
            elif frame.agreement and event.mentions[0].positive and draft.how.factuality in (Factuality.ASSERTED, Factuality.PRESUPPOSED):
                deal = Deal(event, frame.agreement, event.actors, tuple(p for p in event.third_parties if p.role == "mediator"))
                deal.provides += event.content
                self.deals.append(deal)
                self.around.parties = event.actors


    def _took_effect(self, deal: Deal, change: Event) -> None:
        """A truce that was extended or has expired was one: its agreed event becomes a fact by that mention."""
        for n, event in enumerate(self.events):
            agreed = event.key in deal.provides and event.mentions[0].factuality is Factuality.AGREED
            if agreed and self.frames.ids[event.mentions[0].rule].agreement:
                seen = replace(change.mentions[0], factuality=Factuality.PRESUPPOSED, rule=event.mentions[0].rule)
                self.events[n] = replace(event, mentions=(*event.mentions, seen)).rolled_up()


def _tokens(draft: Draft) -> set[int]:
    """The tokens that stand for an event in the parse."""
    carrier = draft.match.carrier
    return {*draft.match.parts, *([] if carrier is None else [carrier])}


def key_of(article: str, trigger: Span, kind: str) -> str:
    """The local name of an event: from its article, the place of its trigger and its type."""
    return sha256(f"{article}|{trigger.start}|{trigger.end}|{kind}".encode()).hexdigest()[:16]

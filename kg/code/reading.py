"""One article being coded, sentence by sentence: frames and heads, then presentation, source, time and figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.code.accept import accepted
from kg.code.again import agrees, antecedent, takes_up, told_again
from kg.code.agreements import Deal, agreement, credit, opened
from kg.code.attribution import Attribution
from kg.code.context import Around
from kg.code.draft import Draft, without_note
from kg.code.ended import LASTING, ended
from kg.code.join import joined, recorded_as, settled
from kg.code.learned.decide import Decider
from kg.code.making import Maker, key_of
from kg.code.match import Match, matches
from kg.code.notes import Notes
from kg.code.only import excluded
from kg.code.outcomes import without_means
from kg.code.presented import Presented, presented
from kg.code.promised import PROMISING, beneficiaries, promises
from kg.code.roles import Cast, sides
from kg.code.statements import statements
from kg.code.sure import confidence
from kg.code.terms import terms
from kg.code.third import set_apart
from kg.lexicon.frames import Frame, Frames
from kg.model import (
    FACTUAL,
    Agreement,
    Event,
    Factuality,
    Link,
    Sentence,
    Tree,
)

_SAYING = Frame(id="statement.say", type="Statement", cameo="010", confidence=0.8)


class Reading:
    """One article being coded, and what came of it.

    Args:
        frames: the frames.
        annotated: the article with its parse.
        links: whom its mentions mean.
        decider: the heads' decisions; None: frames alone.
        notes: where to write down what was weighed and not taken; None: nobody asks.
        final: whether third parties are set apart; not so in the reading that the heads learnt from.
    """

    def __init__(
        self,
        frames: Frames,
        tree: Tree,
        links: Sequence[Link],
        decider: Decider | None = None,
        notes: Notes | None = None,
        *,
        final: bool = True,
    ) -> None:
        self.frames = frames
        self.final = final
        self.decider = decider
        self.proposals = decider.proposals() if decider is not None else []
        self.notes = notes
        self.made: list[tuple[Draft, Event]] = []
        self.tree = tree
        self.annotated = tree.annotated
        self.article = tree.annotated.article
        self.cast = Cast(self.tree, links)
        self.attribution = Attribution(self.tree, self.cast)
        self.maker = Maker(self.tree, self.cast, links)
        self.events: list[Event] = []
        self.deals: list[Deal] = []
        self.around = Around()

    def run(self) -> None:
        """Read all sentences, in order."""
        for sentence in self.annotated.codable():
            self._sentence(sentence)

    def result(self) -> tuple[tuple[Event, ...], tuple[Agreement, ...]]:
        """The events and agreements found so far."""
        made = [a for a in map(agreement, self.deals) if a is not None]
        return tuple(self.events), tuple(made)

    def _sentence(self, sentence: Sentence) -> None:
        found = matches(self.tree, self.frames, sentence.first, sentence.last)
        self.attribution.begin()
        drafts = accepted(self.tree, self.cast, found, sentence, self.around, self.notes)
        if self.decider is not None:
            here = [p for p in self.proposals if sentence.first <= p.token < sentence.last]
            drafts = without_means(self.tree, joined(self.tree, found, drafts, here, sentence, self.notes))
        drafts = [d for d in drafts if not self._lasts(d)]
        if self.final:
            set_apart(self.tree, self.cast, drafts, self.maker.places, self.events)
        embedding: dict[int, str | None] = {}
        for draft in drafts:
            for token in _tokens(draft):
                embedding[token] = draft.match.frame.embeds
        for draft in drafts:
            own = _tokens(draft)
            above = {k: v for k, v in embedding.items() if k not in own}
            draft.sources = self.attribution.sources(draft.match.head, sentence)
            draft.how = settled(self._presented(draft, above), draft.proposal)
            if self.decider is not None and draft.match.frame.type.isupper():
                kinds = recorded_as(draft.match.frame.type, draft.how)
                draft.score = max(self.decider.score(draft.match.parts, kind) for kind in kinds)
                draft.sure = confidence(draft, self.decider.net.calibration)
        terms(self.tree, drafts)
        made = [(draft, self.maker.event(draft)) for draft in drafts]
        events = self._contents(made)
        told = [(d, e) for (d, _), e in zip(made, events, strict=True)]
        self.made += told
        others = [o for d, e in told for o in (self._excluded(d, e), self._ended(d, e)) if o is not None]
        said = self._statements(sentence, told)
        self._agreements(told)
        others += self._again(found, drafts, sentence)
        self.events += events + others + said
        facts = [e for e in events if e.mentions[0].factuality is Factuality.ASSERTED and e.is_plover]
        self.around.tell(facts)

    def _presented(self, draft: Draft, above: dict[int, str | None]) -> Presented:
        how = presented(self.tree, draft.match.head, above, draft.match.parts)
        if draft.match.frame.ongoing and how.positive:
            # To talk about a war is to take it that there is one.
            return Presented(Factuality.PRESUPPOSED, True, None, "goes on")
        if draft.match.frame.type in LASTING:
            return Presented(Factuality.PRESUPPOSED, True, None, "lasts")
        own = {p.actor.country for p in draft.actors if p.actor.country}
        if how.factuality is Factuality.SCHEDULED and own & {p.actor.country for p in draft.sources}:
            # What one says of one's own side's future is a promise.
            return Presented(Factuality.PROMISED, how.positive, how.by, how.reason)
        return how

    def _excluded(self, draft: Draft, event: Event) -> Event | None:
        return excluded(self.tree, draft, event, key_of(event.key, event.mentions[0].trigger_span, "only"))

    def _ended(self, draft: Draft, event: Event) -> Event | None:
        key = key_of(event.key, event.mentions[0].trigger_span, "end")
        return ended(self.tree, self.maker.clock, draft, event, key)

    def _lasts(self, draft: Draft) -> bool:
        """Whether a draft names a lasting event once more, which was told in the sentence before."""
        lasting = draft.match.frame.type in LASTING and takes_up(self.tree, draft.match)
        return lasting and antecedent(draft, self.events) is not None

    def _again(self, found: Sequence[Match], drafts: Sequence[Draft], sentence: Sentence) -> list[Event]:
        """Add to earlier events what takes them up in this sentence; what else those words tell is given back."""
        used = {token for draft in drafts for token in _tokens(draft)}
        ends: list[Event] = []
        for match in found:
            if match.head in used or not takes_up(self.tree, match):
                continue
            roles = sides(self.tree, self.cast, match)
            draft = Draft(match, sentence, roles["actors"], roles["recipients"], [])
            place = antecedent(draft, self.events)
            draft.sources = self.attribution.sources(match.head, sentence)
            draft.how = self._presented(draft, {})
            if place is None or not agrees(draft.how, self.events[place]):
                continue
            known = self.events[place]
            draft.actors, draft.recipients = list(known.actors), list(known.recipients)
            seen = self.maker.event(draft)
            self.events[place] = told_again(known, seen)
            ends += [end for end in [self._ended(draft, seen)] if end is not None]
        return ends

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
        if not draft.caused_by:
            return
        for n, earlier in enumerate(self.events):
            if earlier.key in {e.key for e in draft.caused_by}:
                self.events[n] = replace(earlier, causes=(*earlier.causes, event.key))

    def _statements(self, sentence: Sentence, told: Sequence[tuple[Draft, Event]]) -> list[Event]:
        """The speech acts of a sentence that name no event themselves: statements, and promises in other words."""
        events = [event for _, event in told]
        coded = {e.mentions[0].trigger_span for e in events}
        said: list[Event] = []
        for verb, speakers in statements(self.tree, self.attribution, sentence):
            span = self.tree[verb].span
            if any(c.meets(span) for c in coded):
                continue
            promised = [(d, e) for d, e in told if promises(d, speakers)]
            match = Match(PROMISING if promised else _SAYING, verb, (verb,), verb)
            draft = Draft(match, sentence, list(speakers), beneficiaries(promised), [])
            outer = self.attribution.sources(verb, sentence)
            draft.sources = tuple(p for p in outer if p.actor.id not in {s.actor.id for s in speakers})
            event = self.maker.event(draft)
            names = {s.actor.id for s in speakers}
            inside = [e.key for e in events if names & {p.actor.id for p in e.mentions[0].attributed_to}]
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
            elif frame.agreement and draft.how.positive and draft.how.factuality in FACTUAL:
                deal = opened(self.deals, event, frame.agreement)
                deal.provides += event.content
                self.around.parties = deal.parties

        for draft, event in made:
            if not draft.match.frame.agreement:
                credit(self.deals, event)

    def _took_effect(self, deal: Deal, change: Event) -> None:
        """A truce that was extended or has expired was one: that mention makes its agreed event a fact.

        A sentence that tells of several changes speaks of the truce once.
        """
        for n, event in enumerate(self.events):
            agreed = event.key in deal.provides and event.mentions[0].factuality is Factuality.AGREED
            rule = event.mentions[0].rule
            frame = self.frames.ids.get(rule)
            told = any(m.sentence == change.mentions[0].sentence for m in event.mentions)
            if agreed and not told and frame is not None and frame.agreement:
                seen = replace(change.mentions[0], factuality=Factuality.PRESUPPOSED, rule=rule)
                known = replace(event, label=without_note(event.label), mentions=(*event.mentions, seen))
                self.events[n] = known.rolled_up()


def _tokens(draft: Draft) -> set[int]:
    """The tokens that stand for an event in the parse."""
    carrier = draft.match.carrier
    return {*draft.match.parts, *([] if carrier is None else [carrier])}

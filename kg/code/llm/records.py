"""Answers of the model -> events and agreements, with all that the text or the ontology does not bear out left away."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from kg.code.agreements import Deal, agreement, credit, opened
from kg.code.draft import Draft
from kg.code.llm.finding import nearest, places
from kg.code.llm.people import People
from kg.code.llm.schema import AGREEMENTS, CHANGES, ROLES, SaidEvent
from kg.code.making import Maker, key_of
from kg.code.match import Match
from kg.code.presented import Presented
from kg.code.roles import Cast
from kg.code.timing import background, known, not_after
from kg.lexicon.frames import Frame
from kg.model import FACTUAL, Agreement, Annotated, Event, Factuality, Link, Participant, Sentence, Span, Tree
from kg.vocab.cameo import cameo_for
from kg.vocab.plover import CONTEXTS, MODES, OWN_TYPES

CONFIDENCE = 0.7
"""Confidence in an event whose participants are all known; a guess, as no model tells how sure it is."""


class Unfounded(Exception):
    """An event that the text or the ontology does not bear out; its text is the reason."""


@dataclass(frozen=True, slots=True)
class Checked:
    """An event that the text bears out, with what the model said of it and where that stood in its list."""

    place: int
    said: SaidEvent
    event: Event


class Reading:
    """One article, checked against its text event by event."""

    def __init__(self, annotated: Annotated, links: Sequence[Link], drop: Callable[[str], None]) -> None:
        self.annotated = annotated
        self.article = annotated.article
        self.drop = drop
        self.tree = Tree(annotated)
        self.maker = Maker(self.tree, Cast(self.tree, links), links)
        self.people = People(self.tree, links, drop)
        self.places = [(link.span, link.place) for link in links if link.place is not None]
        self.told: dict[str, list[tuple[frozenset[str], frozenset[str]]]] = {}
        """The sides of the events at each trigger, by the key of the first one there."""

    def events(self, said: Iterable[tuple[int, SaidEvent]], asked: Collection[int]) -> list[Checked]:
        """The events of one answer that stand up, tied to those that they are about.

        Args:
            said: the items of the answer with their places in it, from 1.
            asked: numbers of the sentences that the model was shown.
        """
        found: list[Checked] = []
        for place, one in said:
            try:
                found.append(Checked(place, one, self._event(one, asked)))
            except Unfounded as error:
                self.drop(str(error))
        by_place = {c.place: c.event.key for c in found}
        return [replace(c, event=self._about(c, by_place)) for c in found]

    def _event(self, said: SaidEvent, asked: Collection[int]) -> Event:
        sentence = next((s for s in self.annotated.sentences if s.number == said.sentence), None)
        if sentence is None or sentence.number not in asked:
            raise Unfounded("events of sentences that are not there")
        if said.type not in MODES and said.type not in OWN_TYPES:
            raise Unfounded("events of types that are not in the ontology")
        if said.factuality not in tuple(Factuality):
            raise Unfounded("events of a factuality that is not in the ontology")
        match = self._match(said, sentence)
        draft = self._draft(said, sentence, match)
        if not draft.actors and not draft.recipients:
            raise Unfounded("events without anybody in them")
        key = self._new_key(draft)
        return replace(self._amended(self.maker.event(draft), said, draft), key=key)

    def _match(self, said: SaidEvent, sentence: Sentence) -> Match:
        """Where the trigger stands, as a match of a frame; of several places the first that is free."""
        frame = self._frame(said)
        found: list[Match] = []
        for span in places(said.trigger, self.article.text, sentence.span):
            parts = tuple(i for i in range(sentence.first, sentence.last) if self.tree[i].span.meets(span))
            if parts:
                found.append(Match(frame, *self._head(parts)))
        if not found:
            raise Unfounded("events whose trigger is not in its sentence")
        return next((m for m in found if self._key_at(m) not in self.told), found[0])

    def _head(self, parts: tuple[int, ...]) -> tuple[int, tuple[int, ...], int | None]:
        """Head, parts and carrier of a match: the word above the others, and the verb that the event hangs on."""
        head = next((i for i in parts if self.tree[i].head not in parts or self.tree[i].head == i), parts[0])
        above = self.tree[head].head
        if self.tree.is_verb(head):
            return head, parts, head
        carried = self.tree.is_verb(above) and self.tree[head].dep in ("dobj", "nsubj", "nsubjpass", "attr")
        return head, parts, above if carried else None

    def _frame(self, said: SaidEvent) -> Frame:
        mode = said.mode
        if mode is not None and mode not in MODES.get(said.type, ()):
            self.drop("modes that their type does not have")
            mode = None
        return Frame(
            id=".".join(["llm", said.type.lower(), *([mode] if mode else [])]),
            type=said.type,
            mode=mode,
            cameo=cameo_for(said.type, mode),
            confidence=CONFIDENCE,
        )

    def _key_at(self, match: Match, turn: int = 0) -> str:
        return key_of(self.article.key, match.span(self.tree), match.frame.type + (f"|{turn}" if turn else ""))

    def _new_key(self, draft: Draft) -> str:
        """The event's key; one trigger may tell several events of a type ("phoned X and Y separately")."""
        sides = frozenset(p.actor.id for p in draft.actors), frozenset(p.actor.id for p in draft.recipients)
        told = self.told.setdefault(self._key_at(draft.match), [])
        if sides in told:
            raise Unfounded("events told twice")
        told.append(sides)
        return self._key_at(draft.match, len(told) - 1)

    def _draft(self, said: SaidEvent, sentence: Sentence, match: Match) -> Draft:
        near = match.span(self.tree)
        actors = self.people.participants(said.actors, "actor", sentence, near)
        taken = {p.actor.id for p in actors}
        recipients = self.people.participants(said.recipients, "recipient", sentence, near)
        third: dict[str, Participant] = {}
        for person in said.third_parties:
            if person.role not in ROLES:
                self.drop("third parties in roles that are not in the ontology")
                continue
            for p in self.people.participants([person], person.role, sentence, near):
                third.setdefault(p.actor.id, p)
        draft = Draft(match, sentence, actors, [p for p in recipients if p.actor.id not in taken], list(third.values()))
        draft.how = Presented(Factuality(said.factuality), said.positive)
        draft.sources = tuple(self.people.participants(said.attributed_to, "actor", sentence, near))
        return draft

    def _amended(self, event: Event, said: SaidEvent, draft: Draft) -> Event:
        """The event with what the model knows better than the parse: time, place, whether it goes on, contexts."""
        near = event.mentions[0].trigger_span
        time, place = self._said_of(said.time, "times", draft, near), self._said_of(said.place, "places", draft, near)
        when = event.when
        if time is not None:
            told = (t.when for t in self.annotated.times if t.span.meets(time) and known(t.when))
            when = next((not_after(w, self.article.published, draft.how) for w in told), when)
        where = None if place is None else next((p for span, p in self.places if span.meets(place)), None)
        if wrong := [c for c in said.contexts if c not in CONTEXTS]:
            self.drop_all("contexts that are not in the ontology", len(wrong))
        mention = replace(event.mentions[0], ongoing=said.ongoing, background=background(when, self.article.published))
        contexts = tuple(sorted({c for c in said.contexts if c in CONTEXTS}))
        return replace(event, when=when, place=where or event.place, contexts=contexts, mentions=(mention,)).rolled_up()

    def _said_of(self, words: str | None, what: str, draft: Draft, near: Span) -> Span | None:
        if not words:
            return None
        span = nearest(words, self.article.text, self.annotated.sentences, draft.sentence, near)
        if span is None:
            self.drop(f"{what} that are not in the text")
        return span

    def drop_all(self, reason: str, number: int) -> None:
        """Count so many things as dropped."""
        for _ in range(number):
            self.drop(reason)

    def _about(self, checked: Checked, by_place: dict[int, str]) -> Event:
        others = [by_place[n] for n in checked.said.about if n in by_place and n != checked.place]
        self.drop_all("ties to events that are not there", len(checked.said.about) - len(others))
        return replace(checked.event, content=tuple(dict.fromkeys(others)))

    def agreements(self, found: Iterable[Checked]) -> tuple[Agreement, ...]:
        """The deals that the events bring about, and what became of them."""
        deals: list[Deal] = []
        for said, event in ((c.said, c.event) for c in found):
            how = event.mentions[0]
            if said.change in CHANGES and deals:
                deals[-1].changes.append((event, str(said.change)))
            elif said.agreement in AGREEMENTS and how.positive and how.factuality in FACTUAL:
                opened(deals, event, str(said.agreement)).provides += event.content
            else:
                credit(deals, event)
        return tuple(made for deal in deals if (made := agreement(deal)) is not None)

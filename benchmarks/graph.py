"""A synthetic event graph of any size, written by the project's own graph stage from made-up coded articles.

    python -m benchmarks.graph QUADS [--seed N] > graph.nq

A story is told by one to four articles and holds events of which some come in several of them, so that events have
many mentions, and triples that several graphs support. Every kind of record that a real article gives comes up:
modes, third parties, figures, agreements with their steps, denials, plans, causes, answers, statements about events.
The same seed gives the same quads, and a smaller graph is the beginning of a larger one.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from hashlib import sha256

import pyoxigraph as ox

from benchmarks.world import world
from kg.graph import Run, article_quads
from kg.model import (
    Actor,
    Agreement,
    Article,
    Coded,
    Event,
    EventMention,
    Factuality,
    Link,
    Linked,
    Participant,
    Quantity,
    Sentence,
    Span,
    Status,
    StatusChange,
    When,
)
from kg.vocab.cameo import CLOSEST
from kg.vocab.iris import graph_iri
from kg.vocab.plover import CONTEXTS, MODES

Graph = tuple[str, list[ox.Quad]]
"""The IRI of an article's graph and its quads."""

SEED = 2024
FIRST = date(2015, 1, 1)
DAYS = 3652
"""Stories are told on some day of ten years."""
_TYPES = (*MODES, "Statement", "Statement", "Statement", "CONSULT", "CONSULT", "ASSAULT", "REQUEST")
_VERSIONS = (("kg", "0.2.0"), ("lexicon", "1"), ("model", "1"))
_PRESENTED = tuple(Factuality)
_WEIGHTS = tuple({Factuality.ASSERTED: 60, Factuality.PRESUPPOSED: 10}.get(f, 3) for f in _PRESENTED)
_VERBS = ("met", "criticised", "phoned", "attacked", "supported", "warned", "urged", "visited", "agreed with")


def graphs(quads: int, *, seed: int = SEED) -> Iterator[Graph]:
    """The graphs of whole articles until there are at least so many quads; at most one article's more.

    >>> [(iri, found)] = graphs(1)
    >>> len({q.graph_name.value for q in found})
    1
    """
    made = 0
    for number in range(quads):
        for graph in _story(number, seed):
            yield graph
            made += len(graph[1])
            if made >= quads:
                return


def _story(number: int, seed: int) -> Iterator[Graph]:
    coded, linked = story(number, seed=seed)
    for one in coded:
        key = one.article.key
        yield graph_iri(key), list(article_quads(one, linked, Run.of(key, one.versions)))


def story(number: int, *, seed: int = SEED) -> tuple[list[Coded], Linked]:
    """The coded articles that tell a story, and its events joined over them."""
    made = _Story(number, seed)
    made.tell()
    return made.coded(), Linked(events=tuple(made.events), agreements=tuple(made.agreements))


@dataclass
class _Sheet:
    """One article in the making: its text so far and what stands in it."""

    id: str
    published: date
    publisher: Actor
    text: list[str] = field(default_factory=list)
    length: int = 0
    sentences: list[Sentence] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    told: list[tuple[int, Span, str]] = field(default_factory=list)
    """Number of an event, the offsets of its sentence without the full stop, and its words."""

    def write(self, event: int, subject: Actor, verb: str, other: Actor, more: str) -> None:
        """Add a sentence of an event."""
        words = f"{subject.name} {verb} {other.name} {more}"
        span, number = Span(self.length, self.length + len(words)), len(self.sentences) + 1
        self.sentences.append(Sentence(number, Span(span.start, span.end + 1), number * 10, number * 10 + 9))
        for actor, start in ((subject, span.start), (other, span.start + len(subject.name) + len(verb) + 2)):
            rule = "office" if actor.kind == "person" else "name"
            self.links.append(Link(span=Span(start, start + len(actor.name)), head=number, actors=(actor,), rule=rule))
        self.told.append((event, span, words))
        self.text.append(words + ". ")
        self.length += len(words) + 2

    @property
    def article(self) -> Article:
        """The article as read."""
        address = f"https://news.example/{self.id}"
        title = self.told[0][2][:60] if self.told else None
        return Article(
            id=self.id, text="".join(self.text), published=self.published, title=title, url=address,
            publisher=self.publisher.name,
        )  # fmt: skip


class _Story:
    """Draws a story: its cast, sheets, events and deals."""

    def __init__(self, number: int, seed: int) -> None:
        self.name = f"{seed}-{number}"
        self.dice = random.Random(self.name)  # seeded by text, which Python hashes the same everywhere
        known = world()
        self.known = known
        self.cast = [*self.dice.sample(known.actors, 5), self._nobody()]
        self.day = FIRST + timedelta(days=self.dice.randrange(DAYS))
        wires = self.dice.sample(known.wires, self.dice.choice((1, 1, 2, 4)))
        self.sheets = [_Sheet(f"{self.name}-{n}", self.day + timedelta(days=n), w) for n, w in enumerate(wires)]
        self.events: list[Event] = []
        self.agreements: list[Agreement] = []

    def tell(self) -> None:
        """Draw the events, write them into the sheets, then join the reports."""
        count = self.dice.randint(4, 9)
        self.events = [self._event(n) for n in range(count)]
        for n, event in enumerate(self.events):
            tellers = [s for s in self.sheets if self.dice.random() < 0.5] or [self.dice.choice(self.sheets)]
            others = event.recipients or event.actors
            for sheet in tellers:
                verb = self.dice.choice(_VERBS)
                sheet.write(n, event.actors[0].actor, verb, others[0].actor, f"over {self._matter()}")
        for sheet in self.sheets:
            if not sheet.told:
                sheet.write(0, self.cast[0], "met", self.cast[1], "again")
        articles = [s.article for s in self.sheets]
        self.events = [self._reported(n, e, articles) for n, e in enumerate(self.events)]
        if self.dice.random() < 0.3:
            self._deal()

    def coded(self) -> list[Coded]:
        """The articles with what stands in each."""
        return [
            Coded(
                article=s.article, sentences=tuple(s.sentences), links=tuple(s.links), versions=_VERSIONS,
                agreements=tuple(self.agreements),
            )
            for s in self.sheets
        ]  # fmt: skip

    def _nobody(self) -> Actor:
        """Someone who is in no lexicon."""
        key = sha256(f"who {self.name}".encode()).hexdigest()[:16]
        state = self.dice.choice(self.known.actors[::6])
        return Actor(id=f"x-{key}", name=f"Spokesman {key[:6]}", kind="person", country=state.country, sector="CVL")

    def _key(self, what: str) -> str:
        return sha256(f"{self.name} {what}".encode()).hexdigest()[:16]

    def _matter(self) -> str:
        return (
            f"{self.dice.choice(('the border', 'trade', 'prisoners', 'aid', 'the truce'))} {self.dice.randint(1, 40)}"
        )

    def _event(self, n: int) -> Event:
        dice, type_ = self.dice, self.dice.choice(_TYPES)
        modes = MODES.get(type_, ())
        mode = dice.choice(modes) if modes and dice.random() < 0.7 else None
        sides = dice.sample(self.cast, 3)
        plover = type_ in MODES
        earlier = [e.key for e in self.events_so_far(n)]
        third = (Participant(actor=sides[2], role=dice.choice(("mediator", "host", "target"))),)
        return Event(
            key=self._key(f"event {n}"),
            type=type_,
            label=f"{sides[0].name} {type_.lower()} {sides[1].name} {n}",
            status=Status.UNKNOWN,
            mode=mode,
            cameo=CLOSEST.get((type_, mode)) if plover else None,
            contexts=tuple(dice.sample(CONTEXTS, dice.choice((0, 1, 1, 2)))),
            actors=(Participant(actor=sides[0]),),
            recipients=(Participant(actor=sides[1], role="recipient"),) if dice.random() < 0.85 else (),
            third_parties=third if mode == "third-party" or dice.random() < 0.1 else (),
            place=dice.choice(self.known.places) if dice.random() < 0.4 else None,
            when=self._when(),
            quantities=self._figures() if dice.random() < 0.1 else (),
            topics=(self._matter(),) if dice.random() < 0.2 else (),
            content=(earlier[-1],) if type_ in {"Statement", "REQUEST"} and earlier else (),
            in_response_to=(dice.choice(earlier),) if earlier and dice.random() < 0.05 else (),
            causes=(dice.choice(earlier),) if earlier and dice.random() < 0.05 else (),
        )

    def events_so_far(self, n: int) -> Sequence[Event]:
        """Events drawn before number n, by their keys alone: an event refers only to earlier ones."""
        return [Event(key=self._key(f"event {i}"), type="AGREE", label="", status=Status.UNKNOWN) for i in range(n)]

    def _when(self) -> When | None:
        day = self.day - timedelta(days=self.dice.choice((0, 0, 1, 1, 2, 7, 40, 400)))
        kind = self.dice.random()
        if kind < 0.7:
            return When(
                edtf=day.isoformat(), begin=day, end=day, precision="Day", resolution="ResolvedFromPublicationDate",
                expression="on " + day.strftime("%A"),
            )  # fmt: skip
        if kind < 0.9:
            first = day.replace(day=1)
            last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
            return When(edtf=f"{day:%Y-%m}", begin=first, end=last, precision="Month", resolution="Explicit")
        return None

    def _figures(self) -> tuple[Quantity, ...]:
        kind = self.dice.choice(("Killed", "Wounded", "Displaced", "Money"))
        about = self.dice.choice(("Exactly", "About", "AtLeast", "MoreThan"))
        return (Quantity(kind=kind, value=self.dice.randint(1, 2000), approximation=about, unit="people"),)

    def _reported(self, n: int, event: Event, articles: Sequence[Article]) -> Event:
        """The event with a mention for each place where it is told."""
        found = [
            self._mention(article, sheet, span, words)
            for article, sheet in zip(articles, self.sheets, strict=True)
            for number, span, words in sheet.told
            if number == n
        ]
        return replace(event, mentions=tuple(found)).rolled_up()

    def _mention(self, article: Article, sheet: _Sheet, span: Span, words: str) -> EventMention:
        dice, trigger = self.dice, words.split()[-3]
        at = span.start + words.rindex(trigger)
        told_by = (Participant(actor=dice.choice(self.cast)),) if dice.random() < 0.4 else ()
        return EventMention(
            article=article.key,
            span=span,
            quote=words,
            sentence=next(s.number for s in sheet.sentences if s.span.covers(span)),
            trigger=trigger,
            trigger_span=Span(at, at + len(trigger)),
            factuality=dice.choices(_PRESENTED, _WEIGHTS)[0],
            positive=dice.random() < 0.93,
            background=dice.random() < 0.05,
            attributed_to=told_by,
            rule=dice.choice(("consult.phone", "assault.attack", "heads", "request.call")),
            confidence=round(dice.uniform(0.3, 1), 4),
        )

    def _deal(self) -> None:
        first, *rest = (e.key for e in self.events)
        steps = [StatusChange(event=first, after="InForce"), StatusChange(event=rest[0], after="Violated")]
        sides = tuple(Participant(actor=a) for a in self.cast[:2])
        self.agreements = [
            Agreement(
                key=self._key("deal"), label=f"Deal of {self.day:%B %Y} {self.name}", kind="ceasefire", parties=sides,
                mediators=(Participant(actor=self.cast[2]),), provides=(rest[1],), valid_from=self.day.isoformat(),
                status="Violated", changes=tuple(steps),
            )
        ]  # fmt: skip


def nquads(found: Iterable[Graph]) -> Iterator[bytes]:
    """The graphs as N-Quads, an article a piece."""
    for _, quads in found:
        yield ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""


def main(arguments: Sequence[str] | None = None) -> int:
    """Write a graph to standard output."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("quads", type=int, help="at least so many, to the end of an article")
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args(arguments)
    for piece in nquads(graphs(asked.quads, seed=asked.seed)):
        sys.stdout.buffer.write(piece)
    return 0


if __name__ == "__main__":
    sys.exit(main())

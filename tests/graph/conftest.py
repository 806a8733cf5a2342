"""Two articles by hand: a call told in both, a visit to come, a truce with a mediator, a denial."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest

from kg.graph import Run
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
    Place,
    Quantity,
    Sentence,
    Span,
    Status,
    StatusChange,
    When,
)

FIREFLY = Actor(id="firefly", name="Rufus Firefly", kind="person", country="FRE", sector="GOV", part_of="freedonia")
TRENTINO = Actor(id="trentino", name="Trentino", kind="person", country="SYL", sector="GOV")
FREEDONIA = Actor(
    id="freedonia", name="Freedonia", kind="state", country="FRE", wikidata="Q1", geonames="11", sector="GOV"
)
KLOPSTOKIA = Actor(id="x-00000000000000aa", name="Klopstokian rebels", kind="group", sector="REB")
OSTERLICH = Actor(id="osterlich", name="Osterlich", kind="state", country="OST")
PALACE = Actor(id="palace", name="The palace", kind="organization", country="FRE", sector="GOV", part_of="freedonia")
PAPER = Actor(id="paper", name="Freedonia Times", kind="organization", sector="JRN")
BORDER = Place(id="border", name="The border", kind="border", country="FRE", within="freedonia")
COUNTRY = Place(id="freedonia", name="Freedonia", kind="country", country="FRE", wikidata="Q1", geonames="11")

TEXT_1 = (
    "Firefly and Trentino talked by phone about trade on Friday, the palace said. "
    "Firefly will visit Trentino in January. "
    "On November 24 Osterlich mediated a truce between Freedonia and the rebels at the border. "
    "Over 1,200 people had been killed by the rebels, the palace said, and Trentino did not help.\n"
    "Nothing else happened that day."
)
TEXT_2 = "Firefly phoned Trentino on December 22."


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def p(actor: Actor, role: str = "actor") -> Participant:
    return Participant(actor=actor, role=role)


def mention(article: Article, quote: str, trigger: str, **more: object) -> EventMention:
    where = span(article.text, quote)
    base = EventMention(
        article=article.key,
        span=where,
        quote=quote,
        sentence=1,
        trigger=trigger,
        trigger_span=Span(where.start + quote.index(trigger), where.start + quote.index(trigger) + len(trigger)),
        rule="hand",
        confidence=0.9,
    )
    return replace(base, **more)  # type: ignore[arg-type]


def sentences(text: str, *starts: str) -> tuple[Sentence, ...]:
    begins = [text.index(s) for s in starts] + [len(text) + 1]
    return tuple(
        Sentence(number=i + 1, span=Span(b, begins[i + 1] - 1), first=0, last=1) for i, b in enumerate(begins[:-1])
    )


@dataclass(frozen=True)
class Example:
    """The two coded articles, what links them, and a run for each."""

    one: Coded
    two: Coded
    linked: Linked

    def run(self, coded: Coded) -> Run:
        return Run.of(coded.article.key, (("kg", "0.1"), ("model", "3.8")))

    def texts(self) -> dict[str, str]:
        return {c.article.key: c.article.text for c in (self.one, self.two)}


@pytest.fixture
def example() -> Example:
    one = Article(
        id="https://example.org/one",
        text=TEXT_1,
        published=date(2023, 12, 22),
        title="A call",
        publisher="freedonia times",
        url="https://example.org/one",
        dateline="FREDONIA CITY",
        reference="https://example.org/source",
        license="CC0",
    )
    two = Article(id="two", text=TEXT_2, url="javascript:alert(1)")
    said = (p(FIREFLY), p(PALACE))
    call_quote = "Firefly and Trentino talked by phone about trade on Friday"
    call = Event(
        key="0000000000000001",
        type="CONSULT",
        mode="phone",
        cameo="041",
        contexts=("diplomatic", "economic"),
        label="Firefly and Trentino talk by phone",
        status=Status.OCCURRED,
        actors=(p(FIREFLY), p(TRENTINO)),
        topics=("trade",),
        instrument="telephone",
        when=When(
            edtf="2023-12-22",
            begin=date(2023, 12, 22),
            end=date(2023, 12, 22),
            precision="Day",
            resolution="Explicit",
            expression="on Friday",
        ),
        same_as=(("0000000000000001", 1.0), ("0000000000000009", 0.8)),
        same_because=(("0000000000000009", "time +2.5 (the same day)"),),
        mentions=(
            mention(one, call_quote, "talked", attributed_to=said),
            mention(two, "Firefly phoned Trentino on December 22", "phoned"),
        ),
    )
    visit = Event(
        key="0000000000000002",
        type="AGREE",
        cameo="036",
        label="Firefly to visit Trentino",
        status=Status.EXPECTED,
        actors=(p(FIREFLY),),
        recipients=(p(TRENTINO),),
        when=When(edtf="2024-01", begin=date(2024, 1, 1), end=date(2024, 1, 31), precision="Month"),
        mentions=(mention(one, "Firefly will visit Trentino in January", "visit", factuality=Factuality.PROMISED),),
    )
    truce = Event(
        key="0000000000000003",
        type="AGREE",
        cameo="087",
        label="Truce of Freedonia and the rebels",
        status=Status.OCCURRED,
        actors=(p(FREEDONIA),),
        recipients=(p(KLOPSTOKIA),),
        third_parties=(p(OSTERLICH, "mediator"), p(TRENTINO, "witness")),
        place=BORDER,
        when=When(edtf="2023-11-24", begin=date(2023, 11, 24), end=date(2023, 11, 24), precision="Day"),
        mentions=(mention(one, "Osterlich mediated a truce between Freedonia and the rebels at the border", "truce"),),
    )
    killing = Event(
        key="0000000000000004",
        type="ASSAULT",
        label="Over 1,200 people killed",
        status=Status.ONGOING,
        actors=(p(KLOPSTOKIA),),
        causes=("0000000000000003",),
        quantities=(
            Quantity(
                kind="Killed",
                value=1200.0,
                approximation="MoreThan",
                unit="person",
                span=span(TEXT_1, "Over 1,200"),
                as_of="2023-12-22",
            ),
            Quantity(kind="Wounded", value=0.5, approximation="About"),
        ),
        mentions=(
            mention(one, "Over 1,200 people had been killed by the rebels", "killed", ongoing=True, attributed_to=(p(PALACE),)),
        ),
    )  # fmt: skip
    denial = Event(
        key="0000000000000005",
        type="AID",
        label="Trentino helps",
        status=Status.NOT_OCCURRED,
        actors=(p(TRENTINO),),
        recipients=(p(FREEDONIA),),
        in_response_to=("0000000000000009", "0000000000000005"),
        mentions=(mention(one, "Trentino did not help", "help", positive=False),),
    )
    speech = Event(
        key="0000000000000006",
        type="Statement",
        cameo="010",
        label="The palace speaks",
        status=Status.OCCURRED,
        actors=(p(PALACE),),
        recipients=(p(TRENTINO),),
        content=("0000000000000001", "00000000000000a1"),
        mentions=(mention(one, "the palace said. ", "said"),),
    )
    deal = Agreement(
        key="00000000000000a1",
        label="Truce",
        kind="ceasefire",
        parties=(p(FREEDONIA), p(KLOPSTOKIA)),
        mediators=(p(OSTERLICH),),
        provides=("0000000000000002",),
        valid_from="2023-11-24",
        valid_through="2023-12-01",
        status="InForce",
        changes=(StatusChange(event="0000000000000003", after="InForce"),),
    )
    links = (
        Link(span=span(TEXT_1, "Firefly"), head=0, actors=(FIREFLY,)),
        Link(span=span(TEXT_1, "the palace"), head=0, actors=(PALACE,), rule="metonym", confidence=0.8),
        Link(span=span(TEXT_1, "Freedonia"), head=0, actors=(FREEDONIA,), place=COUNTRY),
        Link(span=span(TEXT_1, "Freedonia"), head=0, actors=(PAPER,), rule="new"),
        Link(span=span(TEXT_1, "the border"), head=0, place=BORDER),
        Link(span=span(TEXT_1, "people"), head=0),
    )
    events = (call, visit, truce, killing, denial, speech)
    coded_one = Coded(
        article=one,
        sentences=sentences(TEXT_1, "Firefly and", "Firefly will", "On November", "Over", "Nothing"),
        links=links,
        events=events,
        agreements=(deal,),
        warnings=("a strange line",),
    )
    coded_two = Coded(article=two, sentences=sentences(TEXT_2, "Firefly"))
    names = (("0000000000000001", "0000000000000001"), ("0000000000000009", "0000000000000001"))
    return Example(coded_one, coded_two, Linked(events=events, agreements=(deal,), names=names))

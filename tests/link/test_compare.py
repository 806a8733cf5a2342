"""How alike two reports are, and what rules out that they are one event."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from kg.link import THRESHOLD, Report, compare
from kg.model import Actor, Article, Event, EventMention, Factuality, Participant, Place, Span, When, roll_up

STATES = st.sampled_from(["KEN", "SOM", "UGA", "ETH"])
SIDES = st.lists(STATES, max_size=3).map(
    lambda codes: tuple(
        Participant(actor=Actor(id=c.lower(), name=c, kind="state", country=c)) for c in dict.fromkeys(codes)
    )
)
DAYS = st.dates(date(2024, 1, 1), date(2024, 12, 31))
TIMES = st.one_of(
    st.none(),
    st.just(When(edtf="../2024-05-03")),
    DAYS.map(lambda d: When(edtf=d.isoformat(), begin=d, end=d, precision="Day")),
    DAYS.map(lambda d: When(edtf=f"{d.isoformat()}/..", begin=d, precision="Interval")),
)
PLACES = st.one_of(st.none(), STATES.map(lambda c: Place(id=c, name=c, kind="city", country=c)))


@st.composite
def events(draw) -> Event:
    mention = EventMention(
        article="a",
        span=Span(0, 1),
        quote="x",
        sentence=1,
        trigger="x",
        trigger_span=Span(0, 1),
        factuality=draw(st.sampled_from(list(Factuality))),
        positive=draw(st.booleans()),
    )
    return Event(
        key=draw(st.sampled_from("123")),
        type=draw(st.sampled_from(["CONSULT", "ASSAULT"])),
        label="",
        status=roll_up((mention,)),
        mode=draw(st.sampled_from([None, "phone", "visit"])),
        actors=draw(SIDES),
        recipients=draw(SIDES),
        when=draw(TIMES),
        place=draw(PLACES),
        mentions=(mention,),
    )


def compared(a: Event, b: Event, *, first: date | None = None, second: date | None = None):
    """The comparison of two events, told on these days."""
    articles = [None if day is None else Article(id=str(day), text=str(day), published=day) for day in (first, second)]
    return compare(Report.of(a, articles[0]), Report.of(b, articles[1]))


def vetoes(a: Event, b: Event) -> list[str]:
    return [p.trait for p in compared(a, b).vetoes]


@given(events(), events())
def test_a_score_lies_between_0_and_1_and_has_no_direction(a, b):
    b = replace(b, key=b.key + "b")
    found = compared(a, b)
    assert 0 <= found.score <= 1
    assert found == compared(b, a)
    assert not found.vetoes or found.score == 0


@given(events())
def test_nothing_is_more_like_an_event_than_itself(event):
    assert not compared(event, event).vetoes
    other = replace(event, actors=(Participant(actor=Actor(id="x", name="X", kind="state", country="XXX")),))
    assert compared(event, event).score >= compared(event, other).score


@given(events(), events())
def test_events_of_different_types_are_never_one(a, b):
    assert vetoes(replace(a, type="CONSULT"), replace(b, type="ASSAULT")) == ["type"]


@given(events())
def test_a_fact_is_never_one_with_its_denial(event):
    mention = replace(event.mentions[0], factuality=Factuality.ASSERTED, positive=True)
    fact = replace(event, mentions=(mention,), status=roll_up((mention,)))
    denial = replace(mention, positive=False)
    assert vetoes(fact, replace(event, mentions=(denial,), status=roll_up((denial,)))) == ["status"]


def test_the_same_participants_mode_and_day_are_enough(report):
    assert compared(report("a"), report("b")).score >= THRESHOLD


def test_other_participants_are_never_enough(report):
    assert vetoes(report("a"), report("b", "UGA", "ETH")) == ["actors", "recipients"]


def test_the_sides_may_not_be_exchanged(report):
    [part] = compared(report("a"), report("b", "SOM", "KEN")).vetoes
    assert part.words == "the sides are the other way round"


def test_who_visits_whom_may_be_told_from_either_side(report):
    visit = report("a", "KEN", "SOM", kind="CONSULT", mode="visit")
    received = report("b", "SOM", "KEN", kind="CONSULT", mode="visit")
    assert compared(visit, received).score >= THRESHOLD


def test_another_third_side_makes_another_meeting(report):
    assert vetoes(report("a", "KEN SOM", "", kind="CONSULT"), report("b", "KEN UGA", "", kind="CONSULT")) == [
        "participants"
    ]


def test_a_mediator_in_one_report_may_be_a_party_in_the_other(report):
    mediator = (Participant(actor=Actor(id="uga", name="Uga", kind="state", country="UGA"), role="mediator"),)
    first = report("a", "KEN SOM UGA", "", kind="AGREE")
    assert compared(first, report("b", "KEN SOM", "", kind="AGREE", third_parties=mediator)).score >= THRESHOLD


def test_reasons_name_the_weightiest_first(report):
    reasons = compared(report("a"), report("b")).reasons
    assert reasons.startswith("time +2.5 (the same day, 2024-05-03); ")


def test_words_of_one_speaker_in_two_articles_are_two_statements(report):
    said = {"kind": "Statement", "recipients": "", "rule": "statement.say"}
    assert vetoes(report("a", **said), report("b", **said)) == ["type"]


def test_an_undated_report_weighs_less_the_later_it_comes(report):
    by = [
        replace(
            report("b"), when=When(edtf=f"../2024-05-{day:02}", end=date(2024, 5, day), resolution="PublicationDate")
        )
        for day in (3, 6, 9, 20)
    ]
    scores = [compared(report("a"), other).score for other in by]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > 0.7 > 0.3 > scores[-1]


def test_what_was_reported_before_a_day_did_not_happen_on_it(report):
    early = When(edtf="../2024-05-01", end=date(2024, 5, 1), resolution="PublicationDate")
    assert vetoes(report("a"), replace(report("b"), when=early)) == ["time"]

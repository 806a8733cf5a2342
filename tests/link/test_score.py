"""How alike two reports are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from kg.link import THRESHOLD, comparable, score
from kg.model import Actor, Event, EventMention, Factuality, Participant, Place, Span, When, roll_up

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


@given(events(), events())
def test_a_score_lies_between_0_and_1_and_has_no_direction(a, b):
    assert 0 <= score(a, b) <= 1
    assert score(a, b) == score(b, a)
    assert comparable(a, b) == comparable(b, a)


@given(events())
def test_nothing_is_more_like_an_event_than_itself(event):
    assert comparable(event, event)
    other = replace(event, actors=(Participant(actor=Actor(id="x", name="X", kind="state", country="XXX")),))
    assert score(event, event) >= score(event, other)


@given(events(), events())
def test_events_of_different_types_are_never_compared(a, b):
    assert not comparable(replace(a, type="CONSULT"), replace(b, type="ASSAULT"))


@given(events())
def test_a_fact_is_never_compared_with_its_denial(event):
    mention = replace(event.mentions[0], factuality=Factuality.ASSERTED, positive=True)
    fact = replace(event, mentions=(mention,), status=roll_up((mention,)))
    denial = replace(mention, positive=False)
    assert not comparable(fact, replace(event, mentions=(denial,), status=roll_up((denial,))))


def test_the_same_participants_mode_and_day_are_enough(report):
    assert score(report("a"), report("b")) >= THRESHOLD


def test_other_participants_are_never_enough(report):
    assert score(report("a"), report("b", "UGA", "ETH")) < THRESHOLD

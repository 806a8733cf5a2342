"""Events below a confidence are left out, with all that would point to them."""

from __future__ import annotations

from kg.link import above
from kg.model import Actor, Agreement, Event, EventMention, Linked, Participant, Span, Status, StatusChange


def event(key: str, *confidences: float, **more: tuple[str, ...]) -> Event:
    mentions = tuple(
        EventMention(
            article=str(n), span=Span(0, 1), quote="a", sentence=1, trigger="a", trigger_span=Span(0, 1), confidence=c
        )
        for n, c in enumerate(confidences)
    )
    return Event(key=key, type="CONSULT", label=key, status=Status.OCCURRED, mentions=mentions, **more)


def deal(*events: str, provides: tuple[str, ...] = ()) -> Agreement:
    party = Participant(actor=Actor(id="chad", name="Chad", kind="state"))
    steps = ("Agreed", "Extended", "Expired")
    changes = tuple(StatusChange(event=e, after=s) for e, s in zip(events, steps, strict=False))
    return Agreement(
        key="d", label="d", kind="deal", parties=(party,), provides=provides, changes=changes, status=changes[-1].after
    )


def test_zero_keeps_everything() -> None:
    linked = Linked(events=(event("a", 0.1), event("b")))
    assert above(linked, 0) is linked


def test_the_surest_mention_decides_and_the_bar_itself_is_enough() -> None:
    linked = Linked(events=(event("a", 0.1, 0.7), event("b", 0.5), event("c", 0.49), event("d")))
    assert [(e.key, len(e.mentions)) for e in above(linked, 0.5).events] == [("a", 2), ("b", 1)]


def test_what_is_kept_points_to_nothing_that_is_not() -> None:
    both = ("b", "c")
    linked = Linked(events=(event("a", 0.9, content=both, in_response_to=both, causes=both), event("b", 0.9)))
    (first, _) = above(linked, 0.5).events
    assert (first.content, first.in_response_to, first.causes) == (("b",), ("b",), ("b",))


def test_a_report_that_became_part_of_another_event_is_followed_there() -> None:
    linked = Linked(events=(event("a", 0.9, content=("c",)), event("b", 0.9)), names=(("c", "b"),))
    assert above(linked, 0.5).events[0].content == ("c",)


def test_an_agreement_has_the_status_of_the_last_step_that_is_kept() -> None:
    events = (event("a", 0.9, content=("d",)), event("b", 0.9), event("c", 0.1))
    linked = Linked(events=events, agreements=(deal("a", "b", "c", provides=("b", "c")),))
    (kept,) = above(linked, 0.5).agreements
    assert ([c.event for c in kept.changes], kept.status, kept.provides) == (["a", "b"], "Extended", ("b",))
    assert above(linked, 0.5).events[0].content == ("d",)


def test_an_agreement_without_a_step_that_is_kept_goes() -> None:
    linked = Linked(events=(event("a", 0.1), event("b", 0.9, content=("d",))), agreements=(deal("a"),))
    left = above(linked, 0.5)
    assert (left.agreements, left.events[0].content) == ((), ())

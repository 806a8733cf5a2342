"""What the records say of themselves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import (
    Annotated,
    Answer,
    Article,
    Event,
    EventMention,
    Factuality,
    Sentence,
    Span,
    Status,
    Term,
    roll_up,
)

SPANS = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda ab: Span(min(ab), max(ab)))


def mention(
    factuality: str = "Asserted", positive: bool = True, *, ongoing: bool = False, sure: float = 1.0
) -> EventMention:
    return EventMention(
        article="a",
        span=Span(0, 1),
        quote="x",
        sentence=1,
        trigger="x",
        trigger_span=Span(0, 1),
        factuality=Factuality(factuality),
        positive=positive,
        ongoing=ongoing,
        confidence=sure,
    )


@given(SPANS, SPANS)
def test_spans_meet_exactly_where_they_share_a_code_point(a, b):
    assert a.meets(b) == bool(set(range(a.start, a.end)) & set(range(b.start, b.end))) or not (len(a) and len(b))


@given(SPANS, SPANS)
def test_a_span_that_covers_another_holds_all_its_code_points(a, b):
    if a.covers(b):
        assert set(range(b.start, b.end)) <= set(range(a.start, a.end))


@pytest.mark.parametrize(("mentions", "status"), [
    ([], Status.UNKNOWN),
    ([mention()], Status.OCCURRED),
    ([mention(ongoing=True)], Status.ONGOING),
    ([mention(positive=False)], Status.NOT_OCCURRED),
    ([mention(), mention(positive=False)], Status.OCCURRED),
    ([mention("Presupposed")], Status.OCCURRED),
    ([mention("Scheduled")], Status.EXPECTED),
    ([mention("Agreed"), mention("Conditional")], Status.EXPECTED),
    ([mention("Scheduled", positive=False)], Status.NOT_OCCURRED),
    ([mention("Requested")], Status.HYPOTHETICAL),
    ([mention("Scheduled"), mention()], Status.OCCURRED),
])  # fmt: skip
def test_the_status_of_an_event_follows_from_its_mentions(mentions, status):
    assert roll_up(tuple(mentions)) is status


def test_an_event_is_as_sure_as_its_surest_mention():
    event = Event(
        key="1",
        type="CONSULT",
        label="",
        status=Status.UNKNOWN,
        mentions=(mention(sure=0.4), mention(sure=0.7)),
    )
    assert event.confidence == 0.7
    assert event.rolled_up().status is Status.OCCURRED
    assert Event(key="1", type="CONSULT", label="", status=Status.UNKNOWN).confidence == 0.0


@pytest.mark.parametrize(("kind", "plover"), [("CONSULT", True), ("Statement", False)])
def test_types_of_plover_are_in_capitals(kind, plover):
    assert Event(key="1", type=kind, label="", status=Status.UNKNOWN).is_plover is plover


def test_articles_with_the_same_text_share_a_key_also_with_lone_surrogates():
    assert Article(id="a", text="x\ud800").key == Article(id="b", text="x\ud800").key != Article(id="a", text="x").key
    assert len(Article(id="a", text="").key) == 16


def test_a_token_lies_in_its_sentence():
    first, second = Sentence(1, Span(0, 5), 0, 2), Sentence(2, Span(6, 9), 2, 4)
    assert Annotated(Article(id="a", text=""), sentences=(first, second)).sentence_of(2) is second


def test_an_answer_gives_its_rows_by_column_with_none_where_unbound():
    answer = Answer("select", ("a", "b"), ((Term("literal", "x"), None),))
    assert list(answer.dicts()) == [{"a": "x", "b": None}]
    assert len(answer) == 1
    assert str(Term("iri", "urn:x")) == "urn:x"

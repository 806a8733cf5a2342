"""What one article tells twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kg.link import link_article, renamed_agreement
from kg.model import Agreement, Factuality, Span, StatusChange, When


def test_two_tellings_in_the_same_words_are_one_event_with_both_mentions(report):
    first, second = report("a", key="1"), report("a", key="2")
    [event] = link_article([first, second])
    assert event.key == "1"
    assert event.mentions == (*first.mentions, *second.mentions)
    assert event.same_as == (("2", 1.0),)


def test_tellings_by_different_frames_stay_apart(report):
    assert len(link_article([report("a", key="1"), report("a", key="2", rule="assault.heavy")])) == 2


def test_other_participants_make_another_event(report):
    assert len(link_article([report("a", key="1"), report("a", "UGA", key="2")])) == 2
    assert len(link_article([report("a", key="1"), report("a", "KEN", "UGA", key="2")])) == 2


def test_another_day_makes_another_event(report):
    assert len(link_article([report("a", key="1", day=3), report("a", key="2", day=9)])) == 2


def test_a_plan_and_its_fact_stay_apart(report):
    plan = report("a", key="1", factuality=Factuality.SCHEDULED)
    assert len(link_article([plan, report("a", key="2")])) == 2


def test_a_denial_and_an_assertion_stay_apart(report):
    assert len(link_article([report("a", key="1", positive=False), report("a", key="2")])) == 2


def test_other_words_without_a_common_day_stay_apart(report):
    first = report("a", key="1", day=3)
    second = report("a", key="2", day=None, trigger="raided")
    assert len(link_article([first, second])) == 2


def test_the_day_of_the_report_is_no_common_day(report):
    bound = When(edtf="../2024-05-08", end=date(2024, 5, 8), precision="Unknown", resolution="PublicationDate")
    strikes = replace(report("a", key="1", day=None, trigger="strikes"), when=bound)
    incursion = replace(report("a", key="2", day=None, trigger="incursion"), when=bound)
    assert len(link_article([strikes, incursion])) == 2


def test_other_words_on_the_same_day_are_one_event(report):
    assert len(link_article([report("a", key="1"), report("a", key="2", trigger="raided")])) == 1


def test_a_meeting_of_the_same_people_is_one_event_in_any_words(report):
    first = report("a", "KEN SOM", "", kind="CONSULT", key="1", day=None)
    second = report("a", "KEN SOM", "", kind="CONSULT", key="2", day=None, trigger="talks")
    assert len(link_article([first, second])) == 1


def test_statements_of_one_speaker_are_one_only_by_the_same_source(report):
    first = report("a", "KEN", "", kind="Statement", key="1", day=None, trigger="said")
    second = report("a", "KEN", "", kind="Statement", key="2", day=None, trigger="said")
    assert len(link_article([first, second])) == 1


def test_keys_that_point_to_a_merged_telling_follow_it_and_never_to_themselves(report):
    first, second = report("a", key="1"), report("a", key="2")
    speech = report("a", "SOM", "KEN", kind="ACCUSE", key="3", content=("2",), causes=("1", "2"), in_response_to=("3",))
    found = {e.key: e for e in link_article([first, second, speech])}
    assert found["3"].content == ("1",)
    assert found["3"].causes == ("1",)
    assert found["3"].in_response_to == ()


def test_an_agreement_follows_the_merge_of_its_events(report):
    deal = Agreement(
        key="d",
        label="deal",
        kind="deal",
        parties=(),
        provides=("2", "1"),
        changes=(StatusChange(event="2", after="InForce"),),
    )
    renamed = renamed_agreement(deal, {"2": "1"})
    assert renamed.provides == ("1",)
    assert renamed.changes == (StatusChange(event="1", after="InForce"),)


def test_a_merge_takes_what_the_first_telling_lacks(report):
    first = report("a", key="1", day=None, mode=None, topics=("peace",), trigger="attacked")
    second = report("a", key="2", day=4, mode="aerial", topics=("peace", "trade"), instrument="drone")
    [event] = link_article([first, second])
    assert (event.mode, event.topics, event.instrument) == ("aerial", ("peace", "trade"), "drone")
    assert event.when == second.when
    assert event.mentions[1].trigger_span == Span(2, 10)

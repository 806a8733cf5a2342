"""What an event takes from those around it: what it answers, what it results from, what it excludes."""

from __future__ import annotations

import pytest

RAID = "Kenyan troops attacked a Somali base on Monday. "


@pytest.mark.parametrize("text", [
    RAID + "Somalia launched retaliatory strikes on Kenya on Tuesday.",
    RAID + "In retaliation, Somalia shelled Kenya on Tuesday.",
    RAID + "In response, Somalia shelled Kenya on Tuesday.",
])  # fmt: skip
def test_a_retaliation_answers_what_was_done_to_its_actor(tell, text):
    first, second = tell(text).all("ASSAULT")
    assert second.in_response_to == (first.key,)
    assert first.in_response_to == ()


def test_a_retaliation_without_a_recipient_is_against_who_did_what_it_answers(tell):
    _, second = tell(RAID + "Somalia carried out retaliatory air strikes on Tuesday.").all("ASSAULT")
    [recipient] = second.recipients
    assert (recipient.actor.country, recipient.mention) == ("KEN", None)


def test_who_was_not_hit_does_not_retaliate(tell):
    told = tell(RAID + "Uganda launched retaliatory strikes on Chad on Tuesday.")
    assert [e.in_response_to for e in told.all("ASSAULT")] == [(), ()]


def test_a_result_is_written_on_its_cause_and_done_by_who_did_that(tell):
    told = tell("Kenya bombed a Somali town on 13 May 2024. As a result, 40 Somali soldiers were killed on the spot.")
    first, second = told.all("ASSAULT")
    assert first.causes == (second.key,)
    assert [p.actor.name for p in second.actors] == ["Kenya"]
    assert second.when.edtf == "2024-05-13~"
    assert second.quantities[0].value == 40


def test_a_sentence_without_such_an_opening_is_no_result(tell):
    told = tell("Kenya bombed a Somali town on Monday. Uganda bombed a Somali port on Monday.")
    assert [e.causes for e in told.all("ASSAULT")] == [(), ()]


def test_only_one_of_the_states_that_were_planned_denies_the_others(tell):
    told = tell("The plan provided for two states, but only the Republic of Kenya was founded in 1963.")
    founded, other = told.all("Founding")
    assert (founded.status.value, other.status.value) == ("Occurred", "NotOccurred")
    assert (other.actors, other.mentions[0].trigger) == ((), "only")


def test_a_founding_without_only_denies_nothing(tell):
    told = tell("The Republic of Kenya was founded in 1963.")
    assert [e.status.value for e in told.all("Founding")] == ["Occurred"]


def test_a_place_is_where_the_event_happened(tell):
    told = tell("Kenya held talks with Somalia in Cairo on Monday.")
    assert told.one("CONSULT").place.name == "Cairo"


def test_topics_are_what_talks_are_about(tell):
    told = tell("Kenya held talks with Somalia on trade and fishing rights on Monday.")
    assert told.one("CONSULT").topics == ("trade and fishing rights",)


def test_the_object_of_to_discuss_is_a_topic(tell):
    told = tell("The Kenyan president discussed fishing rights in a phone call with Somalia on Monday.")
    assert any("fishing rights" in e.topics for e in told.all("CONSULT"))


@pytest.mark.parametrize("text", [
    "Kenya is bombing Somali towns.",
    "Kenya continues to bomb Somali towns.",
])  # fmt: skip
def test_what_goes_on_is_ongoing(tell, text):
    assert tell(text).one("ASSAULT").mentions[0].ongoing


def test_keys_depend_on_the_text_and_the_place_alone(tell):
    text = "Kenya attacked Somalia on Monday."
    assert [e.key for e in tell(text).events] == [e.key for e in tell(text, published=None).events]
    assert len({e.key for e in tell(f"{text} {text}").events}) == 2

"""Events taken up again by words that name no sides."""

from __future__ import annotations

import pytest

WAR = "Uganda voiced concern about the Ethiopian-Eritrean conflict. "
TALKS = "Kenyan President William Ruto held talks with Somali President Hassan Sheikh Mohamud on Monday. "


def mentions(told, kind):
    return [m.sentence for m in told.one(kind).mentions]


@pytest.mark.parametrize("text", [
    "Kenya offered its help to end the conflict.",
    "The bloodshed must stop, Kenya said.",
    "Kenya sent an envoy. Chad spoke of the conflict.",
])  # fmt: skip
def test_the_conflict_is_the_one_told_before(tell, text):
    told = tell(WAR + text)
    assert len(mentions(told, "Conflict")) == 2
    assert told.who("Conflict")[0] == {"ETH", "ERI"}


@pytest.mark.parametrize("text", [
    "Kenya warned of a conflict.",
    "Kenya spoke of the conflict between Chad and Libya.",
])  # fmt: skip
def test_another_conflict_is_no_mention_of_the_first(tell, text):
    first = tell(WAR + text).all("Conflict")[0]
    assert len(first.mentions) == 1


def test_where_two_conflicts_were_told_the_conflict_is_neither(tell):
    told = tell(WAR + "Chad spoke of the conflict between Mali and Niger. Kenya hopes to end the conflict.")
    assert [len(e.mentions) for e in told.all("Conflict")] == [1, 1]


def test_a_sentence_takes_an_event_up_once(tell):
    told = tell(WAR + "The conflict is no war, but the conflict kills, Kenya said.")
    assert len(mentions(told, "Conflict")) == 2


def test_what_was_discussed_was_discussed_in_the_talks_told_before(tell):
    told = tell(TALKS + "Questions of trade and security were discussed in detail.")
    assert len(mentions(told, "CONSULT")) == 2
    assert told.who("CONSULT")[0] == {"KEN", "SOM"}


def test_talks_two_sentences_back_are_not_taken_up(tell):
    told = tell(TALKS + "Rain fell in Nairobi. Questions of trade were discussed in detail.")
    assert len(mentions(told, "CONSULT")) == 1


def test_what_is_denied_takes_up_nothing_that_happened(tell):
    told = tell(TALKS + "Questions of trade were not discussed.")
    assert len(mentions(told, "CONSULT")) == 1


def test_a_partition_that_is_planned_has_the_day_of_its_second_mention(tell):
    told = tell("The UN General Assembly voted in 1950 to divide Libya into three states. "
                "The partition was planned to take place in June 1952.")  # fmt: skip
    event = told.one("Partition")
    assert (len(event.mentions), event.status, event.when.edtf) == (2, "Expected", "1952-06")


def test_a_protectorate_that_ends_is_told_with_its_end(tell):
    told = tell("The king of France-ruled Morocco came home to Rabat. The French protectorate ended in March 1956.")
    rule, end = told.one("Governance"), told.one("Expiry")
    assert (len(rule.mentions), rule.status, rule.when.edtf) == (2, "Occurred", "../1956-03")
    assert (end.status, end.when.edtf) == ("Occurred", "1956-03")
    assert {p.actor.country for p in end.actors} == {"FRA"}


def test_a_rule_due_to_end_has_not_ended(tell):
    told = tell("Ministers met in 1954 in Morocco, where French rule was due to end in March 1956.")
    assert told.one("Expiry").status == "Expected"

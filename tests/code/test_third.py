"""Who stands beside the sides of talks, deals, releases and complaints, and is no side."""

import pytest

from kg.annotate import annotate
from kg.code import FrameCoder
from kg.model import Article
from kg.resolve import resolve


def beside(event):
    return {(p.role, p.actor.name) for p in event.third_parties}


def countries(people):
    return {p.actor.country or p.actor.name for p in people}


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("Kenya and Chad signed a Qatari-brokered treaty on Monday.", ("mediator", "QAT")),
        ("Kenya and Chad signed a U.S.-brokered treaty on Monday.", ("mediator", "USA")),
        ("Kenya and Chad signed a treaty brokered by Oman.", ("mediator", "OMN")),
        ("Kenya and Chad signed a treaty guaranteed by Norway.", ("guarantor", "NOR")),
        ("Kenya and Chad signed a treaty that Oman had drafted.", ("mediator", "OMN")),
        ("Kenya and Chad signed a treaty under Libyan auspices.", ("mediator", "LBY")),
        ("Kenya and Chad signed a treaty under the auspices of the African Union.", ("mediator", "African Union")),
        ("Kenya and Chad signed a treaty in the presence of Norway's ambassador.", ("witness", "NOR")),
        ("Kenya and Chad signed a treaty on Monday, with Norway looking on.", ("witness", "NOR")),
        ("Kenya and Chad signed a treaty on Monday, with Oman as host.", ("host", "OMN")),
    ],
)
def test_words_beside_a_signing_name_who_stands_by(tell, text, party):
    event = tell(text).one("SUPPORT")
    assert {(p.role, p.actor.country or p.actor.name) for p in event.third_parties} == {party}
    assert countries(event.actors) == {"KEN", "TCD"}


@pytest.mark.parametrize(
    "text",
    [
        "Kenya and Chad met through Omani mediation on Monday.",
        "Kenya and Chad held talks on Monday, with Oman in the chair.",
        "Oman brought Kenya and Chad together on Monday.",
    ],
)
def test_talks_at_which_somebody_stands_between_are_mediated(tell, text):
    event = tell(text).one("CONSULT")
    assert countries(event.actors) == {"KEN", "TCD"}
    assert (event.mode, event.cameo) in {("third-party", "045"), ("third-party", "044")}
    assert {name for _, name in beside(event)} == {"Oman"}


def test_both_sides_of_joint_mediation_stand_by(tell):
    event = tell("Kenya and Chad signed a treaty under American and Norwegian mediation.").one("SUPPORT")
    assert countries(event.third_parties) == {"USA", "NOR"}


def test_a_mediation_takes_the_sides_that_the_talks_before_had(tell):
    first, second = tell("Kenya and Chad held talks on Monday. Oman mediated.").all("CONSULT")
    assert countries(first.actors) == countries(second.actors) == {"KEN", "TCD"}
    assert beside(second) == {("mediator", "Oman")}


def test_whoever_hosts_one_visitor_is_a_side(tell):
    event = tell("The president of Oman hosted the president of Chad on Monday.").one("CONSULT")
    assert event.mode == "visit"
    assert (countries(event.actors), countries(event.recipients)) == ({"TCD"}, {"OMN"})
    assert not event.third_parties


def test_a_side_that_wrote_the_plan_stays_a_side(tell):
    event = tell("Kenya signed a treaty with Chad that Chad had drafted.").one("SUPPORT")
    assert countries(event.actors) == {"KEN", "TCD"}
    assert not event.third_parties


def test_whoever_receives_the_freed_for_another_carries_them(tell):
    event = tell("Rebels in Chad handed over six prisoners to the Red Cross on Monday.").one("RETREAT")
    assert beside(event) == {("intermediary", "ICRC")}
    assert "ICRC" not in countries(event.recipients)


def test_a_court_is_not_whom_a_complaint_is_against(tell):
    event = tell("Kenya lodged a complaint against Chad with the World Trade Organization.").one("ACCUSE")
    assert beside(event) == {("adjudicator", "WTO")}
    assert countries(event.recipients) == {"TCD"}


def test_what_the_heads_learn_from_has_no_third_parties_set_apart():
    text = "Kenya and Chad signed a treaty in the presence of Norway's ambassador."
    [annotated] = annotate([Article(id="told", text=text)])
    events, _ = FrameCoder(final=False)(annotated, resolve(annotated))
    [signed] = [e for e in events if e.type == "SUPPORT"]
    assert not signed.third_parties

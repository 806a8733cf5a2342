"""How a sentence presents an event: asserted, planned, asked for, denied, supposed."""

from __future__ import annotations

import pytest

ASSAULTS = [
    ("Kenya attacked Somalia.", "Asserted", True),
    ("Kenya has attacked Somalia.", "Asserted", True),
    ("Somalia was attacked by Kenya.", "Asserted", True),
    ("Kenya will attack Somalia.", "Scheduled", True),
    ("Kenya will not attack Somalia.", "Scheduled", False),
    ("Kenya is to attack Somalia.", "Scheduled", True),
    ("Kenya plans to attack Somalia.", "Intended", True),
    ("Kenya may attack Somalia.", "Conditional", True),
    ("Kenya could attack Somalia.", "Conditional", True),
    ("If Kenya attacks Somalia, Ethiopia will respond.", "Conditional", True),
    ("Rwanda will stay unless Kenya attacks Somalia.", "Conditional", True),
    ("Kenya did not attack Somalia.", "Asserted", False),
    ("Kenya didn't attack Somalia.", "Asserted", False),
    ("Kenya never attacked Somalia.", "Asserted", False),
    ("Neither Kenya nor Chad attacked Somalia.", "Asserted", False),
    ("Kenya crossed the border without attacking Somalia.", "Asserted", False),
    ("Kenya refused to attack Somalia.", "Asserted", False),
    ("Kenya denied attacking Somalia.", "Asserted", False),
    ("Kenya denied that it attacked Somalia.", "Asserted", False),
    ("Kenya did not deny attacking Somalia.", "Asserted", True),
    ("Kenya stopped short of attacking Somalia.", "Asserted", False),
    ("Kenya not only attacked Somalia but also Ethiopia.", "Asserted", True),
    ("Kenya does not plan to attack Somalia.", "Intended", False),
    ("Kenya flew troops to Chad to attack Somalia.", "Intended", True),
    ("Kenya met Chad on Monday before attacking Somalia.", "Asserted", True),
    ("Kenya, which attacked Somalia, has denied a visit to Chad.", "Asserted", True),
]


@pytest.mark.parametrize(("text", "factuality", "positive"), ASSAULTS, ids=[t for t, _, _ in ASSAULTS])
def test_an_act_is_presented_as_the_words_around_it_say(tell, text, factuality, positive):
    assert tell(text).how("ASSAULT") == (factuality, positive)


WITHDRAWALS = [
    ("Kenya withdrew its troops from Somalia.", "Asserted", True),
    ("Kenya agreed to withdraw its troops from Somalia.", "Promised", True),
    ("Kenya promised to withdraw its troops from Somalia.", "Promised", True),
    ("Kenya has not agreed to withdraw its troops from Somalia.", "Promised", False),
    ("Kenya has not offered Ethiopia to withdraw its troops from Somalia.", "Promised", False),
    ("Kenya proposed to withdraw its troops from Somalia.", "Proposed", True),
    ("Kenya should withdraw its troops from Somalia.", "Desired", True),
    ("Kenya failed to withdraw its troops from Somalia.", "Asserted", False),
    ("Kenya called on Ethiopia to withdraw its troops from Somalia.", "Requested", True),
]


@pytest.mark.parametrize(("text", "factuality", "positive"), WITHDRAWALS, ids=[t for t, _, _ in WITHDRAWALS])
def test_what_is_agreed_asked_for_or_proposed_has_not_happened(tell, text, factuality, positive):
    assert tell(text).how("RETREAT") == (factuality, positive)


VISITS = [
    ("A planned visit by the Kenyan president to Somalia drew crowds.", "Scheduled", True),
    ("A cancelled visit by the Kenyan president to Somalia was on the agenda.", "Asserted", False),
    ("The Kenyan president visited Somalia on Monday.", "Asserted", True),
]


@pytest.mark.parametrize(("text", "factuality", "positive"), VISITS, ids=[t for t, _, _ in VISITS])
def test_an_adjective_says_whether_a_visit_took_place(tell, text, factuality, positive):
    assert tell(text).how("CONSULT") == (factuality, positive)


def test_an_invitation_has_the_visit_that_it_is_for_as_its_content(tell):
    told = tell("Kenya invited the Somali president to visit Nairobi.")
    assert told.how("CONSULT") == ("Invited", True)
    assert told.one("AGREE").content == (told.one("CONSULT").key,)


def test_what_a_side_says_of_its_own_future_is_a_promise(tell):
    assert tell("Kenya said it would withdraw its troops from Somalia.").how("RETREAT") == ("Promised", True)


def test_what_another_says_of_a_side_is_no_promise(tell):
    assert tell("Chad said Kenya would withdraw its troops from Somalia.").how("RETREAT") == ("Scheduled", True)


def test_an_accusation_does_not_assert_what_it_alleges(tell):
    told = tell("Kenya accused Somalia of attacking Ethiopia.")
    assert told.one("ACCUSE").status.value == "Occurred"
    assert all(e.status.value == "Hypothetical" for e in told.all("ASSAULT"))


def test_a_threat_does_not_assert_what_it_threatens(tell):
    told = tell("Kenya threatened to attack Somalia.")
    assert told.one("THREATEN").status.value == "Occurred"
    assert all(e.status.value == "Hypothetical" for e in told.all("ASSAULT"))


def test_a_call_for_a_truce_is_no_truce(tell):
    told = tell("Kenya called for a ceasefire in Somalia.")
    assert told.one("REQUEST").status.value == "Occurred"
    assert all(e.status.value == "Hypothetical" for e in told.all("RETREAT"))


def test_no_agreement_signed_is_an_agreement_denied(tell):
    events = [e for e in tell("Kenya signed no agreement with Somalia.").events if e.is_plover]
    assert [e.status.value for e in events] == ["NotOccurred"]


def test_the_label_says_how_an_event_that_did_not_happen_is_told(tell):
    assert tell("Kenya did not attack Somalia.").one("ASSAULT").label.endswith("(did not happen)")
    assert tell("Kenya will attack Somalia.").one("ASSAULT").label.endswith("(planned)")
    assert tell("Kenya attacked Somalia.").one("ASSAULT").label == "Kenya · attacked · Somalia"

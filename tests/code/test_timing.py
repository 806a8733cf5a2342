"""When an event happened."""

from __future__ import annotations

from datetime import date

import pytest

from kg.code.presented import Presented
from kg.code.timing import about, background, by_publication, not_after
from kg.model import Factuality, When

DAY = date(2024, 5, 15)


@pytest.mark.parametrize(("text", "edtf"), [
    ("Kenya attacked Somalia on Monday.", "2024-05-13"),
    ("On 3 May Kenya attacked Somalia.", "2024-05-03"),
    ("Uganda said on Tuesday that Kenya attacked Somalia on Sunday.", "2024-05-12"),
    ("Kenya, which attacked Somalia on Sunday, spoke on Tuesday.", "2024-05-12"),
    ("On Monday Kenya and its ally attacked Somalia.", "2024-05-13"),
    ("Kenya attacked Somalia in 1977.", "1977"),
])  # fmt: skip
def test_the_time_is_that_of_the_events_own_clause(tell, text, edtf):
    assert tell(text).one("ASSAULT").when.edtf == edtf


@pytest.mark.parametrize("text", [
    "Uganda said on Tuesday that Kenya attacked Somalia.",
    "Kenya attacked Somalia.",
])  # fmt: skip
def test_without_a_time_of_its_own_a_fact_is_no_later_than_its_report(tell, text):
    when = tell(text).one("ASSAULT").when
    assert (when.edtf, when.begin, when.resolution) == ("../2024-05-15", None, "PublicationDate")


@pytest.mark.parametrize(("text", "kind", "edtf"), [
    ("On 3 May 2023, when Kenya attacked Somalia, the schools were closed.", "ASSAULT", "2023-05-03"),
    ("The partition of Libya was planned to take place in June 1952.", "Partition", "1952-06"),
    ("The vote was planned to take place in June 1952, but only the republic of India was proclaimed.", "Founding", "1952-06~"),
])  # fmt: skip
def test_the_time_of_a_clause_is_found_beside_it(tell, text, kind, edtf):
    assert tell(text).all(kind)[0].when.edtf == edtf


def test_the_day_of_a_decision_is_not_that_of_what_was_decided(tell):
    assert (
        tell("The UN General Assembly voted in 1950 to divide Libya into three states.").one("Partition").when is None
    )


def test_without_a_day_of_publication_a_fact_without_a_time_has_none(tell):
    assert tell("Kenya attacked Somalia.", published=None).one("ASSAULT").when is None


@pytest.mark.parametrize("text", ["Kenya will attack Somalia.", "Kenya did not attack Somalia."])
def test_what_has_not_happened_is_not_dated_by_the_report(tell, text):
    assert tell(text).one("ASSAULT").when is None


def test_a_plan_has_the_day_that_it_is_for(tell):
    assert tell("Kenya will attack Somalia on 3 June 2024.").one("ASSAULT").when.edtf == "2024-06-03"


def test_what_happened_before_the_month_before_the_report_is_background(tell):
    assert tell("Kenya attacked Somalia in 1977.").one("ASSAULT").mentions[0].background
    assert not tell("Kenya attacked Somalia on Monday.").one("ASSAULT").mentions[0].background


@pytest.mark.parametrize(("end", "expected"), [
    (date(2024, 3, 31), True), (date(2024, 4, 1), False), (date(2024, 5, 14), False), (None, False),
])  # fmt: skip
def test_the_month_before_the_report_is_not_yet_background(end, expected):
    assert background(When(edtf="x", end=end), DAY) is expected
    assert not background(When(edtf="x", end=end), None)
    assert not background(None, DAY)


def test_a_fact_cannot_lie_after_its_report():
    later = When(edtf="2024-06-01", begin=date(2024, 6, 1), end=date(2024, 6, 1), precision="Day")
    assert not_after(later, DAY, Presented()).edtf == "../2024-05-15"
    assert not_after(later, DAY, Presented(Factuality.SCHEDULED)) == later
    assert not_after(later, None, Presented()) == later
    assert not_after(later, DAY, Presented(positive=False)) == later


def test_a_result_is_dated_about_the_time_of_its_cause():
    assert about(When(edtf="2024-05-03", precision="Day")).edtf == "2024-05-03~"
    assert about(When(edtf="2024-05-03~")).edtf == "2024-05-03~"
    assert about(When(edtf="2024-05-03/2024-05-04")).edtf == "2024-05-03/2024-05-04"
    assert by_publication(DAY).edtf == "../2024-05-15"

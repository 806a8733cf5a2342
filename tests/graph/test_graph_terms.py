from __future__ import annotations

from datetime import UTC, date, datetime

import pyoxigraph as ox
import pytest

from kg.errors import UsageError
from kg.graph.agreements import agreement_triples
from kg.graph.entities import actor_triples, place_triples
from kg.graph.terms import dk, known_day, link_or_text, moment, number, ratio, text
from kg.graph.times import time_triples
from kg.model import Actor, Agreement, Participant, Place, When


def local(term: ox.NamedNode) -> str:
    return term.value.replace("#", "/").rpartition("/")[2]


@pytest.mark.parametrize(
    ("value", "datatype"),
    [
        ("2023-11-24", "date"),
        ("2023-02-29", "EDTF"),
        ("2023-11", "EDTF"),
        ("1947", "EDTF"),
        ("2023-11-24~", "EDTF"),
    ],
)
def test_only_an_existing_day_is_a_date(value: str, datatype: str) -> None:
    literal = known_day(value)
    assert (literal.value, local(literal.datatype)) == (value, datatype)


@pytest.mark.parametrize(
    ("value", "linked"),
    [
        ("https://example.org/a?b=1", True),
        ("http://example.org/with space", False),
        ("javascript:alert(1)", False),
        ("CC BY 4.0", False),
    ],
)
def test_only_a_whole_web_address_becomes_a_link(value: str, linked: bool) -> None:
    term = link_or_text(value)
    assert isinstance(term, ox.NamedNode) is linked
    assert term.value == value


@pytest.mark.parametrize(("value", "written"), [(1, "1"), (0, "0"), (0.85, "0.85"), (1 / 3, "0.3333"), (0.99999, "1")])
def test_a_score_has_one_spelling(value: float, written: str) -> None:
    assert ratio(value).value == written


@pytest.mark.parametrize(("value", "datatype"), [(1200.0, "integer"), (0.5, "double"), (1e15, "integer")])
def test_a_whole_number_is_an_integer(value: float, datatype: str) -> None:
    assert local(number(value).datatype) == datatype


def test_codes_and_quotes_are_plain_strings() -> None:
    assert local(text("041").datatype) == "string"
    assert text("041").value == "041"


def test_a_moment_in_utc_ends_in_z() -> None:
    assert moment(datetime(2024, 1, 2, 3, 4, tzinfo=UTC)).value == "2024-01-02T03:04:00Z"


def test_a_term_that_the_ontology_has_not_is_refused() -> None:
    with pytest.raises(UsageError, match="did you mean 'actor'"):
        dk("actr")


@pytest.mark.parametrize(
    ("when", "stamps"),
    [
        (When(edtf="2023-12-22", begin=date(2023, 12, 22), end=date(2023, 12, 22)), ["hasBeginTimeStamp", "hasEndTimeStamp"]),
        (When(edtf="2023-11-24/2023-12-01", begin=date(2023, 11, 24), end=date(2023, 12, 1)), ["hasBeginTimeStamp", "hasEndTimeStamp"]),
        (When(edtf="1947", begin=date(1947, 1, 1), end=date(1947, 12, 31)), ["hasEarliestBeginTimeStamp", "hasLatestEndTimeStamp"]),
        (When(edtf="2023-12-22~", end=date(2023, 12, 22)), ["hasLatestEndTimeStamp"]),
        (When(edtf="2023-12-22/..", begin=date(2023, 12, 22)), ["hasEarliestBeginTimeStamp"]),
        (When(edtf="XXXX-10-07"), []),
        (When(edtf="../.."), []),
    ],
)  # fmt: skip
def test_time_stamps_say_no_more_than_the_text(when: When, stamps: list[str]) -> None:
    found = [local(t.predicate) for t in time_triples("https://example.org/e", when)]
    assert [name for name in found if name.endswith("Stamp")] == stamps


def test_an_actor_of_an_unknown_kind_is_still_an_actor() -> None:
    found = list(actor_triples(Actor(id="x", name="X", kind="other")))
    assert [t.object.value.rpartition("/")[2] for t in found] == ["Actor", "X"]


def test_a_country_gets_no_class_that_a_state_has_not() -> None:
    place = list(place_triples(Place(id="x", name="X", kind="country")))
    assert [local(t.object) for t in place if local(t.predicate) == "type"] == ["Place"]
    assert place[0].object.value.startswith("http://semanticweb.cs.vu.nl/")


def test_an_agreement_without_steps_or_dates_has_a_status_and_its_parties() -> None:
    party = Participant(actor=Actor(id="x", name="X", kind="state"))
    deal = Agreement(key="a", label="Deal", kind="deal", parties=(party,), mediators=(party,), valid_from="2023-11")
    found = {local(t.predicate) for t in agreement_triples(deal, {}, {})}
    assert {"agreementStatus", "party", "mediator", "validFrom"} <= found
    assert not found & {"validThrough", "statusChange", "mediated", "produces"}

"""The user's article, end to end: what a careful reader finds in it, and ten traps.

The expectations were coded by hand from the article. Labels and ids are the program's own; what is compared is
the meaning: who, what, when, whether it happened, and who says so.
"""

from __future__ import annotations

import pytest

from kg.model import Coded, Status
from tests.seed.meaning import HAPPENED, countries, events, names


def test_every_quote_equals_the_text_at_its_offsets(coded: Coded) -> None:
    mentions = [m for e in coded.events for m in e.mentions]
    assert mentions
    assert all(m.quote == m.span.of(coded.article.text) for m in mentions)
    assert all(m.trigger == m.trigger_span.of(coded.article.text) for m in mentions)


# The ten traps


def test_the_visit_is_invited_and_has_not_happened(coded: Coded) -> None:
    [visit] = events(coded, "CONSULT", mode="visit")
    assert visit.status is Status.EXPECTED
    assert names(visit.actors) == {"Mahmoud Abbas"}
    assert countries(visit.recipients) == {"RUS"}


def test_the_terms_of_the_deal_are_not_reported_as_done(coded: Coded) -> None:
    terms = [e for e in coded.events if 13 in {m.sentence for m in e.mentions} and e.type in ("AID", "RETREAT")]
    exchange_and_aid = [e for e in terms if e.mode != "ceasefire"]
    assert exchange_and_aid
    assert all(e.status is Status.EXPECTED for e in exchange_and_aid)


def test_the_other_state_was_not_established(coded: Coded) -> None:
    founded = {e.status for e in events(coded, "Founding", sentence=17)}
    assert founded == {Status.OCCURRED, Status.NOT_OCCURRED}


def test_continued_supplies_are_a_promise_and_a_confirmed_invitation_is_no_visit(coded: Coded) -> None:
    [supplies] = events(coded, "AID", sentence=5)
    assert supplies.status is Status.EXPECTED
    [confirmed] = [e for e in events(coded, "AGREE", sentence=8) if e.status in HAPPENED]
    assert (names(confirmed.actors), names(confirmed.recipients)) == ({"Vladimir Putin"}, {"Mahmoud Abbas"})


def test_the_toll_in_the_enclave_is_what_local_authorities_say(coded: Coded) -> None:
    [toll] = [e for e in events(coded, "ASSAULT", sentence=12) if e.quantities]
    [mention] = toll.mentions
    assert "authorities" in mention.attributed_to[0].actor.name
    assert mention.attributed_to[0].actor.country == "PSE"


def test_the_seat_of_the_presidency_the_state_and_the_enclave_are_kept_apart(coded: Coded) -> None:
    ids = {a.id for link in coded.links for a in link.actors}
    assert {"russia", "kremlin", "palestine"} <= ids
    text = coded.article.text
    enclave = [link for link in coded.links if link.span.of(text) in ("the enclave", "the Palestinian enclave")]
    assert len(enclave) == 2
    assert {link.place.name for link in enclave if link.place} == {"Gaza Strip"}


def test_the_repeated_paragraph_tells_one_call(coded: Coded) -> None:
    [call] = events(coded, "CONSULT", mode="phone")
    assert names(call.actors) == {"Vladimir Putin", "Mahmoud Abbas"}
    assert {m.sentence for m in call.mentions} >= {1, 2, 3}
    assert call.status is Status.OCCURRED


def test_a_sentence_broken_by_a_newline_is_one(coded: Coded) -> None:
    [broken] = [s for s in coded.sentences if "\n" in s.span.of(coded.article.text)]
    found = events(coded, "ASSAULT", sentence=broken.number)
    assert len(found) == 3
    assert all("ISR" in countries(e.recipients) for e in found)


def test_friday_dates_the_statement_and_the_call_is_on_or_before_it(coded: Coded) -> None:
    [call] = events(coded, "CONSULT", mode="phone")
    assert call.when is not None
    assert call.when.edtf == "../2023-12-22"
    said = [e for e in events(coded, "Statement") if names(e.actors) == {"Kremlin"}]
    assert "2023-12-22" in {e.when.edtf for e in said if e.when}


def test_the_year_comes_from_the_metadata_alone(coded: Coded) -> None:
    from dataclasses import replace

    from kg import code

    [undated] = code([replace(coded.article, published=None)])
    times = {e.when.edtf for e in undated.events if e.when}
    assert "XXXX-10-07" in times
    assert not {t for t in times if "2023" in t}


# What must be found: sentence, type, actors, recipients (by country or name), happened

TIER_ONE = [
    (1, "CONSULT", {"RUS", "PSE"}, set(), "happened"),
    (5, "AID", {"RUS"}, set(), "expected"),
    (6, "SUPPORT", {"RUS"}, {"PSE"}, "happened"),
    (8, "AGREE", {"RUS"}, {"PSE"}, "happened"),
    (8, "CONSULT", {"PSE"}, {"RUS"}, "expected"),
    (9, "ASSAULT", {"PSE"}, {"ISR"}, "happened"),
    (10, "ASSAULT", {"PSE"}, {"ISR"}, "happened"),
    (11, "ASSAULT", {"ISR"}, {"PSE"}, "happened"),
    (11, "COERCE", {"ISR"}, {"PSE"}, "happened"),
    (12, "ASSAULT", {"ISR"}, {"PSE"}, "happened"),
    (13, "CONSULT", {"ISR", "PSE"}, set(), "happened"),
    (13, "AGREE", {"ISR", "PSE"}, set(), "happened"),
    (13, "RETREAT", {"ISR", "PSE"}, set(), "happened"),
    (13, "AID", set(), set(), "expected"),
    (14, "RETREAT", {"ISR", "PSE"}, set(), "happened"),
    (15, "REQUEST", {"RUS"}, {"ISR", "PSE"}, "happened"),
    (15, "SUPPORT", {None}, set(), "happened"),
    (16, "SUPPORT", {None}, set(), "happened"),
    (4, "Conflict", {"ISR", "PSE"}, set(), "happened"),
    (1, "Statement", {"RUS"}, set(), "happened"),
    (7, "Statement", {"RUS", "PSE"}, set(), "happened"),
    (14, "Expiry", {"ISR", "PSE"}, set(), "happened"),
    (15, "Statement", {"RUS"}, set(), "happened"),
    (17, "Founding", {"ISR"}, set(), "happened"),
]


@pytest.mark.parametrize(("sentence", "kind", "actors", "recipients", "status"), TIER_ONE)
def test_the_event_is_found(
    coded: Coded, sentence: int, kind: str, actors: set[str], recipients: set[str], status: str
) -> None:
    wanted = HAPPENED if status == "happened" else (Status.EXPECTED,)
    fitting = [
        e
        for e in events(coded, kind, sentence=sentence)
        if e.status in wanted and actors <= countries(e.actors) and recipients <= countries(e.recipients)
    ]
    assert fitting


def test_qatar_stands_between_the_sides_and_is_none_of_them(coded: Coded) -> None:
    [mediation] = events(coded, "CONSULT", sentence=13)
    assert {(p.role, p.actor.name) for p in mediation.third_parties} == {("mediator", "Qatar")}
    assert names(mediation.actors) == {"Israel", "Hamas"}


def test_nobody_is_said_to_have_struck_where_the_text_has_none(coded: Coded) -> None:
    pairs = {
        (a, r)
        for e in coded.events
        if e.type == "ASSAULT" and e.status in HAPPENED
        for a in countries(e.actors)
        for r in countries(e.recipients)
    }
    assert pairs == {("PSE", "ISR"), ("ISR", "PSE")}

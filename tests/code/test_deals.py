"""Deals: parties, mediators, terms, and what becomes of them."""

from __future__ import annotations


def test_a_truce_has_its_sides_as_parties_and_who_brokered_it_as_mediator(tell):
    for text in (
        "Qatar brokered a truce between Kenya and Somalia.",
        "A truce between Kenya and Somalia brokered by Qatar took effect on Friday.",
    ):
        [agreement] = tell(text).agreements
        assert {p.actor.name for p in agreement.parties} == {"Kenya", "Somalia"}
        assert [p.actor.name for p in agreement.mediators] == ["Qatar"]
        assert agreement.status == "InForce"


def test_a_mediator_is_no_party_to_what_it_brokers(tell):
    told = tell("Qatar brokered a truce between Kenya and Somalia.")
    for event in told.all("RETREAT"):
        assert "Qatar" not in {p.actor.name for p in event.actors}
        assert ("Qatar", "mediator") in {(p.actor.name, p.role) for p in event.third_parties}


def test_terms_of_a_deal_are_agreed_and_not_done(tell):
    told = tell("Kenya and Somalia reached a deal on the release of 50 prisoners.")
    assert told.how("RETREAT") == ("Agreed", True)
    assert told.one("RETREAT").status.value == "Expected"
    assert told.who("RETREAT")[0] == {"KEN", "SOM"}


def test_an_agreement_that_is_extended_changes_its_status(tell):
    told = tell("Kenya and Somalia reached a truce on 6 May 2024. The truce was extended on 9 May 2024.")
    [agreement] = told.agreements
    assert (agreement.valid_from, agreement.valid_through, agreement.status) == ("2024-05-06", None, "Extended")
    extended = next(e for e in told.events if e.key == agreement.changes[-1].event)
    assert {p.actor.name for p in extended.actors} == {"Kenya", "Somalia"}


def test_an_agreement_that_has_expired_has_an_end(tell):
    told = tell(
        "Kenya and Somalia reached a truce on 6 May 2024. The truce was extended on 9 May 2024. "
        "The truce expired on 12 May 2024."
    )
    [agreement] = told.agreements
    assert [c.after for c in agreement.changes] == ["InForce", "Extended", "Expired"]
    assert (agreement.valid_from, agreement.valid_through) == ("2024-05-06", "2024-05-12")


def test_it_takes_up_the_agreement_told_before(tell):
    told = tell("Kenya and Somalia reached a truce on 6 May 2024. It expired on 12 May 2024.")
    assert [a.status for a in told.agreements] == ["Expired"]


def test_it_takes_up_no_agreement_where_none_was_told(tell):
    assert tell("Kenya attacked Somalia. It expired on 12 May 2024.").all("Expiry") == []


def test_an_agreement_told_only_at_its_end_has_the_parties_that_it_was_between(tell):
    [agreement] = tell("The truce between Kenya and Somalia expired on 12 May 2024.").agreements
    assert {p.actor.name for p in agreement.parties} == {"Kenya", "Somalia"}
    assert agreement.status == "Expired"


def test_a_deal_of_one_side_is_no_agreement(tell):
    assert tell("Kenya signed an agreement on Monday.").agreements == ()


def test_a_deal_that_was_not_made_is_no_agreement(tell):
    assert tell("Kenya and Somalia did not sign an agreement.").agreements == ()
    assert tell("Kenya and Somalia will sign an agreement.").agreements == ()


def test_the_card_that_expired_is_no_agreement(tell):
    told = tell("Kenya met Somalia on Monday. The president's library card expired.")
    assert told.all("Expiry") == []


def test_a_sentence_that_tells_two_changes_speaks_of_the_truce_once(tell):
    text = "Norway mediated a deal between Kenya and Somalia on a truce. The truce was extended twice and expired on 3 May."
    [truce] = [e for e in tell(text).all("RETREAT") if e.mentions[0].rule == "retreat.ceasefire"]
    assert len(truce.mentions) == 2

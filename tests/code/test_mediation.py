"""Who stands between the sides, and which sides."""


def third_party_events(events):
    return [e for e in events if e.type == "CONSULT" and e.mode == "third-party"]


def names(people):
    return {p.actor.name for p in people}


def test_a_mediation_takes_the_sides_of_the_deal_told_before(tell):
    coded = tell("Kenya and Somalia signed a treaty in Doha on Monday. Qatar mediated the talks.")
    [mediation] = third_party_events(coded.events)
    assert names(mediation.actors) == {"Kenya", "Somalia"}
    assert [(p.role, p.actor.name) for p in mediation.third_parties] == [("mediator", "Qatar")]


def test_the_deal_of_those_sides_gets_the_mediator(tell):
    coded = tell("Kenya and Somalia signed a treaty in Doha on Monday. Qatar mediated the talks.")
    [treaty] = coded.agreements
    assert names(treaty.mediators) == {"Qatar"}


def test_a_mediation_that_names_its_sides_keeps_them(tell):
    coded = tell("Kenya and Somalia signed a treaty on Monday. Oman mediated between Mali and Niger.")
    [mediation] = third_party_events(coded.events)
    assert names(mediation.actors) == {"Mali", "Niger"}
    assert coded.agreements[0].mediators == ()


def test_a_mediator_alone_is_all_that_is_known(tell):
    [mediation] = third_party_events(tell("Oman mediated for three weeks.").events)
    assert names(mediation.actors) == {"Oman"}


def test_the_sides_are_those_that_the_article_opened_with(tell):
    coded = tell(
        "Kenya and Somalia signed a treaty on Monday. Oman and Qatar sent observers. "
        "The two sides also agreed to open the border."
    )
    [agreed] = [e for e in coded.events if e.type in ("AGREE", "CONCEDE", "COOPERATE") and e.actors]
    assert names(agreed.actors) == {"Kenya", "Somalia"}

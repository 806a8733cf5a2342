"""Names: states, persons, bodies, places, and those that no table knows."""

from __future__ import annotations

from datetime import date

import pytest


def test_a_full_name_means_the_person_of_the_lexicon(read):
    link = read("Vladimir Putin met Xi Jinping.").link("Vladimir Putin")
    assert [(a.name, a.kind, a.country) for a in link.actors] == [("Vladimir Putin", "person", "RUS")]
    assert (link.rule, link.confidence) == ("name", 1.0)


def test_a_surname_means_the_person_named_in_full_before(read):
    assert read("Anna Berg arrived in Cairo. Berg spoke.").who("Berg") == ["Anna Berg"]


def test_a_family_name_that_comes_first_means_the_person_named_in_full_before(read):
    assert read("Putin met Xi Jinping. He thanked Xi.").who("Xi") == ["Xi Jinping"]


def test_the_surname_of_one_who_held_office_that_day_means_the_holder(read):
    link = read("Lavrov arrived in Cairo.").link("Lavrov")
    assert [a.name for a in link.actors] == ["Sergei Lavrov"]
    assert link.rule in ("name", "office")


def test_another_person_of_the_same_surname_is_another_person(read):
    read_ = read("Ukrainian diplomat Olga Petrova left. Russian diplomat Ivan Petrova came.")
    assert read_.country("Olga Petrova") == "UKR"
    assert read_.country("Ivan Petrova") == "RUS"


@pytest.mark.parametrize(
    "text",
    [
        "Swedish Foreign Minister Anna Berg arrived.",
        "Sweden's Foreign Minister Anna Berg arrived.",
        "Anna Berg, the Swedish foreign minister, arrived.",
        "Anna Berg, the foreign minister of Sweden, arrived.",
        "Swedish diplomat Anna Berg arrived.",
    ],
)
def test_an_unknown_person_has_the_country_of_the_words_beside_the_name(read, text):
    assert read(text).country("Anna Berg") == "SWE"


def test_an_unknown_minister_without_a_country_is_of_the_state_of_the_dateline(read):
    found = read("Interior Minister Anna Berg arrived.", dateline="STOCKHOLM").link("Anna Berg")
    assert found.actors[0].country == "SWE"
    assert found.confidence < 0.9


def test_an_unknown_person_without_any_title_has_no_country(read):
    link = read("Anna Berg arrived.").link("Anna Berg")
    assert link.actors[0].country is None
    assert link.confidence == 0.5


def test_a_name_within_a_longer_one_is_not_the_state(read):
    found = read("Michael Jordan arrived in Amman. Jordan waved.")
    assert found.who("Michael Jordan") == ["Michael Jordan"]
    assert found.who("Jordan") == ["Michael Jordan"]


def test_the_same_word_alone_is_the_state(read):
    assert read("Jordan met Egypt.").country("Jordan") == "JOR"


def test_a_capital_that_acts_means_the_government(read):
    link = read("Moscow condemned the attack.").link("Moscow")
    assert [a.name for a in link.actors] == ["Russia"]
    assert link.rule == "metonym"


def test_a_capital_after_in_means_the_city_and_stands_for_its_state_only_weakly(read):
    link = read("He arrived in Moscow on Monday.").link("Moscow")
    assert (link.place.name, link.place.kind, link.rule) == ("Moscow", "city", "name")
    assert link.confidence <= 0.5


def test_capitals_that_talk_to_each_other_mean_governments(read):
    found = read("Talks between Moscow and Kyiv failed.")
    assert found.who("Moscow") + found.who("Kyiv") == ["Russia", "Ukraine"]


def test_a_state_is_an_actor_and_a_place(read):
    link = read("Kenya met Somalia.").link("Kenya")
    assert link.actors[0].id == link.place.id == "kenya"


def test_a_city_that_is_no_capital_stands_for_its_state_only_weakly(read):
    link = read("Troops shelled Kharkiv.").link("Kharkiv")
    assert (link.place.name, link.actors[0].name, link.confidence) == ("Kharkiv", "Ukraine", 0.5)


def test_a_demonym_before_a_noun_means_the_state(read):
    link = read("A Russian missile hit a bridge.").link("Russian")
    assert ([a.name for a in link.actors], link.rule) == (["Russia"], "demonym")


@pytest.mark.parametrize(("text", "words", "country"), [
    ("Russians left.", "Russians", "RUS"),
    ("The French protested on Monday.", "French", "FRA"),
])  # fmt: skip
def test_a_demonym_that_stands_alone_means_people_of_the_state(read, text, words, country):
    [actor] = read(text).link(words).actors
    assert (actor.kind, actor.country, actor.sector) == ("collective", country, "CVL")


def test_letters_in_brackets_mean_the_name_before_them(read):
    found = read("The Revolutionary Front (RF) attacked a Kenyan base. RF fighters left.")
    assert found.who("RF", 1) == ["Revolutionary Front"]


def test_an_unlisted_movement_with_a_country_in_its_name_is_not_that_state(read):
    found = read("The Revolutionary Front of Mali (RFM) attacked a Kenyan base. RFM fighters left.")
    [front] = found.link("Revolutionary Front of Mali").actors
    assert (front.kind, front.country, front.sector) == ("group", "MLI", "REB")
    assert found.who("RFM", 1) == ["Revolutionary Front of Mali"]
    assert found.who("RFM fighters") == ["Revolutionary Front of Mali fighters"]


def test_a_body_that_no_table_knows_is_an_organisation_without_a_country(read):
    [actor] = read("Kenya praised the Nordic Timber Group.").link("Nordic Timber Group").actors
    assert (actor.kind, actor.country, actor.id[:2]) == ("organization", None, "x-")


def test_a_bare_surname_that_looks_like_a_place_is_the_office_holder(read):
    found = read("Lavrov met Blinken in Cairo on Monday.")
    assert found.who("Lavrov") + found.who("Blinken") == ["Sergei Lavrov", "Antony Blinken"]


def test_a_place_that_no_table_knows_is_a_place_without_a_country(read):
    places = [k.place for k in read("They met in Zimbalta on Monday.").links if k.rule == "new"]
    assert [(p.name, p.country) for p in places if p] in ([("Zimbalta", None)], [])


def test_a_common_word_in_small_letters_is_no_name(read):
    assert not read("The turkey was eaten in china cups.").means("turkey")


def test_a_name_has_the_meaning_of_its_day(read):
    text = "The British prime minister spoke."
    assert read(text, published=date(2001, 5, 1)).who("The British prime minister") == ["Tony Blair"]
    assert read(text, published=date(2012, 5, 1)).who("The British prime minister") == ["David Cameron"]


def test_the_same_input_gives_the_same_ids(read):
    text = "Anna Berg met Swedish troops in Zimbalta. The Slovak foreign minister and Fugro left."
    assert read(text).links == read(text).links


def test_links_come_in_text_order_and_their_words_lie_in_the_text(read):
    found = read("Vladimir Putin met Xi Jinping. The Russian leader thanked him in Moscow.")
    heads = [k.head for k in found.links]
    assert heads == sorted(heads)
    assert all(k.span.of(found.text) for k in found.links)


def test_a_title_before_an_unknown_name_is_no_second_person(read):
    found = read("Kenyan Vice President John Mwangi met the envoy of Somalia on Monday.")
    persons = {a.name for link in found.links for a in link.actors if a.kind == "person"}
    assert "John Mwangi" in persons
    assert not {p for p in persons if p.startswith("Vice President")}

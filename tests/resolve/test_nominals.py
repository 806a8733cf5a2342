"""Nouns and pronouns that stand for somebody."""

from __future__ import annotations

from datetime import date

import pytest


def test_a_title_with_a_country_means_who_held_the_office_that_day(read):
    text = "The German chancellor visited Kenya."
    assert read(text, published=date(2010, 5, 1)).who("The German chancellor") == ["Angela Merkel"]
    assert read(text, published=date(2023, 5, 1)).who("The German chancellor") == ["Olaf Scholz"]


def test_a_leader_of_a_country_is_whom_news_calls_so(read):
    assert read("The Russian leader spoke.").who("The Russian leader") == ["Vladimir Putin"]


def test_a_title_without_a_day_means_an_unnamed_holder(read):
    [actor] = read("The German chancellor visited Kenya.", published=None).link("The German chancellor").actors
    assert (actor.kind, actor.country, actor.id[:2]) == ("person", "DEU", "x-")


def test_a_title_means_the_person_whom_the_article_gave_it(read):
    found = read("Anna Berg, the Swedish foreign minister, arrived. The minister spoke.")
    assert found.who("The minister") == ["Anna Berg"]


def test_an_office_whose_holder_no_table_knows_is_an_unnamed_person(read):
    [actor] = read("The Slovak culture minister visited Kenya.").link("The Slovak culture minister").actors
    assert (actor.kind, actor.country, actor.sector) == ("person", "SVK", "GOV")


def test_a_former_holder_is_not_the_holder(read):
    found = read("A former German chancellor visited Kenya.")
    assert all("Scholz" not in a.name for k in found.links for a in k.actors)


def test_the_president_is_that_of_the_dateline_where_nobody_was_named(read):
    [actor] = read("The president spoke on Monday.", dateline="NAIROBI").link("The president").actors
    assert actor.country == "KEN"


@pytest.mark.parametrize(("text", "words", "name", "country"), [
    ("Russian troops left.", "Russian troops", "Russian troops", "RUS"),
    ("Kenya's police arrested two men.", "Kenya's police", "Kenyan police", "KEN"),
    ("Soldiers from Chad left.", "Soldiers", "Chadian Soldiers", "TCD"),
    ("Iraq's parliament met.", "Iraq's parliament", "Iraqi parliament", "IRQ"),
])  # fmt: skip
def test_people_in_a_role_belong_to_whom_the_words_say(read, text, words, name, country):
    [actor] = read(text).link(words).actors
    assert (actor.name, actor.country) == (name, country)
    assert actor.part_of


def test_its_fighters_are_those_of_the_group(read):
    [actor] = read("Israel attacked Hamas. Its fighters fired rockets.").link("Its fighters").actors
    assert (actor.part_of, actor.country) == ("hamas", "PSE")


def test_our_forces_are_not_those_of_a_state_named_beside(read):
    found = read("The Kenyan ministry attacked Somalia. Our forces left.")
    assert found.country("Our forces") is None


def test_the_officials_are_those_named_before(read):
    found = read("Kenyan officials met in Nairobi. The officials left.")
    assert found.who("The officials") == ["Kenyan officials"]


def test_the_government_is_that_of_the_state_spoken_of(read):
    assert read("Kenya closed its border. The government said so.").country("The government") == "KEN"


def test_the_government_is_nobodys_where_several_states_were_spoken_of(read):
    found = read("Kenya met Chad. The government said so.")
    assert found.country("The government") is None


def test_the_presidents_of_two_states_are_two_persons(read):
    found = read("The presidents of Kenya and Rwanda met on Monday.")
    assert set(found.who("The presidents")) == {"William Ruto", "Paul Kagame"}


def test_the_city_is_the_one_named_before(read):
    link = read("Troops shelled Kharkiv. The city was dark.").link("The city")
    assert (link.place.name, link.actors[0].country) == ("Kharkiv", "UKR")


def test_civilians_are_those_of_the_place_in_the_sentence(read):
    assert read("Civilians in Kharkiv fled.").country("Civilians") == "UKR"


def test_the_country_is_the_state_named_before(read):
    assert read("Kenya closed its border. The country wants peace.").who("The country") == ["Kenya"]


def test_both_parties_are_the_two_named_side_by_side(read):
    found = read("Israel and Hamas agreed. Both parties met. They signed a truce.")
    assert found.who("Both parties") == ["Israel", "Hamas"]
    assert found.who("They") == ["Israel", "Hamas"]


def test_the_two_sides_are_the_last_two_of_different_countries(read):
    assert set(read("Israel attacked Hamas. The two sides met.").who("The two sides")) == {"Israel", "Hamas"}


def test_the_two_leaders_are_persons(read):
    found = read("Joe Biden met Xi Jinping in Kenya. The two leaders shook hands.")
    assert found.who("The two leaders") == ["Joe Biden", "Xi Jinping"]


def test_both_countries_are_states(read):
    found = read("Kenya and Somalia met. Both countries agreed.")
    assert found.who("Both countries") == ["Kenya", "Somalia"]


def test_both_parties_of_nobody_are_nobody(read):
    assert not read("Both parties left.").means("Both parties")


def test_he_and_she_are_told_apart_by_what_is_known_of_persons(read):
    found = read("Angela Merkel met Emmanuel Macron. She thanked him.")
    assert found.who("She") == ["Angela Merkel"]
    assert found.who("him") == ["Emmanuel Macron"]


def test_him_is_not_the_subject_of_its_own_clause(read):
    found = read("Sergey Lavrov met Antony Blinken. Lavrov pressed him on Monday.")
    assert found.who("him") == ["Antony Blinken"]


def test_it_is_a_body_and_not_the_subject_of_its_own_clause(read):
    found = read("Somalia said Kenya had accused it of lying.")
    assert found.who("it") == ["Somalia"]


def test_it_as_a_bare_object_is_a_thing_and_nobody(read):
    assert not read("Somalia made an offer. Kenya rejected it.").means("it")


def test_it_that_only_announces_a_clause_is_nobody(read):
    assert not read("Kenya left. It is likely that Chad stays.").means("It")


def test_a_pronoun_before_anybody_was_named_is_nobody(read):
    assert read("He left. It stayed. They went.").links == ()


def test_a_pronoun_does_not_reach_back_over_many_sentences(read):
    assert not read("Angela Merkel left. " + "The sun shone on the hills. " * 6 + "She waved.").means("She")


def test_the_enclave_is_the_place_named_before(read):
    link = read("Gaza was shelled. The enclave was cut off.").link("The enclave")
    assert link.place.name == "Gaza Strip"


def test_the_alliance_is_the_body_named_before(read):
    found = read("The North Atlantic Treaty Organization met. The alliance agreed.")
    assert found.who("The alliance") == ["NATO"]


def test_the_group_is_the_armed_group_named_before(read):
    assert read("Hamas fired rockets. The group said so.").who("The group") == ["Hamas"]


def test_a_group_is_not_the_group(read):
    assert not read("Hamas fired rockets. A group of men left.").means("A group")


def test_whose_forces_are_those_of_the_noun_before(read):
    found = read("Kenya, whose forces left on Monday, spoke.")
    assert found.country("whose forces") == "KEN"

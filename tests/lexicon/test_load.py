"""The lexicon that ships with kg: names, actors, places, offices, words."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from kg.lexicon import Lexicon, load_lexicon


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def entities(lexicon: Lexicon, name: str) -> set[str]:
    return {sense.entity for sense in lexicon.senses(name)}


@pytest.mark.parametrize(
    ("name", "entity"),
    [
        ("Russia", "russia"),
        ("Russian", "russia"),
        ("Palestinians", "palestine"),
        ("the", None),
        ("Kremlin", "kremlin"),
        ("UN Security Council", "unsc"),
        ("Erdoğan", None),
        ("Recep Tayyip Erdoğan", "erdogan"),
        ("Recep Tayyip Erdogan", "erdogan"),
        ("Tamil Tigers", "ltte"),
        ("Kiev", "kyiv"),
        ("Zaire", "dr-congo"),
        ("Soviet", "soviet-union"),
    ],
)
def test_a_name_means_its_entity(lexicon: Lexicon, name: str, entity: str | None) -> None:
    assert entity in entities(lexicon, name) if entity else entities(lexicon, name) == set()


@pytest.mark.parametrize("word", ["who", "Who", "us", "Us", "turkey", "chad", "is"])
def test_a_common_word_is_no_name(lexicon: Lexicon, word: str) -> None:
    assert lexicon.senses(word) == ()


@pytest.mark.parametrize(("word", "entity"), [("WHO", "who"), ("US", "usa"), ("U.S.", "usa"), ("TURKEY", "turkey")])
def test_capitals_make_the_name(lexicon: Lexicon, word: str, entity: str) -> None:
    assert entity in entities(lexicon, word)


def test_a_capital_is_a_place_and_stands_for_its_state(lexicon: Lexicon) -> None:
    senses = {(s.entity, s.kind, s.place) for s in lexicon.senses("Moscow")}
    assert ("moscow", "name", True) in senses
    assert ("russia", "capital", False) in senses


def test_a_seat_stands_for_the_body_that_sits_there(lexicon: Lexicon) -> None:
    kinds = {(s.entity, s.kind) for s in lexicon.senses("Brussels")}
    assert {("eu", "seat"), ("belgium", "capital"), ("brussels", "name")} <= kinds


def test_a_name_that_needs_its_context_is_weak(lexicon: Lexicon) -> None:
    assert all(s.weak for s in lexicon.senses("Jordan"))
    assert not any(s.weak for s in lexicon.senses("Jordanian"))


def test_the_usual_meaning_of_a_shared_name_comes_first(lexicon: Lexicon) -> None:
    first, *rest = lexicon.senses("RSF")
    assert (first.entity, first.preferred) == ("rapid-support-forces", True)
    assert "reporters-without-borders" in {s.entity for s in rest}


def test_a_demonym_that_two_states_share_goes_to_the_usual_one(lexicon: Lexicon) -> None:
    assert lexicon.demonyms["congolese"] == "dr-congo"
    assert lexicon.demonyms["russian"] == "russia"


@pytest.mark.parametrize(
    ("title", "of", "day", "person"),
    [
        ("president", "usa", date(1978, 9, 17), "carter"),
        ("prime minister", "israel", date(1978, 9, 17), "begin"),
        ("president", "egypt", date(1978, 9, 17), "sadat"),
        ("chancellor", "germany", date(1989, 11, 9), "kohl"),
        ("secretary of state", "usa", date(1995, 11, 21), "warren-christopher"),
        ("secretary-general", "un", date(2003, 3, 20), "annan"),
        ("president", "european-commission", date(2022, 2, 24), "von-der-leyen"),
        ("emir", "qatar", date(2023, 11, 24), "tamim"),
        ("president", "colombia", date(2016, 9, 26), "juan-manuel-santos"),
        ("foreign minister", "russia", date(2023, 12, 22), "lavrov"),
    ],
)
def test_a_title_names_its_holder_on_the_day(lexicon: Lexicon, title: str, of: str, day: date, person: str) -> None:
    holder = lexicon.titled(title, of, day)
    assert holder is not None
    assert holder.id == person


def test_nobody_is_invented_for_an_office_without_a_known_holder(lexicon: Lexicon) -> None:
    assert lexicon.titled("president", "usa", date(1850, 1, 1)) is None
    assert lexicon.titled("sorcerer", "usa", date(2020, 1, 1)) is None


@pytest.mark.parametrize(
    ("of", "day", "person"),
    [
        ("russia", date(2010, 1, 1), "medvedev"),
        ("uk", date(1982, 5, 1), "thatcher"),
        ("iran", date(2015, 7, 14), "khamenei"),
        ("hezbollah", date(2006, 7, 12), "nasrallah"),
        ("nato", date(2022, 2, 24), "jens-stoltenberg"),
    ],
)
def test_the_leader_is_whom_news_calls_so(lexicon: Lexicon, of: str, day: date, person: str) -> None:
    leader = lexicon.leader(of, day)
    assert leader is not None
    assert leader.id == person


def test_no_leader_is_known_of_a_body_without_terms(lexicon: Lexicon) -> None:
    assert lexicon.leader("san-marino", date(2020, 1, 1)) is None
    assert lexicon.leader("oxfam", date(2020, 1, 1)) is None


def test_on_a_day_of_handover_the_successor_holds_the_office(lexicon: Lexicon) -> None:
    holder = lexicon.offices.holder("head-of-state", "usa", date(2021, 1, 20))
    assert holder is not None
    assert holder.id == "biden"


def test_an_office_of_many_has_holders_but_no_single_one(lexicon: Lexicon) -> None:
    day = date(2023, 6, 1)
    assert len(lexicon.offices.holders("envoy", "un", day)) > 1
    assert lexicon.offices.holder("envoy", "un", day) is None


def test_offices_of_a_person_are_told_highest_first(lexicon: Lexicon) -> None:
    held = lexicon.offices.offices_of("abbas", date(2023, 12, 22))
    assert [o.office for o in held] == ["head-of-state", "leader", "leader"]
    assert held[0].begin == "2005-01-15"
    assert held[0].end is None


def test_who_leads_an_international_body_stands_for_no_country(lexicon: Lexicon) -> None:
    assert lexicon.actors["guterres"].country is None
    assert lexicon.actors["guterres"].sector == "IGO"
    then = lexicon.actor_on("guterres", date(2000, 1, 1))
    assert (then.country, then.part_of) == ("PRT", "portugal")


def test_without_a_day_or_an_office_a_person_is_as_known_best(lexicon: Lexicon) -> None:
    assert lexicon.actor_on("carter", None).part_of == "usa"
    assert lexicon.actor_on("carter", date(1994, 6, 15)) == lexicon.actors["carter"]


def test_the_leader_of_an_armed_group_belongs_to_the_group(lexicon: Lexicon) -> None:
    leader = lexicon.actors["nasrallah"]
    assert (leader.country, leader.sector, leader.part_of) == ("LBN", "REB", "hezbollah")


def test_organs_are_part_of_their_state(lexicon: Lexicon) -> None:
    kremlin = lexicon.actors["kremlin"]
    assert (kremlin.country, kremlin.part_of, kremlin.kind) == ("RUS", "russia", "organization")


def test_states_are_places_too(lexicon: Lexicon) -> None:
    assert lexicon.places["russia"].kind == "country"
    assert lexicon.places["gaza-strip"].country == "PSE"
    assert lexicon.places["jerusalem"].country is None


def test_all_members_of_the_united_nations_are_there(lexicon: Lexicon) -> None:
    codes = [a.country for a in lexicon.actors.values() if a.kind == "state" and lexicon.validity(a.id).end is None]
    assert len(codes) == len(set(codes))
    assert {"PSE", "XKX", "TWN", "VAT", "USA", "TUV", "SSD"} <= set(codes)
    assert len(codes) >= 197


def test_a_former_state_names_its_end(lexicon: Lexicon) -> None:
    assert lexicon.validity("soviet-union").end == "1991-12-26"
    assert lexicon.validity("france").begin is None


def test_words_for_roles_and_titles_are_there(lexicon: Lexicon) -> None:
    assert lexicon.roles[("troops",)].sector == "MIL"
    assert lexicon.roles[("side",)].generic
    assert lexicon.titles[("spokeswoman",)].gender == "f"
    assert "movement" in lexicon.nominals["hamas"]
    assert lexicon.genders["merkel"] == "f"


def test_loading_twice_gives_the_same_record(lexicon: Lexicon) -> None:
    assert load_lexicon() is lexicon


def test_the_record_cannot_be_changed(lexicon: Lexicon) -> None:
    with pytest.raises(FrozenInstanceError):
        lexicon.version = "0"  # type: ignore[misc]


def test_the_version_is_twelve_hexadecimal_digits(lexicon: Lexicon) -> None:
    assert len(lexicon.version) == 12
    assert int(lexicon.version, 16) >= 0

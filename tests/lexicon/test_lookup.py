"""Search by a name as one half remembers it."""

from __future__ import annotations

import pytest

from kg.lexicon import load_lexicon, look_up


@pytest.mark.parametrize(
    ("text", "first", "match"),
    [
        ("Vladimir Putin", "putin", "exact"),
        ("putin", "putin", "id"),
        ("Gaza Str", "gaza-strip", "prefix"),
        ("Zaluzhnyi", "zaluzhnyi", "part"),
        ("Volodimir Zelensky", "zelensky", "close"),
    ],
)
def test_the_likeliest_entity_comes_first(text: str, first: str, match: str) -> None:
    entry = look_up(load_lexicon(), text)[0]
    assert (entry.entity.id, entry.match) == (first, match)


def test_an_entry_tells_names_and_offices() -> None:
    (entry,) = look_up(load_lexicon(), "Mahmoud Abbas")
    assert "Abu Mazen" in entry.names
    assert {o.of for o in entry.offices} >= {"plo", "palestine"}


def test_a_capital_finds_the_place_and_the_state() -> None:
    assert {e.entity.id for e in look_up(load_lexicon(), "Moscow")} >= {"moscow", "russia"}


@pytest.mark.parametrize("text", ["", "   ", "qqqqzzzz"])
def test_nothing_is_found_for_nothing(text: str) -> None:
    assert look_up(load_lexicon(), text) == ()


def test_the_number_of_answers_is_limited() -> None:
    assert len(look_up(load_lexicon(), "al", limit=3)) == 3

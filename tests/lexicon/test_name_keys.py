"""Keys of names: the words that spaCy's tokenizer gives, without case and accents."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from kg.lexicon import fold, load_lexicon, name_key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Nimr al-Nimr", ("nimr", "al", "-", "nimr")),
        ("U.S.", ("u.s.",)),
        ("M-23", ("m-23",)),
        ("Côte d’Ivoire", ("cote", "d'ivoire")),
        ("Recep Tayyip Erdoğan", ("recep", "tayyip", "erdogan")),
        ("People's Liberation Army", ("people", "'s", "liberation", "army")),
        ("Kurdistan Workers' Party", ("kurdistan", "workers", "'", "party")),
        ("Jonas Gahr Støre", ("jonas", "gahr", "store")),
        ("P5+1", ("p5", "+", "1")),
        ("Communist Party of India (Maoist)", ("communist", "party", "of", "india", "(", "maoist", ")")),
    ],
)
def test_a_name_is_cut_into_folded_words(name: str, key: tuple[str, ...]) -> None:
    assert name_key(name) == key


@pytest.mark.parametrize("name", ["Russia's", "Russia’s", "RUSSIA'S", " Russia "])
def test_a_possessive_at_the_end_and_white_space_do_not_count(name: str) -> None:
    assert name_key(name) == ("russia",)


def test_an_empty_name_has_no_key() -> None:
    assert name_key("  ") == ()


def test_keys_of_all_names_are_the_tokens_of_spacy() -> None:
    tokenizer = spacy.blank("en").tokenizer
    wrong = []
    for key, senses in load_lexicon().names.items():
        tokens = tuple(fold(token.text) for token in tokenizer(senses[0].written))
        # A name such as St. John's ends like a possessive; its key leaves the ending out.
        if key not in (tokens, tokens[:-1] if tokens[-1] in ("'s", "'") else tokens):
            wrong.append((senses[0].written, tokens, key))
    assert wrong == []


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="abc'’-.é Z", max_size=12))
def test_no_key_holds_an_empty_word(text: str) -> None:
    assert all(name_key(text)) or name_key(text) == ()

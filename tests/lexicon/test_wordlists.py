"""Word lists in TOML files."""

from __future__ import annotations

import pytest

from kg.errors import LexiconError
from kg.lexicon import wordlists
from kg.lexicon.wordlists import words
from kg.model import Factuality


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder in place of the shipped word lists."""
    (tmp_path / "words").mkdir()
    monkeypatch.setattr(wordlists, "lexicon_dir", lambda: tmp_path)
    words.cache_clear()
    yield tmp_path / "words"
    words.cache_clear()


def test_a_list_is_read_as_it_stands(folder):
    (folder / "own.toml").write_text('[a]\nb = ["c"]\n')
    assert words("own") == {"a": {"b": ["c"]}}


def test_a_list_that_is_not_there_is_named(folder):
    with pytest.raises(LexiconError, match=r"own\.toml: not there; it belongs to words/"):
        words("own")


def test_a_list_that_is_not_toml_is_named(folder):
    (folder / "own.toml").write_text("a = ")
    with pytest.raises(LexiconError, match=r"own\.toml: not TOML"):
        words("own")


@pytest.mark.parametrize("part", ["embed", "adjectives", "modals"])
def test_the_grammar_presents_events_in_ways_that_the_model_knows(part):
    known = {f.value for f in Factuality} | {"Denied", "Future"}
    assert set(words("grammar")[part]) <= known


@pytest.mark.parametrize("part", ["embed", "adjectives", "modals"])
def test_no_word_of_the_grammar_stands_twice_in_one_list(part):
    for many in words("grammar")[part].values():
        assert len(many) == len(set(many)), sorted(w for w in many if many.count(w) > 1)

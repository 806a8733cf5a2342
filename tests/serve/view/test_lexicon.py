"""Texts that are found by their words are those that are found by looking through all of them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from kg.serve.view import lexicon as lexicons
from kg.serve.view.lexicon import read_lexicon, write_lexicon
from kg.serve.view.texts import read_texts, write_texts


@pytest.mark.parametrize("many", [1, 10**9])
def test_words_find_what_looking_through_all_texts_finds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(lexicons, "_MANY", many)
    chance = random.Random(3)
    words = ["aid", "raid", "the", "other", "a", "é", "12", "x\ty"]
    texts = [f"{' '.join(chance.choices(words, k=chance.randrange(6)))}\n".encode() for _ in range(2500)]
    write_texts(tmp_path, "words", texts)
    write_lexicon(tmp_path, texts)
    written, lexicon = read_texts(tmp_path, "words"), read_lexicon(tmp_path)
    for wanted in ("aid", "a", "raid the", "id o", "  ", " a", "the ", "zz", "é", "\t", "y 12", "aid\n", "\naid"):
        expected = [wanted.encode() in text for text in texts]
        assert written.having(wanted.encode()).tolist() == expected
        assert lexicon.having(wanted.encode(), written).tolist() == expected

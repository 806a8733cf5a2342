"""The stretches of a text that are parsed on their own."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.annotate.segment import MAX_STRETCH, stretches

PIECES = st.sampled_from(
    [
        "Kenya",
        "met",
        "Somalia",
        ".",
        "\n",
        "\n\n",
        " ",
        "\t",
        ", while",
        "- ",
        "• ",
        "PARIS (AP) - ",
        "LONDON, May 3 — ",
        "12:30 GMT - ",
        "é",
        "🙂",
        "\r\n",
        "(",
        ")",
        "…",
        "2024",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join))


def cut(text: str) -> list[str]:
    return [span.of(text) for span in stretches(text)]


@given(TEXTS)
def test_every_stretch_lies_in_the_text_in_order_and_none_overlaps_another(text):
    found = list(stretches(text))
    assert all(0 <= span.start < span.end <= len(text) for span in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(TEXTS)
def test_no_stretch_ends_in_blanks(text):
    assert all(words == words.rstrip() for words in cut(text))


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", " \n \n "])
def test_a_text_without_words_has_no_stretch(text):
    assert cut(text) == []


@pytest.mark.parametrize(
    "dateline",
    [
        "PARIS (AP) - ",
        "Paris (AFP) — ",
        "KATHMANDU, Nepal (Reuters) – ",
        "LONDON - ",
        "ADDIS ABABA -- ",
        "NAIROBI, Kenya, May 3 - ",
        "Beirut, May 3 (Xinhua) -- ",
        "Cairo, 3 May 2024 - ",
    ],
)
def test_a_dateline_is_left_out(dateline):
    assert cut(f"{dateline}Kenya met Somalia.") == ["Kenya met Somalia."]


@pytest.mark.parametrize("bullet", ["* ", "• ", "▪ ", "- ", "– "])
def test_a_bullet_is_left_out(bullet):
    assert cut(f"{bullet}Kenya met Somalia.\n{bullet}Chad left.") == ["Kenya met Somalia.", "Chad left."]


def test_the_clock_time_of_a_live_blog_is_left_out():
    assert cut("14:05 GMT - Kenya met Somalia.") == ["Kenya met Somalia."]


def test_a_sentence_that_begins_with_a_name_keeps_it():
    assert cut("Kenya-born Obama met Abiy - twice.") == ["Kenya-born Obama met Abiy - twice."]


@pytest.mark.parametrize("middle", ["\n, while", "\nwhile", "\n  while", "\n) while", "\n; while"])
def test_a_line_break_within_a_sentence_ends_nothing(middle):
    text = f"Kenya met Israel{middle} Chad left."
    assert cut(text) == [text]


def test_a_line_that_begins_with_a_capital_is_a_stretch_of_its_own():
    assert cut("Talks in Cairo\nKenya met Chad.") == ["Talks in Cairo", "Kenya met Chad."]


def test_a_blank_line_ends_a_stretch_even_before_a_small_letter():
    assert cut("Kenya met Chad\n\nand left.") == ["Kenya met Chad", "and left."]


def test_a_very_long_paragraph_is_cut_at_the_end_of_a_sentence():
    found = cut("Kenya met Chad. " * 3000)
    assert len(found) > 1
    assert all(len(words) <= MAX_STRETCH for words in found)
    assert all(words.rstrip().endswith(".") for words in found)
    assert "".join(found) == ("Kenya met Chad. " * 3000).rstrip()


def test_a_very_long_sentence_is_cut_at_a_blank():
    found = cut("Kenya " * 5000)
    assert all(words.split()[0] == "Kenya" and words.split()[-1] == "Kenya" for words in found)


def test_a_very_long_word_is_cut_all_the_same():
    assert [len(words) for words in cut("k" * (MAX_STRETCH + 5))] == [MAX_STRETCH, 5]

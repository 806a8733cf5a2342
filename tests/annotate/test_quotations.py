"""kg.annotate.quotations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.annotate.quotations import quotations


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('He said "yes" and "no".', ["yes", "no"]),
        ("He said “yes” and “no”.", ["yes", "no"]),
        ('"Peace is near," he said. "It will come."', ["Peace is near,", "It will come."]),
        ('He said: "It is over. We won. They fled."', ["It is over. We won. They fled."]),
        ('"One.\n\n"Two," he said.', ["One.", "Two,"]),
        ("“One.\n\n“Two.\n\n“Three,” he said.", ["One.", "Two.", "Three,"]),
        ('"One line\nand another," he said.', ["One line\nand another,"]),
        ('An odd " mark.\n\nThen "fine" again.', ["fine"]),
        ('He left "early.\n\nThe next day he came.', []),
        ('An open "mark, he said "peace" twice.', ["peace"]),
        ("It's the envoys' plan, 'so-called'.", []),
        ('“He said "no" there”', ['He said "no" there']),
        ('"The “second” one"', ["second"]),
        ('A 5" pipe and a "quote".', ["quote"]),
        ('The (so-called "front") fell.', ["front"]),
        ('Nothing in "" or " " here.', []),
        ('The end is "', []),
        ("A lone ” mark and “another” one.", ["another"]),
        ('First line "left open.\nSecond line "is closed".', ["is closed"]),
        ("", []),
    ],
)
def test_the_inside_of_paired_marks_is_found(text: str, inside: list[str]) -> None:
    assert [span.of(text) for span in quotations(text)] == inside


@given(st.text(alphabet="\"“”„ab .,\n'’5", max_size=120))
def test_quotations_are_in_order_and_within_their_paragraph(text: str) -> None:
    end = 0
    for span in quotations(text):
        assert end <= span.start < span.end <= len(text)
        end = span.end
        assert "\n\n" not in span.of(text)


def test_a_long_text_of_odd_marks_is_read_at_once() -> None:
    assert quotations(' "a' * 200_000) == ()

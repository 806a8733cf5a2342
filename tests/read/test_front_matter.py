"""The block before a text."""

from __future__ import annotations

import pytest

from kg.errors import InputError
from kg.read.front_matter import cut


@pytest.mark.parametrize("text", ["She came.", "", "----\nx", "---", "---\nShe came.\n", "text\n---\ntitle: x\n---\n"])
def test_a_text_without_the_block_stays_whole(text: str) -> None:
    fields, rest = cut(text, "a.txt")
    assert (dict(fields.values), rest) == ({}, text)


def test_the_text_begins_right_after_the_closing_line() -> None:
    assert cut("---\r\ntitle: x\r\n---\r\n\r\n  She", "a.txt")[1] == "\r\n  She"


def test_values_lose_outer_quotes_and_keep_colons_and_hashes() -> None:
    fields, _ = cut('---\ntitle: "a: b # c"\nurl: https://example.org/#x\nempty:\n---\nx', "a.txt")
    assert fields.values == {"title": "a: b # c", "url": "https://example.org/#x", "empty": ""}


def test_comments_blank_lines_and_lists_of_other_keys_are_passed_over() -> None:
    fields, rest = cut("---\n# note\n\ntags:\n  - a\n- b\ntitle: x\n---\ny", "a.txt")
    assert (fields.values["title"], rest) == ("x", "y")


def test_a_key_knows_its_line() -> None:
    assert cut("---\n\ndate: x\n---\ny", "a.txt")[0].place("date") == "a.txt:3"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("---\ndate 2015\n---\nx", "a.txt:2: 'date 2015' in the front matter"),
        ("---\ntitle:\n  - x\n---\nx", "a.txt:3: '  - x' in the front matter"),
        ("---\ntitle: a\ntitle: b\n---\nx", "a.txt:3: 'title' for the second time"),
        ("---\ntitle: a\nShe came.", "a.txt:1: front matter that is not closed"),
    ],
)
def test_a_broken_block_is_told_with_its_line(text: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        cut(text, "a.txt")
    assert str(error.value).startswith(message)


def test_a_text_of_many_lines_that_opens_with_a_rule_is_text() -> None:
    text = "---\n" + "line\n" * 200 + "---\n"
    assert cut(text, "a.txt")[1] == text

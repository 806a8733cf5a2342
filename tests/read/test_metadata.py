"""Checks of metadata, whatever file they come from."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from kg.errors import InputError
from kg.read.metadata import Fields, to_article


@pytest.mark.parametrize(
    "value",
    [
        "2015-07-14",
        " 2015-07-14 ",
        "2015-07-14T23:59:59+02:00",
        "2015-07-14 08:00",
        date(2015, 7, 14),
        datetime(2015, 7, 14, 9),
    ],
)
def test_a_date_is_the_day_as_written(value: object) -> None:
    assert to_article(Fields("a", {"date": value}), "x", default_id="a").published == date(2015, 7, 14)


@pytest.mark.parametrize("value", [None, "", "  "])
def test_no_date_is_invented(value: object) -> None:
    assert to_article(Fields("a", {"date": value}), "x", default_id="a").published is None


@pytest.mark.parametrize(("value", "expected"), [("n1", "n1"), (7, "7"), (None, "a"), (" ", "a")])
def test_an_id_is_a_word_or_a_whole_number_or_the_default(value: object, expected: str) -> None:
    assert to_article(Fields("a", {"id": value}), "x", default_id="a").id == expected


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("date", "2024-02-30", "does not exist"),
        ("date", "2015-07-14Tnoon", "does not exist"),
        ("date", "14.07.2015", "YYYY-MM-DD"),
        ("date", "2015", "YYYY-MM-DD"),
        ("date", "20150714", "YYYY-MM-DD"),
        ("date", "٢٠١٥-٠٧-١٤", "YYYY-MM-DD"),
        ("date", 20150714, "a string is needed"),
        ("id", True, "a string is needed"),
        ("id", 1.5, "a string is needed"),
        ("title", ["x"], "'title' is a list; a string is needed"),
        ("title", {"x": 1}, "'title' is an object; a string is needed"),
        ("title", "a\ud800", "lone surrogate U+D800 at character 1"),
        ("title", "a\0", "NUL at character 1"),
        ("url", "www.example.org", "absolute URL"),
        ("url", "https://example.org/a b", "absolute URL"),
        ("url", 'https://example.org/"><script>', "absolute URL"),
        ("language", "English language", "BCP 47"),
    ],
)
def test_a_wrong_value_is_named_with_its_place(key: str, value: object, message: str) -> None:
    with pytest.raises(InputError) as error:
        to_article(Fields("a.txt", {key: value}, {key: "a.txt:3"}), "x", default_id="a")
    assert str(error.value).startswith("a.txt:3: ")
    assert message in str(error.value)


def test_a_long_value_is_cut_in_the_message() -> None:
    with pytest.raises(InputError) as error:
        to_article(Fields("a.txt", {"date": "x\n" * 500}), "x", default_id="a")
    assert len(str(error.value)) < 200


def test_a_file_name_that_is_not_unicode_gives_no_id() -> None:
    with pytest.raises(InputError, match="'id' has the lone surrogate"):
        to_article(Fields("a"), "x", default_id="caf\udce9")


def test_of_two_sets_the_second_holds_with_its_places() -> None:
    fields = Fields("a.txt", {"title": "a", "id": "i"}, {"title": "a.txt:2"}).under(Fields("a.toml", {"title": "b"}))
    assert (fields.values, fields.place("title"), fields.place("id")) == (
        {"title": "b", "id": "i"},
        "a.toml",
        "a.txt",
    )

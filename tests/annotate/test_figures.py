"""kg.annotate.figures and kg.annotate.number_words."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.annotate.figures import figures
from kg.annotate.number_words import in_words


@pytest.mark.parametrize(
    ("text", "words", "value", "approximation", "unit"),
    [
        ("Over 1,200 people fled.", "1,200", 1200, "MoreThan", None),
        ("More than 40 ships sailed.", "40", 40, "MoreThan", None),
        ("Some 240 captives were freed.", "240", 240, "About", None),
        ("About 3,500 guards came.", "3,500", 3500, "About", None),
        ("At least 25 soldiers died.", "25", 25, "AtLeast", None),
        ("No fewer than seven ministers quit.", "seven", 7, "AtLeast", None),
        ("Up to 50 trucks crossed.", "50", 50, "AtMost", None),
        ("As many as 500 were held.", "500", 500, "AtMost", None),
        ("Fewer than 10 voted.", "10", 10, "LessThan", None),
        ("An estimated 3,000 marched.", "3,000", 3000, "About", None),
        ("Nearly 5,000 marched.", "5,000", 5000, "About", None),
        ("Almost half a million marched.", "half a million", 500_000, "About", None),
        ("It held 40 or so prisoners.", "40", 40, "About", None),
        ("It held 40 or more prisoners.", "40", 40, "AtLeast", None),
        ("It held 100+ prisoners.", "100", 100, "AtLeast", None),
        ("Twenty-five envoys were expelled.", "Twenty-five", 25, "Exactly", None),
        ("It expelled a dozen envoys.", "a dozen", 12, "Exactly", None),
        ("It expelled two dozen envoys.", "two dozen", 24, "Exactly", None),
        ("Dozens of envoys left.", "Dozens", 24, "AtLeast", None),
        ("Hundreds of thousands fled.", "Hundreds of thousands", 200_000, "AtLeast", None),
        ("About several hundred fled.", "several hundred", 200, "About", None),
        ("It houses two million people.", "two million", 2e6, "Exactly", None),
        ("It houses 1.2 billion people.", "1.2 billion", 1.2e9, "Exactly", None),
        ("It sent two hundred and fifty thousand shells.", "two hundred and fifty thousand", 250_000, "Exactly", None),
        ("It sent 14\u202f000 shells.", "14\u202f000", 14_000, "Exactly", None),
        ("It promised $6 billion.", "$6 billion", 6e9, "Exactly", "USD"),
        ("It promised US$100 million.", "US$100 million", 1e8, "Exactly", "USD"),
        ("It promised £3bn.", "£3bn", 3e9, "Exactly", "GBP"),
        ("It promised €1.5m.", "€1.5m", 1.5e6, "Exactly", "EUR"),
        ("It promised 3.2 billion yen.", "3.2 billion yen", 3.2e9, "Exactly", "JPY"),
        ("It promised 500m euros.", "500m euros", 5e8, "Exactly", "EUR"),
        ("It promised a 1.8 billion euro package.", "1.8 billion euro", 1.8e9, "Exactly", "EUR"),
        ("Turnout was 12 percent.", "12 percent", 12, "Exactly", "percent"),
        ("Turnout was under 4.5%.", "4.5%", 4.5, "LessThan", "percent"),
        ("Turnout was 3 per cent.", "3 per cent", 3, "Exactly", "percent"),
        ("They stood 500m away.", "500m", 500, "Exactly", "m"),
        ("They stood 5km away.", "5km", 5, "Exactly", "km"),
        ("They shipped 20,000 tonnes.", "20,000 tonnes", 20_000, "Exactly", "t"),
        ("It was a five-day visit.", "five-day", 5, "Exactly", "day"),
        ("A 3,000-strong force came.", "3,000", 3000, "Exactly", None),
        ("Only one soldier came.", "one", 1, "Exactly", None),
        ("In 2014 30 people died.", "30", 30, "Exactly", None),
        ("Russia sent 2000 troops.", "2000", 2000, "Exactly", None),
    ],
)  # fmt: skip
def test_a_figure_has_value_approximation_and_unit(
    text: str, words: str, value: float, approximation: str, unit: str | None
) -> None:
    [one] = figures(text)
    assert (one.span.of(text), one.value, one.approximation, one.unit) == (words, value, approximation, unit)
    assert one.token is None


@pytest.mark.parametrize(
    "text",
    [
        "In 2015 and on May 3 it rained.",
        "Resolution 1701 and Articles 2 and 3 bind it.",
        "Flight 370 left Gate 12.",
        "The 45-year-old, aged 45, won.",
        "Smith, 45, won.",
        "They won 2-1 at 10:30, or at 5 p.m., 0600 GMT.",
        "It was the 21st and the third.",
        "Call +44 20 7946 0958 or 555 123 4567.",
        "An F-16 and COVID-19 and MH17 and G20.",
        "The Group of 20 and the Six-Party Talks met.",
        "One of them, this one, no one else and one that stayed.",
        "Two-thirds of the house voted.",
        "He fled three days ago.",
        "1. First item",
        "The model 2020 failed.",
        "agent 007 came",
    ],
)
def test_numbers_that_count_nothing_are_no_figures(text: str) -> None:
    assert [one.span.of(text) for one in figures(text)] == []


def test_and_joins_two_figures_only_behind_a_scale() -> None:
    assert [one.value for one in figures("Between two and three men; four thousand and five men.")] == [
        2,
        3,
        4005,
    ]


@pytest.mark.parametrize(
    ("said", "value"),
    [("zero", 0), ("ninety-nine", 99), ("three hundred", 300), ("two million three hundred thousand and one", 2_300_001), ("thousand", 1000)],
)  # fmt: skip
def test_number_words_have_their_worth(said: str, value: float) -> None:
    assert in_words(said) == value


PIECES = st.sampled_from([
    "1", "2,000", "three", "hundred", "and", "million", "-", "$", "%", " percent", "dozens", "over", "a", "some", ".", ",", "2014", "May", "5",
    "m", "bn", "euros", "one", "no.", "(", "km", "\n", "twenty", "aged", "€", "or so", "+",
])  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=25).map(" ".join) | st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=200))
def test_any_text_gives_figures_in_order_within_it(text: str) -> None:
    end = 0
    for one in figures(text):
        assert end <= one.span.start < one.span.end <= len(text)
        end = one.span.end
        assert one.value >= 0
        assert one.approximation in {"Exactly", "About", "AtLeast", "AtMost", "MoreThan", "LessThan"}


@pytest.mark.parametrize(
    "unit",
    ["two hundred ", "1", "1,", "1,000", "$", "twenty-", "one ", " ", "at least ", "5 and ", "1 ", "a "],
)
def test_hostile_repeats_of_numbers_are_read_in_seconds(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    begun = time.perf_counter()
    figures(text)
    assert time.perf_counter() - begun < 30

"""Datelines of wire reports."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.read.dateline import dateline


@pytest.mark.parametrize(
    ("words", "place", "agency"),
    [
        ("MOSCOW (Sputnik) -", "MOSCOW", "Sputnik"),
        ("ANKARA, Turkey (AP) _", "ANKARA, Turkey", "AP"),
        ("WASHINGTON, DC (AP) \u2014", "WASHINGTON, DC", "AP"),
        ("Tehran, Sept 17, IRNA -", "Tehran", "IRNA"),
        ("Tehran, IRNA \u2013", "Tehran", "IRNA"),
        ("TEHRAN, Sep. 17 (MNA) \u2013", "TEHRAN", "MNA"),
        ("MOSCOW, December 22. /TASS/.", "MOSCOW", "TASS"),
        ("BEIJING, March 10 (Xinhua) --", "BEIJING", "Xinhua"),
        ("RAMALLAH, Wednesday, May 10, 2023 (WAFA) -", "RAMALLAH", "WAFA"),
        ("Ankara, 12 May 2023 (AA) -", "Ankara", "AA"),
        ("SHARM EL-SHEIKH, Egypt, July 1 (Reuters) -", "SHARM EL-SHEIKH, Egypt", "Reuters"),
        ("GENEVA/BRUSSELS (Reuters) -", "GENEVA/BRUSSELS", "Reuters"),
        ("Gaza (QNN) -", "Gaza", "QNN"),
        ("KYIV, Ukraine \u2014", "KYIV, Ukraine", None),
        ("DUBAI, UAE \u2014", "DUBAI, UAE", None),
        ("MEXICO CITY --", "MEXICO CITY", None),
    ],
)
def test_a_dateline_gives_place_agency_and_its_own_span(words: str, place: str, agency: str | None) -> None:
    text = f"A summary stands above.\n\n  {words} Talks began."
    line = dateline(text)
    assert line is not None
    assert (line.place, line.agency, line.span.of(text)) == (place, agency, words)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "Talks - long ones - began.",
        "NATO - the alliance - met.",
        "BREAKING \u2014 talks began.",
        "NEWS ANALYSIS \u2014 talks began.",
        "Bob Menendez (D-NJ) - a senator - said so.",
        "On Friday, May 5, the two met - at last.",
        "Monday, May 5 \u2014 the two met.",
        "I \u2014 the envoy said \u2014 shall go.",
        "one\ntwo\nthree\nfour\nfive\nMOSCOW (Sputnik) - Talks began.",
        "He was in MOSCOW (Sputnik) - then.",
        "MOSCOW (Sputnik)",
    ],
)
def test_other_beginnings_are_no_datelines(text: str) -> None:
    assert dateline(text) is None


@given(st.text(alphabet="AB ab,.-()/\n\u2014_1", max_size=80))
def test_whatever_is_found_lies_in_the_text(text: str) -> None:
    line = dateline(text)
    assert line is None or (line.span.of(text).startswith(line.place) and (line.agency or "") in line.span.of(text))


def test_a_long_line_of_capitals_is_decided_at_once() -> None:
    assert dateline("AAAA " * 200_000) is None

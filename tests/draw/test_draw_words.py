"""Codes in plain words, links that a browser may follow, sentences in pieces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.draw.evidence import marked, safe_link
from kg.draw.words import (
    factuality_in_words,
    figure_in_words,
    kind_in_words,
    status_in_words,
    when_in_words,
)


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2023-12-22", "22 December 2023"),
        ("2023-12", "December 2023"),
        ("1947", "1947"),
        ("194X", "1940s"),
        ("2023-21", "spring 2023"),
        ("2023-12-22~", "about 22 December 2023"),
        ("1948-05?", "perhaps May 1948"),
        ("../2023-12-22", "on or before 22 December 2023"),
        ("2023-12-22/..", "since 22 December 2023"),
        ("2023-11-24/2023-12-01", "24 November 2023 to 1 December 2023"),
        ("[2023-10-07..2023-12-22]", "between 7 October 2023 and 22 December 2023"),
        ("XXXX-10-07", "7 October, year not known"),
        ("XXXX", "year not known"),
        ("../..", "time not known"),
        ("", "time not known"),
        ("2023-77", "2023-77"),
        ("some day", "some day"),
    ],
)
def test_a_time_reads_as_plain_words(edtf: str, words: str) -> None:
    assert when_in_words(edtf) == words


@pytest.mark.parametrize(
    ("status", "hows", "words"),
    [
        ("Expected", ["Invited"], "invited, not yet happened"),
        ("Expected", ["Promised", "Scheduled"], "promised or scheduled, not yet happened"),
        ("Expected", [], "planned, not yet happened"),
        ("Hypothetical", ["Requested"], "demanded, not reported as happened"),
        ("StatusUnknown", ["Agreed"], "agreed, not known whether it happened"),
        ("NotOccurred", ["Scheduled"], "did not happen"),
        ("Ongoing", ["Presupposed"], "going on"),
        ("", [], "status not given"),
        ("Novel", [], "Novel"),
    ],
)
def test_a_status_reads_as_plain_words(status: str, hows: list[str], words: str) -> None:
    mentions = [{"factuality": (f"x#{how}",), "polarity": ("x#Positive",)} for how in hows]
    assert status_in_words(status, mentions) == words


def test_a_denied_promise_reads_as_not_promised() -> None:
    mention = {"factuality": ("x#Promised",), "polarity": ("x#Negative",)}
    assert factuality_in_words(mention) == "not promised"


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        ({"quantityKind": ("x#Money",), "value": ("5000000",), "unitText": ("USD",)}, "5,000,000 USD"),
        (
            {"quantityKind": ("x#Abducted",), "approximation": ("x#About",), "value": ("240",)},
            "about 240 abducted",
        ),
        ({"value": ("1.5",), "unitText": ("km",), "asOf": ("2023-12",)}, "1.5 km (as of December 2023)"),
        ({"value": ("many",)}, "many"),
    ],
)
def test_a_figure_reads_as_plain_words(figure: dict[str, tuple[str, ...]], words: str) -> None:
    assert figure_in_words(figure) == words


def test_a_mode_of_several_words_reads_without_hyphens() -> None:
    assert kind_in_words("ASSAULT", "heavy-weapons") == "assault (attacks), heavy weapons"


@pytest.mark.parametrize("link", ["https://a.example/x?y=1#z", "http://a.example"])
def test_a_web_link_is_kept(link: str) -> None:
    assert safe_link(link) == link


@pytest.mark.parametrize(
    "link",
    [
        "",
        "javascript:alert(1)",
        "JAVASCRIPT://a.example/%0aalert(1)",
        "data:text/html,x",
        "//a.example/x",
        "/x",
        "https://",
        "https:///x",
        "ftp://a.example",
        "https://a.example/ x",
        "https://a.example/\nx",
        "https://[x",
        "https://a.example/\u202egpj",
    ],
)
def test_any_other_link_is_refused(link: str) -> None:
    assert safe_link(link) is None


@given(
    st.text(),
    st.integers(0, 50),
    st.tuples(*[st.integers(-5, 99)] * 2),
    st.tuples(*[st.integers(-5, 99)] * 2),
)
def test_the_pieces_of_a_sentence_are_the_sentence(
    sentence: str, start: int, quote: tuple[int, int], trigger: tuple[int, int]
) -> None:
    parts = marked(sentence, start, quote, trigger)
    assert "".join(text for _, text in parts) == sentence
    assert all(text for _, text in parts)

"""Which media type is given for which Accept header."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.serve.negotiation import ROWS, TRIPLES, choose

OFFERED = ("text/turtle", "application/n-triples", "application/ld+json")


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "text/turtle"),
        ("   ", "text/turtle"),
        ("*/*", "text/turtle"),
        ("application/n-triples", "application/n-triples"),
        ("APPLICATION/N-Triples", "application/n-triples"),
        ("application/*", "application/n-triples"),
        ("text/turtle;q=0.1, application/ld+json;q=0.2", "application/ld+json"),
        ("text/turtle;q=0.5,application/*;q=0.5", "text/turtle"),
        ("*/*;q=0.1, text/turtle;q=0", "application/n-triples"),
        ("application/*, application/n-triples;q=0.5", "application/ld+json"),
        ("text/html, */*;q=0.01", "text/turtle"),
        ("application/ld+json; profile=\"http://www.w3.org/ns/json-ld#expanded\"; q=0.4, text/turtle;q=.3", "application/ld+json"),
        ("text/turtle;q=0.001", "text/turtle"),
        ("text/turtle;q=0", None),
        ("text/turtle;q=0.0, */*;q=0", None),
        ("image/png", None),
        ("text/turtle;q=2", None),
        ("text/turtle;q=-1", None),
        ("text/turtle;q=nan", None),
        ("text/turtle;q=1e1", None),
        ("text/turtle;q=", None),
        ("text", None),
        ("/", None),
        ("*/turtle", None),
        ("text/turtle text/turtle", None),
        ("\x00, text/turtle;q=0.5", "text/turtle"),
    ],
)  # fmt: skip
def test_the_best_of_what_is_accepted_is_chosen(accept: str, expected: str | None) -> None:
    assert choose(accept, OFFERED) == expected


@given(st.text(max_size=300))
def test_any_header_gives_something_offered_or_nothing(accept: str) -> None:
    assert choose(accept, OFFERED) in {*OFFERED, None}


@given(st.lists(st.tuples(st.sampled_from([*OFFERED, "*/*", "text/*", "image/png"]), st.integers(0, 1000)), max_size=8))
def test_nothing_is_given_that_was_ruled_out(ranges: list[tuple[str, int]]) -> None:
    weights = {name: q / 1000 for name, q in ranges}
    accept = ", ".join(f"{name};q={q:.3f}" for name, q in weights.items())
    found = choose(accept, OFFERED)
    if found is not None and found in weights:
        assert weights[found] > 0


@pytest.mark.parametrize(
    "accept",
    [
        ",".join(f"text/x{n};q=0.{n % 10}" for n in range(10_000)),
        "a/b;q=" + "0" * 100_000,
        ";q=" * 50_000,
        "text/turtle" + ";x=y" * 50_000,
        "," * 100_000,
        "text/" + " " * 100_000 + "turtle",
        " " * 100_000 + "x",
        ("text/turtle" + " ;" * 50_000 + ",") * 2,
    ],
)
def test_a_hostile_header_costs_little(accept: str) -> None:
    start = time.perf_counter()
    choose(accept, OFFERED)
    assert time.perf_counter() - start < 0.5


def test_the_formats_of_the_protocol_are_offered() -> None:
    assert {"application/sparql-results+json", "application/sparql-results+xml", "text/csv"} <= set(ROWS.values())
    assert {"text/turtle", "application/n-triples", "application/rdf+xml"} <= set(TRIPLES.values())

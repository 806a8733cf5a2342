"""Figures that belong to an event."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(("text", "kind", "figures"), [
    ("Kenyan forces killed 12 Somali soldiers near the border.", "ASSAULT", [("Killed", 12, "Exactly")]),
    ("Kenyan forces killed at least 12 Somali soldiers near the border.", "ASSAULT", [("Killed", 12, "AtLeast")]),
    ("Kenyan rebels abducted 12 Somali soldiers.", "ASSAULT", [("Abducted", 12, "Exactly")]),
    ("Kenya freed 30 Somali prisoners on Monday.", "RETREAT", [("Released", 30, "Exactly")]),
    ("Kenyan police arrested about 40 Somali protesters.", "COERCE", [("Arrested", 40, "About")]),
])  # fmt: skip
def test_a_figure_counts_what_the_events_verb_says(tell, text, kind, figures):
    found = [(q.kind, q.value, q.approximation) for q in tell(text).one(kind).quantities]
    assert found == figures


def test_a_figure_is_as_of_the_day_of_the_report_and_has_its_place_in_the_text(tell):
    told = tell("Kenya freed 30 Somali prisoners on Monday.")
    [quantity] = told.one("RETREAT").quantities
    assert quantity.as_of == "2024-05-15"
    assert quantity.span.of(told.text) == "30"


def test_money_has_its_currency(tell):
    [quantity] = tell("Kenya gave Somalia $5 million in aid.").one("AID").quantities
    assert (quantity.kind, quantity.value, quantity.unit) == ("Money", 5_000_000, "USD")


def test_a_figure_of_another_clause_does_not_count(tell):
    told = tell("Kenya freed Somali prisoners on Monday and hailed 30 athletes.")
    assert told.one("RETREAT").quantities == ()


def test_percent_and_years_are_no_figures_of_an_event(tell):
    told = tell("Kenya attacked Somalia in 1977 and 20 percent of the crops were lost.")
    assert told.one("ASSAULT").quantities == ()


def test_a_figure_of_another_sentence_does_not_count(tell):
    assert tell("Thirty people came. Kenya attacked Somalia.").one("ASSAULT").quantities == ()

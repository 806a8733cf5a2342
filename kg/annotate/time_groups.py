"""What the groups of a matched form say: a number, a month, a unit, which of several."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.annotate.patterns import plain, small_numbers
from kg.lexicon.wordlists import words

Groups = Mapping[str, Any]


def integer(text: str | None) -> int | None:
    """The number in digits, or None where there is none."""
    return int(text) if text else None


def number(said: str | None) -> int:
    """The number in digits or words; one where nothing is said.

    >>> number("twenty-two"), number(None)
    (22, 1)
    """
    key = plain(said or "one")
    return int(key) if key.isdigit() else small_numbers()[key]


def month_of(groups: Groups) -> int:
    """The number of the month, 1 to 12."""
    time = words("time")
    found: int = {**time["months"], **time["month_abbreviations"]}[groups["month"].rstrip(".").capitalize()]
    return found


def which(groups: Groups) -> str | None:
    """The last word of "this past", in lower case; "this" alone stays."""
    said = groups.get("which")
    return plain(said).split(" ")[-1] if said else None


def unit(groups: Groups) -> str:
    """The unit of counting; a time of day counts days."""
    found: str = words("time")["units"].get(groups["unit"].lower(), groups["unit"].lower())
    return "day" if found in words("time")["lists"]["times_of_day"] else found

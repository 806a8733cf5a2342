"""Times as they are found in a text that was published on a Friday."""

from __future__ import annotations

from datetime import date

from kg.annotate.times import time_expressions

FRIDAY = date(2023, 12, 22)


def found(text: str, published: date | None = FRIDAY) -> list[tuple[str | None, str]]:
    return [(e.when.expression, e.when.edtf) for e in time_expressions(text, published)]


def days(text: str, published: date | None = FRIDAY) -> tuple[str, str]:
    [one] = time_expressions(text, published)
    return str(one.when.begin), str(one.when.end)

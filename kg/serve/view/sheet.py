"""The events of a view as CSV (RFC 4180), byte by byte what the page that holds its events saves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from kg.serve.view.saving import Saved, stretches

BATCH = 200
"""Events of one part."""
_SIDES = ("actor", "speaker", "recipient", "addressee")
_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_FORMULA = re.compile(r"[=+\-@\t\r]")
_QUOTED = re.compile(r'[",\r\n]')
Card = Mapping[str, Any]
Names = Callable[[int], str]


def csv(events: Saved) -> Iterator[str]:
    """The lines, some events at a time; the first has the names of the columns after a byte order mark."""
    index = events.index
    labels = {}

    def named(at: int) -> str:
        if at not in labels:
            labels[at] = str(index.node(at)["label"])
        return labels[at]

    yield "\ufeff" + _line(COLUMNS)
    for some in stretches(events.places, BATCH):
        yield "".join(_line(of(card, named) for of in COLUMNS.values()) for card in map(index.card, some))


def _text(name: str) -> Callable[[Card, Names], str]:
    return lambda card, _: "" if card.get(name) is None else number(card[name])


def _joined(name: str) -> Callable[[Card, Names], str]:
    return lambda card, _: "; ".join(card.get(name, ()))


def _each(of: Callable[[Card], str]) -> Callable[[Card, Names], str]:
    return lambda card, _: "; ".join(dict.fromkeys(of(report) for report in card.get("reports", ())))


def _those(*roles: str) -> Callable[[Card, Names], str]:
    return lambda card, named: ", ".join(named(at) for role, at in card["parties"] if role in roles)


def _others(card: Card, named: Names) -> str:
    return "; ".join(f"{named(at)} ({role})" for role, at in card["parties"] if role not in _SIDES)


def _links(card: Card, _: Names) -> str:
    return "; ".join(dict.fromkeys(link for r in card.get("reports", ()) if (link := r["article"].get("link"))))


COLUMNS: Mapping[str, Callable[[Card, Names], str]] = {
    "id": _text("id"),
    "event": _text("label"),
    "when": _text("when"),
    "begin": _text("begin"),
    "end": _text("end"),
    "who": _those("actor", "speaker"),
    "to whom": _those("recipient", "addressee"),
    "others": _others,
    "type": _text("type"),
    "mode": _text("mode"),
    "stance": _text("stance"),
    "status": _text("status"),
    "status in words": _text("statusWords"),
    "place": _text("place"),
    "figures": _joined("figures"),
    "codes": _joined("codes"),
    "score": _text("score"),
    "confidence": _text("confidence"),
    "reports": lambda card, _: str(len(card.get("reports", ()))),
    "who says so": _each(lambda report: report.get("says", "")),
    "articles": _each(lambda report: report["article"].get("title", "")),
    "links": _links,
}
"""As ``csv`` in the page's ``export.js``; the tests hold the two together."""


def _line(fields: Iterable[str]) -> str:
    return ",".join(map(_field, fields)) + "\r\n"


def _field(text: str) -> str:
    """A field; what a spreadsheet would take for a formula starts with an apostrophe.

    >>> _field("=1+1"), _field("-9.5"), _field("one, two")
    ("'=1+1", '-9.5', '"one, two"')
    """
    if _NUMBER.fullmatch(text):
        return text
    safe = f"'{text}" if _FORMULA.match(text) else text
    return '"{}"'.format(safe.replace('"', '""')) if _QUOTED.search(safe) else safe


def number(value: object) -> str:
    """A value as the page writes it: whole numbers without a fraction, others as short as they can be told.

    >>> number(-9.0), number(0.25), number("x")
    ('-9', '0.25', 'x')
    """
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)

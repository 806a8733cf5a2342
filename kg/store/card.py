"""A store as a small table in a notebook."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from kg.errors import StoreError

if TYPE_CHECKING:
    from kg.store.protocol import Store

_COUNT = "SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE { ?x a %s }"
_ROWS = (
    ("articles", "schema:NewsArticle"),
    ("events", "sem:Event"),
    ("mentions of events", "dk:EventMention"),
    ("actors", "sem:Actor"),
    ("places", "sem:Place"),
    ("agreements", "dk:Agreement"),
)


def card(store: Store) -> str:
    """The store's location and counts as an HTML table, all text escaped."""
    try:
        rows = [(name, _number(store, kind)) for name, kind in _ROWS]
    except StoreError as error:
        return f"<p>{escape(str(error))}</p>"
    head = f'<tr><th colspan="2" style="text-align:left">{escape(store.location)}</th></tr>'
    body = "".join(
        f'<tr><td style="text-align:left">{escape(name)}</td><td>{escape(number)}</td></tr>' for name, number in rows
    )
    return f"<table>{head}{body}</table>"


def _number(store: Store, kind: str) -> str:
    term = store.query(_COUNT % kind).rows[0][0]
    return "0" if term is None else term.value

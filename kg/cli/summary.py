"""What a store holds, in a few lines that a stranger understands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kg.cli.output import heading, width
from kg.query.grid import grid, visible

if TYPE_CHECKING:
    from kg.store import Store

TOP = 6
STATUSES = (
    "Occurred", "Ongoing", "PartlyRealized", "Expected", "Hypothetical", "NotOccurred", "StatusUnknown",
)  # fmt: skip
_ARTICLES = """SELECT (COUNT(DISTINCT ?a) AS ?n) (MIN(?d) AS ?first) (MAX(?d) AS ?last)
WHERE { ?a a schema:NewsArticle OPTIONAL { ?a schema:datePublished ?d } }"""
_EVENTS = """SELECT ?type ?status (COUNT(DISTINCT ?e) AS ?n) WHERE {
  ?e a sem:Event ; sem:eventType ?t ; dk:eventStatus ?s
  BIND(REPLACE(STR(?t), "^.*[/#]", "") AS ?type) BIND(STRAFTER(STR(?s), "#") AS ?status)
} GROUP BY ?type ?status"""
_TIME = """SELECT (MIN(?t) AS ?first) (MAX(?t) AS ?last) WHERE {
  ?e a sem:Event ; sem:hasBeginTimeStamp|sem:hasEarliestBeginTimeStamp|
    sem:hasEndTimeStamp|sem:hasLatestEndTimeStamp ?t
}"""
_ACTORS = """SELECT ?name (COUNT(DISTINCT ?e) AS ?n) WHERE {
  ?e a sem:Event ; dk:actor|dk:recipient|dk:speaker|dk:addressee|dk:mediator ?a .
  ?a skos:prefLabel ?label BIND(STR(?label) AS ?name)
} GROUP BY ?a ?name ORDER BY DESC(?n) ?name"""


def summary(store: Store) -> str:
    """Articles, events by type and status, actors and time, as text that ends in a line break."""
    articles, first, last = _row(store, _ARTICLES)
    table = _by_type(store)
    events = sum(sum(row.values()) for row in table.values())
    begin, end = _row(store, _TIME)
    actors = [(str(name), str(number)) for name, number in store.query(_ACTORS).rows]
    lines = [
        f"{heading('Articles')}  {int(articles):,}{_span(first, last, ', published')}",
        # Years alone: the first day of a year may stand for a year of which no more is known.
        f"{heading('Events')}    {events:,}{_span(begin[:4], end[:4], ', from')}",
        f"{heading('Actors')}    {len(actors):,}{', most often ' + _most(actors) if actors else ''}",
    ]
    if table:
        lines += ["", _grid(table)]
    return "\n".join(lines) + "\n"


def _row(store: Store, sparql: str) -> tuple[str, ...]:
    (row,) = store.query(sparql).rows
    return tuple("" if term is None else term.value for term in row)


def _by_type(store: Store) -> dict[str, dict[str, int]]:
    table: dict[str, dict[str, int]] = defaultdict(dict)
    for row in store.query(_EVENTS).rows:
        code, status, number = (str(term) for term in row)
        table[code][status] = int(number)
    return dict(sorted(table.items(), key=lambda item: (-sum(item[1].values()), item[0])))


def _grid(table: Mapping[str, Mapping[str, int]]) -> str:
    """Events by type and status; a status that no event has makes no column.

    >>> print(_grid({"CONSULT": {"Occurred": 2, "Expected": 1}}))
    type     Occurred  Expected  all
    -------  --------  --------  ---
    CONSULT         2         1    3
    """
    met = {status for row in table.values() for status in row}
    columns = [*(s for s in STATUSES if s in met), *sorted(met - set(STATUSES))]
    rows = [
        [code, *(str(row.get(status, "")) for status in columns), str(sum(row.values()))] for code, row in table.items()
    ]
    return grid(["type", *columns, "all"], rows, width=width(), right=[False, *[True] * (len(columns) + 1)])


def _most(actors: Sequence[tuple[str, str]]) -> str:
    return ", ".join(f"{visible(name)} {number}" for name, number in actors[:TOP])


def _span(first: str, last: str, word: str) -> str:
    """The days from first to last, where there are any.

    >>> _span("2023-12-22", "2023-12-22", ", published")
    ', published 2023-12-22'
    """
    if not first:
        return ""
    return f"{word} {first[:10]}" + (f" to {last[:10]}" if last[:10] != first[:10] else "")

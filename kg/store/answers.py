"""The store's results as records of ``kg.model``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox

from kg.errors import QueryRefused
from kg.model import Answer, Row, Term

_PLAIN = frozenset({"http://www.w3.org/2001/XMLSchema#string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"})


def to_answer(result: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> Answer:
    """All of a result at once; the rows of a graph are sorted, those of a SELECT keep their order."""
    if isinstance(result, ox.QueryBoolean):
        return Answer("ask", truth=bool(result))
    if isinstance(result, ox.QueryTriples):
        return graph_answer(result)
    columns = tuple(variable.value for variable in result.variables)
    rows = tuple(tuple(None if t is None else _term(t) for t in solution) for solution in result)
    return Answer("select", columns, rows)


def graph_names(graphs: Iterable[str]) -> list[ox.NamedNode]:
    """The graphs that a query is to be asked over, each once.

    Raises:
        QueryRefused: One of them is no IRI.
    """
    try:
        return [ox.NamedNode(graph) for graph in dict.fromkeys(graphs)]
    except ValueError as error:
        raise QueryRefused(f"a graph's name is not an IRI: {str(error)[:200]}") from error


def graph_answer(triples: Iterable[ox.Triple]) -> Answer:
    """The triples as an answer of kind ``graph``, sorted, each once."""
    graph = {(_term(t.subject), _term(t.predicate), _term(t.object)) for t in triples}
    return Answer("graph", ("subject", "predicate", "object"), tuple(sorted(graph, key=_row_key)))


def _row_key(row: Row) -> tuple[tuple[str, str, str, str], ...]:
    return tuple(("", "", "", "") if t is None else (t.kind, t.value, t.datatype or "", t.language or "") for t in row)


def _term(term: Any) -> Term:  # pyoxigraph's union of term classes has no public name
    if isinstance(term, ox.NamedNode):
        return Term("iri", term.value)
    if isinstance(term, ox.BlankNode):
        return Term("blank", term.value)
    if isinstance(term, ox.Literal):
        datatype = term.datatype.value
        return Term("literal", term.value, None if datatype in _PLAIN else datatype, term.language)
    return Term("literal", str(term))

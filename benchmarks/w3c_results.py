"""Whether two results of SPARQL tests are the same: as bags or lists of rows, or as graphs, up to blank nodes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

import pyoxigraph as ox

Term = Any
"""A term of pyoxigraph; the union of its classes has no public name."""
Row = dict[str, Term]

XSD = "http://www.w3.org/2001/XMLSchema#"
RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_INEXACT = {XSD + "double", XSD + "float"}
_EXACT = {XSD + name for name in ("decimal", "integer", "int", "long", "nonNegativeInteger", "positiveInteger")}


def same_rows(wanted: Sequence[Row], found: Sequence[Row], *, ordered: bool, exact: bool = False) -> bool:
    """Whether the rows are the same, each as often, under one renaming of blank nodes.

    Args:
        wanted: Bound variables and their terms.
        found: The same.
        ordered: The rows must come in the same order.
        exact: Numbers must be written alike, and not only be equal.

    >>> b = [{"x": ox.BlankNode("a")}, {"x": ox.BlankNode("b")}]
    >>> same_rows(b, b[::-1], ordered=False), same_rows(b, [b[0], b[0]], ordered=False)
    (True, False)
    """
    left, right = ([{k: _value(t, exact) for k, t in row.items()} for row in rows] for rows in (wanted, found))
    if len(left) != len(right):
        return False
    if ordered:
        return _pairs(left, [[n] for n in range(len(right))], right)
    shapes = [_shape(row) for row in right]
    if Counter(map(_shape, left)) != Counter(shapes):
        return False
    return _pairs(left, [[n for n, s in enumerate(shapes) if s == _shape(row)] for row in left], right)


def _pairs(left: Sequence[Row], choices: Sequence[Sequence[int]], right: Sequence[Row]) -> bool:
    """Whether each row on the left can be paired with one of its choices, by one renaming, one to one."""

    def extend(at: int, taken: frozenset[int], names: dict[str, str]) -> bool:
        if at == len(left):
            return True
        for choice in choices[at]:
            if choice not in taken and (more := _renamed(left[at], right[choice], names)) is not None:
                if extend(at + 1, taken | {choice}, more):
                    return True
                if more == names:  # the row renames nothing, so that another choice would not help either
                    return False
        return False

    return extend(0, frozenset(), {})


def _renamed(one: Row, other: Row, names: dict[str, str]) -> dict[str, str] | None:
    """The renaming with what these two rows need; None where they cannot be one."""
    if one.keys() != other.keys():
        return None
    more = dict(names)
    for key, term in one.items():
        if isinstance(term, ox.BlankNode) and isinstance(other[key], ox.BlankNode):
            if more.setdefault(term.value, other[key].value) != other[key].value:
                return None
        elif term != other[key]:
            return None
    return more if len(set(more.values())) == len(more) else None


def _shape(row: Row) -> frozenset[tuple[str, Term]]:
    return frozenset((k, "blank" if isinstance(t, ox.BlankNode) else t) for k, t in row.items())


def _value(term: Term, exact: bool) -> Term:
    """A number or truth value by its value, so that 2.0 and 2.00 are one decimal; any other term as it is."""
    if exact or not isinstance(term, ox.Literal):
        return term
    kind = term.datatype.value
    if kind == XSD + "boolean":
        return (kind, {"1": "true", "0": "false"}.get(term.value, term.value))
    try:
        if kind in _INEXACT:
            number = float(term.value)
            return (kind, number if number == number else "NaN")
        return (kind, Decimal(term.value)) if kind in _EXACT else term
    except (ValueError, InvalidOperation):
        return term


def same_graphs(wanted: Iterable[ox.Quad], found: Iterable[ox.Quad]) -> bool:
    """Whether two sets of quads are isomorphic."""
    left, right = ox.Dataset(wanted), ox.Dataset(found)
    for side in (left, right):
        side.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return set(left) == set(right)


def rows_of(parsed: ox.QuerySolutions) -> list[Row]:
    """The solutions as rows of what is bound."""
    names = [v.value for v in parsed.variables]
    return [{k: t for k, t in zip(names, solution, strict=True) if t is not None} for solution in parsed]


def rows_in_graph(graph: ox.Dataset) -> list[Row] | None:
    """The rows that a graph tells in the result-set vocabulary; None where it tells none."""

    def one(subject: Term, name: str) -> Term:
        return next(q.object for q in graph.quads_for_subject(subject) if q.predicate.value == RS + name)

    if not any(q.predicate.value == RS + "resultVariable" for q in graph):
        return None
    solutions = [q.object for q in graph if q.predicate.value == RS + "solution"]
    bindings = (
        [q.object for q in graph.quads_for_subject(s) if q.predicate.value == RS + "binding"] for s in solutions
    )
    return [{one(b, "variable").value: one(b, "value") for b in found} for found in bindings]

"""SPARQL updates of bounded size that turn one set of triples into another, in a graph and in the union.

A server reads an update as one text and compiles it as one program; Virtuoso refuses some thousand triples in one
step. What is new and large goes through the Graph Store Protocol instead, which has no such bound.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.vocab.namespaces import GRAPH


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much goes into one request."""

    step: int = 1_000
    """Triples of one step of an update."""
    characters: int = 200_000
    """Length of one step."""
    update: int = 800_000
    """Length of one update, of several steps."""
    upload: int = 4_000_000
    """Length of one upload through the Graph Store Protocol."""


BOUNDS = Bounds()


def lines(triples: Iterable[ox.Triple]) -> list[str]:
    """The triples as sorted lines of N-Triples, each with its line end; a text in them has no '<'.

    Virtuoso takes an upload with ``<html`` in it for a page, whatever its media type says.

    >>> lines([ox.Triple(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.Literal("<html>", language="en"))])
    ['<urn:a> <urn:b> "\\\\u003Chtml>"@en .\\n']
    """
    return sorted(f"{t.subject} {t.predicate} {written(t.object)} .\n" for t in triples)


def written(term: object) -> str:
    """A term as N-Triples has it, without '<' in the text of a literal."""
    if not isinstance(term, ox.Literal):
        return str(term)
    text = str(ox.Literal(term.value))
    return text.replace("<", "\\u003C") + str(term).removeprefix(text)


def deletions(graph: str | None, triples: Iterable[ox.Triple], bounds: Bounds = BOUNDS) -> Iterator[str]:
    """The steps that take triples out of a graph; None is the default graph."""
    for part in chunks(lines(triples), bounds.characters, bounds.step):
        yield f"DELETE DATA {{ {within(graph, ''.join(part))} }}"


def insertions(graph: str | None, triples: Iterable[ox.Triple], bounds: Bounds = BOUNDS) -> Iterator[str]:
    """The steps that put triples into a graph; None is the default graph."""
    for part in chunks(lines(triples), bounds.characters, bounds.step):
        yield f"INSERT DATA {{ {within(graph, ''.join(part))} }}"


def also_elsewhere(graph: str) -> str:
    """The query for the triples of a graph that another graph of the store has too.

    No value stands in it: Virtuoso compares those of VALUES and those of the graph in different ways.
    """
    return (
        f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} FILTER EXISTS {{ GRAPH ?g {{ ?s ?p ?o }} "
        f'FILTER(STRSTARTS(STR(?g), "{GRAPH}") && ?g != <{graph}>) }} }}'
    )


def within(graph: str | None, pattern: str) -> str:
    """A pattern in a graph; None is the default graph.

    >>> within(None, "?s ?p ?o"), within("urn:u", "?s ?p ?o")
    ('?s ?p ?o', 'GRAPH <urn:u> { ?s ?p ?o }')
    """
    return pattern if graph is None else f"GRAPH <{graph}> {{ {pattern} }}"


def chunks(parts: Iterable[str], characters: int, most: int) -> Iterator[list[str]]:
    """The parts in order, in lists that are short and few enough; a part that is too long alone stands alone.

    >>> list(chunks(["aa", "b", "cccc", "d"], 3, 2))
    [['aa', 'b'], ['cccc'], ['d']]
    """
    held: list[str] = []
    size = 0
    for part in parts:
        if held and (size + len(part) > characters or len(held) == most):
            yield held
            held, size = [], 0
        held.append(part)
        size += len(part)
    if held:
        yield held

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

    removed: int = 1_000
    """Triples that one step of an update takes out."""
    added: int = 1_000
    """Triples that one step of an update puts in."""
    characters: int = 200_000
    """Length of one step."""
    update: int = 800_000
    """Length of one update, of several steps."""
    upload: int = 4_000_000
    """Length of one upload through the Graph Store Protocol."""


BOUNDS = Bounds()


def lines(triples: Iterable[ox.Triple]) -> list[str]:
    """The triples as sorted lines of N-Triples, each with its line end."""
    return sorted(f"{t.subject} {t.predicate} {t.object} .\n" for t in triples)


def removals(
    graph: str, union: str | None, triples: set[ox.Triple], shared: set[ox.Triple], bounds: Bounds = BOUNDS
) -> Iterator[str]:
    """The steps that take triples out of a graph, and out of the union what no other graph has.

    Args:
        graph: The IRI of the graph.
        union: The IRI of the graph that holds the union; None: the default graph does.
        triples: What goes.
        shared: What other graphs have too, as ``also_elsewhere`` tells.
        bounds: How much goes into one step.
    """
    for part in chunks(lines(triples), bounds.characters, bounds.removed):
        yield f"DELETE DATA {{ GRAPH <{graph}> {{\n{''.join(part)}}} }}"
    for part in chunks(lines(triples - shared), bounds.characters, bounds.removed):
        yield f"DELETE DATA {{ {within(union, ''.join(part))} }}"


def also_elsewhere(graph: str) -> str:
    """The query for the triples of a graph that another graph of the store has too.

    No value stands in it: Virtuoso compares those of VALUES and those of the graph in different ways.
    """
    return (
        f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} FILTER EXISTS {{ GRAPH ?g {{ ?s ?p ?o }} "
        f'FILTER(STRSTARTS(STR(?g), "{GRAPH}") && ?g != <{graph}>) }} }}'
    )


def additions(graph: str, union: str | None, triples: Iterable[ox.Triple], bounds: Bounds = BOUNDS) -> Iterator[str]:
    """The steps that put triples into a graph and into the union."""
    for part in chunks(lines(triples), bounds.characters, bounds.added):
        text = "".join(part)
        yield f"INSERT DATA {{ {within(union, text)} GRAPH <{graph}> {{\n{text}}} }}"


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

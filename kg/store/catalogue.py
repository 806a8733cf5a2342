"""What a store on a server keeps beside the graph: which graphs are whole, coded records, and a user's notes.

::

    BASE store/catalogue      one statement for each graph that is whole, and one that this is a store
    BASE store/union          the union of the graphs, where the server has no default graph of its own
    BASE store/record/KEY     the coded record of an article, as pieces of JSON
    BASE store/waiting/KEY    the record of an article that is coded and not yet in the graph
    BASE store/note/NAME      a user's own text

A graph is struck from the catalogue before it is changed and entered when it is whole, because not every server
takes the steps of an update as one transaction.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store.batches import written
from kg.store.records import check_key
from kg.store.server import Server, solutions
from kg.vocab.namespaces import GRAPH, STORE

CATALOGUE = STORE + "catalogue"
UNION = STORE + "union"
RECORDS = STORE + "record/"
NOTES = STORE + "note/"
WAITING = STORE + "waiting/"
LAYOUT, WHOLE, PIECES, PIECE = (STORE + name for name in ("layout", "whole", "pieces", "piece"))
VERSION = "1"
PIECE_CHARACTERS = 1_000_000
PAGE = 5_000
"""Rows asked for at once: servers cut longer answers, some without a word."""


def entry(graph: str) -> str:
    """The catalogue's statement that a graph is whole."""
    return f'GRAPH <{CATALOGUE}> {{ <{graph}> <{WHOLE}> "1" }}'


def strike(graph: str) -> str:
    """The step of an update that says a graph is not whole."""
    return f"DELETE DATA {{ {entry(graph)} }}"


def enter(graph: str) -> str:
    """The step of an update that says a graph is whole."""
    return f"INSERT DATA {{ {entry(graph)} }}"


def whole(server: Server, graph: str) -> bool:
    """Whether a graph is there and whole."""
    found = server.select(f"ASK {{ {entry(graph)} }}", over=())
    return bool(found) if isinstance(found, ox.QueryBoolean) else False


def whole_graphs(server: Server) -> Iterator[str]:
    """The graphs that are there and whole, sorted."""
    return _subjects(server, CATALOGUE, WHOLE, GRAPH)


def _subjects(server: Server, graph: str, predicate: str, prefix: str) -> Iterator[str]:
    """The subjects that begin with a prefix and have the predicate, in a graph or '?x', sorted, page by page."""
    last = prefix
    where = graph if graph.startswith("?") else f"<{graph}>"
    while True:
        text = (
            f"SELECT ?x {{ GRAPH {where} {{ ?x <{predicate}> ?o }} "
            f'FILTER(STRSTARTS(STR(?x), "{prefix}") && STR(?x) > "{last}") }} ORDER BY STR(?x) LIMIT {PAGE}'
        )
        rows = [row["x"] for row in solutions(server, server.select(text))]
        names = [term.value for term in rows if isinstance(term, ox.NamedNode)]
        # A server that gives what was not asked for would be asked for ever.
        if len(names) != len(rows) or names != sorted(set(names)) or (names and names[0] <= last):
            raise StoreError(f"{server.endpoint.location}: the list of graphs is not in order; the server cannot sort")
        yield from names
        if len(names) < PAGE:
            return
        last = names[-1]


class ServerRecords:
    """Texts by key on a server, a named graph each, so that one request puts one in place of the older one."""

    def __init__(self, server: Server, prefix: str) -> None:
        self._server = server
        self._prefix = prefix

    def put(self, key: str, text: str) -> None:
        """Keep a text in place of an earlier one."""
        name = self._prefix + check_key(key)
        pieces = [text[i : i + PIECE_CHARACTERS] for i in range(0, len(text), PIECE_CHARACTERS)]
        held = [(PIECES, str(len(pieces))), *((f"{PIECE}/{n}", piece) for n, piece in enumerate(pieces))]
        self._server.put_graph(
            name, "".join(f"<{name}> <{what}> {written(ox.Literal(value))} .\n" for what, value in held)
        )

    def get(self, key: str) -> str | None:
        """The text; None where there is none, or not all of its pieces."""
        found = self._server.graph(self._prefix + check_key(key))
        held = {t.predicate.value: t.object.value for t in found if isinstance(t.object, ox.Literal)}
        count = held.get(PIECES, "")
        if not count.isdigit() or len(held) != int(count) + 1:
            return None
        pieces = [held.get(f"{PIECE}/{n}") for n in range(int(count))]
        return None if None in pieces else "".join(p for p in pieces if p is not None)

    def names(self) -> tuple[str, ...]:
        """The keys, sorted."""
        found = _subjects(self._server, "?g", PIECES, self._prefix)
        return tuple(name.removeprefix(self._prefix) for name in found)

    def drop(self, key: str) -> None:
        """Forget a text, if there is one."""
        self._server.drop_graph(self._prefix + check_key(key))

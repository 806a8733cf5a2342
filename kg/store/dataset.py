"""Which graphs of a server a query is asked over, found out by a statement that stands in one named graph only."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from kg.errors import QueryTooLarge, StoreError
from kg.store.catalogue import CATALOGUE, LAYOUT, UNION, VERSION, whole_graphs
from kg.store.foreign import Foreign
from kg.store.server import Server, solutions
from kg.vocab.namespaces import STORE

GRAPHS_NAMED = 2_000
"""Graphs that a query can name, where a server asks for each by name."""
_HERE = f"<{STORE}> <{LAYOUT}>"
_SIDE = f"<{UNION}> <{LAYOUT}>"
_OVER_UNION = (("default-graph-uri", UNION),)


@dataclass(frozen=True, slots=True)
class Dataset:
    """What stands for the default graph and for the named graphs of a query."""

    union: str | None
    """The named graph that holds the union; None: the server's default graph does."""
    by_name: bool = False
    """Whether ``GRAPH ?g`` meets only graphs that the request names, as SPARQL has it."""

    def over(self, server: Server, query: Foreign) -> list[tuple[str, str]]:
        """The parameters of the request.

        Raises:
            QueryTooLarge: The store has more graphs than a request can name.
        """
        if self.union is None or query.names_default:
            return []
        if not (self.by_name and query.names_graphs):
            return list(_OVER_UNION)
        named: list[tuple[str, str]] = []
        for graph in whole_graphs(server):
            if len(named) == GRAPHS_NAMED:
                raise QueryTooLarge(
                    f"{server.endpoint.location}: this server asks for each graph by name, and the store has more "
                    f"than {GRAPHS_NAMED}; ask without GRAPH, or with FROM NAMED"
                )
            named.append(("named-graph-uri", graph))
        return [*_OVER_UNION, *named]


def recognise(server: Server, *, read_only: bool) -> Dataset:
    """How the server is asked, after it was seen that a store of this version lies there, or one was begun.

    Raises:
        StoreError: There is none and nothing may be written, it is another version, something else lies in the
            default graph, or the server now sees another default graph than when the store was begun.
    """
    where = server.endpoint.location
    layout = _value(server, _HERE)
    if layout is None and read_only:
        raise StoreError(f"{where}: no store there; make one with: kg build seeds/ --store sparql")
    if layout not in (None, VERSION):
        raise StoreError(f"{where}: a store of layout {layout!r}, this kg reads layout {VERSION}; use another server")
    if layout is None:
        server.update(f'INSERT DATA {{ GRAPH <{CATALOGUE}> {{ {_HERE} "{VERSION}" }} }}')
    found = _probe(server)
    kept, is_now = _value(server, _SIDE), "named" if found.union else "default"
    if kept is None:
        _begin(server, found, is_now, read_only=read_only)
    elif kept != is_now:
        raise StoreError(
            f"{where}: the union of this store lies in the {kept} graph, but the server's settings now ask for the "
            f"{is_now} one; set the server as it was"
        )
    return found


def _begin(server: Server, found: Dataset, is_now: str, *, read_only: bool) -> None:
    if read_only:
        raise StoreError(f"{server.endpoint.location}: the store was only begun; go on with: kg build")
    if found.union is None and _ask(server, "ASK { ?s ?p ?o }"):
        server.update(f'DELETE DATA {{ GRAPH <{CATALOGUE}> {{ {_HERE} "{VERSION}" }} }}')
        raise StoreError(
            f"{server.endpoint.location}: the server's default graph holds other statements, among which ours would "
            "be lost; give an empty data set"
        )
    server.update(f'INSERT DATA {{ GRAPH <{CATALOGUE}> {{ {_SIDE} "{is_now}" }} }}')


def _probe(server: Server) -> Dataset:
    """Whether a query that names no graph sees what lies in a named graph only."""
    if not _ask(server, f"ASK {{ {_HERE} ?v }}"):
        return Dataset(None)
    try:
        taken = not _ask(server, f"ASK {{ {_HERE} ?v }}", _OVER_UNION)
    except StoreError:
        taken = False
    if not taken:
        raise StoreError(
            f"{server.endpoint.location}: the server asks over all graphs at once and takes no default-graph-uri; "
            "set it to keep its default graph apart (Oxigraph: without --union-default-graph)"
        )
    return Dataset(UNION, by_name=not _ask(server, f"ASK {{ GRAPH <{CATALOGUE}> {{ {_HERE} ?v }} }}", _OVER_UNION))


def _ask(server: Server, sparql: str, over: tuple[tuple[str, str], ...] = ()) -> bool:
    found = server.select(sparql, over=over)
    if not isinstance(found, ox.QueryBoolean):
        raise StoreError(f"{server.endpoint.location}: rows came where yes or no was asked for; is it a SPARQL server?")
    return bool(found)


def _value(server: Server, statement: str) -> str | None:
    sparql = f"SELECT ?v {{ GRAPH <{CATALOGUE}> {{ {statement} ?v }} }}"
    values = [row["v"] for row in solutions(server, server.select(sparql))]
    terms = [v.value for v in values if isinstance(v, ox.Literal)]
    return terms[0] if terms else None

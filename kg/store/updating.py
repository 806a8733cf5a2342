"""A store in a folder, open for updates: graphs of a user's own beside those of the articles, or all of a scratch one.

It is opened in a process that may be killed at any moment. Each change is one transaction of the database, which
is there whole or not at all, and is forced to the disk and published before anybody is told that it was done.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.store.disk import unfinished
from kg.store.holder import clear_holder, holder_of
from kg.store.layout import is_scratch, recognise
from kg.store.opening import open_database
from kg.store.sparql_errors import syntax_error
from kg.store.trouble import reported
from kg.store.updates import Over, prepared, see_graph
from kg.vocab.namespaces import PREFIXES

FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}
"""The media types of triples that can be put into a graph."""


class UpdatableStore:
    """The one process of a service that writes.

    Args:
        folder: A store's folder.
        holder: The process that other writers are told to wait for; None: this one.

    Raises:
        StoreBusy: Another process has it open for writing.
        StoreError: It is no store of this version, a build was cut off within, or the disk refuses.
    """

    def __init__(self, folder: Path, *, holder: int | None = None) -> None:
        self.location = str(folder)
        self._folder = folder
        with reported(self.location, holder_of(folder)):
            recognise(folder)
            if unfinished(folder) and holder_of(folder) is None:
                raise StoreError(
                    f"{folder}: a build was cut off within; finish it with: kg build SOURCES --store {folder}"
                )
            self.scratch = is_scratch(folder)
            self._rdf, self._disk = open_database(folder, holder=holder)

    def update(self, sparql: str, *, base_iri: str | None = None, over: Over = Over()) -> None:  # noqa: B008
        """Carry out an update, as one transaction; ``publish`` shows it to readers.

        Args:
            sparql: The update; the prefixes of ``kg.vocab`` need no declaration.
            base_iri: What relative IRIs are relative to.
            over: Over which graphs patterns are asked, where the text does not tell.

        Raises:
            QueryError: It is not SPARQL, or an operation without SILENT has no graph to work on.
            QueryRefused: It reaches outside the store, or writes what is not the user's; see ``kg.store.updates``.
            QueryTooLarge: It is past a limit.
            StoreError: The disk refuses; nothing was then changed.
        """
        text = prepared(sparql, base=base_iri, over=over, scratch=self.scratch, holds=self.holds)
        self._disk.changed()
        with reported(self.location):
            try:
                self._rdf.update(text, base_iri=base_iri, prefixes=dict(PREFIXES))
            except SyntaxError as error:
                raise syntax_error(sparql, str(error), PREFIXES, based=base_iri is not None, update=True) from error
            except RuntimeError as error:
                if "exist" in str(error):  # CLEAR and DROP of a graph that is not there, CREATE of one that is
                    raise QueryError(f"{str(error)[:300]}; SILENT lets that pass") from error
                raise

    def write_graph(self, graph: str | None, body: bytes, media: str, *, base_iri: str, add: bool) -> bool:
        """Make a graph hold what a text says, or add that to it; whether the graph was there before.

        Args:
            graph: Its name; None for the default graph.
            body: Triples in one of ``FORMATS``.
            media: Its media type.
            base_iri: What relative IRIs are relative to.
            add: Keep what is there.

        Raises:
            QueryError: The text is wrong, with its position.
            QueryRefused: Only kg may write that graph.
            StoreError: The disk refuses; nothing was then changed.
        """
        see_graph(graph, scratch=self.scratch)
        there = self.there(graph)
        triples = _triples(body, media, base_iri)
        name = ox.DefaultGraph() if graph is None else ox.NamedNode(graph)
        self._disk.changed()
        with reported(self.location):
            if add and triples:
                self._rdf.extend([ox.Quad(t.subject, t.predicate, t.object, name) for t in triples])
            else:
                # One text is one transaction: what was there is not lost where the new cannot be written.
                data = "\n".join(f"{t.subject} {t.predicate} {t.object} ." for t in triples)
                here = data if graph is None else f"GRAPH {name} {{ {data} }}"
                steps = [f"INSERT DATA {{ {here} }}"]
                if graph is not None:
                    steps = [f"CREATE SILENT GRAPH {name}", *steps]
                if not add:
                    steps = [f"CLEAR SILENT {'DEFAULT' if graph is None else f'GRAPH {name}'}", *steps]
                self._rdf.update(" ;\n".join(steps))
        return there

    def drop_graph(self, graph: str | None) -> bool:
        """Take a graph away; whether it was there.

        Raises:
            QueryRefused: Only kg may write that graph.
            StoreError: The disk refuses.
        """
        see_graph(graph, scratch=self.scratch)
        there = self.there(graph)
        if there:
            self._disk.changed()
            with reported(self.location):
                self._rdf.update("CLEAR DEFAULT" if graph is None else f"DROP SILENT GRAPH {ox.NamedNode(graph)}")
        return there

    def holds(self, graph: str) -> bool:
        """Whether this is a named graph of the store."""
        return self._rdf.contains_named_graph(ox.NamedNode(graph))

    def there(self, graph: str | None) -> bool:
        """Whether a graph is there; the default graph always is."""
        return graph is None or self.holds(graph)

    def publish(self) -> None:
        """Force what was written to the disk and show it to readers.

        Raises:
            StoreError: The disk refuses.
        """
        with reported(self.location):
            self._rdf.flush()
            # An update writes graphs that are no part of the union, unless all of the store is its own.
            self._disk.publish(self._rdf, same_union=not self.scratch)

    def close(self) -> None:
        """Publish what is left and let go of the folder."""
        self.publish()
        del self._rdf
        clear_holder(self._folder)


def _triples(body: bytes, media: str, base_iri: str) -> list[ox.Triple]:
    try:
        # Renamed, since a node without a name is never the same as one of an earlier text.
        quads = list(ox.parse(body, format=FORMATS[media], base_iri=base_iri, rename_blank_nodes=True))
    except SyntaxError as error:
        if "LoadDocumentCallback" in str(error):
            raise QueryError(f"{media}: its context lies elsewhere, and nothing is fetched; write it out") from error
        where = f"line {error.lineno}, column {error.offset}: " if error.lineno else ""
        raise QueryError(f"{where}not {media}: {str(error.msg).splitlines()[0][:200]}") from error
    except ValueError as error:
        raise QueryError(f"not {media}: {str(error)[:200]}") from error
    if other := next((q.graph_name for q in quads if not isinstance(q.graph_name, ox.DefaultGraph)), None):
        raise QueryError(f"{media}: it names a graph itself ({str(other)[:200]}); send the triples of one graph")
    return [quad.triple for quad in quads]

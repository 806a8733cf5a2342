"""The store on any SPARQL 1.1 server, through the SPARQL 1.1 Protocol and the Graph Store Protocol."""

from __future__ import annotations

import re
import threading
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from types import TracebackType

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.model import Answer, Coded, Term
from kg.store.answers import graph_answer, to_answer
from kg.store.batches import BOUNDS, Bounds, also_elsewhere, chunks, deletions, insertions, lines
from kg.store.card import card
from kg.store.catalogue import NOTES, RECORDS, WAITING, ServerRecords, enter, strike, whole, whole_graphs
from kg.store.changes import NT, Statements, checked
from kg.store.dataset import Dataset, recognise
from kg.store.endpoint import endpoint
from kg.store.foreign import Foreign, prepared
from kg.store.guard import check
from kg.store.records import check_key, dump_record, load_record
from kg.store.server import Refused, Server
from kg.store.sparql_errors import syntax_error
from kg.vocab.iris import graph_iri
from kg.vocab.namespaces import GRAPH, PREFIXES, XSD

KIND = "sparql"
_BOOLEAN = XSD + "boolean"
_AT = re.compile(r"error at (\d+):(\d+)")


class RemoteStore:
    """A graph on a server, in named graphs, one an article, with the coded record of each; see ``kg.store.Store``.

    One process writes at a time; any number may read beside it. The server may hold graphs of others: those whose
    names do not begin with the namespace of our graphs are neither seen nor touched. Its default graph, where it has
    one of its own, is the store's alone.
    """

    def __init__(self, server: Server, dataset: Dataset, *, read_only: bool = False, bounds: Bounds = BOUNDS) -> None:
        self._server: Server | None = server
        self._dataset = dataset
        self._records = ServerRecords(server, RECORDS)
        self._notes = ServerRecords(server, NOTES)
        self._waiting = ServerRecords(server, WAITING)
        self._bounds = bounds
        self.location = server.endpoint.location
        self.read_only = read_only
        self._writing = threading.Lock()

    def replace(self, graph: str, quads: Statements) -> None:
        """Make a named graph hold exactly these quads; twice is once.

        A change of ordinary size is one update. On a server that takes an update as one transaction, as
        Oxigraph does, it is then all or none. Virtuoso takes each step by itself, and a large change is
        several requests on every server: a build that ends midway leaves the graph struck from the catalogue, so
        that its record does not count, and the next build codes the article again and makes it whole. Until then
        queries see what was written.

        Raises:
            StoreError: If a quad is wrong, the graph is none of ours, or the server refuses.
        """
        self._replaced(graph, quads)

    def _replaced(self, graph: str, quads: Statements) -> bool:
        """Make a named graph hold exactly these quads; whether it did not yet."""
        server = self._writable()
        wanted = {q.triple for q in checked(graph, quads)}
        if not graph.startswith(GRAPH):
            raise StoreError(f"{graph}: not a graph of this store on a server; its name would begin with {GRAPH}")
        with self._writing:
            present = server.graph(graph)
            is_whole = whole(server, graph)
            if present == wanted and is_whole == bool(wanted):
                return False
            self._change(server, graph, present, wanted, is_whole=is_whole)
            return True

    def _change(
        self, server: Server, graph: str, present: set[ox.Triple], wanted: set[ox.Triple], *, is_whole: bool
    ) -> None:
        """Write the difference, in an order in which every triple of the union is at any moment in some graph.

        What a change that broke off can leave out is then only triples of this graph that the union lacks.
        """
        union, bounds = self._dataset.union, self._bounds
        removed, added = present - wanted, wanted - present
        for_union = added if is_whole else wanted
        lone = removed - server.construct(also_elsewhere(graph)) if removed else removed
        steps = [strike(graph), *deletions(union, lone, bounds), *deletions(graph, removed, bounds)]
        uploads = [(graph, lines(added)), (union, lines(for_union))]
        if sum(len(line) for _, text in uploads for line in text) <= bounds.update:
            steps += [*insertions(graph, added, bounds), *insertions(union, for_union, bounds)]
            uploads = []
        end = [enter(graph)] if wanted else []
        if not uploads:
            steps, end = steps + end, []
        for part in chunks(steps, bounds.update, len(steps)):
            server.update(" ;\n".join(part))
        for name, text in uploads:
            server.add(name, text, bytes_at_once=bounds.upload)
        for step in end:
            server.update(step)

    def remove(self, graph: str) -> None:
        """Take out a named graph, and from the union what only it supported.

        Raises:
            StoreError: If the server refuses.
        """
        self.replace(graph, ())

    def graphs(self) -> tuple[str, ...]:
        """The IRIs of the named graphs that are whole, sorted."""
        return tuple(whole_graphs(self._open()))

    def quads(self, graph: str | None = None, *, ordered: bool = False) -> Iterator[ox.Quad]:
        """The quads of one named graph, or of all of them; ordered as N-Quads text where asked for."""
        found = self._named(graph)
        return iter(sorted(found, key=str)) if ordered else found

    def _named(self, graph: str | None) -> Iterator[ox.Quad]:
        server = self._open()
        for name in (graph,) if graph else whole_graphs(server):
            node = ox.NamedNode(name)
            for t in server.graph(name):
                yield ox.Quad(t.subject, t.predicate, t.object, node)

    def ntriples(self, graph: str | None = None) -> bytes:
        """The triples of one named graph as N-Triples, in no order; without a name none are given."""
        return b"" if graph is None else ox.serialize(self._open().graph(graph), format=NT) or b""

    def count(self) -> int:
        """How many quads the named graphs hold together."""
        (row,) = self.query("SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }").rows
        return int(str(row[0]))

    def query(self, sparql: str, *, prefixes: Mapping[str, str] | None = None) -> Answer:
        """The answer of a SPARQL 1.1 query over the union of the named graphs, in which each triple counts once.

        Args:
            sparql: SELECT, ASK, CONSTRUCT or DESCRIBE, in SPARQL 1.1 without what the server adds to it.
            prefixes: Known without being declared; None stands for those of ``kg.vocab``.

        Raises:
            QueryError: If the text is not SPARQL, or the server says so.
            QueryRefused: If it is an update, would reach the network, or calls what only this server knows.
            QueryTooLarge: If the text or the answer is too large.
            StoreError: If the server cannot be reached or its answer is not whole.
        """
        server = self._open()
        known = PREFIXES if prefixes is None else prefixes
        check(sparql, prefixes=known)
        query = prepared(sparql, known)
        over = self._dataset.over(server, query)
        try:
            if query.form in ("CONSTRUCT", "DESCRIBE"):
                return graph_answer(server.construct(query.text, over=over))
            return _canonical(to_answer(server.select(query.text, over=over)))
        except Refused as refused:
            raise _wrong(sparql, query, refused, known) from refused
        except (SyntaxError, ValueError) as error:  # the library reads the rows one by one
            raise StoreError(f"{self.location}: the answer is not what its type says ({str(error)[:200]})") from error

    def put_record(self, key: str, coded: Coded) -> None:
        """Keep an article's coded record; write it before the article's graph.

        Raises:
            StoreError: If the key is not one or the server refuses.
        """
        self._writable()
        self._records.put(key, dump_record(coded))

    def record(self, key: str) -> Coded | None:
        """The coded record of an article; None where the article has no record or no whole graph.

        Raises:
            StoreError: If the record cannot be read.
        """
        server = self._open()
        text = self._records.get(key) if whole(server, graph_iri(check_key(key))) else None
        return None if text is None else load_record(text, where=f"{self.location}: record {key}")

    def record_keys(self) -> tuple[str, ...]:
        """The keys of the articles that have both a record and a whole graph, sorted."""
        graphs = set(self.graphs())
        return tuple(key for key in self._records.names() if graph_iri(key) in graphs)

    def drop_record(self, key: str) -> None:
        """Forget an article's record, if there is one; drop it after the article's graph.

        Raises:
            StoreError: If the server refuses.
        """
        self._writable()
        self._records.drop(key)

    def put_waiting(self, key: str, coded: Coded) -> None:
        """Keep the record of an article that is coded, until ``commit`` takes it up.

        Raises:
            StoreError: If the key is not one or the server refuses.
        """
        self._writable()
        self._waiting.put(key, dump_record(coded))

    def waiting(self, key: str) -> Coded | None:
        """The waiting record of an article; None where none waits.

        Raises:
            StoreError: If the record cannot be read.
        """
        self._open()
        text = self._waiting.get(check_key(key))
        return None if text is None else load_record(text, where=f"{self.location}: waiting record {key}")

    def waiting_keys(self) -> tuple[str, ...]:
        """The keys of the articles whose records wait, sorted."""
        self._open()
        return self._waiting.names()

    def drop_waiting(self, key: str) -> None:
        """Forget a waiting record, if there is one.

        Raises:
            StoreError: If the server refuses.
        """
        self._writable()
        self._waiting.drop(key)

    def commit(
        self, graphs: Iterable[tuple[str, Statements]], *, keep: Collection[str] = (), drop: Collection[str] = ()
    ) -> frozenset[str]:
        """Take up waiting records, take out others and change graphs, one after the other.

        A commit that breaks off leaves the waiting records: commit again with what should be there. Until then
        queries see what was written.

        Args:
            graphs: The IRI of each graph that may change, once, with all that it should hold: quads, or their
                triples as N-Triples.
            keep: Keys of the articles whose waiting records become their records.
            drop: Keys of articles to be taken out, with graph and record.

        Returns:
            The IRIs of the graphs that changed.

        Raises:
            StoreError: If a quad is wrong or the server refuses.
        """
        self._writable()
        # First: an article that was taken out must not come back from what waits.
        for key in drop:
            self._waiting.drop(key)
        changed = {graph_iri(key) for key in drop if self._replaced(graph_iri(key), ())}
        for key in keep:
            if (text := self._waiting.get(key)) is not None:
                self._records.put(key, text)
        changed |= {graph for graph, quads in graphs if self._replaced(graph, quads)}
        for key in drop:
            self._records.drop(key)
        for key in keep:
            self._waiting.drop(key)
        return frozenset(changed)

    def put_note(self, name: str, text: str) -> None:
        """Keep a user's own text; no build takes it away.

        Raises:
            StoreError: If the name is no file name, or the server refuses.
        """
        self._writable()
        self._notes.put(name, text)

    def note(self, name: str) -> str | None:
        """A user's text of that name; None where there is none.

        Raises:
            StoreError: If the server refuses.
        """
        self._open()
        return self._notes.get(name)

    def summary(self) -> None:
        """None: counts are counted in the graph."""

    def summarise(self) -> None:
        """Nothing is kept on a server."""

    def flush(self) -> None:
        """Nothing is held back: what a request has written is the server's to keep."""
        self._open()

    def close(self) -> None:
        """Close the connections; a second time does nothing."""
        if self._server is not None:
            self._server.close()
            self._server = None

    def __enter__(self) -> RemoteStore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        state = " (closed)" if self._server is None else ""
        return f"<kg store {self.location}{state}>"

    def _repr_html_(self) -> str:
        return card(self)

    def _open(self) -> Server:
        if self._server is None:
            raise StoreError(f"{self.location}: the store is closed; open it again with open_store")
        return self._server

    def _writable(self) -> Server:
        if self.read_only:
            raise StoreError(f"{self.location}: opened for reading only; open it without read_only to write")
        return self._open()


def _canonical(answer: Answer) -> Answer:
    """Truth values as 'true' and 'false', which Virtuoso writes as 1 and 0 in JSON."""
    names = {"0": "false", "1": "true"}

    def one(term: Term | None) -> Term | None:
        if term is None or term.datatype != _BOOLEAN or term.value not in names:
            return term
        return replace(term, value=names[term.value])

    return replace(answer, rows=tuple(tuple(one(term) for term in row) for row in answer.rows))


def _wrong(sparql: str, query: Foreign, refused: Refused, known: Mapping[str, str]) -> QueryError:
    """The error for a query that the server refuses, at the user's own line where the server names one."""
    if at := _AT.search(refused.said):
        line = max(1, int(at[1]) - query.lines_before)
        return syntax_error(sparql, _AT.sub(f"error at {line}:{at[2]}", refused.said, count=1), known)
    return QueryError(str(refused))


def open_remote(
    location: str = KIND,  # noqa: ARG001
    *,
    read_only: bool = False,
    query_url: str | None = None,
    update_url: str | None = None,
    graph_store_url: str | None = None,
) -> RemoteStore:
    """The store on a SPARQL 1.1 server, begun if there is none.

    Args:
        location: Always ``sparql``; the addresses tell where it is.
        read_only: Nothing is written; the store must be there.
        query_url: Where queries go; None: KG_QUERY_URL.
        update_url: Where updates go; None: KG_UPDATE_URL.
        graph_store_url: Where whole graphs go; None: KG_GRAPH_STORE_URL.

    Raises:
        UsageError: An address is missing or is none.
        StoreError: The server cannot be reached, lets nobody in, or holds no store of this version.
    """
    server = Server(endpoint(query_url, update_url, graph_store_url))
    try:
        dataset = recognise(server, read_only=read_only)
    except BaseException:
        server.close()
        raise
    return RemoteStore(server, dataset, read_only=read_only)

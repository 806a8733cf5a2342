"""The store of this project: Oxigraph inside the process, in memory or in a folder."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from types import TracebackType
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import StoreError
from kg.model import Answer, Coded
from kg.store.answers import graph_names, to_answer
from kg.store.card import card
from kg.store.changes import NT, Statements
from kg.store.commits import STEP, write
from kg.store.counts import Counts
from kg.store.disk import Disk, NoDisk
from kg.store.guard import check
from kg.store.records import MemoryRecords, Records, check_key, dump_record, load_record
from kg.store.sparql_errors import syntax_error
from kg.store.trouble import reported
from kg.vocab.iris import graph_iri
from kg.vocab.namespaces import PREFIXES

if TYPE_CHECKING:
    from kg.store.summary import Summary


class EmbeddedStore:
    """A graph in named graphs, one an article, with the coded record of each; see ``kg.store.Store``."""

    def __init__(
        self,
        rdf: ox.Store,
        records: Records,
        *,
        location: str,
        notes: Records | None = None,
        disk: Disk | None = None,
        read_only: bool = False,
        on_close: Callable[[], None] = lambda: None,
        scratch: bool = False,
    ) -> None:
        self._rdf: ox.Store | None = rdf
        self._records = records
        self._notes = MemoryRecords() if notes is None else notes
        self._disk: Disk = NoDisk() if disk is None else disk
        self.location = location
        self.read_only = read_only
        self.scratch = scratch
        """Whether updates write it freely: its default graph is then not the union of the named graphs."""
        self._on_close = on_close
        self._writing = threading.Lock()
        self._counts = Counts(self._disk)
        self.step = STEP
        """Changed triples of a commit up to which it is one transaction."""

    def replace(self, graph: str, quads: Statements) -> None:
        """Make a named graph hold exactly these quads, in one transaction; twice is once.

        Raises:
            StoreError: If a quad is wrong or the disk refuses; the graph is then as before.
        """
        rdf = self._writable()
        with self._writing, reported(self.location):
            self._write(rdf, [(graph, quads)], sys.maxsize)

    def remove(self, graph: str) -> None:
        """Take out a named graph, and from the union what only it supported.

        Raises:
            StoreError: If the disk refuses.
        """
        self.replace(graph, ())

    def graphs(self) -> tuple[str, ...]:
        """The IRIs of the named graphs, sorted."""
        with reported(self.location):
            return tuple(sorted(g.value for g in self._open().named_graphs()))

    def quads(self, graph: str | None = None, *, ordered: bool = False) -> Iterator[ox.Quad]:
        """The quads of one named graph, or of all of them; ordered as N-Quads text where asked for.

        Of a scratch store those of the default graph too, which hold what no named graph does.
        """
        found = self._named(graph)
        return iter(sorted(found, key=str)) if ordered else found

    def _named(self, graph: str | None) -> Iterator[ox.Quad]:
        rdf = self._open()
        with reported(self.location):
            for name in (graph,) if graph else self.graphs():
                yield from rdf.quads_for_pattern(None, None, None, ox.NamedNode(name))
            if self.scratch and not graph:
                yield from rdf.quads_for_pattern(None, None, None, ox.DefaultGraph())

    def ntriples(self, graph: str | None = None) -> bytes:
        """The triples of one named graph as N-Triples, in no order; much quicker than ``quads``.

        Without a name, those of a scratch store's default graph; of other stores that is the union, and none are given.
        """
        rdf = self._open()
        if graph is None and not self.scratch:
            return b""
        with reported(self.location):
            return rdf.dump(format=NT, from_graph=ox.NamedNode(graph) if graph else ox.DefaultGraph()) or b""

    def count(self) -> int:
        """How many quads the named graphs hold together."""
        (row,) = self.query("SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }").rows
        return int(str(row[0]))

    def query(self, sparql: str, *, prefixes: Mapping[str, str] | None = None) -> Answer:
        """The answer of a SPARQL 1.1 query over the union of the named graphs.

        Args:
            sparql: SELECT, ASK, CONSTRUCT or DESCRIBE.
            prefixes: Known without being declared; None stands for those of ``kg.vocab``.

        Raises:
            QueryError: If the text is not SPARQL, with line, column and likely fix.
            QueryRefused: If it is an update, or would reach the network; see ``kg.store.guard``.
            QueryTooLarge: If it is so deep or long that the parser would not come back.
            StoreError: If the disk refuses.
        """
        with reported(self.location):
            return to_answer(self.results(sparql, prefixes=prefixes))

    def results(
        self,
        sparql: str,
        *,
        prefixes: Mapping[str, str] | None = None,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        base_iri: str | None = None,
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """What ``query`` gives, as the library's own results, which are evaluated while they are read.

        Args:
            sparql: SELECT, ASK, CONSTRUCT or DESCRIBE.
            prefixes: Known without being declared; None stands for those of ``kg.vocab``.
            default_graphs: Graphs to ask instead of the union; a triple counts once for each; a missing one is empty.
            named_graphs: The only graphs for GRAPH. With either list the other is as told; FROM is not read.
            base_iri: What relative IRIs are relative to; None: they are an error.

        Raises:
            QueryError: If the text is not SPARQL, with line, column and likely fix.
            QueryRefused: If it is an update, would reach the network, or FROM names a graph not of this store.
            QueryTooLarge: If it is so deep or long that the parser would not come back.
            StoreError: If the disk refuses.
        """
        rdf = self._open()
        known = PREFIXES if prefixes is None else prefixes
        check(sparql, prefixes=known, holds=self._holds)
        default, named = graph_names(default_graphs), graph_names(named_graphs)
        with reported(self.location):
            try:
                return rdf.query(
                    sparql,
                    base_iri=base_iri,
                    prefixes=dict(known),
                    default_graph=list(default) if default or named else None,
                    named_graphs=list(named) if default or named else None,
                )
            except SyntaxError as error:
                raise syntax_error(sparql, str(error), known, based=base_iri is not None) from error

    def _holds(self, graph: str) -> bool:
        """Whether this is a named graph of the store; what is no IRI is none."""
        try:
            return self._open().contains_named_graph(ox.NamedNode(graph))
        except ValueError:
            return False

    def put_record(self, key: str, coded: Coded) -> None:
        """Keep an article's coded record; write it before the article's graph.

        Raises:
            StoreError: If the key is not one or the disk refuses; the old record then stands.
        """
        self._writable()
        text = dump_record(coded)
        with reported(self.location):
            self._disk.changed((check_key(key),))
            self._records.put(key, text)

    def record(self, key: str) -> Coded | None:
        """The coded record of an article; None where the article has no record or no graph.

        Raises:
            StoreError: If the record cannot be read.
        """
        with reported(self.location):
            text = self._records.get(check_key(key)) if self._has(key) else None
        return None if text is None else load_record(text, where=f"{self.location}: record {key}")

    def record_keys(self) -> tuple[str, ...]:
        """The keys of the articles that have both a record and a graph, sorted."""
        with reported(self.location):
            return tuple(key for key in self._records.names() if self._has(key))

    def drop_record(self, key: str) -> None:
        """Forget an article's record, if there is one; drop it after the article's graph.

        Raises:
            StoreError: If the disk refuses.
        """
        self._writable()
        with reported(self.location):
            self._disk.changed((check_key(key),))
            self._records.drop(key)

    def put_waiting(self, key: str, coded: Coded) -> None:
        """Keep the record of an article that is coded, until ``commit`` takes it up; a killed process keeps it.

        Raises:
            StoreError: If the key is not one or the disk refuses.
        """
        self._writable()
        text = dump_record(coded)
        with reported(self.location):
            self._disk.waiting.put(check_key(key), text)

    def waiting(self, key: str) -> Coded | None:
        """The waiting record of an article; None where none waits.

        Raises:
            StoreError: If the record cannot be read.
        """
        with reported(self.location):
            text = self._disk.waiting.get(check_key(key))
        return None if text is None else load_record(text, where=f"{self.location}: waiting record {key}")

    def waiting_keys(self) -> tuple[str, ...]:
        """The keys of the articles whose records wait, sorted."""
        with reported(self.location):
            return self._disk.waiting.names()

    def drop_waiting(self, key: str) -> None:
        """Forget a waiting record, if there is one.

        Raises:
            StoreError: If the disk refuses.
        """
        self._writable()
        with reported(self.location):
            self._disk.waiting.drop(check_key(key))

    def commit(
        self, graphs: Iterable[tuple[str, Statements]], *, keep: Collection[str] = (), drop: Collection[str] = ()
    ) -> frozenset[str]:
        """Take up waiting records, take out others, change graphs, force it to the disk and show it to readers.

        Up to ``kg.store.commits.STEP`` changed triples are one transaction; more are written in bulk. A process
        that is killed within leaves the waiting records: commit again with what should be there.

        Args:
            graphs: The IRI of each graph that may change, once, with all that it should hold: quads, or their
                triples as N-Triples.
            keep: Keys of the articles whose waiting records become their records.
            drop: Keys of articles to be taken out, with graph and record.

        Returns:
            The IRIs of the graphs that changed.

        Raises:
            StoreError: If a quad is wrong or the disk refuses.
        """
        rdf = self._writable()
        gone: tuple[tuple[str, Statements], ...] = tuple((graph_iri(key), ()) for key in drop)
        with self._writing, reported(self.location):
            if drop:
                self._disk.changed(drop)
            # Before the transaction: an article that was taken out must not come back from what waits.
            for key in drop:
                self._disk.waiting.drop(check_key(key))
            self._disk.begin()
            self._disk.promote(keep, self._records)
            changed = self._write(rdf, chain(gone, graphs), self.step)
            rdf.flush()
            for key in drop:
                self._records.drop(key)
            for key in keep:
                self._disk.waiting.drop(key)
            self._disk.end()
            self._disk.publish(rdf)
        return changed

    def _write(self, rdf: ox.Store, graphs: Iterable[tuple[str, Statements]], step: int) -> frozenset[str]:
        # Until it is known that nothing changed, also after an error, what was published is not what there is.
        before, self._disk.unpublished = self._disk.unpublished, True
        changed = write(rdf, graphs, on_steps=lambda: self._disk.begin(several=True), step=step)
        self._disk.unpublished = before or bool(changed)
        return changed

    def put_note(self, name: str, text: str) -> None:
        """Keep a user's own text; no build takes it away.

        Raises:
            StoreError: If the name is no file name, or the disk refuses; the old text then stands.
        """
        self._writable()
        with reported(self.location):
            self._notes.put(check_key(name), text)

    def note(self, name: str) -> str | None:
        """A user's text of that name; None where there is none.

        Raises:
            StoreError: If the disk refuses.
        """
        with reported(self.location):
            return self._notes.get(check_key(name))

    def flush(self) -> None:
        """Force all that was written to the disk, so that it outlives a power cut, and show it to readers.

        Raises:
            StoreError: If the disk refuses.
        """
        rdf = self._open()
        if not self.read_only:
            with reported(self.location), self._writing:
                rdf.flush()
                self._disk.publish(rdf)

    def optimize(self) -> None:
        """Merge the database's files, which makes it smaller and reading quicker; it takes seconds a gigabyte.

        Raises:
            StoreError: If the disk refuses.
        """
        rdf = self._writable()
        with reported(self.location), self._writing:
            self._disk.changed()
            rdf.optimize()

    def summary(self) -> Summary | None:
        """What counts need of the graph as it is now, in columns; None where it is not kept, or not of this state."""
        self._open()
        return self._counts.summary()

    @property
    def state(self) -> str:
        """Names the published state that is read; empty where none is."""
        return shown.name if self.read_only and (shown := self._disk.shown()) else ""

    def summarise(self) -> str | None:
        """Publish what was written and keep what counts need of it; why it could not be kept, else None.

        Raises:
            StoreError: If the disk refuses.
        """
        self.flush()
        with reported(self.location):
            return None if self.read_only else self._counts.summarise()

    def close(self) -> None:
        """Flush and let go of the folder; a second time does nothing."""
        if self._rdf is None:
            return
        try:
            self.flush()
        finally:
            self._rdf = None  # the database lets go of its lock when the last reference to it ends
        # Not where the disk refused: by the holder's word the next process to open the store knows what is left.
        self._on_close()

    def __enter__(self) -> EmbeddedStore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        state = " (closed)" if self._rdf is None else ""
        return f"<kg store {self.location}{state}>"

    def _repr_html_(self) -> str:
        return card(self)

    def _has(self, key: str) -> bool:
        return self._open().contains_named_graph(ox.NamedNode(graph_iri(key)))

    def _open(self) -> ox.Store:
        if self._rdf is None:
            raise StoreError(f"{self.location}: the store is closed; open it again with open_store")
        return self._rdf

    def _writable(self) -> ox.Store:
        if self.read_only:
            raise StoreError(f"{self.location}: opened for reading only; open it without read_only to write")
        return self._open()

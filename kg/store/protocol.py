"""What every store promises."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.model import Answer, Coded
    from kg.store.changes import Statements
    from kg.store.summary import Summary


class Store(Protocol):
    """A graph in named graphs, one an article, with the coded record of each article beside it."""

    @property
    def location(self) -> str:
        """The folder, ``:memory:``, or the address of a server's queries."""

    def replace(self, graph: str, quads: Statements) -> None:
        """Make a named graph hold exactly these quads: all or none, twice is once."""

    def remove(self, graph: str) -> None:
        """Take out a named graph and what only it supported."""

    def graphs(self) -> tuple[str, ...]:
        """The IRIs of the named graphs, sorted."""
        ...

    def quads(self, graph: str | None = None, *, ordered: bool = False) -> Iterator[ox.Quad]:
        """The quads of one named graph, or of all of them."""
        ...

    def ntriples(self, graph: str | None = None) -> bytes:
        """The triples of one named graph as N-Triples, in no order; one that is not there is empty.

        Without a name, those that ``quads`` gives in no named graph: a scratch store's.
        """
        ...

    def query(self, sparql: str, *, prefixes: Mapping[str, str] | None = None) -> Answer:
        """The answer over the union of the named graphs, in which each triple counts once.

        Every store lets ``kg.store.guard.check`` see the text first.
        """
        ...

    def count(self) -> int:
        """How many quads the named graphs hold together."""
        ...

    def put_record(self, key: str, coded: Coded) -> None:
        """Keep an article's coded record; written before its graph."""

    def record(self, key: str) -> Coded | None:
        """An article's record; None where it has no record or no graph."""

    def record_keys(self) -> tuple[str, ...]:
        """The keys of the articles that have a record and a graph, sorted."""
        ...

    def drop_record(self, key: str) -> None:
        """Forget an article's record; after its graph."""

    def put_waiting(self, key: str, coded: Coded) -> None:
        """Keep the record of an article that is coded until ``commit`` takes it up; a killed process keeps it."""

    def waiting(self, key: str) -> Coded | None:
        """The waiting record of an article; None where none waits."""

    def waiting_keys(self) -> tuple[str, ...]:
        """The keys of the articles whose records wait, sorted."""
        ...

    def drop_waiting(self, key: str) -> None:
        """Forget a waiting record, if there is one."""

    def commit(
        self, graphs: Iterable[tuple[str, Statements]], *, keep: Collection[str] = (), drop: Collection[str] = ()
    ) -> frozenset[str]:
        """Make waiting records the records of their articles, take out articles, and make graphs hold these quads.

        Only what differs is written. When it returns, all is on the disk and readers see it; when it is cut off,
        the waiting records are still there and a second commit makes all whole.

        Args:
            graphs: The IRI of each graph that may change, once, with all that it should hold: quads, or their
                triples as N-Triples.
            keep: Keys of the articles whose waiting records are taken up.
            drop: Keys of articles to be taken out, with graph, record and waiting record.

        Returns:
            The IRIs of the graphs that changed.
        """
        ...

    def put_note(self, name: str, text: str) -> None:
        """Keep a user's own text, such as decisions on links; no build takes it away."""

    def note(self, name: str) -> str | None:
        """A user's text of that name; None where there is none."""

    def summary(self) -> Summary | None:
        """What counts need of the graph as it is now; None where the store keeps none, and the graph is to be asked."""
        ...

    def summarise(self) -> str | None:
        """Keep what counts need of the graph as it is now, where the store can; why it could not be, else None."""
        ...

    def flush(self) -> None:
        """Force what was written to the disk."""

    def close(self) -> None:
        """Flush and let go; a second time does nothing."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

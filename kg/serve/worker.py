"""The process that evaluates strangers' queries, one at a time, and sends back a whole answer or an error.

The parent sends pickled tuples: first ``(opener, caps)``, then ``(generation, request)`` for each query. Nothing
that the worker sends is unpickled, because what evaluates hostile text is not trusted: it is JSON, one object
``{"ready": true}``, ``{"media": ..., "state": ..., "retire": ...}`` or ``{"error": ..., "message": ...}``, and after a
media type the body as one message of bytes. The worker that writes takes changes and says ``{"written": true}`` then.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import Protocol

import pyoxigraph as ox

from kg.errors import AnswerTooLarge, KgError, QueryError, QueryOutOfMemory
from kg.serve.asked import Caps, Change, Request
from kg.serve.confine import end_after, limit_memory, quiet, used, without_network
from kg.serve.formats import GRAPHS, ROWS, chosen
from kg.store.trouble import store_error

_GRACE = 5.0
"""Seconds that the parent has to end a late worker before the system does."""
_NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]|<oxprefix: ")
"""Characters that no XML text may have, and an element without a name, for an IRI without a local part."""


class Evaluating(Protocol):
    """What a source opens: ``open_store(folder, read_only=True)`` and the like."""

    @property
    def location(self) -> str:
        """Where it lies."""

    @property
    def state(self) -> str:
        """Names the published state that is read."""

    def results(
        self,
        sparql: str,
        *,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        base_iri: str | None = None,
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """The results, guarded, evaluated while they are read."""
        ...

    def close(self) -> None:
        """Let go of it."""


class Changing(Protocol):
    """What the source of the one worker that writes opens."""

    @property
    def location(self) -> str:
        """Where it lies."""

    def change(self, change: Change) -> bool:
        """Carry out a change, which is whole when it comes back; whether the graph was there before."""
        ...

    def publish(self) -> None:
        """Force it to the disk and show it to readers."""

    def close(self) -> None:
        """Let go of it."""


Opener = Callable[[], Evaluating | Changing]


class Body:
    """A file in memory that takes only so many bytes.

    >>> body = Body(3)
    >>> body.write(b"ab")
    2
    >>> body.write(b"cd")
    Traceback (most recent call last):
    kg.errors.AnswerTooLarge: the answer has more than 3 bytes; ask for less, with LIMIT and OFFSET
    """

    def __init__(self, most: int) -> None:
        self.bytes = bytearray()
        self._most = most

    def write(self, part: bytes) -> int:
        """Add to the body.

        Raises:
            AnswerTooLarge: It would be too long.
        """
        if len(self.bytes) + len(part) > self._most:
            raise AnswerTooLarge(f"the answer has more than {self._most} bytes; ask for less, with LIMIT and OFFSET")
        self.bytes += part
        return len(part)

    def flush(self) -> None:
        """Nothing waits."""


def evaluate(store: Evaluating, request: Request, most: int) -> tuple[str, bytearray]:
    """The media type and body of an answer of at most so many bytes.

    Raises:
        QueryError: The text is no SPARQL, is refused or too large, or the media type cannot hold the answer.
        AnswerTooLarge: The body is past the limit.
        StoreError: The disk refuses.
    """
    results = store.results(
        request.sparql,
        default_graphs=request.default_graphs,
        named_graphs=request.named_graphs,
        base_iri=request.base,
    )
    body = Body(most)
    graph = isinstance(results, ox.QueryTriples)
    media = chosen(request.media, graph=graph)
    try:
        if isinstance(results, ox.QueryTriples):
            results.serialize(body, getattr(ox.RdfFormat, GRAPHS[media]))  # type: ignore[arg-type]
        else:
            results.serialize(body, getattr(ox.QueryResultsFormat, ROWS[media]))  # type: ignore[arg-type]
    except (OSError, RuntimeError, ValueError) as error:
        if isinstance(error, ValueError) or "does not support" in str(error):
            raise QueryError(f"{media} cannot hold this answer: {str(error)[:200]}") from error
        raise store_error(store.location, error) from error
    if media.endswith("+xml") and _NOT_XML.search(body.bytes):
        raise QueryError(f"{media} cannot hold this answer, which has a character or name that XML has not")
    return media, body.bytes


class Worker:
    """The worker's side of the pipe."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._opener: Opener
        self._caps: Caps
        self._opener, self._caps = connection.recv()
        self._generation = 0
        self._store: Evaluating | Changing | None = None
        self._base = 0

    def run(self) -> None:
        """Open the store, then answer until the parent has closed the pipe."""
        try:
            self._open(0)
        except KgError as error:
            self._fail(error)
            return
        self._tell({"ready": True})
        while True:
            try:
                generation, request = self._connection.recv()
            except EOFError:
                break
            self.answer(generation, request)
        if self._store is not None:
            self._store.close()

    def answer(self, generation: int, request: Request | Change) -> None:
        """Send one whole answer or one error."""
        end_after(self._caps.seconds + _GRACE)
        limit_memory(self._caps.memory)
        try:
            media, body = self._evaluated(self._open(generation), request)
        except KgError as error:
            self._fail(error)
        except MemoryError:
            self._fail(QueryOutOfMemory(out_of_memory(self._caps, request.noun)))
        else:
            told = {"media": media, "retire": self._retires()}
            if isinstance(request, Request):
                told["state"] = self._store.state  # type: ignore[union-attr]
            self._tell(told)
            self._connection.send_bytes(body)
        finally:
            end_after(0)

    def _evaluated(self, store: Evaluating | Changing, request: Request | Change) -> tuple[str, bytes | bytearray]:
        """The media type and body of a query's answer, or of what a change came to, which readers then see."""
        if isinstance(request, Request):
            return evaluate(store, request, self._caps.answer)  # type: ignore[arg-type]
        there = store.change(request)  # type: ignore[union-attr]
        end_after(0)  # what is written is shown, however long that takes
        limit_memory(None)
        self._tell({"written": True})
        store.publish()  # type: ignore[union-attr]
        return request.media, b'{"head":{},"boolean":%s}' % (b"true" if there else b"false")

    def _open(self, generation: int) -> Evaluating | Changing:
        """The store, anew where the parent knows of a newer state."""
        if self._store is None or generation != self._generation:
            limit_memory(None)
            newer = self._opener()
            if self._store is not None:
                self._store.close()
            self._store, self._generation, self._base = newer, generation, used()
            limit_memory(self._caps.memory)
        return self._store

    def _retires(self) -> bool:
        """Whether so much memory stayed behind that a fresh process should take over."""
        return used() - self._base > self._caps.memory

    def _fail(self, error: KgError) -> None:
        self._tell({"error": type(error).__name__, "message": str(error), "retire": self._retires()})

    def _tell(self, what: dict[str, object]) -> None:
        self._connection.send_bytes(json.dumps(what).encode("ascii"))


def out_of_memory(caps: Caps, noun: str) -> str:
    """What a query or update is told that needed too much."""
    return f"the {noun} needed more than {caps.memory} bytes of memory; sort, group and join fewer rows"


def main() -> None:
    """Run a worker on the pipe whose number is the first argument."""
    connection = Connection(int(sys.argv[1]))
    without_network()
    quiet()
    Worker(connection).run()

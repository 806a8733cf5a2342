"""What a query pool is asked, what it gives back, and how much one query may cost."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from typing import ClassVar

__all__ = ["ASKER", "SERVICE", "Caps", "Change", "Request", "Result"]

SERVICE = ""
"""The name under which the service itself asks, such as for its health."""
ASKER: ContextVar[str] = ContextVar("asker", default=SERVICE)
"""Which client the queries are for that this task or thread asks; turns are shared out by client."""


@dataclass(frozen=True, slots=True)
class Caps:
    """How much one query may cost, and how many may wait."""

    seconds: float = 10.0
    """Time by the clock from when a worker takes the query until its answer is there, above 0."""
    memory: int = 1_000_000_000
    """Bytes that evaluation may add to what a worker's process uses once the store is open. What a worker keeps
    between queries is held below the same number, so that one worker never uses more than twice as much."""
    answer: int = 50_000_000
    """Bytes of one answer's body."""
    waiting: int = 64
    """Queries that may wait for a worker; one more is told that the pool is busy. 0: none waits."""
    patience: float = 30.0
    """Seconds that a query waits for a worker before it is told that the pool is busy."""


@dataclass(frozen=True, slots=True)
class Request:
    """One query of the SPARQL 1.1 Protocol."""

    sparql: str
    """SELECT, ASK, CONSTRUCT or DESCRIBE; the prefixes of ``kg.vocab`` need no declaration."""
    media: str = "application/sparql-results+json"
    """The media type of the answer, from ``kg.serve.formats``; several with commas between, best first, mean
    the first that can hold the answer of this form of query."""
    default_graphs: tuple[str, ...] = ()
    """IRIs of graphs of this store to ask instead of the union: ``default-graph-uri``. With one of this field and
    the next the other is what it tells, and FROM in the text does not count, as the protocol says."""
    named_graphs: tuple[str, ...] = ()
    """IRIs of graphs of this store that GRAPH may name: ``named-graph-uri``."""
    base: str | None = None
    """What relative IRIs are relative to: the address that was asked. None: they are an error."""
    noun: ClassVar[str] = "query"
    """What an error calls it."""
    hint: ClassVar[str] = "ask for less"
    """What to do where it took too long."""


@dataclass(frozen=True, slots=True)
class Change:
    """An update of the SPARQL 1.1 Protocol, or one graph put, added to or taken away by the Graph Store Protocol."""

    kind: str
    """``update``, ``put``, ``post`` or ``delete``."""
    base: str
    """What relative IRIs are relative to."""
    sparql: str = ""
    """The update."""
    using: tuple[str, ...] = ()
    """IRIs of graphs that its patterns are asked over: ``using-graph-uri``."""
    using_named: tuple[str, ...] = ()
    """IRIs of graphs that GRAPH may name in them: ``using-named-graph-uri``."""
    graph: str | None = None
    """The IRI of the graph; None is the default graph."""
    body: bytes = b""
    """Triples."""
    body_media: str = "text/turtle"
    """Their media type."""
    media: ClassVar[str] = "application/sparql-results+json"
    """The answer is a truth: whether the graph was there before; of an update it is true."""
    noun: ClassVar[str] = "update"
    hint: ClassVar[str] = "change less at once"


@dataclass(frozen=True, slots=True)
class Result:
    """A whole answer."""

    media: str
    """Its media type, one of those asked for."""
    body: bytes
    """The answer in UTF-8, complete."""
    state: str = ""
    """Names the published state of the store that it is of; empty where that is not known."""

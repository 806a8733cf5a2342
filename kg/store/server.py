"""One SPARQL 1.1 server: queries, updates and whole graphs, with what it answers checked to be whole and of its kind.

Servers differ in what a query sees that names no graph: a default graph of its own (Oxigraph, Fuseki), or all named
graphs at once (Virtuoso, GraphDB, Neptune), where a triple of two graphs may count twice. So the union of our graphs
lies in the default graph of the former, and in a named graph of its own in the latter, which each query then names
as its default graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlencode

import pyoxigraph as ox

from kg.errors import QueryTooLarge, StoreError
from kg.store.batches import chunks
from kg.store.endpoint import Endpoint, shown
from kg.store.transport import GRAPH_BYTES, Reply, Transport
from kg.vocab.namespaces import STORE

_JSON = "application/sparql-results+json"
_TRIPLES = "application/n-triples"
_PLAIN = frozenset({_TRIPLES, "text/plain", "text/ntriples"})
_TURTLE = frozenset({"text/turtle", "application/x-turtle"})
_CUT_HEADERS = ("X-SPARQL-MaxRows", "X-SQL-State")


class Refused(StoreError):
    """The server says that a query is wrong; ``said`` is the first line of its words."""

    def __init__(self, message: str, said: str) -> None:
        super().__init__(message)
        self.said = said


class Server:
    """Speaks the SPARQL 1.1 Protocol and the Graph Store Protocol; threads may share it."""

    def __init__(self, endpoint: Endpoint, transport: Transport | None = None) -> None:
        self.endpoint = endpoint
        self.transport = Transport(endpoint) if transport is None else transport

    def select(self, sparql: str, *, over: Iterable[tuple[str, str]] = ()) -> ox.QuerySolutions | ox.QueryBoolean:
        """The answer to SELECT or ASK.

        Args:
            sparql: The query.
            over: Parameters ``default-graph-uri`` and ``named-graph-uri``, with their values.

        Raises:
            Refused: The server says that the query is wrong.
            StoreError: The answer is none, or of another kind.
            QueryTooLarge: The answer is too large, or was cut by the server.
        """
        reply = self._query(sparql, _JSON, over)
        if reply.content_type not in (_JSON, "application/json"):
            raise self._strange(self.endpoint.query_url, reply, _JSON)
        try:
            return ox.parse_query_results(reply.body, format=ox.QueryResultsFormat.JSON)
        except (SyntaxError, ValueError) as error:
            raise self._broken(self.endpoint.query_url, error) from error

    def construct(self, sparql: str, *, over: Iterable[tuple[str, str]] = ()) -> set[ox.Triple]:
        """The answer to CONSTRUCT or DESCRIBE, as ``select`` gives it."""
        return self._triples(self.endpoint.query_url, self._query(sparql, f"{_TRIPLES}, text/turtle;q=0.5", over))

    def update(self, sparql: str) -> None:
        """Change what the server holds; the steps of one text are one transaction where the server has such.

        Raises:
            StoreError: The server refuses, or cannot be reached.
        """
        url = self.endpoint.update_url
        headers = {"Content-Type": "application/sparql-update; charset=utf-8"}
        self._done(url, self.transport.send("POST", url, sparql.encode("utf-8"), headers))

    def graph(self, name: str) -> set[ox.Triple]:
        """The triples of a named graph, none where it is not there."""
        url = self._graph_url(name)
        reply = self.transport.send("GET", url, None, {"Accept": _TRIPLES}, most_bytes=GRAPH_BYTES)
        if reply.status in (204, 404, 410):
            return set()
        if reply.status != 200:
            raise self._refused(url, reply)
        return self._triples(url, reply)

    def put_graph(self, name: str, text: str) -> None:
        """Make a named graph hold exactly these lines of N-Triples."""
        self._upload("PUT", name, text)

    def add(self, name: str | None, lines: Iterable[str], *, bytes_at_once: int) -> None:
        """Add lines of N-Triples to a named graph, or to the default one, in uploads of bounded length."""
        for part in chunks(lines, bytes_at_once, 10**9):
            self._upload("POST", name, "".join(part))

    def drop_graph(self, name: str) -> None:
        """Take out a named graph, if it is there."""
        url = self._graph_url(name)
        reply = self.transport.send("DELETE", url)
        if reply.status not in (404, 410):
            self._done(url, reply)

    def close(self) -> None:
        """Close the connections."""
        self.transport.close()

    def _upload(self, method: str, name: str | None, text: str) -> None:
        url = self._graph_url(name)
        # Virtuoso believes the text, not its media type, and takes N-Triples with a long literal for plain text. A
        # prefix in front says that it is Turtle, which all N-Triples is.
        body = f"@prefix store: <{STORE}> .\n{text}".encode()
        self._done(url, self.transport.send(method, url, body, {"Content-Type": "text/turtle"}))

    def _graph_url(self, name: str | None) -> str:
        base = self.endpoint.graph_store_url
        return base + ("&" if "?" in base else "?") + ("default" if name is None else urlencode({"graph": name}))

    def _query(self, sparql: str, accept: str, over: Iterable[tuple[str, str]]) -> Reply:
        url = self.endpoint.query_url
        body = urlencode([("query", sparql), *over]).encode("ascii")
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": accept}
        reply = self.transport.send("POST", url, body, headers)
        if reply.status == 400:
            raise Refused(str(self._refused(url, reply)), reply.line())
        if reply.status not in (200, 206):
            raise self._refused(url, reply)
        if reply.status == 206 or any(name in reply.headers for name in _CUT_HEADERS):
            raise QueryTooLarge(f"{shown(url)}: the server gave a part of the answer only; ask for less, as with LIMIT")
        return reply

    def _triples(self, url: str, reply: Reply) -> set[ox.Triple]:
        if reply.content_type in _PLAIN:
            form = ox.RdfFormat.N_TRIPLES
        elif reply.content_type in _TURTLE:
            form = ox.RdfFormat.TURTLE
        else:
            raise self._strange(url, reply, _TRIPLES)
        try:
            return {quad.triple for quad in ox.parse(reply.body, format=form)}
        except (SyntaxError, ValueError) as error:
            raise self._broken(url, error) from error

    def _done(self, url: str, reply: Reply) -> None:
        if reply.status not in (200, 201, 202, 204):
            raise self._refused(url, reply)

    @staticmethod
    def _refused(url: str, reply: Reply) -> StoreError:
        said = f": {line}" if (line := reply.line()) else ""
        return StoreError(f"{shown(url)}: the server answers {reply.status}{said}")

    @staticmethod
    def _strange(url: str, reply: Reply, wanted: str) -> StoreError:
        kind = "".join(c for c in reply.content_type if c.isprintable())[:80] or "nothing"
        return StoreError(f"{shown(url)}: the answer is {kind}, not {wanted}; see whether the address is right")

    @staticmethod
    def _broken(url: str, error: Exception) -> StoreError:
        said = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        return StoreError(f"{shown(url)}: the answer is not what its type says ({said})")


def solutions(server: Server, found: ox.QuerySolutions | ox.QueryBoolean) -> Iterator[ox.QuerySolution]:
    """The rows of a SELECT; the library reads them one by one, so a fault may come late."""
    if isinstance(found, ox.QueryBoolean):
        raise StoreError(f"{server.endpoint.location}: the answer is yes or no, where rows were asked for")
    try:
        yield from found
    except (SyntaxError, ValueError) as error:
        raise Server._broken(server.endpoint.query_url, error) from error

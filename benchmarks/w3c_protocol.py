"""The W3C's tests of the SPARQL 1.1 Protocol and the Graph Store Protocol, sent to the service over HTTP.

Each test has requests, carried out in their order. The service is ``kg serve --writable`` as a process of its own, on
a scratch store in a folder that is gone afterwards.
"""

from __future__ import annotations

import os
import re
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox

from benchmarks.w3c_manifest import BASE, MF, Manifest
from benchmarks.w3c_results import same_graphs

HT = "http://www.w3.org/2011/http#"
CNT = "http://www.w3.org/2011/content#"
UT = "http://www.w3.org/2009/sparql/tests/test-update#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
GROUPS = {
    "protocol": ("manifest.ttl",),
    "graph-store-protocol": ("manifest-direct.ttl", "manifest-indirect.ttl"),
}
_PATHS = {"/sparql/": "/sparql/", "/gsp": "/graphs"}
_FORMATS = {
    "boolean": ("application/sparql-results+json", "application/sparql-results+xml"),
    "tabular": ("application/sparql-results+json", "application/sparql-results+xml", "text/csv"),
    "RDF": ("text/turtle", "application/rdf+xml", "application/n-triples"),
}
_NUMBERS = {"OK": "200", "Created": "201", "NoContent": "204", "NotFound": "404"}


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request with what has to come back."""

    method: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    statuses: frozenset[str] = frozenset()
    """Three digits, or the first of them for a whole class."""
    truth: str = ""
    form: str = ""
    location: str = ""
    """The word that stands for the Location of the answer in what follows."""
    graph: bytes = b""
    """Turtle, the same graph as the body of the answer."""


@dataclass(frozen=True, slots=True)
class ProtocolTest:
    """One test: the graphs that are there before, and its exchanges."""

    group: str
    name: str
    graphs: tuple[tuple[str, str], ...]
    """The name of each graph, and the IRI of its file."""
    exchanges: tuple[Exchange, ...]


@dataclass(frozen=True, slots=True)
class Service:
    """A service that is running."""

    host: str
    token: str = field(repr=False)

    def send(self, exchange: Exchange) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of the answer."""
        connection = HTTPConnection(self.host, timeout=60)
        try:
            headers = {**exchange.headers, "Authorization": f"Bearer {self.token}"}
            connection.request(exchange.method, exchange.path, exchange.body or None, headers)
            answer = connection.getresponse()
            return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
        finally:
            connection.close()


@contextmanager
def service() -> Iterator[Service]:
    """``kg serve --writable`` on a new scratch store."""
    token = secrets.token_urlsafe(32)
    with tempfile.TemporaryDirectory() as folder:
        words = ["serve", "--writable", "--scratch", "--port", "0", "--workers", "1", "--store", f"{folder}/scratch"]
        process = subprocess.Popen(
            [sys.executable, "-m", "kg.cli", *words],
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "KG_WRITE_TOKEN": token},
        )
        try:
            assert process.stderr is not None
            line = process.stderr.readline()
            found = re.search(r"http://(127\.0\.0\.1:\d+)/", line)
            if found is None:
                raise RuntimeError(f"the service did not start: {line.strip()}")
            yield Service(found[1], token)
        finally:
            process.terminate()
            process.wait(timeout=60)


def protocol_tests(folder: Path) -> Iterator[ProtocolTest]:
    """The tests of both protocols, as far as the folder has them."""
    for group, names in GROUPS.items():
        for name in names:
            file = folder / group / name
            if file.is_file():
                yield from _Protocol(file).protocol_tests()


def run_protocol(folder: Path, tests: list[ProtocolTest], running: Service) -> Iterator[tuple[ProtocolTest, str]]:
    """Each test with what was wrong, '' where it passed."""
    for test in tests:
        running.send(_write("POST", "/sparql", "DROP ALL", "application/sparql-update"))
        for graph, iri in test.graphs:
            body = (folder / iri.removeprefix(BASE)).read_text(encoding="utf-8")
            running.send(_write("PUT", f"/graphs?graph={quote(graph, safe='')}", body, "application/n-triples"))
        yield test, next(_wrongs(test, running), "")


def _write(method: str, path: str, body: str, media: str) -> Exchange:
    return Exchange(method, path, {"Content-Type": media}, body.encode())


def _wrongs(test: ProtocolTest, running: Service) -> Iterator[str]:
    known: dict[str, str] = {}
    for number, exchange in enumerate(test.exchanges, start=1):
        path, body, graph = exchange.path, exchange.body, exchange.graph
        for word, value in known.items():
            path = path.replace(word, quote(value, safe="") if "?" in path else value)
            body, graph = (text.replace(word.encode(), value.encode()) for text in (body, graph))
        sent = Exchange(exchange.method, path, exchange.headers, body)
        status, headers, got = running.send(sent)
        if exchange.location:
            known[exchange.location] = headers.get("location", "")
        if wrong := _wrong(exchange, status, headers, got, graph):
            yield f"request {number}: {wrong}"


def _wrong(exchange: Exchange, status: int, headers: dict[str, str], body: bytes, graph: bytes) -> str:
    """What is not as it should be, '' where all is."""
    media = headers.get("content-type", "").partition(";")[0]
    if not {str(status), str(status)[0]} & exchange.statuses:
        return f"status {status} where {', '.join(sorted(exchange.statuses))} is right: {body[:100].decode()}"
    if exchange.form and media not in _FORMATS[exchange.form]:
        return f"media type {media!r} for {exchange.form}"
    if exchange.truth and f'"boolean":{exchange.truth}' not in body.decode():
        return f"another truth value: {body.decode()[:100]}"
    if exchange.location and not headers.get("location"):
        return "no Location"
    if graph:
        wanted, found = (ox.parse(text, format=ox.RdfFormat.TURTLE, base_iri=BASE) for text in (graph, body))
        return "" if same_graphs(wanted, found) else "another graph"
    return ""


class _Protocol(Manifest):
    """The tests of one manifest."""

    def protocol_tests(self) -> Iterator[ProtocolTest]:
        for entry in self.entries():
            graphs = tuple(
                (self.value(g, RDFS + "label") or "", self.value(g, UT + "graph") or "")
                for g in self.all(entry, UT + "graphData")
            )
            requests = self.list(self.one(self.one(entry, MF + "action"), HT + "requests"))
            name = self.value(entry, MF + "name") or entry.value.rpartition("#")[2]
            yield ProtocolTest(self.group, name, graphs, tuple(self._exchange(r) for r in requests))

    def _exchange(self, request: Any) -> Exchange:
        answer = self.one(request, HT + "resp")
        path = self.value(request, HT + "absolutePath") or ""
        for begins, ours in _PATHS.items():
            if path.startswith(begins):
                path = ours + path.removeprefix(begins)
                break
        statuses = (s.value.rpartition("#")[2] for s in self.all(answer, MF + "expectedStatus"))
        return Exchange(
            self.value(request, HT + "methodName") or "GET",
            path,
            self._headers(request),
            self._body(request),
            frozenset(_NUMBERS.get(s) or s.removeprefix("StatusCode")[0] for s in statuses),
            truth=self.value(answer, MF + "expectedBoolean") or "",
            form=self.value(answer, MF + "expectedFormat") or "",
            location=self.value(answer, MF + "expectedLocation") or "",
            graph=self._body(answer),
        )

    def _headers(self, node: Any) -> dict[str, str]:
        found = self.list(self.one(node, HT + "headers")) if self.one(node, HT + "headers") is not None else ()
        return {self.value(h, HT + "fieldName") or "": self.value(h, HT + "fieldValue") or "" for h in found}

    def _body(self, node: Any) -> bytes:
        body = self.one(node, HT + "body")
        chars = self.value(body, CNT + "chars") or ""
        return chars.encode(self.value(body, CNT + "characterEncoding") or "utf-8")

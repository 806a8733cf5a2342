"""The tests that the manifests of the W3C's SPARQL 1.1 test suite list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pyoxigraph as ox

BASE = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/"
"""Where the suite stands on the web: the base of its relative IRIs, so that no answer depends on a folder."""
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
UT = "http://www.w3.org/2009/sparql/tests/test-update#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
KINDS = {
    "QueryEvaluationTest": "query",
    "CSVResultFormatTest": "query",
    "PositiveSyntaxTest11": "query syntax",
    "NegativeSyntaxTest11": "query syntax, wrong",
    "UpdateEvaluationTest": "update",
    "PositiveUpdateSyntaxTest11": "update syntax",
    "NegativeUpdateSyntaxTest11": "update syntax, wrong",
}


@dataclass(frozen=True, slots=True)
class Data:
    """What a store holds: files of the default graph, and pairs of a graph's name and its file."""

    plain: tuple[str, ...] = ()
    named: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class W3CTest:
    """One test; files are IRIs below ``BASE``."""

    group: str
    name: str
    kind: str
    """One of the values of ``KINDS``."""
    text: str
    """The file of the query or update."""
    before: Data = field(default_factory=Data)
    after: Data = field(default_factory=Data)
    """What an update must leave."""
    result: str = ""
    """The file of the answer that a query must give."""


def tests(folder: Path) -> Iterator[W3CTest]:
    """The query, syntax and update tests of all groups, in the manifests' order."""
    for manifest in sorted(folder.glob("*/manifest.ttl")):
        yield from Manifest(manifest).tests()


def path_of(folder: Path, iri: str) -> Path:
    """The file that an IRI of the suite names."""
    return folder / unquote(iri.removeprefix(BASE))


class Manifest:
    """One manifest, whose entries are read by their properties."""

    def __init__(self, file: Path) -> None:
        self.group = file.parent.name
        base = f"{BASE}{self.group}/manifest.ttl"
        self.graph = ox.Dataset(ox.parse(path=file, format=ox.RdfFormat.TURTLE, base_iri=base))

    def entries(self) -> Iterator[Any]:
        yield from self.list(next((q.object for q in self.graph if q.predicate.value == MF + "entries"), None))

    def tests(self) -> Iterator[W3CTest]:
        for entry in self.entries():
            kind = (self.value(entry, RDF + "type") or "").rpartition("#")[2]
            if kind in KINDS:
                yield self._test(entry, KINDS[kind])

    def _test(self, entry: Any, kind: str) -> W3CTest:
        action, result = self.one(entry, MF + "action"), self.one(entry, MF + "result")
        name = self.value(entry, MF + "name") or entry.value.rpartition("#")[2]
        if isinstance(action, ox.NamedNode):
            return W3CTest(self.group, name, kind, action.value)
        if kind.startswith("update"):
            text = self.value(action, UT + "request") or ""
            return W3CTest(self.group, name, kind, text, self._update_data(action), self._update_data(result))
        named = tuple((q.value, q.value) for q in self.all(action, QT + "graphData"))
        data = Data(tuple(d.value for d in self.all(action, QT + "data")), named)
        told = result.value if isinstance(result, ox.NamedNode) else ""
        return W3CTest(self.group, name, kind, self.value(action, QT + "query") or "", data, result=told)

    def _update_data(self, node: Any) -> Data:
        named = tuple(
            (self.value(g, RDFS + "label") or "", self.value(g, UT + "graph") or "")
            for g in self.all(node, UT + "graphData")
        )
        return Data(tuple(d.value for d in self.all(node, UT + "data")), named)

    def all(self, subject: Any, predicate: str) -> list[Any]:
        if isinstance(subject, ox.Literal) or subject is None:
            return []
        return [q.object for q in self.graph.quads_for_subject(subject) if q.predicate.value == predicate]

    def one(self, subject: Any, predicate: str) -> Any:
        return next(iter(self.all(subject, predicate)), None)

    def value(self, subject: Any, predicate: str) -> str | None:
        found = self.one(subject, predicate)
        return None if found is None else str(found.value)

    def list(self, node: Any) -> Iterator[Any]:
        while node is not None and getattr(node, "value", "") != RDF + "nil":
            yield self.one(node, RDF + "first")
            node = self.one(node, RDF + "rest")

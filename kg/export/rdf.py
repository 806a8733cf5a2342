"""The store as RDF: sorted before it is written, so that one store always gives the same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from kg.errors import ExportError
from kg.export.options import Options
from kg.graph.run import RUNS_GRAPH
from kg.store import Store
from kg.vocab.iris import article_iri, graph_iri, is_ours
from kg.vocab.namespaces import BASE, PREFIXES, SCHEMA

if TYPE_CHECKING:
    import pyoxigraph as ox

_CHUNK = 10_000
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_XMLNS = re.compile(rb' xmlns:[\w.-]+="[^"]*"')
T = TypeVar("T")


def quads(store: Store, options: Options) -> list[ox.Quad]:
    """The quads to export, by graph and then as N-Triples sorts them; graphs that updates wrote are among them."""
    found = [q for q in store.quads() if options.runs or str(q.graph_name) != f"<{RUNS_GRAPH}>"]
    if options.text:
        found += _texts(store)
    return sorted(found, key=lambda q: (str(q.graph_name), str(q.triple)))


def triples(store: Store, options: Options) -> list[ox.Triple]:
    """The triples of the default graph, each once, sorted: what the articles say, and not what updates wrote beside.

    Of a scratch store, which has no articles, those that lie in the default graph itself.
    """
    found = (q for q in quads(store, options) if is_ours(getattr(q.graph_name, "value", BASE)))
    return sorted({q.triple for q in found}, key=str)


def nquads(store: Store, options: Options) -> Iterator[bytes]:
    """One quad a line, sorted as text."""
    import pyoxigraph as ox

    for chunk in _chunks(sorted(quads(store, options), key=str)):
        yield ox.serialize(chunk, format=ox.RdfFormat.N_QUADS) or b""


def ntriples(store: Store, options: Options) -> Iterator[bytes]:
    """One triple a line, sorted as text."""
    import pyoxigraph as ox

    for chunk in _chunks(triples(store, options)):
        yield ox.serialize(chunk, format=ox.RdfFormat.N_TRIPLES) or b""


def turtle(store: Store, options: Options) -> Iterator[bytes]:
    """The union of the graphs in Turtle."""
    import pyoxigraph as ox

    found = ox.serialize(triples(store, options), format=ox.RdfFormat.TURTLE, prefixes=dict(PREFIXES))
    yield _prefixes_sorted(found or b"")


def trig(store: Store, options: Options) -> Iterator[bytes]:
    """The graphs one after the other, in TriG."""
    import pyoxigraph as ox

    found = ox.serialize(quads(store, options), format=ox.RdfFormat.TRIG, prefixes=dict(PREFIXES))
    yield _prefixes_sorted(found or b"")


def jsonld(store: Store, options: Options) -> Iterator[bytes]:
    """The graphs in expanded JSON-LD, which needs no context from elsewhere."""
    import pyoxigraph as ox

    yield (ox.serialize(quads(store, options), format=ox.RdfFormat.JSON_LD) or b"") + b"\n"


def rdfxml(store: Store, options: Options) -> Iterator[bytes]:
    """The union of the graphs in RDF/XML.

    Raises:
        ExportError: A text holds a character that XML cannot.
    """
    import pyoxigraph as ox

    found = triples(store, options)
    for triple in found:
        if bad := _NOT_XML.search(getattr(triple.object, "value", "")):
            raise ExportError(
                f"rdf: XML cannot hold U+{ord(bad[0]):04X}, which is in {triple.predicate} of "
                f"{triple.subject}; export as ttl, nt or jsonld"
            )
    text = ox.serialize(found, format=ox.RdfFormat.RDF_XML, prefixes=dict(PREFIXES)) or b""
    head, root, body = text.partition(b"<rdf:RDF")
    names, end, rest = body.partition(b">")
    # A bare carriage return would be read back as a line feed (XML 1.0, 2.11).
    yield head + root + b"".join(sorted(_XMLNS.findall(names))) + end + rest.replace(b"\r", b"&#13;") + b"\n"


def _prefixes_sorted(text: bytes) -> bytes:
    """The library lists prefixes in an order of its own, which no version promises."""
    lines = text.splitlines(keepends=True)
    count = next((i for i, line in enumerate(lines) if not line.startswith(b"@prefix ")), len(lines))
    return b"".join([*sorted(lines[:count]), *lines[count:]])


def _texts(store: Store) -> Iterator[ox.Quad]:
    import pyoxigraph as ox

    for key in store.record_keys():
        record = store.record(key)
        if record is not None:
            try:
                body = ox.Literal(record.article.text)
            except ValueError as error:
                raise ExportError(
                    f"{record.article.id}: RDF cannot hold its text, which has half of a surrogate pair; "
                    "export without the text"
                ) from error
            predicate = ox.NamedNode(SCHEMA + "articleBody")
            yield ox.Quad(ox.NamedNode(article_iri(key)), predicate, body, ox.NamedNode(graph_iri(key)))


def _chunks(items: list[T]) -> Iterator[list[T]]:
    rest = iter(items)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk

"""The store as RDF: sorted before it is written, so that one store always gives the same bytes."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from kg.errors import ExportError
from kg.export.options import Options
from kg.export.sorting import sorted_lines
from kg.graph.run import RUNS_GRAPH
from kg.store import Store
from kg.store.changes import in_graph
from kg.vocab.iris import article_iri, graph_iri, is_ours
from kg.vocab.namespaces import PREFIXES, SCHEMA

if TYPE_CHECKING:
    import pyoxigraph as ox

_CHUNK = 10_000
_HELD_BYTES = 64_000_000
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_XMLNS = re.compile(rb' xmlns:[\w.-]+="[^"]*"')
T = TypeVar("T")


def nquads(store: Store, options: Options) -> Iterator[bytes]:
    """One quad a line, sorted as text."""
    import pyoxigraph as ox

    found = _graphs(store, options)
    return _joined(sorted_lines(in_graph(ox.NamedNode(graph), lines) if graph else lines for graph, lines in found))


def ntriples(store: Store, options: Options) -> Iterator[bytes]:
    """One triple a line, sorted as text."""
    return _joined(_union(store, options))


def turtle(store: Store, options: Options) -> Iterator[bytes]:
    """The union of the graphs in Turtle."""
    import pyoxigraph as ox

    return _prefixes_sorted(_written(_triples(store, options), ox.RdfFormat.TURTLE))


def trig(store: Store, options: Options) -> Iterator[bytes]:
    """The graphs one after the other, in TriG."""
    import pyoxigraph as ox

    return _prefixes_sorted(_written(_quads(store, options), ox.RdfFormat.TRIG))


def jsonld(store: Store, options: Options) -> Iterator[bytes]:
    """The graphs in expanded JSON-LD, which needs no context from elsewhere."""
    import pyoxigraph as ox

    yield from _written(_quads(store, options), ox.RdfFormat.JSON_LD, prefixes=False)
    yield b"\n"


def rdfxml(store: Store, options: Options) -> Iterator[bytes]:
    """The union of the graphs in RDF/XML.

    Raises:
        ExportError: A text holds a character that XML cannot.
    """
    import pyoxigraph as ox

    def fit() -> Iterator[ox.Triple]:
        for triple in _triples(store, options):
            if bad := _NOT_XML.search(getattr(triple.object, "value", "")):
                raise ExportError(
                    f"rdf: XML cannot hold U+{ord(bad[0]):04X}, which is in {triple.predicate} of "
                    f"{triple.subject}; export as ttl, nt or jsonld"
                )
            yield triple

    text = b"".join(_written(fit(), ox.RdfFormat.RDF_XML))
    head, root, body = text.partition(b"<rdf:RDF")
    names, end, rest = body.partition(b">")
    # A bare carriage return would be read back as a line feed (XML 1.0, 2.11).
    yield head + root + b"".join(sorted(_XMLNS.findall(names))) + end + rest.replace(b"\r", b"&#13;") + b"\n"


def _graphs(store: Store, options: Options) -> Iterator[tuple[str | None, bytes]]:
    """Each graph to export with its triples as N-Triples, by name; graphs that updates wrote are among them."""
    texts = _texts(store) if options.text else {}
    for graph in sorted({*store.graphs(), *texts}, key=lambda g: f"<{g}>"):
        if options.runs or graph != RUNS_GRAPH:
            yield graph, store.ntriples(graph) + texts.get(graph, b"")
    yield None, store.ntriples()


def _union(store: Store, options: Options) -> Iterator[bytes]:
    """The triples of the default graph as sorted lines: what the articles say, and not what updates wrote beside.

    Of a scratch store, which has no articles, those that lie in the default graph itself.
    """
    return sorted_lines(lines for graph, lines in _graphs(store, options) if graph is None or is_ours(graph))


def _triples(store: Store, options: Options) -> Iterator[ox.Triple]:
    for lines in _chunks(_union(store, options)):
        yield from (t.triple for t in _parsed(lines))


def _quads(store: Store, options: Options) -> Iterator[ox.Quad]:
    """The quads by graph, and sorted within each."""
    import pyoxigraph as ox

    for graph, lines in _graphs(store, options):
        name = ox.DefaultGraph() if graph is None else ox.NamedNode(graph)
        for t in _parsed(sorted_lines([lines])):
            yield ox.Quad(t.subject, t.predicate, t.object, name)


def _parsed(lines: Iterable[bytes]) -> Iterator[ox.Quad]:
    import pyoxigraph as ox

    return ox.parse(b"".join(lines), format=ox.RdfFormat.N_TRIPLES, lenient=True)


def _joined(lines: Iterator[bytes]) -> Iterator[bytes]:
    return (b"".join(chunk) for chunk in _chunks(lines))


def _written(
    found: Iterator[ox.Triple] | Iterator[ox.Quad], format_: ox.RdfFormat, *, prefixes: bool = True
) -> Iterator[bytes]:
    """What the library writes of them, in pieces; what is large waits in a file."""
    import pyoxigraph as ox

    with tempfile.SpooledTemporaryFile(_HELD_BYTES) as out:
        ox.serialize(found, out, format=format_, prefixes=dict(PREFIXES) if prefixes else None)
        out.seek(0)
        while piece := out.read(1 << 20):
            yield piece


def _prefixes_sorted(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The library lists prefixes in an order of its own, which no version promises; they stand in the first piece."""
    lines = next(pieces, b"").splitlines(keepends=True)
    count = next((i for i, line in enumerate(lines) if not line.startswith(b"@prefix ")), len(lines))
    yield b"".join([*sorted(lines[:count]), *lines[count:]])
    yield from pieces


def _texts(store: Store) -> dict[str, bytes]:
    """The triple that tells the text of an article, as N-Triples, by the name of the article's graph."""
    import pyoxigraph as ox

    found = {}
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
            triple = ox.Triple(ox.NamedNode(article_iri(key)), ox.NamedNode(SCHEMA + "articleBody"), body)
            found[graph_iri(key)] = f"{triple} .\n".encode()
    return found


def _chunks(items: Iterator[T]) -> Iterator[list[T]]:
    while chunk := list(islice(items, _CHUNK)):
        yield chunk

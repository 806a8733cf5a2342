"""What a named graph is to hold: quads, or lines of N-Triples, checked before anything is written.

Lines are how much is written at once: no object is made for a term, and the database's own loader reads them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.errors import StoreError
from kg.vocab.iris import is_ours

NT = ox.RdfFormat.N_TRIPLES
Statements = Iterable[ox.Quad] | bytes
"""Quads of one named graph; or their triples as N-Triples in UTF-8, one a line, as ``str`` writes a triple."""


def checked(graph: str, statements: Statements) -> set[ox.Quad]:
    """The statements as a set of quads, read to the end before anything is written.

    Raises:
        StoreError: If one is not a quad of this graph, or holds a blank node or a quoted triple, which
            have no name that is the same in the next run; or if a line is not N-Triples.
    """
    wanted: set[ox.Quad] = set()
    name = ox.NamedNode(graph)
    for quad in _parsed(graph, statements) if isinstance(statements, bytes) else statements:
        if not isinstance(quad, ox.Quad):
            raise StoreError(f"{graph}: {quad!r} is not a quad; nothing was written")
        if quad.graph_name != name:
            raise StoreError(f"{graph}: a quad of graph {quad.graph_name} was given; nothing was written")
        for term in (quad.subject, quad.object):
            if not isinstance(term, ox.NamedNode | ox.Literal):
                raise StoreError(f"{graph}: {term} has no lasting name, give it an IRI; nothing was written")
        wanted.add(quad)
    return wanted


def checked_lines(graph: str, statements: Statements) -> bytes:
    """The statements as N-Triples. Lines that are given are only looked through: whether they parse, loading tells.

    Raises:
        StoreError: As for ``checked``.

    >>> checked_lines("urn:g", b'<urn:a> <urn:b> "c" .\\n')
    b'<urn:a> <urn:b> "c" .\\n'
    """
    if not isinstance(statements, bytes):
        return ox.serialize((q.triple for q in checked(graph, statements)), format=NT) or b""
    # Either can stand in a text as well: what looks wrong is parsed to know.
    if b"_:" in statements or b"<<" in statements:
        checked(graph, statements)
    return statements


def in_graph(graph: ox.NamedNode, lines: bytes) -> bytes:
    """Lines of N-Triples as N-Quads of a graph.

    Raises:
        StoreError: A line does not end as each should.

    >>> in_graph(ox.NamedNode("urn:g"), b'<urn:a> <urn:b> "c" .\\n')
    b'<urn:a> <urn:b> "c" <urn:g> .\\n'
    """
    # A line feed inside a text is written '\\n', so that this is only ever the end of a line.
    found = lines.replace(b" .\n", (end := f" {graph} .\n".encode()))
    if len(found) - len(lines) != lines.count(b"\n") * (len(end) - 3) or (lines and not found.endswith(end)):
        raise StoreError(f"{graph.value}: a line does not end with ' .'; give N-Triples, one a line")
    return found


def _parsed(graph: str, lines: bytes) -> Iterator[ox.Quad]:
    name = ox.NamedNode(graph)
    try:
        for t in ox.parse(lines, format=NT):
            yield ox.Quad(t.subject, t.predicate, t.object, name)
    except SyntaxError as error:
        raise StoreError(f"{graph}: not N-Triples ({error}); nothing was written") from error


def supports(quad: ox.Quad) -> bool:
    """Whether a quad keeps its triple in the union: what a user's own graph says is no article's."""
    return isinstance(quad.graph_name, ox.NamedNode) and is_ours(quad.graph_name.value)

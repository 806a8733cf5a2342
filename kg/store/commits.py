"""Many graphs changed in one go: few in one transaction, many past the transaction log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store.changes import NT, Statements, checked_lines, in_graph, supports
from kg.vocab.namespaces import BASE

NQ = ox.RdfFormat.N_QUADS
STEP = 10_000
"""Changed triples up to which a commit is one transaction, some ten articles; in bulk each costs a third of that."""
HELD = 10
"""How many times as many are held in memory, about 60 MB, and written in one bulk load."""

_OURS = f'FILTER(STRSTARTS(STR(?g), "{BASE}"))'
MEND = f"""INSERT {{ ?s ?p ?o }} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} {_OURS} FILTER NOT EXISTS {{ ?s ?p ?o }} }} ;
DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o FILTER NOT EXISTS {{ GRAPH ?g {{ ?s ?p ?o }} {_OURS} }} }}"""
"""The update that makes the default graph the union of the articles' graphs, whatever it was."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be taken out of a named graph and put into it, as lines of N-Triples."""

    graph: ox.NamedNode
    removed: bytes
    added: bytes
    emptied: bool
    size: int
    """How many triples both are."""


def write(
    rdf: ox.Store,
    graphs: Iterable[tuple[str, Statements]],
    *,
    on_steps: Callable[[], None],
    step: int = STEP,
) -> frozenset[str]:
    """Make named graphs hold exactly these statements, and the union with them; each graph is given once.

    Args:
        rdf: the database.
        graphs: the IRI of each graph with its statements; graphs that hold them already cost no writing.
        on_steps: called before the first of several steps. A process killed later leaves some graphs as they
            were, some as they should be and some, if they were new, in part; and the union may need ``MEND``.
        step: changed triples up to which all is one transaction.

    Returns:
        The graphs that changed.

    Raises:
        StoreError: A statement is wrong; the steps before it stay written.
        OSError: The disk refuses.
    """
    waiting: list[Change] = []
    size, several = 0, False
    changed: set[str] = set()
    for change in _changes(rdf, graphs):
        changed.add(change.graph.value)
        if not several and size + change.size > step:
            on_steps()
            several = True
        if waiting and size + change.size > step * HELD:
            _in_bulk(rdf, waiting)
            waiting, size = [], 0
        waiting.append(change)
        size += change.size
    if several:
        _in_bulk(rdf, waiting)
    else:
        _in_one(rdf, waiting)
    return frozenset(changed)


def _changes(rdf: ox.Store, graphs: Iterable[tuple[str, Statements]]) -> Iterator[Change]:
    for graph, statements in graphs:
        name, wanted = ox.NamedNode(graph), checked_lines(graph, statements)
        if not rdf.contains_named_graph(name):
            if wanted:
                yield Change(name, b"", wanted, emptied=False, size=wanted.count(b"\n"))
            continue
        present = rdf.dump(format=NT, from_graph=name) or b""
        old, new = set(present.splitlines(keepends=True)), set(wanted.splitlines(keepends=True))
        if apart := old ^ new:
            removed, added = b"".join(sorted(apart & old)), b"".join(sorted(apart & new))
            yield Change(name, removed, added, emptied=not new, size=len(apart))


def _in_bulk(rdf: ox.Store, changes: list[Change]) -> None:
    """New statements past the transaction log, what takes something away in a transaction."""
    new = [c for c in changes if not c.removed]
    _in_one(rdf, [c for c in changes if c.removed])
    if new:
        _read(new, lambda: rdf.bulk_load(_quads(new), NQ, lenient=True))
        rdf.bulk_load(b"".join(c.added for c in new), NT, lenient=True)


def _in_one(rdf: ox.Store, changes: list[Change]) -> None:
    if not any(c.removed for c in changes):
        if changes:
            # One transaction as well, and twice as fast as an update.
            both = b"".join((_quads(changes), *(c.added for c in changes)))
            _read(changes, lambda: rdf.load(both, NQ, lenient=True))
        return
    steps = [f"DELETE DATA {{ {_lone(rdf, changes)} {_named(changes, 'removed')} }}"]
    steps += [f"DROP SILENT GRAPH {c.graph}" for c in changes if c.emptied]
    if any(c.added for c in changes):
        union = b"".join(c.added for c in changes).decode()
        steps.append(f"INSERT DATA {{ {union} {_named(changes, 'added')} }}")
    _read(changes, lambda: rdf.update(" ;\n".join(steps)))


def _quads(changes: Iterable[Change]) -> bytes:
    return b"".join(in_graph(c.graph, c.added) for c in changes)


def _read(changes: list[Change], write: Callable[[], None]) -> None:
    """Write, and tell in which graphs a line is that cannot be read.

    Lines are read leniently, which finds what is no triple, but not an IRI with a space in it: they are written from
    terms, and the library checks those when they are made.
    """
    try:
        write()
    except SyntaxError as error:
        among = f"{changes[0].graph.value}{f' or one of {len(changes) - 1} others' if changes[1:] else ''}"
        raise StoreError(f"{among}: a line is not N-Triples ({error}); none of them was written") from error


def _lone(rdf: ox.Store, changes: Iterable[Change]) -> str:
    """The triples that no named graph holds any longer once all of these are taken away."""
    leaving: defaultdict[bytes, set[ox.NamedNode]] = defaultdict(set)
    for change in changes:
        for line in change.removed.splitlines(keepends=True):
            leaving[line].add(change.graph)
    pairs = zip(leaving.items(), ox.parse(b"".join(leaving), format=NT, lenient=True), strict=True)
    return b"".join(line for (line, graphs), quad in pairs if not _stays(rdf, quad, graphs)).decode()


def _stays(rdf: ox.Store, quad: ox.Quad, leaving: set[ox.NamedNode]) -> bool:
    found = rdf.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
    return any(supports(q) and q.graph_name not in leaving for q in found)


def _named(changes: Iterable[Change], which: str) -> str:
    parts = ((c.graph, getattr(c, which)) for c in changes)
    return " ".join(f"GRAPH {graph} {{ {lines.decode()} }}" for graph, lines in parts if lines)

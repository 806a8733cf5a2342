"""Many graphs changed in one go: in one transaction where they are few, in several steps where they are many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.store.changes import checked, supports
from kg.vocab.namespaces import BASE

STEP = 100_000
"""Quads of named graphs that one step holds at most, about 60 MB; up to here a commit is one transaction."""

_OURS = f'FILTER(STRSTARTS(STR(?g), "{BASE}"))'
MEND = f"""INSERT {{ ?s ?p ?o }} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} {_OURS} FILTER NOT EXISTS {{ ?s ?p ?o }} }} ;
DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o FILTER NOT EXISTS {{ GRAPH ?g {{ ?s ?p ?o }} {_OURS} }} }}"""
"""The update that makes the default graph the union of the articles' graphs, whatever it was."""

Triple = tuple[object, object, object]


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be taken out of a named graph and put into it."""

    graph: ox.NamedNode
    removed: frozenset[ox.Quad]
    added: frozenset[ox.Quad]
    emptied: bool

    def __len__(self) -> int:
        return len(self.removed) + len(self.added)


def write(
    rdf: ox.Store,
    graphs: Iterable[tuple[str, Iterable[ox.Quad]]],
    *,
    on_steps: Callable[[], None],
    step: int = STEP,
) -> frozenset[str]:
    """Make named graphs hold exactly these quads, and the union with them; each graph is given once.

    Args:
        rdf: the database.
        graphs: the IRI of each graph with its quads; graphs that hold them already cost no writing.
        on_steps: called before the first of several steps. A process killed later leaves some graphs as they
            were, some as they should be and some, if they were new, in part; and the union may need ``MEND``.
        step: quads that one step holds at most.

    Returns:
        The graphs that changed.

    Raises:
        StoreError: A quad is wrong; the steps before it stay written.
        OSError: The disk refuses.
    """
    waiting: list[Change] = []
    size, several = 0, False
    changed: set[str] = set()
    for change in _changes(rdf, graphs):
        changed.add(change.graph.value)
        if waiting and size + len(change) > step:
            if not several:
                on_steps()
            several = True
            _in_bulk(rdf, waiting)
            waiting, size = [], 0
        waiting.append(change)
        size += len(change)
    if several:
        _in_bulk(rdf, waiting)
    else:
        _in_one(rdf, waiting)
    return frozenset(changed)


def _changes(rdf: ox.Store, graphs: Iterable[tuple[str, Iterable[ox.Quad]]]) -> Iterator[Change]:
    for graph, quads in graphs:
        name, wanted = ox.NamedNode(graph), checked(graph, quads)
        present = set(rdf.quads_for_pattern(None, None, None, name))
        if wanted != present:
            yield Change(name, frozenset(present - wanted), frozenset(wanted - present), not wanted)


def _in_bulk(rdf: ox.Store, changes: list[Change]) -> None:
    """New quads past the transaction log, what takes something away in a transaction."""
    new = [c for c in changes if not c.removed]
    _in_one(rdf, [c for c in changes if c.removed])
    if new:
        rdf.bulk_extend(_twice(new))


def _in_one(rdf: ox.Store, changes: list[Change]) -> None:
    if not any(c.removed for c in changes):
        if changes:
            # One transaction as well, and twice as fast as an update, whose text has to be parsed.
            rdf.extend(_twice(changes))
        return
    steps = [f"DELETE DATA {{ {_lines(_lone(rdf, changes))} {_named(changes, 'removed')} }}"]
    steps += [f"DROP SILENT GRAPH {c.graph}" for c in changes if c.emptied]
    if any(c.added for c in changes):
        union = {(q.subject, q.predicate, q.object): q for c in changes for q in c.added}
        steps.append(f"INSERT DATA {{ {_lines(union.values())} {_named(changes, 'added')} }}")
    rdf.update(" ;\n".join(steps))


def _twice(changes: Iterable[Change]) -> Iterator[ox.Quad]:
    """Each quad in its named graph and in the union."""
    for change in changes:
        for quad in change.added:
            yield quad
            yield ox.Quad(quad.subject, quad.predicate, quad.object)


def _lone(rdf: ox.Store, changes: Iterable[Change]) -> list[ox.Quad]:
    """The triples that no named graph holds any longer once all of these are taken away."""
    leaving: defaultdict[Triple, set[object]] = defaultdict(set)
    quads: dict[Triple, ox.Quad] = {}
    for change in changes:
        for quad in change.removed:
            triple = (quad.subject, quad.predicate, quad.object)
            leaving[triple].add(change.graph)
            quads[triple] = quad
    return [quad for triple, quad in quads.items() if not _stays(rdf, quad, leaving[triple])]


def _stays(rdf: ox.Store, quad: ox.Quad, leaving: set[object]) -> bool:
    found = rdf.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
    return any(supports(q) and q.graph_name not in leaving for q in found)


def _named(changes: Iterable[Change], which: str) -> str:
    parts = ((c.graph, getattr(c, which)) for c in changes)
    return " ".join(f"GRAPH {graph} {{ {_lines(quads)} }}" for graph, quads in parts if quads)


def _lines(quads: Iterable[ox.Quad]) -> str:
    return "\n".join(f"{q.subject} {q.predicate} {q.object} ." for q in quads)

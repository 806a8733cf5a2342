"""One SPARQL update that turns a named graph into what it should hold, and keeps the union in step.

The default graph holds the union of the named graphs, each triple once. The library can also compute the
union while it answers, but then a triple that two articles support counts twice in every query.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from kg.errors import StoreError
from kg.vocab.iris import is_ours


def checked(graph: str, quads: Iterable[ox.Quad]) -> set[ox.Quad]:
    """The quads as a set, read to the end before anything is written.

    Raises:
        StoreError: If one is not a quad of this graph, or holds a blank node or a quoted triple, which
            have no name that is the same in the next run.
    """
    wanted: set[ox.Quad] = set()
    name = ox.NamedNode(graph)
    for quad in quads:
        if not isinstance(quad, ox.Quad):
            raise StoreError(f"{graph}: {quad!r} is not a quad; nothing was written")
        if quad.graph_name != name:
            raise StoreError(f"{graph}: a quad of graph {quad.graph_name} was given; nothing was written")
        for term in (quad.subject, quad.object):
            if not isinstance(term, ox.NamedNode | ox.Literal):
                raise StoreError(f"{graph}: {term} has no lasting name, give it an IRI; nothing was written")
        wanted.add(quad)
    return wanted


def update_text(rdf: ox.Store, graph: str, wanted: set[ox.Quad]) -> str:
    """The update that makes ``graph`` hold exactly ``wanted``; empty where it already does."""
    name = ox.NamedNode(graph)
    present = set(rdf.quads_for_pattern(None, None, None, name))
    removed, added = present - wanted, wanted - present
    steps = []
    if removed:
        lone = [q for q in removed if not _elsewhere(rdf, q, name)]
        steps.append(f"DELETE DATA {{ {_triples(lone)} GRAPH {name} {{ {_triples(removed)} }} }}")
    if present and not wanted:
        steps.append(f"DROP SILENT GRAPH {name}")
    if added:
        steps.append(f"INSERT DATA {{ {_triples(added)} GRAPH {name} {{ {_triples(added)} }} }}")
    return " ;\n".join(steps)


def _elsewhere(rdf: ox.Store, quad: ox.Quad, name: ox.NamedNode) -> bool:
    others = rdf.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
    return any(q.graph_name != name and supports(q) for q in others)


def supports(quad: ox.Quad) -> bool:
    """Whether a quad keeps its triple in the union: what a user's own graph says is no article's."""
    return isinstance(quad.graph_name, ox.NamedNode) and is_ours(quad.graph_name.value)


def _triples(quads: Iterable[ox.Quad]) -> str:
    return "\n".join(sorted(f"{q.subject} {q.predicate} {q.object} ." for q in quads))

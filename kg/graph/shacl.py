"""The shapes of ``ontology/shapes.ttl`` over the union of named graphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import ModelMissing, StoreError
from kg.graph.report import Finding
from kg.paths import ontology_dir
from kg.vocab.names import local_name

if TYPE_CHECKING:
    from rdflib import Graph


def shacl_findings(quads: Iterable[ox.Quad], articles: Mapping[str, str]) -> Iterator[Finding]:
    """What breaks a shape.

    Args:
        quads: The quads; their graphs are read as one.
        articles: For each subject the key of an article that describes it.

    Raises:
        ModelMissing: If pyshacl is not installed.
        StoreError: If the shapes cannot be applied to the graph.
    """
    try:
        from pyshacl import validate
        from pyshacl.errors import ConstraintLoadError, ReportableRuntimeError, RuleLoadError, ShapeLoadError
    except ImportError as error:
        raise ModelMissing("pyshacl is not installed; install it with: pip install pyshacl") from error
    from rdflib import Graph

    folder = ontology_dir()
    shapes = Graph().parse(folder / "shapes.ttl")
    ontology = Graph().parse(folder / "kg.ttl")
    try:
        # In place, since the union is made for this alone and a copy of it costs as much as reading it.
        done = validate(_union(quads), shacl_graph=shapes, ont_graph=ontology, inference="none", inplace=True)
    except (ShapeLoadError, ConstraintLoadError, RuleLoadError, ReportableRuntimeError) as error:
        first = str(error).splitlines()[0]
        raise StoreError(f"{folder / 'shapes.ttl'}: the shapes cannot be applied: {first}") from error
    yield from _findings(done[1], articles)


def _union(quads: Iterable[ox.Quad]) -> Graph:
    from rdflib import Graph

    triples = {ox.Triple(q.subject, q.predicate, q.object) for q in quads}
    data = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    return Graph().parse(data=data or b"", format="nt")


def _findings(results: Graph, articles: Mapping[str, str]) -> Iterator[Finding]:
    from rdflib import RDF, SH

    for result in results.subjects(RDF.type, SH.ValidationResult):
        focus = str(results.value(result, SH.focusNode))
        path, value = results.value(result, SH.resultPath), results.value(result, SH.value)
        yield Finding(
            severity=local_name(str(results.value(result, SH.resultSeverity))),
            focus=focus,
            path=str(path) if path is not None else "",
            message=str(results.value(result, SH.resultMessage) or "breaks its shape"),
            value=str(value) if value is not None else "",
            article=articles.get(focus),
        )

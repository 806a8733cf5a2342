"""What the endpoint says of itself: a SPARQL service description with VoID, as RDF or as a page."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from kg.serve.figures import Figures
from kg.serve.negotiation import HTML, ROWS, TRIPLES, negotiated
from kg.serve.pages import page
from kg.serve.writing import rdf
from kg.vocab.namespaces import BASE, DCT, PREFIXES, RDF, XSD

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
_FORMATS = "http://www.w3.org/ns/formats/"
RESULT_FORMATS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "RDF_XML", "JSON-LD",
)  # fmt: skip
_A = ox.NamedNode(RDF + "type")


def describe(request: Request) -> Response:
    """The description of the endpoint: as a page for browsers, else as RDF, Turtle first.

    Raises:
        HTTPException: 406, where neither is accepted.
    """
    media = negotiated(request, (*TRIPLES, HTML))
    figures: Figures = request.app.state.figures.count()
    endpoint = str(request.base_url).rstrip("/") + "/sparql"
    if media == HTML:
        return page("sparql.html", title="SPARQL endpoint", writable=request.app.state.gate is not None,
                     endpoint=endpoint, figures=figures, prefixes=PREFIXES,
                    rows=dict.fromkeys(ROWS.values()), triples=dict.fromkeys(TRIPLES.values()))  # fmt: skip
    writable = request.app.state.gate is not None
    return rdf(description(endpoint, figures, writable=writable), media, TRIPLES[media], extra={"sd": SD, "void": VOID})


def description(endpoint: str, figures: Figures, *, writable: bool = False) -> Iterator[ox.Triple]:
    """The triples of the description; its parts are named by fragments of the endpoint's IRI.

    Args:
        endpoint: The endpoint's IRI.
        figures: What the store holds.
        writable: Whether it takes updates.
    """
    service, dataset, union = (f"{endpoint}#{part}" for part in ("service", "dataset", "union"))
    yield _link(service, _A.value, SD + "Service")
    yield _link(service, SD + "endpoint", endpoint)
    yield _link(service, SD + "supportedLanguage", SD + "SPARQL11Query")
    if writable:
        yield _link(service, SD + "supportedLanguage", SD + "SPARQL11Update")
    if figures.union:
        yield _link(service, SD + "feature", SD + "UnionDefaultGraph")
    for name in RESULT_FORMATS:
        yield _link(service, SD + "resultFormat", _FORMATS + name)
    yield _link(service, SD + "defaultDataset", dataset)
    yield _link(dataset, _A.value, SD + "Dataset")
    yield _link(dataset, _A.value, VOID + "Dataset")
    yield _link(dataset, SD + "defaultGraph", union)
    yield _link(dataset, VOID + "sparqlEndpoint", endpoint)
    yield _text(dataset, VOID + "uriSpace", BASE)
    yield from _counted(dataset, figures)
    yield _link(union, _A.value, SD + "Graph")
    yield from _counted(union, figures)
    yield from _graphs(endpoint, dataset, figures)


def _counted(dataset: str, figures: Figures) -> Iterator[ox.Triple]:
    for name, number in (
        ("triples", figures.triples),
        ("distinctSubjects", figures.subjects),
        ("classes", len(figures.classes) or None),
        ("properties", len(figures.properties) or None),
    ):
        if number is not None:
            yield _number(dataset, VOID + name, number)
    for kind, counted, what, how_many in (
        ("class", figures.classes, "class", "entities"),
        ("property", figures.properties, "property", "triples"),
    ):
        for place, (iri, number) in enumerate(counted, start=1):
            part = f"{dataset}-{kind}-{place}"
            yield _link(dataset, f"{VOID}{kind}Partition", part)
            yield _link(part, VOID + what, iri)
            yield _number(part, VOID + how_many, number)


def _graphs(endpoint: str, dataset: str, figures: Figures) -> Iterator[ox.Triple]:
    """The named graphs; those past the thousandth are only counted."""
    if figures.graph_count is not None:
        yield _text(dataset, DCT + "extent", f"{figures.graph_count} named graphs")
    for place, (iri, number) in enumerate(figures.graphs, start=1):
        part = f"{endpoint}#graph-{place}"
        yield _link(dataset, SD + "namedGraph", part)
        yield _link(part, _A.value, SD + "NamedGraph")
        yield _link(part, SD + "name", iri)
        yield _link(part, SD + "graph", f"{part}-content")
        yield _number(f"{part}-content", VOID + "triples", number)


def _link(subject: str, predicate: str, value: str) -> ox.Triple:
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), ox.NamedNode(value))


def _number(subject: str, predicate: str, value: int) -> ox.Triple:
    literal = ox.Literal(str(value), datatype=ox.NamedNode(XSD + "integer"))
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), literal)


def _text(subject: str, predicate: str, value: str) -> ox.Triple:
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), ox.Literal(value))

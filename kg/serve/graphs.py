"""SPARQL 1.1 Graph Store HTTP Protocol, for reading: whole graphs by their own address or by ``?graph=``."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kg.serve.answers import Request as Query
from kg.serve.asking import Asked
from kg.serve.fields import once, url_fields
from kg.serve.negotiation import TRIPLES, negotiated
from kg.serve.protocol import absolute, written
from kg.vocab.iris import graph_iri

_DEFAULT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_NAMED = "CONSTRUCT { ?s ?p ?o } WHERE { VALUES ?graph { UNDEF } GRAPH ?graph { ?s ?p ?o } }"
_THERE = "ASK { VALUES ?graph { UNDEF } GRAPH ?graph { ?s ?p ?o } }"


def indirect(request: Request) -> Response:
    """``/graphs?graph=IRI`` or ``/graphs?default``, which is the union of all graphs.

    Raises:
        HTTPException: 400 where not exactly one of the two is given, 404, 406.
        QueryError: As ``Answers.answer`` has it; a graph past the cap of answers is refused, not cut.
    """
    fields = url_fields(request)
    iri = once(fields, "graph")
    whole = "default" in fields
    if whole == (iri is not None):
        raise HTTPException(400, "name one graph: ?graph=IRI, or ?default for the union of all")
    return _graph(request, None if iri is None else absolute("graph", iri))


def direct(request: Request) -> Response:
    """``/graph/KEY``: what the article with this key says.

    Raises:
        HTTPException: 404, 406.
        QueryError: As ``Answers.answer`` has it.
    """
    return _graph(request, graph_iri(request.path_params["key"]))


def _graph(request: Request, iri: str | None) -> Response:
    media = negotiated(request, TRIPLES)
    asked: Asked = request.app.state.asked
    if iri is None:
        text = _DEFAULT
    else:
        if not asked.query(asked.bound(_THERE, graph=[iri])).truth:
            raise HTTPException(404, f"no graph {iri}; SELECT DISTINCT ?g {{ GRAPH ?g {{ }} }} lists them")
        text = asked.bound(_NAMED, graph=[iri])
    return written(asked.pool.answer(Query(text, TRIPLES[media])).body, media)

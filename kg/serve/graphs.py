"""SPARQL 1.1 Graph Store HTTP Protocol: whole graphs by ``?graph=``, and for reading by an address of their own."""

from __future__ import annotations

import uuid

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kg.serve.answers import Request as Query
from kg.serve.asked import Change
from kg.serve.asking import Asked
from kg.serve.fields import once, url_fields
from kg.serve.gate import READ_ONLY, Gate
from kg.serve.negotiation import TRIPLES, negotiated
from kg.serve.protocol import absolute, content_type, endpoint_of, written
from kg.store.updating import FORMATS
from kg.vocab.iris import graph_iri

_DEFAULT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_NAMED = "CONSTRUCT { ?s ?p ?o } WHERE { VALUES ?graph { UNDEF } GRAPH ?graph { ?s ?p ?o } }"
_THERE = "ASK { VALUES ?graph { UNDEF } GRAPH ?graph { } }"
WRITING = ("PUT", "POST", "DELETE", "PATCH")
"""Methods that would change a graph; of these PATCH is always refused."""


async def named(request: Request) -> Response:
    """A graph by ``/graphs?graph=IRI``, by ``/graphs/...`` where that address is its IRI, or ``/graphs?default``.

    The default graph is the union of what all articles say. A POST that names no graph makes one, and tells its IRI.

    Raises:
        HTTPException: 400 where not exactly one graph is named, 404, 406; for writing 401, 403, 405 and 415.
        QueryError: As ``Answers.answer`` and ``Writer.write`` have it; a graph past the cap of answers is refused.
    """
    if request.method not in WRITING:
        return await run_in_threadpool(_graph, request, _name(request))
    _let_pass(request)
    if request.method == "PATCH":
        raise HTTPException(
            405, "a graph is put, added to or taken away whole", {"Allow": "GET, HEAD, PUT, POST, DELETE"}
        )
    fresh = request.method == "POST" and request.url.path == "/graphs" and not url_fields(request)
    name = f"{endpoint_of(request)}/{uuid.uuid4()}" if fresh else _name(request)
    brings = request.method != "DELETE"
    change = Change(
        request.method.lower(),
        endpoint_of(request),
        graph=name,
        body_media=_media(request) if brings else "",
        body=await request.body() if brings else b"",
    )
    there = await run_in_threadpool(request.app.state.writer.write, change)
    if not there and not brings:
        raise HTTPException(404, f"no graph {name}")
    return Response(status_code=204 if there else 201, headers={"Location": name} if fresh and name else {})


def _name(request: Request) -> str | None:
    """The IRI of the graph that a request is about; None for the default graph."""
    if request.url.path != "/graphs":
        return absolute("graph", endpoint_of(request))
    fields = url_fields(request)
    iri, whole = once(fields, "graph"), "default" in fields
    if whole == (iri is not None):
        raise HTTPException(400, "name one graph: ?graph=IRI, or ?default for the union of all")
    return None if iri is None else absolute("graph", iri)


def direct(request: Request) -> Response:
    """``/graph/KEY``: what the article with this key says, for reading.

    Raises:
        HTTPException: 404, 405, 406.
        QueryError: As ``Answers.answer`` has it.
    """
    if request.method in WRITING:
        raise HTTPException(405, "only kg build writes what an article says", {"Allow": "GET, HEAD"})
    return _graph(request, graph_iri(request.path_params["key"]))


def _let_pass(request: Request) -> None:
    gate: Gate | None = request.app.state.gate
    if gate is None:
        raise HTTPException(405, READ_ONLY, {"Allow": "GET, HEAD"})
    gate.let_pass(request)


def _media(request: Request) -> str:
    """The media type of the triples that a request brings."""
    media, charset = content_type(request)
    if media not in FORMATS:
        told = f"a body of {media!r}" if media else "a body without Content-Type"
        raise HTTPException(415, f"{told} is not read; send one of {', '.join(FORMATS)}")
    if charset not in ("", "utf-8", "utf8"):
        raise HTTPException(415, f"charset {charset!r} is not read; send UTF-8")
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise HTTPException(415, "a body with Content-Encoding is not read; send it as it is")
    return media


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

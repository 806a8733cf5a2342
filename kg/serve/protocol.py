"""SPARQL 1.1 Protocol: queries by GET, by POST of a form and of the query itself; updates by POST, behind the gate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kg.serve.answers import Answers
from kg.serve.answers import Request as Query
from kg.serve.asked import Change
from kg.serve.asking import form_of
from kg.serve.description import describe
from kg.serve.fields import Fields, fields_of, once, url_fields
from kg.serve.gate import READ_ONLY, Gate
from kg.serve.negotiation import ROWS, TRIPLES, negotiated

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
NO_UPDATES = f"updates are not allowed: {READ_ONLY}"
_FORMS: Mapping[str, Mapping[str, str]] = {"SELECT": ROWS, "ASK": ROWS, "CONSTRUCT": TRIPLES, "DESCRIBE": TRIPLES}


async def sparql(request: Request) -> Response:
    """The endpoint ``/sparql``: an answer, or without a query the service's description.

    Raises:
        HTTPException: 400, 403, 406 or 415, as the protocol has it.
        QueryError: As ``Answers.answer`` has it.
    """
    if request.method == "POST":
        fields = await _posted(request)
    else:
        fields = url_fields(request)
        if not fields:
            return await run_in_threadpool(describe, request)
    return await run_in_threadpool(_updated if "update" in fields else _answered, request, fields)


def _updated(request: Request, fields: Fields) -> Response:
    if "query" in fields:
        raise HTTPException(400, "a request holds a query or an update, not both")
    text = once(fields, "update") or ""
    _let_pass(request)
    if request.method != "POST" or "update" in url_fields(request):
        raise HTTPException(400, "an update is sent in the body of a POST, never in an address")
    change = Change(
        "update",
        endpoint_of(request),
        text,
        using=_iris("using-graph-uri", fields),
        using_named=_iris("using-named-graph-uri", fields),
    )
    request.app.state.writer.write(change)
    return Response(status_code=204)


def _let_pass(request: Request) -> None:
    """See that a request may update.

    Raises:
        HTTPException: 401 or 403.
    """
    gate: Gate | None = request.app.state.gate
    if gate is None:
        raise HTTPException(403, NO_UPDATES)
    gate.let_pass(request)


def endpoint_of(request: Request) -> str:
    """The address that was asked, without its query string: what relative IRIs are relative to (RFC 3986, 5.1.3)."""
    return str(request.url.replace(query="", fragment=""))


def _answered(request: Request, fields: Fields) -> Response:
    text = once(fields, "query")
    if text is None:
        raise HTTPException(400, "no 'query' was given; write ?query=... with a SPARQL query, percent-encoded")
    offered = _FORMS[form_of(text)]
    media = negotiated(request, offered)
    pool: Answers = request.app.state.pool
    query = Query(
        text,
        offered[media],
        default_graphs=_iris("default-graph-uri", fields),
        named_graphs=_iris("named-graph-uri", fields),
        base=endpoint_of(request),
    )
    return written(pool.answer(query).body, media)


def written(body: bytes, media: str) -> Response:
    """An answer whose form depends on what the request accepts."""
    told = f"{media}; charset=utf-8" if media.startswith("text/") else media
    return Response(body, headers={"Content-Type": told, "Vary": "Accept"})


async def _posted(request: Request) -> Fields:
    """The fields of a POST, of its URL and its body together; a query as the whole body is the field query."""
    media, charset = content_type(request)
    if media == UPDATE:
        _let_pass(request)
    if media not in (FORM, QUERY, UPDATE):
        told = f"a POST of {media!r}" if media else "a POST without Content-Type"
        raise HTTPException(415, f"{told} is not read; send {QUERY}, {UPDATE} or {FORM}")
    if charset not in ("", "utf-8", "utf8"):
        raise HTTPException(415, f"charset {charset!r} is not read; SPARQL is written in UTF-8")
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise HTTPException(415, "a body with Content-Encoding is not read; send it as it is")
    body = await request.body()
    in_url = url_fields(request)
    if media == FORM:
        return _merged(in_url, fields_of(body, "form"))
    name = "query" if media == QUERY else "update"
    try:
        return _merged(in_url, {name: (body.decode("utf-8"),)})
    except UnicodeDecodeError as error:
        raise HTTPException(400, f"the {name} is not UTF-8 at byte {error.start}") from error


def content_type(request: Request) -> tuple[str, str]:
    """The media type and the charset of a body, in small letters."""
    media, *parameters = request.headers.get("content-type", "").lower().split(";")
    named = dict(p.strip().partition("=")[::2] for p in parameters)
    return media.strip()[:100], named.get("charset", "").strip('"')[:100]


def _merged(one: Fields, other: Fields) -> Fields:
    return {name: (*one.get(name, ()), *other.get(name, ())) for name in {**one, **other}}


def _iris(name: str, fields: Fields) -> tuple[str, ...]:
    return tuple(absolute(name, value) for value in fields.get(name, ()))


def absolute(name: str, value: str) -> str:
    """The value itself, if it is an absolute IRI.

    Raises:
        HTTPException: 400, where it is not.
    """
    import pyoxigraph as ox

    try:
        return ox.NamedNode(value).value
    except ValueError as error:
        raise HTTPException(400, f"{name}: {value[:200]!r} is not an absolute IRI") from error


def media_types() -> Iterable[str]:
    """Every media type in which the endpoint writes answers."""
    return dict.fromkeys((*ROWS.values(), *TRIPLES.values()))

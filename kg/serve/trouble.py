"""Errors of kg as answers over HTTP: the status, and what a stranger may read of it.

========================  ======  ==========================================================
error                     status  because
========================  ======  ==========================================================
``QueryError``            400     the text or a parameter is wrong
``UsageError``            400     a name does not exist
``QueryRefused``          403     updates, SERVICE, and what reaches outside the store
``QueryTooLarge``         413     the query is past a limit
``AnswerTooLarge``        413     the answer is past a limit: nothing is sent of it
``PoolBusy``              503     with ``Retry-After: 1``
``StoreBusy``             503     with ``Retry-After: 10``: another process writes, such as a build
``QueryOutOfMemory``      503     without: asking again would end alike
``QueryCrashed``          503     without: the query may be at fault
``QueryTimeout``          504     the query was given up
too many at once          429     of one client; see ``kg.serve.clients``
any other                 500     its text is logged and not told: it may name folders
========================  ======  ==========================================================
"""

from __future__ import annotations

import http
import json
import logging
from collections.abc import Mapping
from types import MappingProxyType

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kg.errors import (
    AnswerTooLarge,
    KgError,
    PoolBusy,
    QueryCrashed,
    QueryError,
    QueryOutOfMemory,
    QueryRefused,
    QueryTimeout,
    QueryTooLarge,
    StoreBusy,
    UsageError,
)

STATUSES: Mapping[type[KgError], int] = MappingProxyType(
    {
        QueryTimeout: 504,
        QueryOutOfMemory: 503,
        QueryCrashed: 503,
        PoolBusy: 503,
        StoreBusy: 503,
        AnswerTooLarge: 413,
        QueryTooLarge: 413,
        QueryRefused: 403,
        QueryError: 400,
        UsageError: 400,
    }
)
"""Status by the error's class; the nearest base class counts."""
_LOG = logging.getLogger(__name__)


def status_of(error: KgError) -> int:
    """The status for an error; 500 for those that are no fault of the question.

    >>> from kg.errors import QueryRefused, StoreError
    >>> status_of(QueryRefused("")), status_of(StoreError(""))
    (403, 500)
    """
    return next((STATUSES[c] for c in type(error).__mro__ if c in STATUSES), 500)


async def kg_error(request: Request, error: Exception) -> Response:
    """The answer to an error of kg."""
    status = status_of(error) if isinstance(error, KgError) else 500
    if status == 500:
        _LOG.error("%s: %s", type(error).__name__, error)
        return told(request, status, "the store cannot be read or written just now")
    if isinstance(error, StoreBusy):  # its text names the folder
        return told(request, status, "another process writes to the store; ask again later", {"Retry-After": "10"})
    retry = {"Retry-After": "1"} if isinstance(error, PoolBusy) else {}
    return told(request, status, str(error), retry)


async def http_error(request: Request, error: Exception) -> Response:
    """The answer to an error of HTTP, such as a path that does not exist."""
    assert isinstance(error, HTTPException)
    return told(request, error.status_code, error.detail, dict(error.headers or {}))


def told(request: Request, status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """An error in words: a page for those who ask for HTML, RFC 9457 JSON in the API, else plain text."""
    from kg.serve.negotiation import prefers_html
    from kg.serve.pages import page

    path = request.url.path
    phrase = http.HTTPStatus(status).phrase
    if path.startswith("/api/") or path == "/openapi.json":
        body = {"type": "about:blank", "title": phrase, "status": status, "detail": detail}
        return Response(json.dumps(body), status, headers, "application/problem+json")
    if not path.startswith(("/sparql", "/graphs", "/metrics", "/healthz")) and prefers_html(request):
        return page("error.html", status=status, headers=headers, title=f"{status} {phrase}", detail=detail)
    return Response(f"{detail}\n".encode("utf-8", "backslashreplace"), status, headers, "text/plain; charset=utf-8")

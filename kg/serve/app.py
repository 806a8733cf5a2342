"""The service as one ASGI application over a pool that answers queries."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Iterable
from functools import partial
from pathlib import Path

from anyio.to_thread import current_default_thread_limiter
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from kg.errors import KgError
from kg.serve import api, explore, graphs, health, openapi, resources
from kg.serve.answers import Answers
from kg.serve.asking import Asked
from kg.serve.clients import PER_CLIENT, PerClient
from kg.serve.figures import Counter
from kg.serve.gate import Gate
from kg.serve.guards import LIMITS, Guards, Limits, served
from kg.serve.headers import SafeHeaders, Tagged
from kg.serve.pages import page
from kg.serve.protocol import sparql
from kg.serve.summaries import Summaries
from kg.serve.trouble import http_error, kg_error
from kg.serve.view import routes as views
from kg.serve.view import saving
from kg.serve.view.keeper import Keeper
from kg.serve.writer import Writer
from kg.store.layout import is_scratch

_LOG = logging.getLogger(__name__)
_THREADS = 200
"""Requests that may wait for a worker, or be written, at once: more than the pool lets wait, so that it, which knows
whose turn it is, decides."""


def make_app(
    store_location: str | Path,
    pool: Answers,
    *,
    host: str = "127.0.0.1",
    allow_hosts: Iterable[str] = (),
    limits: Limits = LIMITS,
    per_client: int = PER_CLIENT,
    refresh_s: float | None = None,
    newest: Callable[[], object] = object,
    keeper: Keeper | None = None,
    writer: Writer | None = None,
    token: str = "",
) -> ASGIApp:
    """The service as an application for any ASGI server; it asks nothing but the pool, and changes what the writer may.

    Args:
        store_location: The store's folder, whose name titles the first page.
        pool: What answers queries; it is not closed here.
        host: The address that the server is bound to; requests for other hosts are refused.
        allow_hosts: Host names to answer to besides.
        limits: How much of a request is read.
        per_client: Requests of one client's address that may be under way at once; 0 for no limit.
        refresh_s: Seconds between two times that the pool looks for what was written since; None for never.
        newest: Names the state that is there; the pool looks only where it is another than the time before.
        keeper: What gives the index of all events; None for one of its own. It is closed with the service.
        writer: What changes the store; None: the service only reads. It is not closed here.
        token: What those who update have to show.
    """
    keeper = keeper or Keeper(store_location, newest)
    inner = Starlette(
        routes=_routes(),
        exception_handlers={KgError: kg_error, HTTPException: http_error},
        lifespan=lambda _: _refreshing(pool, refresh_s, newest, keeper),
    )
    inner.router.redirect_slashes = False
    inner.state.pool = pool
    inner.state.asked = Asked(pool, newest=Summaries(store_location).newest)
    inner.state.figures = Counter(Asked(pool))
    inner.state.explorer = explore.Explorer(store_location, newest)
    inner.state.keeper = keeper
    inner.state.metrics = health.Metrics()
    scratch = " (scratch)" if is_scratch(Path(store_location)) else ""
    inner.state.title = (Path(store_location).name or str(store_location)) + scratch
    inner.state.writer = writer
    inner.state.gate = None if writer is None else Gate(token)
    if writer is not None:
        writer.on_written = partial(_look_anew, pool, inner.state.figures)
    app: ASGIApp = Tagged(inner)
    # Of a view of 270 kB level 5 makes a fifth less, in more than twice the time.
    app = GZipMiddleware(app, minimum_size=1000, compresslevel=1)
    app = inner.state.clients = PerClient(app, per_client)
    app = CORSMiddleware(
        app,
        allow_origins=["*"],
        allow_methods=["GET", "POST"],
        # A page of another origin has no use for a token here: the gate refuses its updates.
        allow_headers=["*"] if writer is None else ["Accept", "Content-Type", "If-None-Match"],
        expose_headers=["ETag", "Link"],
    )
    app = SafeHeaders(Guards(app, served(host, allow_hosts), limits))
    return health.Measured(app, inner.state.metrics)


def _routes() -> list[Route]:
    reading, anything = ["GET"], ["GET", *graphs.WRITING]
    return [
        Route("/", _index, methods=reading),
        Route("/explore", explore.explore, methods=reading),
        Route("/explore/completion.json", explore.completion_list, methods=reading),
        Route("/explore/{file}", explore.vendored, methods=reading),
        Route("/sparql", sparql, methods=["GET", "POST"]),
        Route("/sparql/", sparql, methods=["GET", "POST"]),
        Route("/graphs", graphs.named, methods=anything),
        Route("/graphs/{path:path}", graphs.named, methods=anything),
        Route("/graph/{key:path}", graphs.direct, methods=anything),
        *(Route(f"/{kind}/{{key:path}}", resources.resource, methods=reading) for kind in resources.KINDS),
        Route("/id/{kind}/{key:path}", resources.see_other, methods=reading),
        Route("/api/events", api.events, methods=reading),
        *(Route(path, api.under_own_path(path), methods=reading) for path in api.QUESTIONS),
        Route("/api/view", views.view, methods=reading),
        Route("/api/view/start", views.start, methods=reading),
        Route("/api/view/values", views.values, methods=reading),
        Route("/api/view/actors", views.actors, methods=reading),
        Route("/api/view/within", views.within, methods=["POST"]),
        *(
            Route(f"/api/view/events.{kind}", partial(saving.saved, kind), methods=reading)
            for kind in saving.MOST_SAVED
        ),
        Route("/api/questions", api.question_list, methods=reading),
        Route("/api/questions/{name}/sparql", api.question_sparql, methods=reading),
        Route("/api/questions/{name}", api.one_question, methods=reading),
        Route("/openapi.json", openapi.as_openapi, methods=reading),
        Route("/docs", openapi.as_page, methods=reading),
        Route("/healthz", health.healthz, methods=reading),
        Route("/metrics", health.metrics, methods=reading),
    ]


def _index(request: Request) -> Response:
    """``/``: what there is, and where."""
    return page("index.html", title=request.app.state.title, figures=request.app.state.figures.count())


def _look_anew(pool: Answers, figures: Counter) -> None:
    """Have what begins from now on see what was just written."""
    pool.refresh()
    figures.forget()


@contextlib.asynccontextmanager
async def _refreshing(
    pool: Answers, every_s: float | None, newest: Callable[[], object], keeper: Keeper
) -> AsyncIterator[None]:
    """Lets the pool look for what is new, while the service runs."""
    current_default_thread_limiter().total_tokens = _THREADS
    task = None if every_s is None else asyncio.create_task(_refresh(pool, every_s, newest))
    try:
        yield
    finally:
        keeper.close()
        if task is not None:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task


async def _refresh(pool: Answers, every_s: float, newest: Callable[[], object]) -> None:
    seen = await run_in_threadpool(newest)
    while True:
        await asyncio.sleep(every_s)
        found = await run_in_threadpool(newest)
        if found == seen:
            continue
        seen = found
        try:
            await run_in_threadpool(pool.refresh)
        except KgError as error:  # such as a store that is being replaced; the next time may do
            _LOG.warning("what was written since could not be read: %s", error)

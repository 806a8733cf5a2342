"""Whether the service is well, and what it did, in the text format of Prometheus."""

from __future__ import annotations

import re
import time
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.errors import KgError, PoolBusy
from kg.serve.answers import Answers
from kg.serve.answers import Request as Query
from kg.serve.negotiation import JSON_RESULTS
from kg.serve.writing import as_json

BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Upper bounds of the histogram, in seconds."""
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
_NOT_IN_A_NAME = re.compile(r"\W", re.ASCII)


@dataclass(slots=True)
class Metrics:
    """Counts of requests by route, method and status, and of their seconds by route; only the event loop writes."""

    requests: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    seconds: defaultdict[str, list[int]] = field(
        default_factory=lambda: defaultdict(lambda: [0] * (len(BUCKETS_S) + 1))
    )
    """Requests by route in each bucket, the last for those above all bounds."""
    sums: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

    def note(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count one request."""
        self.requests[route, method if method in _METHODS else "other", status] += 1
        self.seconds[route][bisect_left(BUCKETS_S, seconds)] += 1
        self.sums[route] += seconds

    def text(self, pool: Mapping[str, int], clients: Mapping[str, int] = MappingProxyType({})) -> str:
        """All of it, with the counts of the pool and of the clients.

        >>> metrics = Metrics()
        >>> metrics.note("/sparql", "GET", 200, 0.02)
        >>> print(metrics.text({"workers": 2}).splitlines()[2])
        kg_requests_total{route="/sparql",method="GET",status="200"} 1
        """
        lines = (*_counts("pool", pool), *_counts("clients", clients))
        return "".join(f"{line}\n" for line in (*self._requests(), *self._seconds(), *lines))

    def _requests(self) -> Iterator[str]:
        yield "# HELP kg_requests_total Requests answered."
        yield "# TYPE kg_requests_total counter"
        for (route, method, status), number in sorted(self.requests.items()):
            yield f'kg_requests_total{{route="{route}",method="{method}",status="{status}"}} {number}'

    def _seconds(self) -> Iterator[str]:
        yield "# HELP kg_request_seconds From the head of a request to the end of its answer."
        yield "# TYPE kg_request_seconds histogram"
        for route, buckets in sorted(self.seconds.items()):
            total = 0
            for bound, number in zip((*BUCKETS_S, "+Inf"), buckets, strict=True):
                total += number
                yield f'kg_request_seconds_bucket{{route="{route}",le="{bound}"}} {total}'
            yield f'kg_request_seconds_sum{{route="{route}"}} {self.sums[route]:.6f}'
            yield f'kg_request_seconds_count{{route="{route}"}} {total}'


def _counts(what: str, counts: Mapping[str, int]) -> Iterator[str]:
    for name, number in sorted(counts.items()):
        told = f"kg_{what}_{_NOT_IN_A_NAME.sub('_', name)}"
        yield f"# TYPE {told} {'counter' if told.endswith('_total') else 'gauge'}"
        yield f"{told} {number}"


@dataclass(frozen=True, slots=True)
class Measured:
    """The application with its requests counted; the route is the path's pattern, so that labels stay few."""

    app: ASGIApp
    metrics: Metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on and count; an answer that never started counts as 500."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status = 500
        start = time.perf_counter()

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noting)
        finally:
            route: Any = scope.get("route")
            self.metrics.note(getattr(route, "path", "none"), scope["method"], status, time.perf_counter() - start)


def metrics(request: Request) -> Response:
    """``/metrics``."""
    told: Metrics = request.app.state.metrics
    writer = request.app.state.writer
    counts = {**request.app.state.pool.stats(), **(writer.stats() if writer is not None else {})}
    text = told.text(counts, request.app.state.clients.stats())
    return Response(text, headers={"Cache-Control": "no-store"}, media_type="text/plain; version=0.0.4; charset=utf-8")


def healthz(request: Request) -> Response:
    """``/healthz``: 200 while queries are answered, also where the pool is only busy; 503 else."""
    pool: Answers = request.app.state.pool
    status = "ok"
    try:
        pool.answer(Query("ASK { }", JSON_RESULTS))
    except KgError as error:
        status = "busy" if isinstance(error, PoolBusy) else "down"
    told = {"status": status, "pool": dict(pool.stats())}
    return as_json(told, 503 if status == "down" else 200, {"Cache-Control": "no-store"})

"""``/api/view/events.csv``, ``.gexf`` and ``.ttl``: all events that filters leave, sent while they are read."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from kg.errors import KgError
from kg.serve.fields import url_fields
from kg.serve.view.wanted import wanted

if TYPE_CHECKING:
    from kg.serve.view.index import Index

MOST_SAVED = {"csv": 200_000, "gexf": 200_000, "ttl": 50_000}
"""Events of one file, by its ending. What passes beyond them is refused, never cut."""
MEDIA = {"csv": "text/csv", "gexf": "application/gexf+xml", "ttl": "text/turtle"}
LONGEST_S = 900.0
"""Seconds that sending one file may take; then the connection breaks, which a browser tells."""
_LOG = logging.getLogger(__name__)
_TURN = threading.Lock()
"""Held while a part is made, never while it is sent: all files together take one core at most."""


@dataclass(frozen=True, slots=True)
class Saved:
    """The events of a file, by their places in the order of the table."""

    index: Index
    places: list[int]
    words: str
    """What they are, in words."""


def saved(kind: str, request: Request) -> Response:
    """The events of a view as a file.

    Args:
        kind: Its ending, of ``MOST_SAVED``.
        request: Its words are those of ``/api/view``; what is drawn and the table's stretch do not count.

    Raises:
        HTTPException: 400, naming the parameter; 410, where a choice of events is not kept; 413, where more events
            pass than a file may hold.
        PoolBusy: The events are being read, or too many queries wait.
    """
    asked = wanted(url_fields(request))
    from kg.serve.view.chosen import choose
    from kg.serve.view.within import narrowed

    index = request.app.state.keeper.index()
    order = index.order(asked.column, down=asked.down)
    places = order[choose(index, narrowed(index, asked)).passing[order]].tolist()
    if len(places) > MOST_SAVED[kind]:
        told = f"{len(places):,} events pass, and a file holds {MOST_SAVED[kind]:,}"
        raise HTTPException(413, f"{told}: narrow the filters; kg export writes the whole store")
    headers = {
        "Content-Type": f"{MEDIA[kind]}; charset=utf-8",
        "Content-Disposition": f'attachment; filename="events.{kind}"',
        "Cache-Control": "no-store",
    }
    if request.method == "HEAD":
        return Response(headers=headers)
    words = f"{len(places):,} of {index.events:,} events"
    parts = _parts(kind, Saved(index, places, words), request)
    # An error before the first part is told as such.
    return _Sent(chain([next(parts)], parts), headers=headers)


def stretches(places: list[int], size: int) -> Iterator[list[int]]:
    """So many places at a time.

    >>> list(stretches([1, 2, 3], 2))
    [[1, 2], [3]]
    """
    return (places[first : first + size] for first in range(0, len(places), size))


def _parts(kind: str, events: Saved, request: Request) -> Iterator[bytes]:
    if kind == "ttl":
        from kg.serve.view.triples import turtle

        return (part.encode("utf-8", "replace") for part in turtle(request.app.state.asked, events))
    if kind == "csv":
        from kg.serve.view.sheet import csv as written
    else:
        from kg.serve.view.gexf import gexf as written
    return _in_turn(written(events))


def _in_turn(parts: Iterator[str]) -> Iterator[bytes]:
    while True:
        with _TURN:
            part = next(parts, None)
        if part is None:
            return
        yield part.encode("utf-8", "replace")


class _Sent(StreamingResponse):
    """A file that is sent as it is made; where it cannot be ended the connection breaks: none takes it as whole."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            async with asyncio.timeout(LONGEST_S):
                await super().__call__(scope, receive, send)
        except TimeoutError:
            _LOG.warning("a file of events was not taken within %.0f s", LONGEST_S)
        except KgError as error:
            _LOG.warning("a file of events was broken off: %s", error)

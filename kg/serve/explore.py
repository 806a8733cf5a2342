"""The page that ``kg draw`` writes, served over the store as it stands."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kg.draw import draw
from kg.draw.render import render_shell
from kg.store import open_store

MOST = 5_000
"""Events up to which the page holds them all; of more it asks ``/api/view``."""
TITLE = "Events and their sources"
_POLICY = "frame-ancestors 'none'"
"""All else stands in the page itself, which names the digests of its scripts."""


class Explorer:
    """Draws the page once for each state of the store, one request at a time.

    Args:
        location: The store's folder.
        newest: Names the state that is there; the page is drawn anew where it is another than before.
    """

    def __init__(self, location: str | Path, newest: Callable[[], object]) -> None:
        self._location = location
        self._newest = newest
        self._drawing = threading.Lock()
        self._state: object = None
        self._page = ""

    def page(self) -> str:
        """The page of the newest state.

        Raises:
            StoreError: The store cannot be read.
        """
        with self._drawing:
            state = self._newest()
            if not self._page or state != self._state:
                self._page, self._state = self._drawn(), state
            return self._page

    def _drawn(self) -> str:
        with open_store(self._location, read_only=True) as store:
            (row,) = store.query("SELECT (COUNT(*) AS ?n) { ?e a sem:Event }").rows
            return draw(store) if int(str(row[0])) <= MOST else render_shell(TITLE, "/api/view")


def explore(request: Request) -> Response:
    """``/explore``: the graph to look through, with the sentence behind each event."""
    return HTMLResponse(request.app.state.explorer.page(), headers={"Content-Security-Policy": _POLICY})

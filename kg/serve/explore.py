"""The page that ``kg draw`` writes, served over the store as it stands."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kg.draw import draw
from kg.draw.render import editor, render_shell
from kg.serve.completion import completion
from kg.serve.fields import known_fields
from kg.serve.writing import as_json
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
            return draw(store, served=True) if int(str(row[0])) <= MOST else render_shell(TITLE, "/api/view")


def explore(request: Request) -> Response:
    """``/explore``: the graph to look through, with the sentence behind each event."""
    return HTMLResponse(request.app.state.explorer.page(), headers={"Content-Security-Policy": _POLICY})


def completion_list(request: Request) -> Response:
    """``/explore/completion.json``: what the page's editor of SPARQL offers."""
    known_fields(request, ())
    return as_json(completion())


def vendored(request: Request) -> Response:
    """``/explore/yasqe.min.js`` and ``.css``: the editor, which the page fetches when it is first opened.

    Raises:
        HTTPException: 404 for any other name.
    """
    name = request.path_params["file"]
    if name not in editor():
        raise HTTPException(404, f"no file {name[:100]!r}; there are {', '.join(editor())}")
    return Response(editor()[name], media_type="text/javascript" if name.endswith(".js") else "text/css")

"""Writes a picture as one HTML page that asks nobody for anything."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kg.draw.payload import payload
from kg.draw.picture import Picture

PAGE = Path(__file__).parent / "page"
PACKED_FROM = 1_000_000
"""Characters of data from which on they are packed; below, they can be read in the file."""
VENDOR = Path(__file__).parent / "vendor"
SCRIPTS = (
    "element.js",
    "data.js",
    "columns.js",
    "facets.js",
    "state.js",
    "address.js",
    "filter.js",
    "local.js",
    "remote.js",
    "bins.js",
    "time.js",
    "map.js",
    "labels.js",
    "canvas.js",
    "graph.js",
    "cards.js",
    "corrections.js",
    "actor.js",
    "panel.js",
    "table.js",
    "gexf.js",
    "minimap.js",
    "print.js",
    "export.js",
    "main.js",
)
"""In the order in which they are joined into one script."""
SERVED_SCRIPTS = ("asked.js", "answer.js", "drawn.js", "editor.js", "questions.js")
"""What the page has besides where a service answers it; joined before the last of the others."""


def render(picture: Picture, *, served: bool = False) -> str:
    """The page as text; the same picture gives the same text.

    Args:
        picture: What it shows.
        served: Whether the page comes from ``kg serve``: it may then ask the service that it comes from, and nobody
            else, and offers the named questions and SPARQL.

    Everything that came from articles goes through autoescaping or, as JSON, into a data block
    that the browser never runs; the policy in the page lets only the joined scripts run.

    >>> "default-src &#39;none&#39;" in render(Picture())
    True
    """
    return _page(picture.title, payload(picture), served=served)


def render_shell(title: str, address: str) -> str:
    """The same page without data, which asks for them at an address of the server that it came from.

    >>> "connect-src &#39;self&#39;" in render_shell("Events", "/api/view")
    True
    """
    return _page(title, {"address": address}, served=True)


def _page(title: str, data: Mapping[str, Any], *, served: bool) -> str:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(PAGE, encoding="utf-8"), autoescape=True, undefined=StrictUndefined
    )
    text = json.dumps(data, separators=(",", ":"))
    packed = _packed(text) if len(text) > PACKED_FROM else None
    prelude, library, script = (PAGE / "nonce.js").read_text("utf-8"), _library(), _script(served=served)
    scripts = (prelude, library, script, *((editor()["yasqe.min.js"],) if served else ()))
    nonce = _digest(text + script)[:24]
    return environment.get_template("page.html").render(
        title=_encodable(title),
        policy=_policy(scripts, nonce, served=served),
        served=served,
        nonce=nonce,
        style=Markup(_style(served=served)),  # noqa: S704 - our own files
        prelude=Markup(prelude),  # noqa: S704 - our own file
        library=Markup(library),  # noqa: S704 - a vendored file whose digest is tested
        script=Markup(script),  # noqa: S704 - our own files
        data=data if packed is None else None,
        packed=packed,
    )


def _packed(text: str) -> str:
    """The text deflated (RFC 1951) and in base64: a fifth of its size, unpacked by the browser off its main thread."""
    squeezer = zlib.compressobj(level=9, wbits=-15)
    raw = squeezer.compress(text.encode("utf-8", "replace")) + squeezer.flush()
    return base64.b64encode(raw).decode("ascii")


def _script(*, served: bool) -> str:
    """Our own scripts as one, in a scope of their own."""
    names = (*SCRIPTS[:-1], *(SERVED_SCRIPTS if served else ()), SCRIPTS[-1])
    texts = ((PAGE / name).read_text("utf-8") for name in names)
    return '(async () => {\n"use strict";\n' + "\n".join(texts) + "})();\n"


def _style(*, served: bool) -> str:
    names = ("page.css", "questions.css") if served else ("page.css",)
    return "\n".join((PAGE / name).read_text("utf-8") for name in names)


def _library() -> str:
    return _unmapped((VENDOR / "vis-network.min.js").read_text("utf-8"))


@cache
def editor() -> Mapping[str, str]:
    """The files of the editor of SPARQL by their names, as a served page fetches them."""
    names = ("yasqe.min.js", "yasqe.min.css")
    return {name: _unmapped((VENDOR / name).read_text("utf-8")) for name in names}


def _unmapped(script: str) -> str:
    """A library without the pointer to its source map, which a browser's tools would ask for."""
    return re.sub(r"\n//# sourceMappingURL=\S*\s*\Z", "\n", script)


def _policy(scripts: tuple[str, ...], nonce: str, *, served: bool) -> str:
    """What the browser may do: run these scripts, apply styles with the nonce, ask the service if there is one."""
    hashes = " ".join(f"'sha256-{_digest(script)}'" for script in scripts)
    connect = "'self'" if served else "'none'"
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'nonce-{nonce}'; img-src data:; "
        f"connect-src {connect}; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _encodable(text: str) -> str:
    """The text without lone surrogates, which no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")

"""The pages of the service: templates with autoescaping, one style sheet, no script, nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from kg.query.grid import visible

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER = Path(__file__).parent


def page(name: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **values: Any) -> Response:
    """A page from a template of this folder.

    Args:
        name: The template's file name.
        status: Of the answer.
        headers: Of the answer, besides those that every page has.
        values: What the template needs; all text in it is escaped.
    """
    text = _environment().get_template(name).render(**values)
    body = text.encode("utf-8", "backslashreplace")
    return Response(body, status, {**(headers or {}), "Vary": "Accept"}, "text/html; charset=utf-8")


@cache
def policy() -> str:
    """What a browser may do with any answer: apply the one style sheet, and load or run nothing."""
    digest = base64.b64encode(hashlib.sha256(_style().encode("utf-8")).digest()).decode("ascii")
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


@cache
def _style() -> str:
    return (FOLDER / "page.css").read_text("utf-8")


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(FOLDER, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["shown"] = shown
    environment.filters["link"] = local_link
    environment.globals["style"] = Markup(_style())  # noqa: S704 - our own file
    return environment


def shown(text: object) -> str:
    """The text on one line, control characters and marks of direction as escapes.

    >>> shown("a\\nb\\u202e")
    'a b\\\\u202e'
    """
    return visible("".join(" " if c.isspace() else c for c in str(text)))


def local_link(iri: str) -> str | None:
    """The path of the page about an IRI of the project; None for any other.

    >>> local_link("https://w3id.org/dekg/id/entity/x%2Fy"), local_link("javascript:alert(1)")
    ('/actor/x%2Fy', None)

    A dot that would seem to begin the name of a form, such as ``.ttl``, is written as ``%2E``.
    """
    from kg.serve.negotiation import SUFFIXES
    from kg.vocab.namespaces import ART, ENT, EV

    for base, kind in ((EV, "event"), (ENT, "actor"), (ART, "article")):
        if iri.startswith(base) and "#" not in iri and "?" not in iri:
            key = iri.removeprefix(base)
            end = next((end for end in SUFFIXES if key.endswith(end)), "")
            return f"/{kind}/{key.removesuffix(end)}{end.replace('.', '%2E')}"
    return None

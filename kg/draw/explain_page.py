"""Writes what was seen and coded in articles as one HTML page without scripts."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from pathlib import Path

from kg.code.explained import Explained
from kg.query.grid import visible

PAGE = Path(__file__).parent / "page"


def explain_page(articles: Sequence[Explained]) -> str:
    """A page that needs no network, no server and no script; the same records give the same text.

    Everything that came from articles goes through autoescaping; the policy in the page lets the browser
    apply its one style sheet and load nothing.

    Args:
        articles: what ``kg.explain`` gives, in the order of the page.

    >>> told = Explained(id="<b>", key="0", politics=0.2, bar=0.45)
    >>> page = explain_page([told])
    >>> "<h1>&lt;b&gt;</h1>" in page, "<script" in page
    (True, False)
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(PAGE, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["shown"] = _shown
    style = (PAGE / "explain.css").read_text("utf-8")
    return environment.get_template("explain.html").render(
        articles=articles,
        title=articles[0].id if len(articles) == 1 else f"{len(articles)} articles",
        policy=_policy(style),
        style=Markup(style),  # noqa: S704 - our own file
    )


def _policy(style: str) -> str:
    """What the browser may do: apply this style sheet, show the empty icon, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"


def _shown(text: str) -> str:
    """The text on one line, control characters as escapes.

    >>> _shown("a\\nb\\x1b")
    'a b\\\\x1b'
    """
    flat = "".join(" " if c.isspace() else c for c in text)
    return visible(flat).encode("utf-8", "backslashreplace").decode("utf-8")

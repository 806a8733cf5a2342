"""Writes a picture as one HTML page that asks nobody for anything."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from kg.draw.layout import size_of, wrapped
from kg.draw.palette import OTHER_COLOUR, SHAPES
from kg.draw.picture import Evidence, Picture, PictureEvent
from kg.draw.words import STATUS_WORDS

PAGE = Path(__file__).parent / "page"
VENDOR = Path(__file__).parent / "vendor"
SCRIPTS = (
    "element.js",
    "data.js",
    "filter.js",
    "time.js",
    "labels.js",
    "graph.js",
    "panel.js",
    "table.js",
    "main.js",
)
"""In the order in which they are joined into one script."""


def render(picture: Picture) -> str:
    """The page as text; the same picture gives the same text.

    Everything that came from articles goes through autoescaping or, as JSON, into a data block
    that the browser never runs; the policy in the page lets only the joined scripts run.

    >>> "default-src &#39;none&#39;" in render(Picture())
    True
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(PAGE, encoding="utf-8"), autoescape=True, undefined=StrictUndefined
    )
    data = payload(picture)
    prelude, library, script = (PAGE / "nonce.js").read_text("utf-8"), _library(), _script()
    nonce = _digest(json.dumps(data, sort_keys=True) + script)[:24]
    return environment.get_template("page.html").render(
        title=_encodable(picture.title),
        policy=_policy((prelude, library, script), nonce),
        nonce=nonce,
        style=Markup((PAGE / "page.css").read_text("utf-8")),  # noqa: S704 - our own file
        prelude=Markup(prelude),  # noqa: S704 - our own file
        library=Markup(library),  # noqa: S704 - a vendored file whose digest is tested
        script=Markup(script),  # noqa: S704 - our own files
        data=data,
    )


def payload(picture: Picture) -> dict[str, Any]:
    """The picture as JSON values; nodes and events are named by their place in the lists."""
    node_at = {n.id: i for i, n in enumerate(picture.nodes)}
    event_at = {e.id: i for i, e in enumerate(picture.events)}
    colours = {code: colour for code, _, colour in picture.legend.countries}
    reports: dict[str, list[Evidence]] = defaultdict(list)
    for evidence in picture.evidence:
        reports[evidence.event].append(evidence)
    ranges = picture.ranges
    return {
        "nodes": [
            {
                "id": n.id,
                "label": n.label,
                "short": wrapped(n.label),
                "kind": n.kind,
                "country": n.country,
                "sector": n.sector,
                "count": n.events,
                "size": size_of(n.events),
                "shape": SHAPES.get(n.kind, "dot"),
                "colour": colours.get(n.country or "", OTHER_COLOUR),
                "top": n.top,
                "x": n.x,
                "y": n.y,
            }
            for n in picture.nodes
        ],
        "edges": [
            {
                "a": node_at[e.a],
                "b": node_at[e.b],
                "stance": e.stance,
                "done": e.done,
                "events": [event_at[i] for i in e.events],
            }
            for e in picture.edges
        ],
        "hubs": [
            {
                "label": h.label,
                "stance": h.stance,
                "done": h.done,
                "parties": [[p.role, node_at[p.actor]] for p in h.parties],
                "events": [event_at[i] for i in h.events],
                "top": h.top,
                "x": h.x,
                "y": h.y,
            }
            for h in picture.hubs
        ],
        "events": [_event(e, node_at, reports[e.id]) for e in picture.events],
        "legend": {"countries": picture.legend.countries, "kinds": picture.legend.kinds},
        "ranges": {
            "first": _day(ranges.first),
            "last": _day(ranges.last),
            "undated": ranges.undated,
            "stances": ranges.stances,
            "types": ranges.types,
            "statuses": [[name, STATUS_WORDS.get(name, name), count] for name, count in ranges.statuses],
        },
    }


def _event(event: PictureEvent, node_at: dict[str, int], reports: list[Evidence]) -> dict[str, Any]:
    return {
        "id": event.id,
        "label": event.label,
        "type": event.type,
        "kind": event.kind_words,
        "stance": event.stance,
        "status": event.status,
        "statusWords": event.status_words,
        "done": event.done,
        "when": event.when_words,
        "begin": _day(event.begin or event.end),
        "end": _day(event.end or event.begin),
        "parties": [[p.role, node_at[p.actor]] for p in event.parties],
        "place": event.place,
        "figures": event.figures,
        "about": event.about,
        "codes": event.codes,
        "confidence": event.confidence,
        "reports": [
            {
                "parts": r.parts,
                "says": r.says,
                "how": r.factuality,
                "title": r.title,
                "source": r.source,
                "link": r.link,
                "reference": r.reference,
                "referenceLink": r.reference_link,
                "confidence": r.confidence,
            }
            for r in reports
        ],
    }


def _day(day: Any) -> str | None:
    return None if day is None else str(day)


def _script() -> str:
    """Our own scripts as one, in a scope of their own."""
    texts = ((PAGE / name).read_text("utf-8") for name in SCRIPTS)
    return '(() => {\n"use strict";\n' + "\n".join(texts) + "})();\n"


def _library() -> str:
    """vis-network without the pointer to its source map, which a browser's tools would ask for."""
    text = (VENDOR / "vis-network.min.js").read_text("utf-8")
    return re.sub(r"\n//# sourceMappingURL=\S*\s*\Z", "\n", text)


def _policy(scripts: tuple[str, ...], nonce: str) -> str:
    """What the browser may do: run these scripts, apply styles with the nonce, and nothing else."""
    hashes = " ".join(f"'sha256-{_digest(script)}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'nonce-{nonce}'; img-src data:; "
        "connect-src 'none'; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _encodable(text: str) -> str:
    """The text without lone surrogates, which no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")

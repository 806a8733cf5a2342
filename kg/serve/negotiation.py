"""Chooses the media type of an answer from the request's ``Accept`` header (RFC 9110, section 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from starlette.exceptions import HTTPException
from starlette.requests import Request

JSON_RESULTS = "application/sparql-results+json"
TURTLE = "text/turtle"
HTML = "text/html"

ROWS: Mapping[str, str] = MappingProxyType(
    {
        JSON_RESULTS: JSON_RESULTS,
        "application/sparql-results+xml": "application/sparql-results+xml",
        "text/csv": "text/csv",
        "text/tab-separated-values": "text/tab-separated-values",
        "application/json": JSON_RESULTS,
        "application/xml": "application/sparql-results+xml",
        "text/xml": "application/sparql-results+xml",
    }
)
"""For SELECT and ASK: each media type that may be asked for, best first, with the one that is written for it."""

TRIPLES: Mapping[str, str] = MappingProxyType(
    {m: m for m in (TURTLE, "application/n-triples", "application/rdf+xml", "application/ld+json")}
    | {"application/json": "application/ld+json", "application/x-turtle": TURTLE}
)
"""The same for CONSTRUCT and DESCRIBE."""

SUFFIXES: Mapping[str, str] = MappingProxyType(
    {
        ".ttl": TURTLE,
        ".nt": "application/n-triples",
        ".rdf": "application/rdf+xml",
        ".jsonld": "application/ld+json",
        ".html": HTML,
    }
)
"""The media type that the ending of a path asks for, whatever the header says."""

_MOST_RANGES = 100
_RANGE = re.compile(
    r"\s*(?P<type>[\w!#$&^.+*-]{1,127})/(?P<subtype>[\w!#$&^.+*-]{1,127})\s*(?P<parameters>(?:;[^,]*)?)", re.ASCII
)
_Q = re.compile(r";\s*q\s*=\s*(\d(?:\.\d{0,3})?)\s*(?:;|$)", re.ASCII | re.IGNORECASE)
_ANY_Q = re.compile(r";\s*q\s*=", re.IGNORECASE)


def negotiated(request: Request, offered: Iterable[str]) -> str:
    """The best of the offered media types for a request.

    Raises:
        HTTPException: 406, naming those offered, where none will do.
    """
    offered = tuple(offered)
    accept = ",".join(request.headers.getlist("accept"))
    found = choose(accept, offered)
    if found is None:
        raise HTTPException(406, f"none of the accepted media types can be given; ask for {', '.join(offered)}")
    return found


def choose(accept: str, offered: Iterable[str]) -> str | None:
    """The offered media type of the highest q-value, the first of equals; None where none is accepted.

    Args:
        accept: The header's value; an empty one accepts anything. Ranges that are not well formed and those
            after the hundredth do not count.
        offered: Media types, best first.

    >>> choose("text/*;q=0.5, text/csv;q=0.9", ["text/turtle", "text/csv"])
    'text/csv'
    >>> choose("*/*, text/turtle;q=0", ["text/turtle", "text/csv"])
    'text/csv'
    """
    offered = tuple(offered)
    if not accept.strip():
        return offered[0]
    ranges = _ranges(accept)
    weighed = [(_quality(media, ranges), -place, media) for place, media in enumerate(offered)]
    best = max(weighed)
    return best[2] if best[0] > 0 else None


def prefers_html(request: Request) -> bool:
    """Whether the request names HTML itself and likes nothing else better, as browsers do."""
    accept = ",".join(request.headers.getlist("accept"))
    ranges = _ranges(accept)
    mine = ranges.get(HTML, 0.0)
    return mine > 0 and mine >= max(ranges.values())


def _ranges(accept: str) -> dict[str, float]:
    """Each media range with its q-value from 0 to 1; the largest where it is told twice."""
    found: dict[str, float] = {}
    for item in accept.split(",", _MOST_RANGES)[:_MOST_RANGES]:
        match = _RANGE.fullmatch(item)
        if not match:
            continue
        given = _Q.search(match["parameters"])
        if given is None and _ANY_Q.search(match["parameters"]):
            continue
        quality = float(given[1]) if given else 1.0
        name = f"{match['type']}/{match['subtype']}".lower()
        if quality <= 1:
            found[name] = max(quality, found.get(name, 0.0))
    return found


def _quality(media: str, ranges: Mapping[str, float]) -> float:
    """The q-value of the most specific range that covers the media type; 0 where none does."""
    for name in (media, f"{media.partition('/')[0]}/*", "*/*"):
        if name in ranges:
            return ranges[name]
    return 0.0

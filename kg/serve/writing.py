"""Triples and JSON as bodies of answers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

import pyoxigraph as ox
from starlette.responses import Response

from kg.vocab.namespaces import PREFIXES


def rdf(triples: Iterable[ox.Triple], media: str, written: str, *, extra: Mapping[str, str] | None = None) -> Response:
    """Triples in order, as an answer whose form depends on what the request accepts.

    Args:
        triples: What to say.
        media: The media type that the answer names.
        written: The media type that is written for it.
        extra: Prefixes besides those of ``kg.vocab``.
    """
    form = ox.RdfFormat.from_media_type(written)
    if form is None:
        raise ValueError(f"{written!r} is no media type of RDF")
    prefixes = {**PREFIXES, **(extra or {})} if form == ox.RdfFormat.TURTLE else None
    body = ox.serialize(sorted(triples, key=str), format=form, prefixes=prefixes)
    told = f"{media}; charset=utf-8" if media.startswith("text/") else media
    return Response(body, headers={"Content-Type": told, "Vary": "Accept"})


def as_json(value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A value as JSON in ASCII, so that no text in it can be something else to a browser."""
    return written_json(json_of(value), status, headers)


def json_of(value: object) -> str:
    """A value as JSON in ASCII, without white space.

    >>> json_of({"e": [1, None]})
    '{"e":[1,null]}'
    """
    return json.dumps(value, allow_nan=False, separators=(",", ":"))


def written_json(text: str, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """JSON in ASCII as an answer; no text in it begins a tag."""
    return Response(text.replace("<", "\\u003c"), status, headers, "application/json")

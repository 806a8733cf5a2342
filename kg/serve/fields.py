"""Fields of query strings and forms, read strictly: UTF-8, a bounded number, each once where once is meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

from kg.errors import unknown

MOST_FIELDS = 200

Fields = Mapping[str, tuple[str, ...]]
"""Each name with its values, in their order."""


def fields_of(data: bytes, where: str = "query string") -> Fields:
    """The fields of ``application/x-www-form-urlencoded`` text.

    Raises:
        HTTPException: 400, where it is not UTF-8 or has more than ``MOST_FIELDS`` fields.

    >>> fields_of(b"query=ASK%20%7B%7D&x=1&x=")
    {'query': ('ASK {}',), 'x': ('1', '')}
    """
    found: dict[str, tuple[str, ...]] = {}
    try:
        pairs = parse_qsl(data.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except UnicodeDecodeError as error:
        raise HTTPException(400, f"{where}: not UTF-8; encode it so before percent-encoding") from error
    except ValueError as error:
        raise HTTPException(400, f"{where}: more than {MOST_FIELDS} fields") from error
    for name, value in pairs:
        found[name] = (*found.get(name, ()), value)
    return found


def url_fields(request: Request) -> Fields:
    """The fields of a request's query string."""
    return fields_of(request.scope["query_string"])


def known_fields(request: Request, known: Iterable[str]) -> dict[str, str]:
    """The fields of the query string, each known and given once; empty ones are as if not given.

    Raises:
        HTTPException: 400, naming the field that is not.
    """
    names = tuple(known)
    found: dict[str, str] = {}
    for name, values in url_fields(request).items():
        if name not in names:
            raise HTTPException(400, unknown("parameter", name[:100], names) if names else f"no parameter {name!r}")
        if len(values) > 1:
            raise HTTPException(400, f"{name}: given {len(values)} times; give it once")
        if values[0]:
            found[name] = values[0]
    return found


def once(fields: Fields, name: str) -> str | None:
    """The one value of a field; None where it is not there.

    Raises:
        HTTPException: 400, where it is there more than once.
    """
    values = fields.get(name, ())
    if len(values) > 1:
        raise HTTPException(400, f"{name}: given {len(values)} times; give it once")
    return values[0] if values else None

"""The media types of answers, and which kind of answer each can hold."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from kg.errors import QueryError, UsageError

ROWS: Mapping[str, str] = MappingProxyType(
    {
        "application/sparql-results+json": "JSON",
        "application/sparql-results+xml": "XML",
        "text/csv": "CSV",
        "text/tab-separated-values": "TSV",
    }
)
"""Media types for the rows of SELECT and the truth of ASK, with their names in ``QueryResultsFormat``."""

GRAPHS: Mapping[str, str] = MappingProxyType(
    {
        "text/turtle": "TURTLE",
        "application/n-triples": "N_TRIPLES",
        "application/rdf+xml": "RDF_XML",
        "application/ld+json": "JSON_LD",
    }
)
"""Media types for the triples of CONSTRUCT and DESCRIBE, with their names in ``RdfFormat``."""


def wished(media: str) -> tuple[str, ...]:
    """The media types of a request, best first.

    Raises:
        UsageError: One of them is not known, or there is none.

    >>> wished("text/turtle, text/csv")
    ('text/turtle', 'text/csv')
    """
    names = tuple(part.strip().lower() for part in media.split(",") if part.strip())
    strange = [name for name in names if name not in ROWS and name not in GRAPHS]
    if strange or not names:
        known = ", ".join([*ROWS, *GRAPHS])
        raise UsageError(f"no answer comes as {strange[0] if strange else media!r}; known: {known}")
    return names


def chosen(media: str, *, graph: bool) -> str:
    """The first wished media type that can hold triples, or else rows and truths.

    Raises:
        QueryError: None can.

    >>> chosen("text/turtle, text/csv", graph=False)
    'text/csv'
    """
    able, what = (GRAPHS, "the triples of CONSTRUCT and DESCRIBE") if graph else (ROWS, "the rows of SELECT and ASK")
    for name in wished(media):
        if name in able:
            return name
    raise QueryError(f"{media} cannot hold {what}; ask for {', '.join(able)}")

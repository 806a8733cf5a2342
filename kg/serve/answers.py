"""What answers the service's queries: any object that takes a ``Request`` and gives a whole ``Result``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Request:
    """One query as it came over the wire.

    ``media`` is the media type to answer in, one of those in ``kg.serve.negotiation``; ``default_graphs`` and
    ``named_graphs`` are IRIs that make up the data set, both empty for the store's own.
    """

    sparql: str
    media: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """A whole answer, written in ``media``."""

    media: str
    body: bytes


class Answers(Protocol):
    """Evaluates queries; may be asked from many threads at once."""

    def answer(self, request: Request, /) -> Result:
        """The whole answer; waits for it.

        Raises:
            QueryError: The query is wrong, refused or past a limit; see ``kg.serve.trouble``.
        """
        ...

    def refresh(self) -> None:
        """See what was written to the store since."""

    def close(self) -> None:
        """End all that evaluates."""

    def stats(self) -> Mapping[str, int]:
        """Counts by name, such as ``workers``, for the metrics."""
        ...

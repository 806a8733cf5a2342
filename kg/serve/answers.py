"""What answers the service's queries: any object that takes a ``Request`` and gives a whole ``Result``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from kg.serve.asked import Request, Result

__all__ = ["Answers", "Request", "Result"]


class Answers(Protocol):
    """Evaluates queries; may be asked from many threads at once."""

    def answer(self, request: Request) -> Result:
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

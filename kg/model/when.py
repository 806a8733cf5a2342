"""When something happens, as exactly as the text allows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kg.model.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A time in EDTF with the days it justifies; no precision is invented.

    ``begin`` and ``end`` are the first and last day that the expression can mean;
    either is None where the text leaves that side open or the year is unknown.

    >>> When(edtf="XXXX-10-07", precision="Day").begin is None
    True
    """

    edtf: str
    """Extended Date/Time Format: 2023-11-24, 2023-11, 1947, 2023-11-24/2023-12-01, ../.., 2023-12-22~."""
    begin: date | None = None
    end: date | None = None
    precision: str = "Unknown"
    """Day, Month, Season, Year, Decade, Interval or Unknown."""
    resolution: str = "Unresolved"
    """Explicit, ResolvedFromPublicationDate, ResolvedFromEvent, PublicationDate or Unresolved."""
    expression: str | None = None
    """The words of the text; None where the time is taken from the publication date."""


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression in the text; ``kind`` says how it bears on an event.

    kind: at (on Friday), since (since March), until (until May), during (from May to July), recurring,
    duration.
    """

    span: Span
    when: When
    kind: str = "at"

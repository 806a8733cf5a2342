"""A copy of what counting needs of a graph, in columns: who acted on whom, what type of event, what became of it, when.

It is made from a published snapshot, which never changes, and kept in that snapshot's folder; so it says what the graph
says for as long as it is there. A newer snapshot takes it over where only graphs outside the union changed; else it has
none until ``kg.store.summing.summarise`` has made it, and what is counted then is counted in the graph.
Each event keeps its own row, so that any period and any status can be told apart.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.store.columns import Column, Columns, read_columns, write_columns
from kg.store.layout import SUMMARY
from kg.vocab.cameo import GOLDSTEIN
from kg.vocab.plover import SCORES

VERSION = 1
MISSING = -1
"""Stands for a type, status or day that an event does not have."""
NO_SCORE = -32768
"""Stands for a score that there is not."""


@dataclass(frozen=True, slots=True)
class Summary:
    """The columns, and the words that their numbers stand for.

    An event is a number: events in order of their IRIs from 0. Days count from 1 January of the year 1, which is 1.
    Scores are hundredths. An event of two types, statuses or times, as articles coded differently can give it, has a
    row for each combination.
    """

    types: tuple[str, ...]
    """IRIs."""
    statuses: tuple[str, ...]
    """IRIs."""
    countries: tuple[str, ...]
    """Codes."""
    columns: Mapping[str, Column]
    """See ``COLUMNS``."""
    state: str = field(default="", compare=False)
    """Names the published state that it was read of."""

    def event(self, number: int) -> str:
        """The IRI of an event."""
        start, end = self.columns["iri_ends"][number : number + 2]
        return bytes(self.columns["iris"][start:end]).decode("utf-8")


COLUMNS: Mapping[str, str] = {
    # Every event with its type, status, first and last day; in order of event.
    "event": "u4",
    "type": "i2",
    "status": "i2",
    "begin": "i4",
    "end": "i4",
    # The countries that take part in an event, in any role.
    "party_event": "u4",
    "party": "i2",
    # Who acted on whom: what happened, of each two countries of which one acts or mediates and the other is acted upon.
    "dyad_event": "u4",
    "dyad_from": "i2",
    "dyad_to": "i2",
    "dyad_plover": "i2",
    "dyad_goldstein": "i2",
    "dyad_begin": "i4",
    "dyad_end": "i4",
    # The IRIs of the events one behind the other, and where each begins and the last ends.
    "iris": "u1",
    "iri_ends": "u8",
}
"""The columns by name, each with the kind of its numbers; those of one paragraph have one length."""


def write_summary(snapshot: Path, found: Summary) -> None:
    """Keep the summary of a snapshot in its folder.

    Raises:
        OSError: The disk refuses.
    """
    words = {"types": found.types, "statuses": found.statuses, "countries": found.countries}
    write_columns(snapshot / SUMMARY, Columns({"version": _version(), **words}, found.columns))


def read_summary(snapshot: Path) -> Summary | None:
    """The summary of a snapshot; None where it has none, or one that this version of the program did not make.

    Args:
        snapshot: The snapshot's folder.
    """
    held = read_columns(snapshot / SUMMARY)
    if held is None or held.head.get("version") != _version():
        return None
    types, statuses, countries = (tuple(held.head[name]) for name in ("types", "statuses", "countries"))
    return Summary(types, statuses, countries, held.columns, snapshot.name)


def _version() -> str:
    """Names the columns and the figures that went into them, so that no other program's are taken for ours."""
    scores: list[Any] = [sorted((t, m or "", s) for (t, m), s in SCORES.items()), sorted(GOLDSTEIN.items())]
    return hashlib.sha256(json.dumps([VERSION, COLUMNS, scores]).encode("ascii")).hexdigest()[:16]

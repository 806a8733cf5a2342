"""Events as CSV, one row an event."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping

from kg.export.days import known_days
from kg.export.events import THIRD, status_in
from kg.export.options import Options
from kg.export.reading import Entity, EventRead, read_articles, read_events
from kg.store import Store
from kg.vocab.plover import QUAD

COLUMNS: Mapping[str, str] = {
    "event": "IRI of the event",
    "label": "the event in words",
    "type": "PLOVER type",
    "mode": "PLOVER mode without its type",
    "quad": "verbal or material cooperation or conflict",
    "cameo": "CAMEO code, as text",
    "status": "occurred, ongoing, future, hypothetical, negated or historical",
    "from": "first day, month or year",
    "to": "last day, month or year of an interval",
    "edtf": "the date with its uncertainty, in the Extended Date/Time Format",
    "actors": "names of those who act",
    "actor_countries": "their countries in ISO 3166-1 alpha-3, in the same order",
    "recipients": "names of those acted on",
    "recipient_countries": "their countries, in the same order",
    "third_parties": "name and role of mediators, hosts and others",
    "place": "name of the place",
    "contexts": "PLOVER contexts",
    "quantities": "figures: kind, approximation, value, unit",
    "attributed_to": "names of the sources; empty where the narrator speaks",
    "confidence": "highest confidence of its mentions, 0 to 1",
    "mentions": "number of mentions",
    "articles": "identifiers of the articles that tell it",
    "quote": "the first mention's words",
}
"""Every column with what it holds; several values in one cell are parted by '; '."""


def event_rows(store: Store, options: Options) -> Iterator[bytes]:
    """A row of column names, then each event, by date and IRI."""
    articles = read_articles(store)
    events = [e for e in read_events(store) if (e.plover or options.untyped) and e.confidence >= options.min_confidence]
    yield _line(COLUMNS)
    for event in sorted(events, key=lambda e: (known_days(e.edtf)[0] or "", e.iri)):
        row = as_row(event, articles)
        yield _line(row[column] for column in COLUMNS)


def as_row(event: EventRead, articles: Mapping[str, str]) -> dict[str, str]:
    """The cells of one event by column."""
    begin, end = known_days(event.edtf)
    actors, recipients = event.side("actor"), event.side("recipient")
    third = (f"{entity.name} ({role})" for role, entity in event.participants if role in THIRD)
    sources = sorted({m.source.name for m in event.mentions if m.source})
    told_by = sorted({articles.get(m.article, m.article) for m in event.mentions})
    return {
        "event": event.iri,
        "label": event.label,
        "type": event.type,
        "mode": event.mode or "",
        "quad": QUAD.get(event.type, ""),
        "cameo": event.cameo or "",
        "status": status_in(event, event.mentions),
        "from": begin or "",
        "to": end or "",
        "edtf": event.edtf or "",
        "actors": _joined(e.name for e in actors),
        "actor_countries": _countries(actors),
        "recipients": _joined(e.name for e in recipients),
        "recipient_countries": _countries(recipients),
        "third_parties": _joined(third),
        "place": event.place.name if event.place else "",
        "contexts": _joined(event.contexts),
        "quantities": _joined(_figure(q) for q in event.quantities),
        "attributed_to": _joined(sources),
        "confidence": f"{event.confidence:g}",
        "mentions": str(len(event.mentions)),
        "articles": _joined(told_by),
        "quote": event.mentions[0].quote if event.mentions else "",
    }


def _joined(values: Iterable[str]) -> str:
    return "; ".join(values)


def _countries(side: Iterable[Entity]) -> str:
    return _joined(entity.country or "-" for entity in side)


def _figure(figure: Mapping[str, str | float | None]) -> str:
    value = figure["value"]
    number = f"{value:g}" if isinstance(value, float) and value % 1 else f"{value:.0f}" if value else ""
    parts = (figure["kind"], figure["approximation"], number, figure["unit"])
    return " ".join(str(part) for part in parts if part)


def _line(cells: Iterable[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow([_harmless(cell) for cell in cells])
    return text.getvalue().encode("utf-8", "replace")


def _harmless(cell: str) -> str:
    """Spreadsheets run a cell that begins with one of these; an apostrophe makes it text."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell

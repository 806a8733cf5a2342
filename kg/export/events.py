"""Events as JSON lines: one object for each article that tells the event."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import groupby

from kg.export.codebook import recorded
from kg.export.days import known_days
from kg.export.options import Options
from kg.export.reading import SIDES, Entity, EventRead, Told, read_articles, read_events
from kg.store import Store
from kg.vocab.namespaces import ART

STATUSES: Mapping[str, str] = {
    "Occurred": "occurred",
    "PartlyRealized": "occurred",
    "Ongoing": "ongoing",
    "Expected": "future",
    "Hypothetical": "hypothetical",
    "StatusUnknown": "hypothetical",
    "NotOccurred": "negated",
}
THIRD = tuple(dict.fromkeys(side for side in SIDES.values() if side not in {"actor", "recipient"}))


def event_lines(store: Store, options: Options) -> Iterator[bytes]:
    """Each event once for each article that tells it, by article, place in the text and event."""
    articles = read_articles(store)
    texts = _texts(store) if options.text else None
    told = [
        (articles.get(article, article), mentions[0].start, event, mentions)
        for event in read_events(store)
        if ((event.plover and recorded(event)) or options.untyped) and event.confidence >= options.min_confidence
        for article, mentions in by_article(event).items()
    ]
    told.sort(key=lambda line: (line[0], line[1], line[2].iri))
    for article, _, event, mentions in told:
        line = as_object(event, article, mentions)
        if texts is not None:
            line["text"] = texts.get(mentions[0].article)
        yield json.dumps(line, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def by_article(event: EventRead) -> dict[str, tuple[Told, ...]]:
    """The event's mentions by the article that holds them."""
    return {article: tuple(found) for article, found in groupby(event.mentions, key=lambda m: m.article)}


def as_object(event: EventRead, article: str, mentions: tuple[Told, ...]) -> dict[str, object]:
    """The line of one event in one article, ready for JSON."""
    begin, end = known_days(event.edtf)
    kind, mode, cameo = recorded(event) or (event.type, event.mode, event.cameo)
    source = mentions[0].source
    return {
        "event": event.iri,
        "article": article,
        "type": kind,
        "mode": mode,
        "cameo": cameo,
        "status": status_in(event, mentions),
        "actors": _people(event, "actor"),
        "recipients": _people(event, "recipient"),
        "third_parties": _people(event, *THIRD),
        "place": event.place.name if event.place else None,
        "from": begin,
        "to": end,
        "attributed_to": _person(source) if source else None,
        "quantities": list(event.quantities),
        "contexts": list(event.contexts),
        "confidence": max(m.confidence for m in mentions),
        "evidence": [{"quote": m.quote, "start": m.start, "end": m.end, "trigger": m.trigger} for m in mentions],
    }


def status_in(event: EventRead, mentions: tuple[Told, ...]) -> str:
    """The status in the words of the events table; history is what occurred and is told as background."""
    if event.status == "Occurred" and mentions and all(m.background for m in mentions):
        return "historical"
    return STATUSES.get(event.status, "hypothetical")


def _people(event: EventRead, *roles: str) -> list[dict[str, str | None]]:
    return [{**_person(entity), "role": role} for role, entity in event.participants if role in roles]


def _person(entity: Entity) -> dict[str, str | None]:
    return {"name": entity.name, "country": entity.country, "id": entity.id}


def _texts(store: Store) -> dict[str, str]:
    records = ((key, store.record(key)) for key in store.record_keys())
    return {ART + key: record.article.text for key, record in records if record is not None}

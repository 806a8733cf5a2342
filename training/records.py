"""Coded events in the layout of the hand-coded ones, as the events export gives them, without a store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from kg.export.codebook import coded_as
from kg.export.days import known_days
from kg.export.events import STATUSES
from kg.model import Event, Participant


def records(events: Sequence[Event]) -> list[dict[str, Any]]:
    """The records of one article's events; what the codebook does not code on its own is left out."""
    within = {key for event in events for key in event.content}
    found = [_record(event, event.key in within) for event in events if event.is_plover]
    return [r for r in found if r is not None]


def _record(event: Event, within: bool) -> dict[str, Any] | None:
    terms = all(m.factuality == "Agreed" for m in event.mentions)
    kind = coded_as(event.type, event.status, within=within, terms=terms)
    if kind is None:
        return None
    status = STATUSES.get(event.status, "hypothetical")
    if status == "occurred" and all(m.background for m in event.mentions):
        status = "historical"
    begin, end = known_days(event.when.edtf if event.when else None)
    return {
        "key": event.key,
        "type": kind,
        "mode": event.mode if kind == event.type else None,
        "status": status,
        "actors": _people(event.actors),
        "recipients": _people(event.recipients),
        "third_parties": _people(event.third_parties),
        "from": begin,
        "to": end,
        "confidence": event.confidence,
        "evidence": [{"quote": m.quote, "trigger": m.trigger, "rule": m.rule} for m in event.mentions],
    }


def _people(participants: Iterable[Participant]) -> list[dict[str, Any]]:
    return [{"name": p.actor.name, "country": p.actor.country, "implied": p.mention is None} for p in participants]

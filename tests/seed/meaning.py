"""What is compared of events: their meaning, not their words."""

from __future__ import annotations

from kg import ask
from kg.model import Coded, Event, Status
from kg.store import Store

HAPPENED = (Status.OCCURRED, Status.ONGOING)


def names(people: object) -> set[str]:
    return {p.actor.name for p in people}  # type: ignore[attr-defined]


def countries(people: object) -> set[str | None]:
    return {p.actor.country for p in people}  # type: ignore[attr-defined]


def events(coded: Coded, kind: str, *, sentence: int | None = None, mode: str | None = None) -> list[Event]:
    return [
        e
        for e in coded.events
        if e.type == kind
        and (sentence is None or sentence in {m.sentence for m in e.mentions})
        and (mode is None or e.mode == mode)
    ]


def rows(store: Store, question: str, **params: object) -> list[dict[str, str | None]]:
    return list(ask(store, question, **params).dicts())

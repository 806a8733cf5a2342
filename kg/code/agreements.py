"""Agreements: parties, mediators, terms, validity, and what became of them, from the events of an article."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256

from kg.model import Agreement, Event, Participant, StatusChange


@dataclass(slots=True)
class Deal:
    """An agreement while the article is read."""

    event: Event
    kind: str
    parties: tuple[Participant, ...]
    mediators: tuple[Participant, ...]
    provides: list[str] = field(default_factory=list)
    changes: list[tuple[Event, str]] = field(default_factory=list)


def opened(deals: list[Deal], event: Event, kind: str) -> Deal:
    """The deal that an event brings about: one told before in the article, or a new one at the end of the list.

    It is the one told before if the same sides stand in both (a president signs for a state) and no other day is given.
    """
    mediators = tuple(p for p in event.third_parties if p.role == "mediator")
    for deal in deals:
        if sides(deal.parties) == sides(event.actors) and not _other_day(deal.event, event):
            deal.mediators = deal.mediators or mediators
            return deal
    deals.append(Deal(event, kind, event.actors, mediators))
    return deals[-1]


def credit(deals: list[Deal], event: Event) -> None:
    """Give the deal between the sides of a mediation its mediators, if it has none."""
    mediators = tuple(p for p in event.third_parties if p.role == "mediator")
    for deal in deals:
        if mediators and not deal.mediators and sides(deal.parties) == sides(event.actors):
            deal.mediators = mediators


def sides(parties: tuple[Participant, ...]) -> frozenset[str]:
    """The parties by country, or by id where they have none."""
    return frozenset(p.actor.country or p.actor.id for p in parties)


def _other_day(a: Event, b: Event) -> bool:
    if a.when is None or b.when is None or a.when.begin is None or b.when.begin is None:
        return False
    return a.when.begin != b.when.begin


def agreement(deal: Deal) -> Agreement | None:
    """The record of a deal; None where fewer than two parties are known."""
    if len({p.actor.id for p in deal.parties}) < 2:
        return None
    first = deal.event
    changes = [(first, "InForce"), *deal.changes]
    end = next((e for e, after in reversed(changes) if after in ("Expired", "Terminated")), None)
    names = ", ".join(dict.fromkeys(p.actor.name for p in deal.parties))
    return Agreement(
        key=sha256(f"{first.key}|agreement".encode()).hexdigest()[:16],
        label=f"{names}: {deal.kind}",
        kind=deal.kind,
        parties=deal.parties,
        mediators=deal.mediators,
        provides=tuple(dict.fromkeys(deal.provides)),
        valid_from=_day(first),
        valid_through=_day(end) if end else None,
        status=changes[-1][1],
        changes=tuple(StatusChange(event=e.key, after=after) for e, after in changes),
    )


def _day(event: Event) -> str | None:
    """The event's day, only where the text dates it to the day."""
    when = event.when
    if when is None or when.begin is None or when.precision != "Day" or when.edtf.endswith("~"):
        return None
    return when.begin.isoformat()

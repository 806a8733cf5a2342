"""Where a report looks for others: bins by type, presentation, party and month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from kg.link.report import Report
from kg.link.times import SLACK_DAYS
from kg.model import Actor, Event

_LONGEST_DAYS = 800
"""A time longer than this places an event too loosely to look for others by it."""


def blocks(report: Report) -> Iterator[tuple[str, ...]]:
    """The bins of a report; two reports are compared only where they share one.

    So the work grows with the number of likely pairs and not of all pairs. A report without a time, and one
    that names nobody and no place, is compared with none.
    """
    window = report.window
    if report.event.type == "Statement" or window is None or window.kind == "yearless" or window.days > _LONGEST_DAYS:
        return
    slack = timedelta(days=SLACK_DAYS)
    first = window.begin - slack if window.begin > date.min + slack else window.begin
    last = window.end + slack if window.end < date.max - slack else window.end
    months = range(12 * first.year + first.month - 1, 12 * last.year + last.month)
    for party in sorted(parties(report.event)):
        for month in months:
            yield report.event.type, *map(str, report.side), party, str(month)


def parties(event: Event) -> frozenset[str]:
    """The countries of those who take part, the ids of those without one, and the country of the place.

    A person of a body without a country goes by the body too.
    """
    found = {rolled_up(p.actor) for p in (*event.actors, *event.recipients)}
    found |= {p.actor.part_of for p in (*event.actors, *event.recipients) if p.actor.part_of and not p.actor.country}
    if event.place is not None and event.place.country:
        found.add(event.place.country)
    return frozenset(found)


def rolled_up(actor: Actor) -> str:
    """The actor's country, or its id where it has none."""
    return actor.country or actor.id

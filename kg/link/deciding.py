"""A user's decisions worked out from the events as they are: split, join, and back to the scores."""

from __future__ import annotations

from kg.errors import UsageError
from kg.link.corrections import Corrections, load_corrections
from kg.link.why import Links


def split(links: Links, text: str) -> Corrections:
    """The decisions with an event taken apart, or with one report taken out of its event.

    The key of an event is that of its earliest report: by it all reports part. Any other report's key takes
    out that report alone.

    Raises:
        UsageError: No event goes by the text, or a single report tells it.
    """
    key = links.report_key(text)
    together = links.event_keys(key)
    if len(together) == 1:
        raise UsageError(f"event {key}: one report alone tells it; there is nothing to split")
    if key != together[0]:
        return links.corrections.split(key, together)
    decided = links.corrections
    for report in together:
        decided = decided.split(report, together)
    return decided


def join(links: Links, first: str, second: str) -> Corrections:
    """The decisions with the reports of two events as one event.

    Raises:
        UsageError: No event goes by one of the texts, they are one already, or their types differ.
    """
    a, b = links.report_key(first), links.report_key(second)
    both = links.event_keys(a), links.event_keys(b)
    if both[0] == both[1]:
        raise UsageError(f"events {a} and {b}: they are one event already")
    types = {r.key: r.event.type for r in links.reports}
    if types[a] != types[b]:
        raise UsageError(f"events {a} and {b}: {types[a]} and {types[b]} are not of one type, so they stay two")
    return links.corrections.joined([*both[0], *both[1]])


def applied(links: Links, text: str, *, where: str) -> Corrections:
    """The decisions with those of a file of corrections added: first what is not one event, then what is.

    Args:
        links: The reports as they are.
        text: JSON as ``Corrections.dump`` writes it; the keys may be those of reports or of events.
        where: The file's name, for errors.

    Raises:
        UsageError: A key names no report of the store, or two to join differ in type.
        StoreError: The text is no such record.
    """
    told = load_corrections(text, where=where)
    decided = links.corrections
    for a, b in told.apart:
        decided = decided.split(links.report_key(a), [links.report_key(b)])
    types = {r.key: r.event.type for r in links.reports}
    for first, second in told.same:
        a, b = links.report_key(first), links.report_key(second)
        if types[a] != types[b]:
            raise UsageError(f"{where}: events {a} and {b}: {types[a]} and {types[b]} are not of one type")
        decided = decided.joined([a, b])
    return decided


def reset(links: Links, text: str) -> Corrections:
    """The decisions without those on the reports of an event.

    Raises:
        UsageError: No event goes by the text, or nothing was decided on it.
    """
    key = links.report_key(text)
    together = links.event_keys(key)
    if not links.corrections.reports & set(together):
        raise UsageError(f"event {key}: nothing was decided on its reports; nothing to reset")
    return links.corrections.without(together)

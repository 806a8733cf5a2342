"""What an answer tells of actors, lines, hubs and events, each as the JSON that the answer has."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from kg.draw.picture import Picture, PictureEvent


def compact(value: object) -> bytes:
    """A value as JSON in ASCII, without white space."""
    return json.dumps(value, separators=(",", ":"), allow_nan=False).encode("ascii")


def whole_cards(
    cards: Iterable[bytes],
    events: Iterable[PictureEvent],
    names: Iterable[str],
    at: Mapping[str, int],
    columns: Mapping[str, Any],
) -> Iterator[bytes]:
    """Cards with what could only be told when all events were read.

    Args:
        cards: JSON of each event, without its parties.
        events: The events.
        names: Their names for the address.
        at: Places of actors.
        columns: ``edge_of`` and ``hub_of``: the line and the hub of each event, -1 for none.
    """
    lines = (columns["edge_of"].tolist(), columns["hub_of"].tolist())
    for card, event, name, edge, hub in zip(cards, events, names, *lines, strict=True):
        more: dict[str, Any] = {"parties": [[p.role, at[p.actor]] for p in event.parties], "name": name}
        more |= {kind: place for kind, place in (("edge", edge), ("hub", hub)) if place >= 0}
        yield card[:-1] + b"," + compact(more)[1:]


def edges_told(picture: Picture, names: Sequence[str], at: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    """The lines, named by their first event."""
    event_at = {e.id: i for i, e in enumerate(picture.events)}
    for e, bend in zip(picture.edges, _bends(picture), strict=True):
        told = {"a": at[e.a], "b": at[e.b], "stance": e.stance, "done": e.done, "bend": bend}
        yield {**told, "name": names[event_at[e.events[0]]]}


def hubs_told(picture: Picture, names: Sequence[str], at: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    """The diamonds, named by their first event."""
    event_at = {e.id: i for i, e in enumerate(picture.events)}
    for h in picture.hubs:
        told: dict[str, Any] = {"label": h.label, "stance": h.stance, "done": h.done}
        told |= {"parties": [[p.role, at[p.actor]] for p in h.parties], "x": h.x, "y": h.y, "top": h.top}
        yield {**told, "name": names[event_at[h.events[0]]]}


def _bends(picture: Picture) -> Iterator[float]:
    """How much each line is bent, so that those of one pair lie beside each other."""
    number = Counter((edge.a, edge.b) for edge in picture.edges)
    met: Counter[tuple[str, str]] = Counter()
    for edge in picture.edges:
        pair = edge.a, edge.b
        yield round((met[pair] - (number[pair] - 1) / 2) * 0.22, 2)
        met[pair] += 1

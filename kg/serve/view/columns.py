"""The numbers of the index: one for each event, its names, and the lines and diamonds that events belong to."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

import numpy as np

from kg.draw.payload import node_of
from kg.draw.picture import Picture, PictureEvent
from kg.serve.view.kinds import STANCES, in_order, short_names

_UNDONE = {"Expected": 0, "NotOccurred": 1, "Hypothetical": 2}
"""The words for what is not done, as the page's ``UNDONE`` has them; all else is not known."""


def nodes_of(picture: Picture) -> list[dict[str, Any]]:
    """The actors as the page draws them, with their names for the address."""
    colours = {code: colour for code, _, colour in picture.legend.countries}
    names = short_names([n.id for n in picture.nodes])
    told = zip(picture.nodes, names, strict=True)
    return [{**node_of(n, colours), "label": n.label, "name": name} for n, name in told]


def columns_of(
    events: Sequence[PictureEvent], nodes: Sequence[dict[str, Any]], at: dict[str, int], reports: Sequence[int]
) -> dict[str, Any]:
    """One value for each event: days since year 1 or 0, confidence, score, and its place in each order of the table."""
    begin = [(e.begin or e.end).toordinal() if e.begin or e.end else 0 for e in events]  # type: ignore[union-attr]
    end = [(e.end or e.begin).toordinal() if e.begin or e.end else 0 for e in events]  # type: ignore[union-attr]
    parties = [(i, at[p.actor], p.role) for i, e in enumerate(events) for p in e.parties]
    roles = sorted({role for _, _, role in parties})

    def named(event: PictureEvent, *wanted: str) -> bytes:
        labels = ", ".join(nodes[at[p.actor]]["label"] for p in event.parties if p.role in wanted)
        return in_order(labels.lower())

    keys: dict[str, list[Any]] = {
        "when": [b or 4_000_000 for b in begin],
        "what": [in_order(e.label.lower()) for e in events],
        "who": [named(e, "actor", "speaker") for e in events],
        "whom": [named(e, "recipient", "addressee") for e in events],
        "type": [in_order(e.type.lower()) for e in events],
        "status": [in_order(e.status_words) for e in events],
        "tally": list(reports),
    }
    return {
        "begin": np.array(begin, dtype=np.int32),
        "end": np.array(end, dtype=np.int32),
        "confidence": np.array([e.confidence or 0 for e in events], dtype=np.float64),
        "score": np.array([np.nan if e.score is None or not e.done else e.score for e in events], dtype=np.float64),
        "done": np.array([e.done for e in events], dtype=bool),
        "stance": np.array([STANCES.index(e.stance) for e in events], dtype=np.int8),
        "undone": np.array([_UNDONE.get(e.status, 3) for e in events], dtype=np.int8),
        "party_event": np.array([i for i, _, _ in parties], dtype=np.int32),
        "party_node": np.array([n for _, n, _ in parties], dtype=np.int32),
        "party_role": np.array([roles.index(r) for _, _, r in parties], dtype=np.int16),
        "roles": np.array(roles, dtype=str),
        **{f"by_{name}": _ranks(values) for name, values in keys.items()},
    }


def _ranks(values: Sequence[Any]) -> Any:
    place = {value: i for i, value in enumerate(sorted(set(values)))}
    return np.array([place[v] for v in values], dtype=np.int32)


def names_of(names: Sequence[str]) -> dict[str, Any]:
    """Digests of the events' names in order, and the events that have these names."""
    digests = np.array([digest(name) for name in names], dtype=np.uint64)
    places = np.argsort(digests, kind="stable")
    return {"name_digest": digests[places], "name_event": places.astype(np.int32)}


def digest(name: str) -> int:
    """A number for a name, by which it is found; two names of one number are told apart by what is found."""
    return int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def lines_of(picture: Picture, at: dict[str, int]) -> dict[str, Any]:
    """Lines and hubs, and for each event the one that it belongs to, -1 for none."""
    event_at = {e.id: i for i, e in enumerate(picture.events)}
    edge_of, hub_of = (np.full(len(picture.events), -1, dtype=np.int32) for _ in range(2))
    acts = np.zeros((len(picture.events), 2), dtype=bool)
    for i, edge in enumerate(picture.edges):
        for iri in edge.events:
            event = event_at[iri]
            edge_of[event] = i
            doers = {p.actor for p in picture.events[event].parties if p.role in {"actor", "speaker"}}
            acts[event] = edge.a in doers, edge.b in doers
    for i, hub in enumerate(picture.hubs):
        hub_of[[event_at[iri] for iri in hub.events]] = i
    hub_parties = [(i, at[a]) for i, h in enumerate(picture.hubs) for a in sorted({p.actor for p in h.parties})]
    return {
        "edge_of": edge_of,
        "hub_of": hub_of,
        "acts": acts,
        "edge_ends": np.array([[at[e.a], at[e.b]] for e in picture.edges], dtype=np.int32).reshape(-1, 2),
        "hub_parties": np.array(hub_parties, dtype=np.int32).reshape(-1, 2),
        "hub_top": np.array([h.top for h in picture.hubs], dtype=bool),
    }

"""The values of the index: which event has which, for each kind of choice and for the map."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from kg.draw.atlas import capitals
from kg.draw.picture import Party, Picture, PictureEvent
from kg.serve.view.kinds import KINDS, Told, kind_of

ROLES = {"actor": 1, "speaker": 1, "mediator": 2, "recipient": 4, "addressee": 4}
"""Who acts, who acts for the map only, and who is acted on, as bits; other roles are 0."""


def kinds_of(
    picture: Picture,
    events: Sequence[PictureEvent],
    nodes: Sequence[dict[str, Any]],
    at: dict[str, int],
    reported: Sequence[tuple[array[int], tuple[str, ...], tuple[str, ...]]],
    titles: Sequence[tuple[str, str]],
    columns: dict[str, Any],
) -> dict[str, Any]:
    """The values of each kind of choice; which event has which goes into the columns."""
    articles = _article_names(titles, (number for where, _, _ in reported for number in where))
    countries = dict(picture.countries)
    told = [
        Told(e, [nodes[at[a]] for a in e.actors], publishers, [articles[n] for n in where], sayers, countries)
        for e, (where, publishers, sayers) in zip(events, reported, strict=True)
    ]
    found = {}
    for name in KINDS:
        kind = kind_of(name, told)
        found[name] = {"values": kind.values, "words": kind.words}
        owners = [i for i, own in enumerate(kind.of) for _ in own]
        columns[f"{name}_event"] = np.array(owners, dtype=np.int32)
        columns[f"{name}_value"] = np.array([v for own in kind.of for v in own], dtype=np.int32)
    return found


def _article_names(titles: Sequence[tuple[str, str]], met: Iterable[int]) -> dict[int, str]:
    """Two articles of one title are told apart by their source, else by number, in the order in which they are met."""
    names: dict[int, str] = {}
    taken: set[str] = set()
    for number in dict.fromkeys(met):
        title, source = titles[number]
        longer = f"{title} ({source})"
        names[number] = next((n for n in (title, longer) if n not in taken), f"{longer} {len(taken)}")
        taken.add(names[number])
    return names


def map_of(
    events: Sequence[PictureEvent], nodes: Sequence[dict[str, Any]], at: dict[str, int], columns: dict[str, Any]
) -> tuple[list[Any], list[Any]]:
    """Places, and flows from country to country; and for each event its places, countries and flows."""
    spots: dict[str, tuple[int, float, float]] = {}
    flows: dict[tuple[str, str, str, bool], int] = {}
    codes: dict[str, int] = {}
    entries: dict[str, list[tuple[int, int]]] = {"spot": [], "land": [], "flow": []}
    for i, event in enumerate(events):
        for name, lat, lon in event.spots:
            entries["spot"].append((i, spots.setdefault(name, (len(spots), lat, lon))[0]))
        doers, others = (_countries(event.parties, bits, nodes, at) for bits in (3, 4))
        for code in dict.fromkeys((*doers, *others)):
            entries["land"].append((i, codes.setdefault(code, len(codes))))
        for a in doers:
            for b in others:
                if a != b:
                    flow = (a, b, event.stance, event.done)
                    entries["flow"].append((i, flows.setdefault(flow, len(flows))))
    for name, found in entries.items():
        columns[f"{name}_event"] = np.array([i for i, _ in found], dtype=np.int32)
        columns[f"{name}_value"] = np.array([v for _, v in found], dtype=np.int32)
    columns["lands"] = np.array(list(codes), dtype=str)
    return [[name, lat, lon] for name, (_, lat, lon) in spots.items()], [list(flow) for flow in flows]


def _countries(parties: Iterable[Party], bits: int, nodes: Sequence[dict[str, Any]], at: dict[str, int]) -> list[str]:
    """The countries of those in these roles, each once, as far as their capitals are known."""
    found = (nodes[at[p.actor]].get("country") for p in parties if ROLES.get(p.role, 0) & bits)
    return list(dict.fromkeys(str(code) for code in found if code in capitals()))

"""The page of an actor: its time line, its partners and its mediations among the events that pass."""

from __future__ import annotations

from typing import Any

import numpy as np

from kg.serve.view.drawn import undone_of
from kg.serve.view.index import Index
from kg.serve.view.tally import Flags, leading

MOST_PARTNERS = 100
_MEDIATIONS = 20


def actor_of(index: Index, passing: Flags, at: int) -> dict[str, Any]:
    """What the page tells of an actor, given its events that pass.

    Partners are lists of their place, the number of joint events, those that happened by stance, and how the others
    did not; those of most events first.
    """
    dated = passing & (index["begin"] > 0)
    open_ = dated & ~index["done"]
    line = {"days": index.days.told(dated), "pale": index.days.told(open_), "undone": undone_of(index, open_)}
    mediates = np.zeros(index.events, dtype=bool)
    own = np.flatnonzero(index["party_node"] == at)
    own = own[index["roles"][index["party_role"][own]] == "mediator"]
    mediates[index["party_event"][own]] = True
    newest = index.newest
    mediations = newest[(mediates & passing)[newest]]
    return {
        "line": line,
        "joined": _joined(index, passing, at),
        "mediations": {"events": mediations[:_MEDIATIONS].tolist(), "total": len(mediations)},
    }


def _joined(index: Index, passing: Flags, at: int) -> list[Any]:
    pairs = index.event_actors
    among = pairs.places(passing)
    events, actors = pairs.event[among], pairs.value[among]
    others = actors != at
    events, actors = events[others], actors[others]
    counts = np.bincount(actors, minlength=index.actors)
    ranked = leading(counts, MOST_PARTNERS)
    ranked = ranked[counts[ranked] > 0]
    place = np.full(index.actors, -1)
    place[ranked] = np.arange(len(ranked))
    kept = place[actors] >= 0
    where, events = place[actors[kept]], events[kept]
    done = index["done"][events]
    stances = np.bincount(where[done] * 3 + index["stance"][events[done]], minlength=3 * len(ranked)).reshape(-1, 3)
    undone = np.bincount(where[~done] * 4 + index["undone"][events[~done]], minlength=4 * len(ranked)).reshape(-1, 4)
    told = zip(ranked.tolist(), counts[ranked].tolist(), stances.tolist(), undone.tolist(), strict=True)
    return [list(one) for one in told]

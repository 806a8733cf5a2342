"""What of a view is drawn: actors, lines between them, diamonds, the map, and the events by day."""

from __future__ import annotations

from typing import Any

import numpy as np

from kg.serve.view.chosen import Chosen
from kg.serve.view.index import Index
from kg.serve.view.tally import Array, Flags, Tally, leading
from kg.serve.view.wanted import MOST_NODES, Wanted

LINES = 160
"""Lines drawn at once, as in the page: more than these nobody can follow."""
HUBS = 120
FLOWS = 80
Selected = tuple[str, int] | None
"""What is selected: actor, event, edge or hub, and its place."""


def shown_actors(index: Index, wanted: Wanted, unfold: list[int], remove: list[int]) -> Array:
    """Which actors the choice of them shows, whether or not an event of theirs passes."""
    shown = np.zeros(index.actors, dtype=bool)
    shown[: wanted.top or index.actors] = True
    shown[unfold] = True
    shown[remove] = False
    return shown


def graph(index: Index, shown: Array, passing: Flags, unfold: list[int], selected: Selected) -> dict[str, Any]:
    """The actors, lines and diamonds on the canvas, each with how many events stand behind it.

    Lines and diamonds are lists of their place, the number of events, for lines whether each end acts, and how many
    are planned, denied, not happened and not known.
    """
    visible = (index.parties.counts(passing) > 0) & shown
    # Beyond those of most events nobody can tell them apart; whoever was looked for stays.
    left = max(0, int(visible.sum()) - MOST_NODES)
    if left:
        own = [at for at in unfold if visible[at]]
        visible[np.flatnonzero(visible)[MOST_NODES:]] = False
        visible[own] = True
    edges, lines_left = _edges(index, passing, visible, selected)
    hubs, hubs_left = _hubs(index, passing, visible, unfold)
    return {
        "actors": np.flatnonzero(visible).tolist(),
        "edges": edges,
        "hubs": hubs,
        "left": {"actors": left, "lines": lines_left, "hubs": hubs_left},
    }


def _edges(index: Index, passing: Flags, visible: Array, selected: Selected) -> tuple[list[list[int]], int]:
    ends, of = index["edge_ends"], index["edge_of"]
    counts = index.lines["edge"].counts(passing)
    places = np.flatnonzero((counts > 0) & visible[ends[:, 0]] & visible[ends[:, 1]])
    first = np.zeros(len(places), dtype=bool)
    if selected and selected[0] == "actor":
        first = (ends[places] == selected[1]).any(axis=1)
    elif selected and selected[0] in {"edge", "event"}:
        first = places == (selected[1] if selected[0] == "edge" else of[selected[1]])
    most = max(LINES, int(first.sum()))
    drawn = np.sort(places[leading(counts[places], most, first)])
    undone, acts = _split(index, passing, of, drawn, len(ends))
    told = zip(drawn.tolist(), counts[drawn].tolist(), acts.tolist(), undone.tolist(), strict=True)
    return [[at, n, *a, *u] for at, n, a, u in told], len(places) - len(drawn)


def _hubs(index: Index, passing: Flags, visible: Array, unfold: list[int]) -> tuple[list[list[int]], int]:
    of, size = index["hub_of"], len(index["hub_top"])
    if not size:
        return [], 0
    hub, node = index["hub_parties"].T
    counts = index.lines["hub"].counts(passing)
    near = np.bincount(hub[visible[node]], minlength=size)
    offered = index["hub_top"].copy()
    offered[hub[np.isin(node, unfold)]] = True
    places = np.flatnonzero(offered & (counts > 0) & (near > 1))
    drawn = np.sort(places[leading(counts[places], HUBS)])
    undone, _ = _split(index, passing, of, drawn, size)
    told = zip(drawn.tolist(), counts[drawn].tolist(), undone.tolist(), strict=True)
    return [[at, n, *u] for at, n, u in told], len(places) - len(drawn)


def _split(index: Index, passing: Flags, of: Array, drawn: Array, size: int) -> tuple[Array, Array]:
    """For each of these lines or hubs its events by how they are not done, and whether each end acts in one."""
    place = np.full(size + 1, -1, dtype=np.int64)  # the last is for events of none, whose place is -1
    place[drawn] = np.arange(len(drawn))
    events = np.flatnonzero(passing & (place[of] >= 0))
    where = place[of[events]]
    undone = np.bincount(where * 4 + index["undone"][events], minlength=4 * len(drawn)).reshape(-1, 4)
    acts = np.stack([np.bincount(where, index["acts"][events, i], minlength=len(drawn)) for i in (0, 1)], axis=1)
    return undone, (acts > 0).astype(int)


def undone_of(index: Index, events: Flags) -> list[int]:
    """How many of these events are planned, denied, not happened and not known."""
    found: list[int] = np.bincount(index["undone"][events], minlength=4).tolist()
    return found


def score(index: Index, passing: Flags) -> list[float | int]:
    """The sum and number of the scores of what passes and happened."""
    scores = index["score"][passing]
    known = scores[~np.isnan(scores)]
    return [round(float(known.sum()), 3), len(known)]


def world(index: Index, chosen: Chosen) -> dict[str, Any]:
    """Places and countries with their events, and the strongest flows; those of most events first."""
    meta, lands, tallies = index.meta, index["lands"], index.tallies
    return {
        "spots": [[*meta["spots"][at], n] for at, n in _most(tallies["spot"], chosen.passing)],
        "countries": [[str(lands[at]), n] for at, n in _most(tallies["land"], chosen.passing)],
        "flows": [[*meta["flows"][at], n] for at, n in _most(tallies["flow"], chosen.passing)[:FLOWS]],
    }


def _most(tally: Tally, passing: Flags) -> list[tuple[int, int]]:
    """Values with their numbers of events, the most first, equals as they come."""
    found = tally.value[tally.places(passing)]
    counts = np.bincount(found, minlength=tally.size)
    first = np.zeros(tally.size, dtype=np.int64)
    first[found[::-1]] = np.arange(len(found) - 1, -1, -1)  # of equal places the last that is written stays
    values = np.flatnonzero(counts)
    values = values[np.lexsort((first[values], -counts[values]))]
    return list(zip(values.tolist(), counts[values].tolist(), strict=True))

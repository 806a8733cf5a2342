"""A view as JSON: counts, what is drawn, a stretch of the table, and the events of what is selected."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from kg.serve.view.actor import actor_of
from kg.serve.view.chosen import Chosen, choose
from kg.serve.view.drawn import Selected, graph, score, shown_actors, world
from kg.serve.view.index import Index
from kg.serve.view.spans import places_of
from kg.serve.view.tally import Flags, leading
from kg.serve.view.texts import Texts, plain
from kg.serve.view.wanted import Wanted
from kg.serve.writing import json_of

SHORT = 8
"""Values listed of a kind of choice, as in the page."""
MOST_VALUES = 500
MOST_UNFOLDED = 100
_LATEST = 3
_PARTNERS = 40


def view(index: Index, wanted: Wanted) -> str:
    """What the page shows of these events, as JSON; see ``/docs`` for its parts."""
    chosen = choose(index, wanted)
    unfold, remove = (
        [at for name in names[:MOST_UNFOLDED] if (at := index.actor_named(name)) is not None]
        for names in (wanted.unfold, wanted.remove)
    )
    offered = shown_actors(index, wanted, unfold, remove)
    selected = _selected(index, wanted)
    drawn = graph(index, offered, chosen.passing, unfold, selected)
    drawn["whole"] = bool(offered.all()) or index.actors - len(remove) <= int(offered.sum())
    order = index.order(wanted.column, down=wanted.down)
    rows = order[chosen.passing[order]][wanted.skip : wanted.skip + wanted.rows].tolist()
    shown = _shown(index, wanted, chosen.passing, selected, unfold, offered, remove)
    told = {
        "state": index.state,
        "events": index.events,
        "actors": index.actors,
        "passing": int(chosen.passing.sum()),
        "unknown": chosen.unknown,
        "kinds": {
            name: listed(index, chosen, name, own=wanted.chosen.get(name, ())) for name in index.kinds
        },
        "days": index.days.told(chosen.timeless),
        "score": score(index, chosen.passing),
        "graph": drawn,
        "map": world(index, chosen) if wanted.map else None,
        "rows": rows,
        "shown": shown,
        "unfolded": unfold,
    }  # fmt: skip
    named = _told(index, drawn, [*rows, *_events(shown)], [*unfold, *remove, *_named(shown)], selected)
    return f'{json_of(told)[:-1]},"told":{named}}}'


def listed(
    index: Index, chosen: Chosen, name: str, *, text: str = "", every: bool = False, own: tuple[str, ...] = ()
) -> dict[str, Any]:
    """The values of a kind to list, each with its word and count, and how many are left out."""
    kind, counts = index.kinds[name], chosen.counts[name]
    first = np.zeros(len(kind.values), dtype=bool)
    first[[kind.at[value] for value in own if value in kind.at]] = True
    if len(kind.values) <= SHORT:
        places = np.arange(len(kind.values))
        total = len(places)
    else:
        if wanted := plain(text.strip()):
            offered = np.fromiter((wanted in plain(word) for word in kind.words), dtype=bool, count=len(kind.words))
        else:
            offered = first | (counts > 0) | every
        places = np.flatnonzero(offered)
        total = len(places)
        most = MOST_VALUES if every else max(SHORT, int(first.sum()))
        places = places[leading(counts[places], most, first[places])]
    values = [[kind.values[at], kind.words[at], int(counts[at])] for at in places.tolist()]
    return {"values": values, "left": total - len(values), "all": len(kind.values)}


def _selected(index: Index, wanted: Wanted) -> Selected:
    """What the address says is selected: lines and hubs are named by their first event."""
    if wanted.show is None:
        return None
    kind, name = wanted.show
    if kind == "actor":
        actor = index.actor_named(name)
        return None if actor is None else (kind, actor)
    event = index.event_named(name)
    if event is None or kind == "event":
        return None if event is None else (kind, event)
    place = int(index[f"{kind}_of"][event])
    return None if place < 0 else (kind, place)


def _events(shown: dict[str, Any]) -> list[int]:
    return [*shown["events"], *shown.get("mediations", {"events": ()})["events"]]


def _named(shown: dict[str, Any]) -> list[int]:
    return [*shown.get("partners", ()), *(at for at, *_ in shown.get("joined", ()))]


def _shown(
    index: Index,
    wanted: Wanted,
    passing: Flags,
    selected: Selected,
    unfold: list[int],
    offered: Flags,
    remove: list[int],
) -> dict[str, Any]:
    """The events of what is selected, newest first, else the latest ones."""
    newest = index.newest
    if selected is None:
        return {"events": newest[passing[newest]][:_LATEST].tolist()}
    kind, at = selected
    own = np.zeros(index.events, dtype=bool)
    told: dict[str, Any] = {"kind": kind, "at": at}
    if kind == "event":
        own[at] = True
        told |= {"total": 1, "passing": int(passing[at]), "events": [at]}
        return told
    if kind == "actor":
        own[index["party_event"][index["party_node"] == at]] = True
        told |= _unfolding(index, own, at, unfold, offered, remove)
        told |= actor_of(index, own & passing, at)
    else:
        own = index[f"{kind}_of"] == at
    both = own & passing
    events = newest[both[newest]][: wanted.cards].tolist()
    return told | {"total": int(own.sum()), "passing": int(both.sum()), "events": events}


def _unfolding(
    index: Index, own: Flags, at: int, unfold: list[int], offered: Flags, remove: list[int]
) -> dict[str, Any]:
    """The partners of an actor and its joint events that the filters would not show, and what of it is unfolded."""
    shown = offered.copy()
    shown[remove] = True  # who was taken out is not offered again
    partners = np.zeros(index.actors, dtype=bool)
    partners[index["party_node"][own[index["party_event"]]]] = True
    hidden = [n for n in np.flatnonzero(partners & ~shown).tolist() if n != at]
    hub, node = index["hub_parties"].T
    near = index["hub_top"].copy()
    near[hub[np.isin(node, unfold)]] = True
    own_hubs = hub[node == at]
    return {
        "partners": hidden[:_PARTNERS],
        "hidden": len(hidden),
        "joint": int((~near[own_hubs]).sum()),
        "unfolded": [n for n in unfold if partners[n]],
    }


def _told(index: Index, drawn: dict[str, Any], events: list[int], actors: list[int], selected: Selected) -> str:
    """All actors, lines, hubs and events that the view names by their places, as JSON.

    What is told of each lies in the index as it is written here: parsing some hundred of them would take longer than
    all counting.
    """
    edges = {edge[0] for edge in drawn["edges"]}
    hubs = {hub[0] for hub in drawn["hubs"]}
    nodes = {*drawn["actors"], *actors}
    events = list(dict.fromkeys(events))
    if selected:
        {"actor": nodes, "edge": edges, "hub": hubs, "event": set()}[selected[0]].add(selected[1])
    nodes.update(index.parties.value[places_of(index.party_starts, np.array(events, dtype=np.int64))].tolist())
    nodes.update(index["edge_ends"][list(edges)].ravel().tolist())
    nodes.update(index["hub_parties"][np.isin(index["hub_parties"][:, 0], list(hubs)), 1].tolist())
    parts = {
        "nodes": _written(index.nodes, sorted(nodes)),
        "edges": _written(index.edges, edges),
        "hubs": _written(index.hubs, hubs),
        "events": _written(index.cards, events),
    }
    return "{" + ",".join(f'"{name}":{part}' for name, part in parts.items()) + "}"


def _written(texts: Texts, places: Iterable[int]) -> str:
    """An object of these texts, each under its place."""
    return "{" + ",".join([f'"{at}":{texts[at].decode("ascii")}' for at in places]) + "}"

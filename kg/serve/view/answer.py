"""A view as JSON: counts, what is drawn, a stretch of the table, and the events of what is selected."""

from __future__ import annotations

from typing import Any

import numpy as np

from kg.serve.view.actor import actor_of
from kg.serve.view.chosen import Chosen, choose
from kg.serve.view.drawn import Selected, days, graph, score, shown_actors, world
from kg.serve.view.index import Flags, Index
from kg.serve.view.texts import plain
from kg.serve.view.wanted import Wanted

SHORT = 8
"""Values listed of a kind of choice, as in the page."""
MOST_VALUES = 500
MOST_UNFOLDED = 100
_LATEST = 3
_PARTNERS = 40


def view(index: Index, wanted: Wanted) -> dict[str, Any]:
    """What the page shows of these events; see ``/docs`` for its parts."""
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
    return {
        "state": index.state,
        "events": index.events,
        "actors": index.actors,
        "passing": int(chosen.passing.sum()),
        "unknown": chosen.unknown,
        "kinds": {
            name: listed(index, chosen, name, own=wanted.chosen.get(name, ())) for name in index.kinds
        },
        "days": days(index, chosen.timeless),
        "score": score(index, chosen.passing),
        "graph": drawn,
        "map": world(index, chosen) if wanted.map else None,
        "rows": rows,
        "shown": shown,
        "unfolded": unfold,
        "told": _told(index, drawn, [*rows, *_events(shown)], [*unfold, *remove, *_named(shown)], selected),
    }  # fmt: skip


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
        places = places[np.lexsort((places, -counts[places], ~first[places]))]
        places = places[: MOST_VALUES if every else max(SHORT, int(first.sum()))]
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


def _told(
    index: Index, drawn: dict[str, Any], events: list[int], actors: list[int], selected: Selected
) -> dict[str, dict[int, Any]]:
    """All actors, lines, hubs and events that the view names by their places."""
    cards = {at: index.card(at) for at in events}
    edges = {edge[0] for edge in drawn["edges"]}
    hubs = {hub[0] for hub in drawn["hubs"]}
    nodes = {*drawn["actors"], *actors}
    if selected:
        {"actor": nodes, "edge": edges, "hub": hubs, "event": set()}[selected[0]].add(selected[1])
    told_edges = {at: _edge(index, at) for at in edges}
    told_hubs = {at: _hub(index, at) for at in hubs}
    nodes.update(n for card in cards.values() for _, n in card["parties"])
    nodes.update(n for edge in told_edges.values() for n in (edge["a"], edge["b"]))
    nodes.update(n for hub in told_hubs.values() for _, n in hub["parties"])
    return {
        "nodes": {at: index.node(at) for at in sorted(nodes)},
        "edges": told_edges,
        "hubs": told_hubs,
        "events": cards,
    }


def _edge(index: Index, at: int) -> dict[str, Any]:
    stance, done, first, bend = index.meta["edges"][at]
    a, b = index["edge_ends"][at].tolist()
    return {"a": a, "b": b, "stance": stance, "done": done, "bend": bend, "name": index.card(first)["name"]}


def _hub(index: Index, at: int) -> dict[str, Any]:
    label, stance, done, parties, first, x, y = index.meta["hubs"][at]
    told = {"label": label, "stance": stance, "done": done, "parties": parties, "x": x, "y": y}
    return told | {"top": bool(index["hub_top"][at]), "name": index.card(first)["name"]}

"""Places nodes so that the picture is legible and the same in every build."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from kg.draw.picture import ActorNode, Edge, Hub

if TYPE_CHECKING:
    import networkx as nx

WIDTH_OF_LETTER, HEIGHT_OF_LINE = 8.2, 17
GAP = 26
"""Between two nodes with their labels."""
ASPECT = 1.35
"""Width to height: screens are wider than tall."""
SEED = 7
ROUNDS = 200
MANY = 300
"""Nodes of one part from which on a rougher layout is enough."""
ROOM_FOR_LINE = 60
"""Length of a line beyond what its ends' labels need, so that its own label has room."""


@dataclass(slots=True)
class _Box:
    """A node with the room that it and its label need."""

    key: str
    x: float
    y: float
    width: float
    height: float


def wrapped(label: str, *, width: int = 18, lines: int = 3) -> str:
    """The label in lines that fit under a node; what is too long ends in an ellipsis.

    >>> wrapped("Organisation for Security and Co-operation")
    'Organisation for\\nSecurity and Co-\\noperation'
    """
    text = " ".join(label.split())
    return "\n".join(textwrap.wrap(text, width, max_lines=lines, placeholder=" …")) or "(no name)"


def size_of(events: int) -> int:
    """Radius of an actor's node: its area grows with the number of events."""
    return min(38, round(8 + 4 * math.sqrt(max(events, 1))))


def place(
    nodes: Sequence[ActorNode], edges: Sequence[Edge], hubs: Sequence[Hub]
) -> tuple[tuple[ActorNode, ...], tuple[Hub, ...]]:
    """The nodes and hubs with their positions: the top ones in the middle, the others around."""
    top = {n.id for n in nodes if n.top}
    inner = [n for n in nodes if n.top]
    joined = {f"hub {i}": hub for i, hub in enumerate(hubs)}
    central = {key: hub for key, hub in joined.items() if hub.top}
    weights = _weights(top, edges, central)
    boxes = {n.id: _actor_box(n) for n in inner} | {key: _hub_box(key, h) for key, h in central.items()}
    pack([_spread(part, weights, boxes) for part in _parts(boxes, weights)])
    _ring([n for n in nodes if not n.top], boxes)
    _between({key: hub for key, hub in joined.items() if not hub.top}, boxes)
    return (
        tuple(replace(n, x=round(boxes[n.id].x), y=round(boxes[n.id].y)) for n in nodes),
        tuple(replace(h, x=round(boxes[k].x), y=round(boxes[k].y)) for k, h in joined.items()),
    )


def separate(boxes: Sequence[_Box], *, rounds: int = 300) -> None:
    """Push boxes apart until none overlaps, or the rounds are over."""
    for _ in range(rounds):
        moved = False
        for i, a in enumerate(boxes):
            for b in boxes[i + 1 :]:
                moved = _push(a, b) or moved
        if not moved:
            return


def pack(parts: Sequence[Sequence[_Box]]) -> None:
    """Move whole parts of the graph side by side, the largest first, in rows; the middle is at 0, 0."""
    if not parts:
        return
    sizes = [(right - left, bottom - top) for left, top, right, bottom in map(_bounds, parts)]
    widest = max(width for width, _ in sizes)
    tries = [_rows(sizes, widest * factor) for factor in (1, 1.25, 1.5, 2, 2.5, 3, 4, 6, 9)]
    corners, _ = min(tries, key=lambda rows: rows[1])
    for part, (x, y) in zip(parts, corners, strict=True):
        left, top, _, _ = _bounds(part)
        for box in part:
            box.x, box.y = box.x - left + x, box.y - top + y
    everything = [box for part in parts for box in part]
    left, top, right, bottom = _bounds(everything)
    for box in everything:
        box.x, box.y = box.x - (left + right) / 2, box.y - (top + bottom) / 2


def _rows(sizes: Sequence[tuple[float, float]], row_width: float) -> tuple[list[tuple[float, float]], float]:
    """The corner of each rectangle set in rows of this width, and the height of screen that this needs."""
    corners = []
    x = y = row_height = used = 0.0
    for width, height in sizes:
        if x and x + width > row_width:
            x, y, row_height = 0.0, y + row_height, 0.0
        corners.append((x, y))
        x, row_height = x + width, max(row_height, height)
        used = max(used, x)
    return corners, max(y + row_height, used / ASPECT)


def _actors(hub: Hub) -> set[str]:
    return {p.actor for p in hub.parties}


def _actor_box(node: ActorNode) -> _Box:
    lines = wrapped(node.label).split("\n")
    radius = size_of(node.events)
    width = max(2 * radius, WIDTH_OF_LETTER * max(map(len, lines))) + GAP
    return _Box(node.id, 0, 0, width, 2 * radius + 2 * HEIGHT_OF_LINE * len(lines) + GAP)


def _hub_box(key: str, hub: Hub) -> _Box:
    return _Box(key, 0, 0, WIDTH_OF_LETTER * len(hub.label) + GAP, 34 + GAP)


def _weights(top: set[str], edges: Iterable[Edge], hubs: Mapping[str, Hub]) -> dict[tuple[str, str], float]:
    weights: dict[tuple[str, str], float] = {}
    for edge in edges:
        if edge.a in top and edge.b in top:
            weights[edge.a, edge.b] = weights.get((edge.a, edge.b), 0) + math.log2(1 + len(edge.events))
    for key, hub in hubs.items():
        for actor in sorted(_actors(hub) & top):
            weights[actor, key] = 1.0
    return weights


def _parts(boxes: Mapping[str, _Box], weights: Mapping[tuple[str, str], float]) -> list[list[str]]:
    """The connected parts, largest first; the order within follows ``boxes``."""
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(boxes)
    graph.add_edges_from(weights)
    order = {key: i for i, key in enumerate(boxes)}
    parts = [sorted(part, key=order.__getitem__) for part in nx.connected_components(graph)]
    return sorted(parts, key=lambda part: (-len(part), order[part[0]]))


def _spread(part: Sequence[str], weights: Mapping[tuple[str, str], float], boxes: Mapping[str, _Box]) -> list[_Box]:
    """Lay one connected part out, then push its labels apart."""
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(part)
    graph.add_weighted_edges_from((a, b, w) for (a, b), w in weights.items() if a in graph)
    # Beyond 500 nodes networkx' springs ask for scipy, and are slow.
    few = len(part) < MANY
    start = nx.spring_layout(graph, seed=SEED, iterations=100) if few else nx.circular_layout(graph)
    for a, b in graph.edges:
        graph[a][b]["length"] = ROOM_FOR_LINE + (boxes[a].width + boxes[b].width) / 3
    for key, (x, y) in _unstressed(graph, start).items():
        # Rounding keeps the last digits of one processor's arithmetic out of the picture.
        boxes[key].x, boxes[key].y = round(x, 1) * ASPECT, round(y, 1)
    placed = [boxes[key] for key in part]
    separate(placed, rounds=min(300, 3_000_000 // len(part) ** 2))
    return placed


def _unstressed(graph: nx.Graph[str], start: Mapping[str, Any]) -> dict[str, tuple[float, float]]:
    """Spots whose distances come near the lengths of the ways between them.

    This is stress majorization (Gansner, Koren and North 2004), which keeps neighbours as far apart as
    their labels need, where springs draw those with many events together.
    """
    import networkx as nx
    import numpy as np

    keys = list(graph)
    if len(keys) == 1:
        return {keys[0]: (0.0, 0.0)}
    ways = dict(nx.all_pairs_dijkstra_path_length(graph, weight="length"))
    wanted = np.array([[ways[a][b] for b in keys] for a in keys], dtype=float)
    np.fill_diagonal(wanted, 1.0)
    pull = wanted**-2.0
    np.fill_diagonal(pull, 0.0)
    spots = np.array([start[key] for key in keys], dtype=float) * wanted.max() / 2
    for _ in range(ROUNDS if len(keys) < MANY else ROUNDS // 10):
        apart = spots[:, None, :] - spots[None, :, :]
        distance = np.sqrt((apart**2).sum(axis=2))
        np.fill_diagonal(distance, 1.0)
        step = apart * (pull * wanted / np.maximum(distance, 1e-6))[:, :, None]
        spots = (pull @ spots + step.sum(axis=1)) / pull.sum(axis=1)[:, None]
    return {key: (float(x), float(y)) for key, (x, y) in zip(keys, spots, strict=True)}


def _push(a: _Box, b: _Box) -> bool:
    """Move two overlapping boxes apart along the shorter way; say whether they did overlap."""
    over_x = (a.width + b.width) / 2 - abs(a.x - b.x)
    over_y = (a.height + b.height) / 2 - abs(a.y - b.y)
    if over_x <= 0.5 or over_y <= 0.5:
        return False
    if over_x < over_y:
        step = (over_x / 2 + 0.5) * (1 if a.x <= b.x else -1)
        a.x, b.x = a.x - step, b.x + step
    else:
        step = (over_y / 2 + 0.5) * (1 if a.y <= b.y else -1)
        a.y, b.y = a.y - step, b.y + step
    return True


def _bounds(part: Sequence[_Box]) -> tuple[float, float, float, float]:
    return (
        min(b.x - b.width / 2 for b in part),
        min(b.y - b.height / 2 for b in part),
        max(b.x + b.width / 2 for b in part),
        max(b.y + b.height / 2 for b in part),
    )


def _ring(rest: Sequence[ActorNode], boxes: dict[str, _Box]) -> None:
    """Place the actors that unfold later on ellipses around the middle, far enough apart for their names."""
    far = max((math.hypot(b.x / ASPECT, b.y) for b in boxes.values()), default=0.0)
    ring, placed = 1, 0
    while placed < len(rest):
        radius = far + 180 * ring
        room = max(6, int(2 * math.pi * radius / 200))
        for i, node in enumerate(rest[placed : placed + room]):
            angle = 2 * math.pi * i / room
            box = _actor_box(node)
            box.x, box.y = radius * ASPECT * math.cos(angle), radius * math.sin(angle)
            boxes[node.id] = box
        placed, ring = placed + room, ring + 1


def _between(hubs: Mapping[str, Hub], boxes: dict[str, _Box]) -> None:
    """Place the hubs that unfold later between their parties, each a little aside of the others."""
    for i, (key, hub) in enumerate(hubs.items()):
        parties = [boxes[actor] for actor in sorted(_actors(hub))]
        # The golden angle keeps neighbours in the list from lying on one another.
        aside, angle = 60 + 9 * (i % 10), i * 2.39996
        box = _hub_box(key, hub)
        box.x = sum(p.x for p in parties) / len(parties) + aside * math.cos(angle)
        box.y = sum(p.y for p in parties) / len(parties) + aside * math.sin(angle)
        boxes[key] = box

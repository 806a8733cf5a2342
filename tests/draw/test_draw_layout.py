"""Nodes and their names stand apart, and in the same places every time."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from kg.draw.layout import _actor_box, _Box, pack, place, separate, size_of, wrapped
from kg.draw.picture import ActorNode, Edge, Hub, Party


def ring(count: int, *, top: int = 60) -> tuple[tuple[ActorNode, ...], tuple[Edge, ...]]:
    nodes = tuple(
        ActorNode(id=f"n{i}", label=f"Actor number {i}", kind="state", events=1 + i, top=i < top) for i in range(count)
    )
    edges = tuple(
        Edge(a=f"n{i}", b=f"n{(i * 7 + 1) % count}", stance="neutral", done=True, events=("e",))
        for i in range(count)
        if i != (i * 7 + 1) % count
    )
    return nodes, edges


@pytest.mark.parametrize("count", [1, 2, 3, 12, 40])
def test_no_two_nodes_with_their_names_overlap(count: int) -> None:
    nodes, edges = ring(count)
    placed, _ = place(nodes, edges, ())
    for a, b in combinations(placed, 2):
        one, two = _actor_box(a), _actor_box(b)
        apart_x = abs(a.x - b.x) - (one.width + two.width) / 2
        apart_y = abs(a.y - b.y) - (one.height + two.height) / 2
        assert max(apart_x, apart_y) >= -3


def test_the_same_graph_gives_the_same_places() -> None:
    nodes, edges = ring(20)
    assert place(nodes, edges, ()) == place(nodes, edges, ())


def test_actors_that_unfold_later_have_places_of_their_own_outside() -> None:
    nodes, edges = ring(30, top=10)
    placed, _ = place(nodes, edges, ())
    assert len({(n.x, n.y) for n in placed}) == 30
    inner = max(abs(n.y) for n in placed if n.top)
    assert all(abs(n.x) > inner or abs(n.y) > inner for n in placed if not n.top)


def test_a_hub_stands_between_its_parties() -> None:
    nodes, _ = ring(3)
    hub = Hub(
        label="consult",
        stance="neutral",
        done=True,
        parties=tuple(Party("actor", n.id) for n in nodes),
        events=("e",),
    )
    placed, [joined] = place(nodes, (), (hub,))
    assert min(n.x for n in placed) <= joined.x <= max(n.x for n in placed)
    assert min(n.y for n in placed) <= joined.y <= max(n.y for n in placed)


def test_a_hub_that_unfolds_later_has_a_place_too() -> None:
    nodes, _ = ring(3, top=0)
    hub = Hub(
        label="consult",
        stance="neutral",
        done=True,
        parties=tuple(Party("actor", n.id) for n in nodes),
        events=("e",),
    )
    placed, [joined] = place(nodes, (), (replace(hub, top=False),))
    assert len({(joined.x, joined.y)} | {(n.x, n.y) for n in placed}) == 4


def test_nothing_gives_nothing() -> None:
    assert place((), (), ()) == ((), ())


def test_a_long_name_is_broken_into_lines_and_ends_in_an_ellipsis() -> None:
    lines = wrapped("word " * 40).split("\n")
    assert len(lines) == 3
    assert all(len(line) <= 18 for line in lines)
    assert lines[-1].endswith("…")


def test_a_name_of_blanks_is_still_seen() -> None:
    assert wrapped(" \n ") == "(no name)"


def test_more_events_make_a_larger_node_up_to_a_bound() -> None:
    assert size_of(1) < size_of(10) < size_of(40) <= size_of(10_000) == 38


def test_a_large_part_is_laid_out_too() -> None:
    nodes, edges = ring(320, top=320)
    placed, _ = place(nodes, edges, ())
    assert len({(n.x, n.y) for n in placed}) == 320


def test_boxes_side_by_side_are_pushed_sideways_and_stacked_ones_up_and_down() -> None:
    beside = [_Box("a", 0, 0, 10, 100), _Box("b", 5, 0, 10, 100)]
    stacked = [_Box("a", 0, 0, 100, 10), _Box("b", 0, 5, 100, 10)]
    separate(beside)
    separate(stacked)
    assert beside[1].x - beside[0].x >= 10
    assert stacked[1].y - stacked[0].y >= 10
    assert beside[0].y == beside[1].y == 0
    assert stacked[0].x == stacked[1].x == 0


def test_parts_stand_side_by_side_as_a_screen_is_wide() -> None:
    parts = [[_Box(str(i), 0, 0, 100, 100)] for i in range(6)]
    pack(parts)
    assert len({box.y for part in parts for box in part}) == 2
    assert len({box.x for part in parts for box in part}) == 3

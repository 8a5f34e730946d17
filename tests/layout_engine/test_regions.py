from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.geometry import Rect
from editor.layout_engine import regions
from editor.layout_engine.plan import Node, NodeKind

_SIDES = st.integers(5, 60).map(lambda each: each * 8.0)


def parallel(sizes: list[tuple[float, float]], header: float = 32.0) -> tuple[Node, dict[str, regions.Size]]:
    children = tuple(
        Node(id=f"r{number}", kind=NodeKind.REGION, width=width, height=height)
        for number, (width, height) in enumerate(sizes)
    )
    node = Node(id="p", kind=NodeKind.PARALLEL, width=100, height=80, header=header, children=children)
    return node, {child.id: (child.width, child.height) for child in children}


@given(st.lists(st.tuples(_SIDES, _SIDES), min_size=1, max_size=8))
def test_regions_fill_their_state_and_are_no_smaller_than_they_must(sizes: list[tuple[float, float]]) -> None:
    node, least = parallel(sizes)
    rects, (width, height) = regions.tiled(node, least, regions.stacks_of(node, least, {}))
    assert sum(each.width * each.height for each in rects.values()) == pytest.approx(
        width * (height - node.header)
    )
    for id, rect in rects.items():
        assert rect.width >= least[id][0]
        assert rect.height >= least[id][1]
        assert Rect(0, node.header, width, height - node.header).encloses(rect)
    for one, other in combinations(rects.values(), 2):
        assert not one.grown(-0.5).intersects(other.grown(-0.5))


def test_small_regions_stand_on_top_of_each_other_beside_a_large_one() -> None:
    node, sizes = parallel([(400, 600), (200, 180), (200, 180), (200, 180)])
    assert regions.stacks_of(node, sizes, {}) == [["r0"], ["r1", "r2", "r3"]]


def test_a_region_that_is_left_stands_last_and_one_that_is_entered_first() -> None:
    node, sizes = parallel([(400, 600), (200, 180), (200, 180), (200, 180)])
    crossing = {"r1": frozenset({"out"}), "r3": frozenset({"in"})}
    assert regions.stacks_of(node, sizes, crossing)[1] == ["r3", "r2", "r1"]


def test_regions_that_are_entered_do_not_share_a_column() -> None:
    node, sizes = parallel([(400, 600), (200, 180), (200, 180)])
    crossing = {"r1": frozenset({"in"}), "r2": frozenset({"in"})}
    assert regions.stacks_of(node, sizes, crossing) == [["r0"], ["r1"], ["r2"]]


def test_a_history_state_stands_below_the_regions() -> None:
    node, sizes = parallel([(200, 100), (200, 100)])
    history = Node(id="h", kind=NodeKind.RING, width=24, height=24)
    node = Node(
        id="p",
        kind=NodeKind.PARALLEL,
        width=100,
        height=80,
        header=32,
        children=(*node.children, history),
    )
    sizes["h"] = (24.0, 24.0)
    rects, (_, height) = regions.tiled(node, sizes, [["r0"], ["r1"]])
    assert rects["h"].y >= max(rects["r0"].bottom, rects["r1"].bottom)
    assert rects["h"].bottom <= height


def test_regions_that_were_placed_apart_grow_until_they_meet() -> None:
    node, _ = parallel([(100, 100), (100, 60)], header=30)
    placed = {"p": Rect(0, 0, 300, 200), "r0": Rect(10, 40, 100, 100), "r1": Rect(150, 40, 100, 60)}
    assert regions.stretched(node, placed, [["r0"], ["r1"]]) == {
        "r0": Rect(0, 30, 130, 170),
        "r1": Rect(130, 30, 170, 170),
    }


def test_regions_that_are_in_no_order_stay_as_they_were_placed() -> None:
    node, _ = parallel([(100, 100), (100, 60)])
    placed = {"p": Rect(0, 0, 300, 300), "r0": Rect(10, 40, 100, 100), "r1": Rect(50, 180, 100, 60)}
    assert regions.stretched(node, placed, [["r0"], ["r1"]]) == {}


@given(st.lists(st.tuples(_SIDES, _SIDES), min_size=1, max_size=8))
def test_regions_that_nothing_changed_stay_to_the_bit(sizes: list[tuple[float, float]]) -> None:
    node, least = parallel(sizes)
    rects, size = regions.tiled(node, least, regions.stacks_of(node, least, {}))
    children = tuple(replace(child, place=rects[child.id]) for child in node.children)
    placed = replace(node, children=children, place=Rect(7, 9, *size))
    now = {id: (rect.width, rect.height) for id, rect in rects.items()}
    assert regions.arranged(placed, now, list) == (rects, size)


@given(st.lists(st.tuples(_SIDES, _SIDES), min_size=1, max_size=8), st.data())
def test_the_columns_of_regions_are_known_from_their_places(
    sizes: list[tuple[float, float]], data: st.DataObject
) -> None:
    node, least = parallel(sizes)
    stacks = regions.stacks_of(node, least, {})
    rects, _ = regions.tiled(node, least, stacks)
    children = tuple(replace(child, place=rects[child.id]) for child in node.children)
    assert regions.former_stacks(replace(node, children=children)) == stacks
    without = data.draw(st.sampled_from([child.id for child in children]))
    loose = tuple(replace(child, place=None) if child.id == without else child for child in children)
    assert regions.former_stacks(replace(node, children=loose)) is None

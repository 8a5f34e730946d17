from __future__ import annotations

from itertools import combinations
from math import inf

from hypothesis import given
from hypothesis import strategies as st

from editor.geometry import Rect
from editor.layout_engine.nudging import GAP, nudged
from tests.layout_engine.containers import container, sizes_of

SIZE = (700, 500)
ROW = [Rect(20, 40, 100, 60), Rect(180, 40, 100, 60), Rect(500, 40, 100, 60), Rect(20, 300, 100, 60)]


def test_what_is_far_enough_away_stays() -> None:
    node = container(ROW, size=SIZE)
    after, size = nudged(node, sizes_of(node) | {"s0": (150.0, 90.0)})
    assert after["s1"] == Rect(150 + 20 + GAP, 40, 100, 60)
    assert (after["s2"], after["s3"]) == (ROW[2], ROW[3])
    assert size == (700, 500)


def test_gaps_may_be_kept_as_they_are() -> None:
    node = container(ROW, size=SIZE)
    after, _ = nudged(node, sizes_of(node) | {"s0": (150.0, 90.0)}, gap=inf)
    assert after["s1"].x == ROW[1].x + 50
    assert after["s2"].x == ROW[2].x + 50
    assert after["s3"].y == ROW[3].y + 30


def test_a_label_in_between_keeps_its_room() -> None:
    node = container(ROW[:2], size=SIZE)
    label = Rect(125, 60, 50, 20)
    after, _ = nudged(node, sizes_of(node) | {"s0": (120.0, 60.0)}, labels=[label])
    assert after["s1"].x - 140 > label.width


def test_what_came_in_pushes_what_it_lies_on() -> None:
    node = container([Rect(20, 40, 100, 60), Rect(60, 60, 100, 60)], size=SIZE)
    after, _ = nudged(node, sizes_of(node), {"s1"})
    assert after["s1"] == Rect(60, 60, 100, 60)
    assert not after["s0"].intersects(after["s1"])


def test_where_nothing_changed_all_is_as_it_was() -> None:
    node = container([Rect(20, 40, 100, 60), Rect(60, 60, 100, 60), Rect(650, 40, 100, 60)], size=SIZE)
    after, size = nudged(node, sizes_of(node))
    assert [after[child.id] for child in node.children[::2]] == [child.place for child in node.children[::2]]
    assert size == (700, 500)


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), unique=True, min_size=1, max_size=8),
    st.lists(st.integers(0, 300), min_size=16, max_size=16),
    st.sets(st.integers(0, 7)),
    st.sets(st.integers(0, 7)),
)
def test_states_that_lay_apart_lie_apart_whatever_grew_or_came_in(
    cells: list[tuple[int, int]], more: list[int], pinned: set[int], new: set[int]
) -> None:
    places = [Rect(20 + 140 * x, 40 + 100 * y, 100, 60) for x, y in cells]
    node = container(places, frozenset(pinned - new), SIZE)
    grown = {
        child.id: (child.width, child.height)
        if child.is_pinned
        else (child.width + more[2 * number], child.height + more[2 * number + 1])
        for number, child in enumerate(node.children)
    }
    after, (width, height) = nudged(node, grown, {f"s{number}" for number in new})
    for one, other in combinations(after.values(), 2):
        assert not one.grown(-0.5).intersects(other.grown(-0.5))
    for child in node.children:
        assert after[child.id][2:] == grown[child.id]
        assert after[child.id].right <= width
        assert after[child.id].bottom <= height
        if child.is_pinned:
            assert after[child.id] == child.place

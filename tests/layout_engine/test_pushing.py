from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from editor.geometry import Rect
from editor.layout_engine.pushing import kept
from tests.layout_engine.containers import container, sizes_of


def test_what_is_right_and_below_of_something_that_grew_moves_by_as_much() -> None:
    node = container([Rect(20, 40, 100, 60), Rect(150, 40, 100, 60), Rect(20, 130, 100, 60)])
    after, size = kept(node, sizes_of(node) | {"s0": (180.0, 100.0)}, {})
    assert after["s1"] == Rect(230, 40, 100, 60)
    assert after["s2"] == Rect(20, 170, 100, 60)
    assert size == (400, 300)


def test_what_is_pinned_does_not_move_and_what_grew_into_it_goes_below() -> None:
    node = container([Rect(20, 40, 100, 60), Rect(150, 40, 100, 60)], frozenset({1}))
    after, _ = kept(node, sizes_of(node) | {"s0": (180.0, 100.0)}, {})
    assert after["s1"] == Rect(150, 40, 100, 60)
    assert after["s0"].y >= 100


def test_a_container_grows_with_what_is_in_it_and_never_shrinks() -> None:
    node = container([Rect(20, 40, 100, 60)])
    assert kept(node, sizes_of(node), {})[1] == (400, 300)
    wide = kept(node, {"s0": (600.0, 60.0)}, {})[1]
    assert wide[0] > 620
    assert wide[1] == 300


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), unique=True, min_size=1, max_size=8),
    st.lists(st.integers(0, 300), min_size=16, max_size=16),
    st.sets(st.integers(0, 7)),
)
def test_states_that_lay_apart_lie_apart_whatever_grew(
    cells: list[tuple[int, int]], more: list[int], pinned: set[int]
) -> None:
    node = container([Rect(20 + 140 * x, 40 + 100 * y, 100, 60) for x, y in cells], frozenset(pinned))
    grown = {
        child.id: (child.width, child.height)
        if child.is_pinned
        else (child.width + more[2 * number], child.height + more[2 * number + 1])
        for number, child in enumerate(node.children)
    }
    after, (width, height) = kept(node, grown, {})
    for one, other in combinations(after.values(), 2):
        assert not one.grown(-0.5).intersects(other.grown(-0.5))
    for child in node.children:
        assert after[child.id][2:] == grown[child.id]
        assert after[child.id].right <= width
        assert after[child.id].bottom <= height
        if child.is_pinned:
            assert after[child.id] == child.place

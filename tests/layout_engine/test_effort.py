"""How much work a graph is for ELK: states, and the layers that lines pass."""

from __future__ import annotations

from editor.layout_engine.effort import points

ROW = ["a", "b", "c", "d"]
CHAIN = [("a", "b"), ("b", "c"), ("c", "d")]


def test_lines_to_the_next_layer_pass_none() -> None:
    assert points(ROW, CHAIN) == 4
    assert points(ROW, [("a", "b"), ("a", "c"), ("a", "d")]) == 4


def test_a_line_counts_in_each_layer_that_it_passes_whichever_way_it_leads() -> None:
    assert points(ROW, [*CHAIN, ("a", "d")]) == 6
    assert points(ROW, [*CHAIN, ("d", "a")]) == 6
    assert points(ROW, [*CHAIN, ("d", "a"), ("d", "b")]) == 7


def test_lines_into_the_same_state_and_to_unknown_ones_count_nothing() -> None:
    assert points(ROW, [*CHAIN, ("a", "a"), ("a", "?")]) == 4
    assert points([], []) == 0


def test_lines_may_come_in_any_order() -> None:
    assert points(ROW, [*reversed(CHAIN), ("a", "d")]) == points(ROW, [*CHAIN, ("a", "d")])

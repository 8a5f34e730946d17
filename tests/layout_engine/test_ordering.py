"""The order of states from where a machine begins."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from editor.layout_engine.ordering import flowing

NAMES = "abcdef"
LINES = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=14)


def test_an_order_that_begins_where_the_machine_does_stays() -> None:
    assert flowing("bac", "b", [("b", "c"), ("c", "a")]) == ["b", "a", "c"]
    assert flowing("bac", None, [("a", "b")]) == ["b", "a", "c"]
    assert flowing("bac", "?", [("a", "b")]) == ["b", "a", "c"]


def test_states_sorted_by_name_are_gone_through_from_the_beginning() -> None:
    lines = [("d", "b"), ("b", "c"), ("c", "a"), ("a", "b")]
    assert flowing("abcd", "d", lines) == ["d", "b", "c", "a"]


def test_what_ends_all_ways_comes_after_them() -> None:
    lines = [("new", "end"), ("new", "paid"), ("paid", "sent"), ("sent", "end")]
    assert flowing(["end", "new", "paid", "sent"], "new", lines) == ["new", "paid", "sent", "end"]


def test_alternatives_keep_the_order_of_their_transitions_and_what_is_out_of_reach_comes_last() -> None:
    lines = [("c", "b"), ("c", "a")]
    assert flowing("xabc", "c", lines) == ["c", "b", "a", "x"]


@given(st.permutations(NAMES), st.sampled_from(NAMES), LINES)
def test_all_states_are_there_once_and_lines_lead_on_where_there_is_no_way_back(
    order: list[str], first: str, lines: list[tuple[str, str]]
) -> None:
    made = flowing(order, first, lines)
    assert sorted(made) == sorted(NAMES)
    assert made[0] == first
    forward = [(a, b) for a, b in lines if NAMES.index(a) < NAMES.index(b)]  # these alone have no way back
    again = flowing(order, first, forward)
    if again != list(order):
        reached = {first}
        for a, b in sorted(forward):
            reached |= {b} if a in reached else set()
        places = {id: place for place, id in enumerate(again)}
        assert all(places[a] < places[b] for a, b in forward if a in reached)

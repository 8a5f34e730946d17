"""Ends of lines along a side: in their order and apart, and off those of lines that a hand placed."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from editor.geometry import Rect
from editor.layout.paths import Side
from editor.layout.ports import FIRM, End, spread

SIDE = Rect(0, 0, 120, 56)


def end(number: int, wish: float, *, is_firm: bool) -> End:
    return End(rect=SIDE, side=Side.RIGHT, order=(float(number),), wish=wish, weight=FIRM if is_firm else 1.0)


def test_a_line_is_not_put_on_one_by_hand_where_the_side_is_crowded() -> None:
    ends = [end(0, 28, is_firm=True), end(1, 28, is_firm=False), end(2, 50, is_firm=True)]
    spread(ends)
    assert [each.place for each in ends] == [28, 39, 50]


def test_ends_beside_one_by_hand_share_what_is_left() -> None:
    ends = [end(0, 20, is_firm=False), end(1, 20, is_firm=False), end(2, 40, is_firm=True)]
    spread(ends)
    assert [each.place for each in ends] == [12, 26, 40]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.sampled_from((12, 20, 28, 36, 44)), st.booleans()), min_size=1, max_size=5))
def test_ends_stay_in_order_and_off_those_by_hand(wanted: list[tuple[int, bool]]) -> None:
    """Those by hand in the order of their places, as lines are that do not cross."""
    by_hand = iter(sorted(wish for wish, is_firm in wanted if is_firm))
    ends = [
        end(number, next(by_hand) if is_firm else wish, is_firm=is_firm)
        for number, (wish, is_firm) in enumerate(wanted)
    ]
    spread(ends)
    places = [each.place for each in ends]
    assert places == sorted(places)
    firm = [number for number, each in enumerate(ends) if each.weight >= FIRM]
    for before, after in pairwise((-1, *firm, len(ends))):
        first = ends[before].wish if before >= 0 else None
        last = ends[after].wish if after < len(ends) else None
        between = places[before + 1 : after]
        room = (44 if last is None else last) - (12 if first is None else first)
        if room >= 8 * (len(between) + 1):
            assert all(first is None or place - first >= 4 for place in between)
            assert all(last is None or last - place >= 4 for place in between)

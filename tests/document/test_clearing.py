from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from editor.document.clearing import clear_of
from editor.geometry import Point, Rect

SPAN = st.integers(-400, 400).map(float)
SIDE = st.integers(8, 300).map(float)
RECTS = st.builds(Rect, SPAN, SPAN, SIDE, SIDE)


def overlap(a: Rect, b: Rect) -> bool:
    return a.x < b.right and b.x < a.right and a.y < b.bottom and b.y < a.bottom


@given(RECTS, st.lists(RECTS, max_size=8), st.none() | st.builds(Point, SPAN, SPAN))
def test_what_is_moved_lies_free_and_what_lies_free_is_not_moved(
    wanted: Rect, taken: list[Rect], least: Point | None
) -> None:
    found = clear_of(wanted, taken, least)
    assert (found.width, found.height) == (wanted.width, wanted.height)
    if not any(overlap(wanted, rect) for rect in taken):
        assert found == wanted
    if found != wanted:
        assert not any(overlap(found, rect) for rect in taken)
        assert least is None or (found.x >= least.x and found.y >= least.y)


def test_the_shortest_way_is_gone() -> None:
    wanted, other = Rect(10, 10, 120, 40), Rect(0, 30, 120, 40)
    assert clear_of(wanted, [other]) == Rect(10, -26, 120, 40)
    assert clear_of(wanted, [other], Point(0, 0)) == Rect(10, 86, 120, 40)


def test_where_there_is_no_room_a_state_stays_where_it_was_wanted() -> None:
    wanted = Rect(0, 0, 120, 40)
    assert clear_of(wanted, [Rect(-1000, -1000, 2000, 2000)]) == wanted

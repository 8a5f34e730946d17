from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from editor.layout.index import Bounds, GridIndex

_number = st.floats(-5000, 5000)
_size = st.floats(0, 3000)


@st.composite
def _bounds(draw: st.DrawFn) -> Bounds:
    x, y, width, height = draw(_number), draw(_number), draw(_size), draw(_size)
    return x, y, x + width, y + height


def _meet(a: Bounds, b: Bounds) -> bool:
    return a[0] <= b[2] and a[2] >= b[0] and a[1] <= b[3] and a[3] >= b[1]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 8), _bounds() | st.none()), max_size=25), _bounds())
def test_finds_exactly_what_meets_the_area_after_any_moves(
    moves: list[tuple[int, Bounds | None]], area: Bounds
):
    index = GridIndex()
    truth: dict[str, Bounds] = {}
    for number, bounds in moves:
        if bounds is None:
            index.remove(str(number))
            truth.pop(str(number), None)
        else:
            index.put(str(number), bounds)
            truth[str(number)] = bounds
    assert sorted(index.meeting(*area)) == sorted(id for id, bounds in truth.items() if _meet(bounds, area))
    assert len(index) == len(truth)


def test_extent_is_around_everything():
    index = GridIndex()
    assert index.extent() is None
    index.put("a", (0, 0, 10, 10))
    index.put("b", (5000, -20, 5010, 3))
    assert index.extent() == (0, -20, 5010, 10)

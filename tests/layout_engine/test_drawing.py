from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from editor.geometry import Point, Rect
from editor.layout_engine.drawing import Drawing, straightened, whole, without_flat

_JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
_FIELDS = st.fixed_dictionaries({"rects": _JSON, "routes": _JSON, "labels": _JSON})


@given(_JSON | _FIELDS)
def test_an_answer_is_a_drawing_or_told_to_be_none(data: object) -> None:
    try:
        made = Drawing.from_data(data)
    except ValueError:
        return
    assert Drawing.from_data(made.to_data()) == made


def test_what_stands_for_a_drawing_is_read() -> None:
    made = Drawing.from_data({"rects": {"a": [0, 1, 2, 3]}, "routes": {"t": [[0, 1], [4, 1]]}, "labels": {}})
    assert made.rects == {"a": Rect(0, 1, 2, 3)}
    assert made.routes == {"t": (Point(0, 1), Point(4, 1))}


@pytest.mark.parametrize(("value", "wanted"), [(0.5, 1), (1.49, 1), (-0.5, 0), (-0.6, -1), (2, 2)])
def test_numbers_are_rounded_with_halves_up(value: float, wanted: float) -> None:
    assert whole(value) == wanted


@example(turns=[(True, -1.5), (False, 2.0)], start=0.0)
@given(st.lists(st.tuples(st.booleans(), st.floats(-500, 500)), min_size=1, max_size=6), st.floats(-50, 50))
def test_a_route_is_level_and_upright_on_whole_numbers(turns: list[tuple[bool, float]], start: float) -> None:
    points = [(start, start)]
    for is_level, value in turns:
        x, y = points[-1]
        points.append((value, y + 1e-7) if is_level else (x - 1e-7, value))
    made = straightened(points)
    assert all(point.x == round(point.x) and point.y == round(point.y) for point in made)
    assert all(a.x == b.x or a.y == b.y for a, b in pairwise(made))


def test_a_route_has_points_at_its_ends_and_corners_alone() -> None:
    line = [
        Point(0, 0),
        Point(0, 0),
        Point(5, 0),
        Point(9, 0),
        Point(9, 4),
        Point(9, 4),
        Point(9, 2),
        Point(9, 8),
    ]
    assert without_flat(line) == (Point(0, 0), Point(9, 0), Point(9, 8))

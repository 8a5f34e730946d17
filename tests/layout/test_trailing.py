"""Paths trail after their ends and stay level and upright."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from editor.geometry import Point
from editor.layout.paths import simplified
from editor.layout.trailing import trailed

BY = st.builds(Point, st.integers(-300, 300).map(float), st.integers(-300, 300).map(float))


@st.composite
def paths(draw: st.DrawFn) -> tuple[Point, ...]:
    """Level and upright stretches in turn."""
    steps = draw(st.lists(st.integers(-200, 200).filter(bool).map(float), min_size=1, max_size=6))
    is_level = draw(st.booleans())
    points = [Point(0, 0)]
    for step in steps:
        points.append(points[-1].moved(step, 0) if is_level else points[-1].moved(0, step))
        is_level = not is_level
    return tuple(points)


@given(paths(), BY, BY)
def test_ends_go_along_and_all_stretches_stay_level_or_upright(
    path: tuple[Point, ...], start: Point, end: Point
) -> None:
    made = trailed(path, start, end)
    wanted = (path[0].moved(*start), path[-1].moved(*end))
    assert (made[0], made[-1]) == wanted or len(set(wanted)) == 1
    assert all(a.x == b.x or a.y == b.y for a, b in pairwise(made))


@given(paths())
def test_nothing_moves_where_no_end_does(path: tuple[Point, ...]) -> None:
    assert trailed(path, Point(0, 0), Point(0, 0)) == simplified(path)


def test_what_is_between_the_stretches_at_the_ends_stays() -> None:
    path = (Point(0, 0), Point(50, 0), Point(50, 80), Point(90, 80), Point(90, 120))
    made = trailed(path, Point(5, 7), Point(3, 4))
    assert made == (Point(5, 7), Point(50, 7), Point(50, 80), Point(93, 80), Point(93, 124))

"""What the rules of the drawing ask of straight pieces: whether they meet a rectangle, and whether they cross."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from editor.geometry import Point, Rect
from editor.layout.drawn import box, cross, meets

places = st.builds(Point, st.integers(-20, 20), st.integers(-20, 20))
level = st.tuples(places, st.integers(-20, 20)).map(lambda it: (it[0], Point(it[1], it[0].y)))
upright = st.tuples(places, st.integers(-20, 20)).map(lambda it: (it[0], Point(it[0].x, it[1])))
straight = st.one_of(level, upright)


def _points(stretch: tuple[Point, Point]) -> set[Point]:
    """All whole places on a straight piece."""
    (x0, y0), (x1, y1) = stretch
    xs, ys = sorted((x0, x1)), sorted((y0, y1))
    return {Point(x, y) for x in range(int(xs[0]), int(xs[1]) + 1) for y in range(int(ys[0]), int(ys[1]) + 1)}


@given(st.builds(Rect.between, places, places), straight)
def test_a_piece_meets_a_rectangle_where_it_has_a_place_in_it(rect: Rect, stretch: tuple[Point, Point]):
    assert meets(rect, stretch) is any(rect.contains(each) for each in _points(stretch))


@given(straight, straight)
def test_two_pieces_cross_where_a_place_inside_of_both_is_theirs(
    one: tuple[Point, Point], other: tuple[Point, Point]
):
    shared = _points(one) & _points(other)
    are_across = (one[0].y == one[1].y) is not (other[0].y == other[1].y)
    inner = shared - {*one, *other}
    assert cross(box(one), box(other)) is bool(are_across and inner)
    assert cross(box(other), box(one)) is cross(box(one), box(other))

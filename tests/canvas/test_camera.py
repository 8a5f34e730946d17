"""The camera: places there and back, what stays where it is, what is seen whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.canvas.camera import LEAST_ZOOM, MARGIN, MOST_ZOOM, Camera
from editor.geometry import Point, Rect

ZOOMS = st.floats(LEAST_ZOOM, MOST_ZOOM)
WHERE = st.floats(-50_000, 50_000)
CAMERAS = st.builds(Camera, ZOOMS, st.integers(-50_000, 50_000), st.integers(-50_000, 50_000))
SIZES = st.tuples(st.integers(200, 4_000), st.integers(200, 4_000))


@given(CAMERAS, WHERE, WHERE)
def test_a_place_comes_back_from_the_viewport(camera: Camera, x: float, y: float) -> None:
    assert camera.to_chart(*camera.to_view(Point(x, y))) == pytest.approx((x, y), abs=1e-4)


@given(CAMERAS, st.floats(1e-3, 1e3), st.integers(0, 4_000), st.integers(0, 4_000))
def test_zooming_keeps_what_is_under_the_pointer(camera: Camera, zoom: float, x: int, y: int) -> None:
    at = camera.to_chart(x, y)
    made = camera.zoomed(zoom, x, y)
    assert LEAST_ZOOM <= made.zoom <= MOST_ZOOM
    assert made.to_view(at) == pytest.approx((x, y), abs=0.51)
    assert (made.x, made.y) == (round(made.x), round(made.y))


@given(CAMERAS, WHERE, WHERE, st.floats(0, 20_000), st.floats(0, 20_000), SIZES, st.floats(0.5, 2))
def test_what_is_to_be_seen_is_seen_whole_with_a_margin_in_the_middle(
    camera: Camera, x: float, y: float, width: float, height: float, size: tuple[int, int], closest: float
) -> None:
    rect = Rect(x, y, width, height)
    made = camera.showing(rect, *size, closest)
    seen = made.rect_to_view(rect)
    assert made.zoom <= closest
    assert seen.center == pytest.approx((size[0] / 2, size[1] / 2), abs=0.51)
    if made.zoom > LEAST_ZOOM:
        assert Rect(0, 0, *size).grown(-MARGIN + 0.51).encloses(seen)


@given(CAMERAS, st.floats(-500, 500), st.floats(-500, 500))
def test_panning_goes_by_whole_pixels_and_zooms_nothing(camera: Camera, dx: float, dy: float) -> None:
    made = camera.panned(dx, dy)
    assert (made.x - camera.x, made.y - camera.y) == (round(dx), round(dy))
    assert made.zoom == camera.zoom


@given(CAMERAS, WHERE, WHERE, st.floats(1, 400), st.floats(1, 400), SIZES)
def test_what_is_in_sight_in_part_comes_in_by_the_shortest_way(
    camera: Camera, x: float, y: float, width: float, height: float, size: tuple[int, int]
) -> None:
    rect, room = Rect(x, y, width, height), Rect(0, 0, *size)
    seen, made = camera.rect_to_view(rect), camera.revealing(Rect(x, y, width, height), *size)
    now = made.rect_to_view(rect)
    if room.encloses(seen):
        assert made == camera
    elif room.intersects(seen):
        assert made.zoom == camera.zoom
        for before, after, length in ((seen.x, now.x, size[0]), (seen.y, now.y, size[1])):
            assert abs(after - before) <= length
        if seen.width <= size[0]:
            assert now.x >= -0.51
            assert now.right <= size[0] + 0.51
        else:
            assert made.x == camera.x
    else:
        assert room.intersects(now)


def test_what_is_larger_than_the_viewport_and_in_sight_is_left_where_it_is() -> None:
    camera = Camera(1.0, 0, 0)
    assert camera.revealing(Rect(-100, -100, 2000, 2000), 800, 600) == camera


def test_what_is_larger_and_out_of_sight_is_shown_whole() -> None:
    found = Camera(1.0, 0, 0).revealing(Rect(5000, 0, 2000, 1000), 800, 600)
    assert found.zoom < 1.0
    assert Rect(0, 0, 800, 600).encloses(found.rect_to_view(Rect(5000, 0, 2000, 1000)))

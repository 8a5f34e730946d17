"""The base image: exact at rest; in motion it may stretch the last picture, and is right again once it settles."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QImage

from editor.canvas.base_image import BaseImage
from editor.canvas.measure import FontMeasure
from editor.canvas.painter import ChartPainter
from editor.canvas.picture import Picture
from editor.canvas.theme import load_theme
from editor.document import edits
from editor.geometry import Rect
from editor.model.changes import apply_to_diagram
from tests.canvas.samples import shop

SIZE = QSize(300, 200)


ROUNDING = 2
"""Levels by which Qt rounds the edge of a shape otherwise where the area that is painted begins elsewhere."""
UNUSED = 3
"""The byte of four that an image without transparency does not use."""


def base(cost: float) -> BaseImage:
    """One that has painted at 100 %, and is told how long that took, in seconds."""
    made = BaseImage(ChartPainter(Picture(*shop(), FontMeasure()), load_theme("light")))
    made.image(SIZE, 1.0, QPointF(0, 0))
    made._cost = cost
    return made


def exact(zoom: float, offset: QPointF) -> QImage:
    fresh = BaseImage(ChartPainter(Picture(*shop(), FontMeasure()), load_theme("light")))
    return fresh.image(SIZE, zoom, offset).copy()


def apart(one: QImage, other: QImage) -> int:
    """The most that a colour of a pixel differs by, of 255 levels."""
    pairs = zip(bytes(one.constBits()), bytes(other.constBits()), strict=True)
    return max((abs(a - b) for place, (a, b) in enumerate(pairs) if place % 4 != UNUSED), default=0)


def test_a_cheap_picture_is_painted_exactly_even_in_motion(qapp: object) -> None:
    found = base(0.001).image(SIZE, 1.2, QPointF(-10, 4), in_motion=True)
    assert found == exact(1.2, QPointF(-10, 4))


def test_a_dear_picture_is_stretched_in_motion_and_exact_when_it_settles(qapp: object) -> None:
    made = base(0.1)
    rough = made.image(SIZE, 1.2, QPointF(-10, 4), in_motion=True)
    assert made.is_rough
    assert rough != exact(1.2, QPointF(-10, 4))
    made.settle()
    assert made.image(SIZE, 1.2, QPointF(-10, 4)) == exact(1.2, QPointF(-10, 4))
    assert not made.is_rough


@pytest.mark.parametrize("gone", ["left", "both", "work"])
def test_of_states_that_go_right_after_a_shift_no_name_is_left(gone: str, qapp: object) -> None:
    chart, diagram = shop()
    picture = Picture(chart, diagram, FontMeasure())
    made = BaseImage(ChartPainter(picture, load_theme("light")))
    made.image(SIZE, 0.4, QPointF(0, 0))
    made.image(SIZE, 0.4, QPointF(3, 2))
    changes = edits.delete(chart, diagram, [gone]).changes
    chart.apply(changes)
    apply_to_diagram(diagram, changes)
    made.spoil(Rect(0, 0, 2_000, 2_000))
    for area in picture.show(changes):
        made.spoil(area)
    made.image(SIZE, 0.4, QPointF(3, 2))
    made.settle()
    anew = BaseImage(ChartPainter(Picture(chart, diagram, FontMeasure()), load_theme("light")))
    assert made.image(SIZE, 0.4, QPointF(3, 2)) == anew.image(SIZE, 0.4, QPointF(3, 2))


def test_it_is_not_stretched_so_far_that_little_is_left(qapp: object) -> None:
    for zoom in (2.5, 0.4):
        made = base(0.1)
        assert made.image(SIZE, zoom, QPointF(0, 0), in_motion=True) == exact(zoom, QPointF(0, 0))
        assert not made.is_rough


def test_what_was_shifted_settles_too(qapp: object) -> None:
    made = base(0.0)
    made.image(SIZE, 1.0, QPointF(-7, 3))
    assert made.is_rough
    made.settle()
    assert made.image(SIZE, 1.0, QPointF(-7, 3)) == exact(1.0, QPointF(-7, 3))


@given(
    st.floats(0.3, 3.0),
    st.floats(-80, 80),
    st.floats(-80, 80),
    st.lists(
        st.tuples(st.integers(-20, 300), st.integers(-20, 200), st.integers(1, 200), st.integers(1, 200))
    ),
)
@settings(max_examples=60, deadline=None)
def test_what_is_painted_piece_by_piece_is_what_is_painted_at_once(
    zoom: float, x: float, y: float, areas: list[tuple[int, int, int, int]]
) -> None:
    offset = QPointF(x, y)
    made = BaseImage(ChartPainter(Picture(*shop(), FontMeasure()), load_theme("light")))
    made.image(SIZE, zoom, offset)
    for area in areas:
        made.spoil(Rect(*map(float, area)))
        made.image(SIZE, zoom, offset)
    assert apart(made.image(SIZE, zoom, offset), exact(zoom, offset)) <= ROUNDING

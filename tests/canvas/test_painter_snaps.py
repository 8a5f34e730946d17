"""Equal gaps are shown between the states, with a number that is as large at every zoom."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from editor.canvas import painter_snaps
from editor.canvas.inks import live_inks
from editor.canvas.theme import load_theme
from editor.geometry import Point

SIZE = QRect(0, 0, 600, 400)


def painted(zoom: float, gap: tuple[Point, Point], theme: str = "light") -> QRect:
    """The part of a picture that a gap takes."""
    image = QImage(SIZE.size(), QImage.Format.Format_RGB32)
    ground = load_theme(theme).ground
    image.fill(QColor(ground))
    with QPainter(image) as painter:
        painter.scale(zoom, zoom)
        painter_snaps.paint(painter, live_inks(load_theme(theme)), (), (gap,))
    blank = QColor(ground).rgb()
    places = [(x, y) for x in range(600) for y in range(400) if image.pixel(x, y) != blank]
    xs, ys = [x for x, _ in places], [y for _, y in places]
    return QRect(min(xs), min(ys), max(xs) - min(xs) + 1, max(ys) - min(ys) + 1)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_gap_reaches_from_one_side_to_the_other(theme: str):
    found = painted(1.0, (Point(100, 100), Point(160, 100)), theme)
    assert found.left() == pytest.approx(100, abs=1)
    assert found.right() == pytest.approx(160, abs=1)


def test_an_upright_gap_reaches_from_top_to_bottom():
    found = painted(1.0, (Point(100, 100), Point(100, 180)))
    assert found.top() == pytest.approx(100, abs=1)
    assert found.bottom() == pytest.approx(180, abs=1)


def test_its_number_is_as_large_at_every_zoom():
    heights = {painted(zoom, (Point(60, 60), Point(120, 60))).height() for zoom in (0.5, 1.0, 2.0)}
    assert max(heights) - min(heights) <= 1

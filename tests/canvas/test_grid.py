"""The dots of the grid are those that what is placed by hand keeps to; without a grid there are none."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from editor.canvas.measure import FontMeasure
from editor.canvas.painter import ChartPainter
from editor.canvas.picture import Picture
from editor.canvas.theme import load_theme
from editor.canvas.view import ChartView
from editor.document.settings import Settings
from editor.session import Session
from tests import charts
from tests.canvas.samples import shop

FREE = QRect(4000, 4000, 64, 64)
"""A place of the chart where nothing is drawn."""


def dots(painter: ChartPainter) -> set[tuple[int, int]]:
    """Where a free place of the chart is not of the ground's colour at 100 %."""
    image = QImage(FREE.size(), QImage.Format.Format_RGB32)
    with QPainter(image) as device:
        painter.base(device, 1.0, -FREE.x(), -FREE.y(), image.rect())
    ground = QColor(painter.theme.ground).rgb()
    return {(x, y) for x in range(64) for y in range(64) if image.pixel(x, y) != ground}


@pytest.mark.parametrize(("grid", "count"), [(0, 0), (8, 64), (16, 16)])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_dot_is_at_every_crossing(grid: float, count: int, theme: str):
    painter = ChartPainter(Picture(*shop(), FontMeasure()), load_theme(theme))
    painter.grid = grid
    found = dots(painter)
    assert len(found) == count
    assert {value % max(grid, 1) for place in found for value in place} <= {0}


def test_another_grid_is_shown_at_once(qtbot: QtBot):
    session = Session(charts.document("initial: a\nstates: {a: {}}\n"), Settings(spacing=16))
    view = ChartView(session)
    qtbot.addWidget(view)
    assert len(dots(view.painter)) == 16
    for grid, count in ((8, 64), (0, 0), (16, 16)):
        session.set_settings(replace(session.settings, spacing=grid))
        assert len(dots(view.painter)) == count
        assert view.surface.grid == grid
    session.replace_document(charts.document("initial: b\nstates: {b: {}}\n"))
    assert len(dots(view.painter)) == 16
    session.set_settings(replace(session.settings, grid=False))
    assert not dots(view.painter)

"""Who gets to the canvas by keys sees that keys go there; a hand on the mouse needs no such frame."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from editor.canvas.theme import color, load_theme
from editor.canvas.view import ChartView
from editor.session import Session
from tests import charts
from tests.canvas.shown import shown


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[ChartView]:
    with shown(Session(charts.document("initial: a\nstates: {a: {}}\n")), qtbot) as made:
        made.clearFocus()
        yield made


def edge(view: ChartView) -> list[str]:
    """The colours in the middles of the four sides."""
    image, ratio = view.viewport().grab().toImage(), view.viewport().devicePixelRatio()
    right, bottom = view.viewport().width() - 1, view.viewport().height() - 1
    places = [(0, bottom // 2), (right, bottom // 2), (right // 2, 0), (right // 2, bottom)]
    return [image.pixelColor(round(x * ratio), round(y * ratio)).name() for x, y in places]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_keys_bring_a_frame_and_the_mouse_takes_it_away(view: ChartView, theme: str) -> None:
    view.set_theme(load_theme(theme))
    before, accent = edge(view), color(load_theme(theme).accent).name()
    assert accent not in before
    view.setFocus(Qt.FocusReason.TabFocusReason)
    assert edge(view) == [accent] * 4
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert edge(view) == before
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))


def test_the_frame_goes_with_the_keyboard(view: ChartView) -> None:
    before = edge(view)
    view.setFocus(Qt.FocusReason.TabFocusReason)
    view.clearFocus()
    assert edge(view) == before
    view.setFocus(Qt.FocusReason.MouseFocusReason)
    assert edge(view) == before

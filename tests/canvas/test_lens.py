"""A lens under the pointer while Z is held."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QImage, QKeyEvent, QMouseEvent
from pytestqt.qtbot import QtBot

from editor.canvas.lens import RADIUS
from editor.canvas.view import ChartView
from editor.session import Session
from tests import charts

MACHINE = "initial: a\nstates:\n  a: {on: {GO: b}}\n  b: {}\n"
NONE = Qt.KeyboardModifier.NoModifier
AT = QPointF(400, 300)


@pytest.fixture
def view(qtbot: QtBot) -> ChartView:
    made = ChartView(Session(charts.document(MACHINE)))
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.grab()
    made.set_zoom(0.2)
    b = next(id for id, state in made.picture.chart.states.items() if state.key == "b")
    rect = made.picture.rect(b)
    assert rect is not None
    middle = made.to_view(rect.center)
    made.pan(AT.x() - middle.x(), AT.y() - middle.y())
    move(made, AT)
    return made


def move(view: ChartView, at: QPointF) -> None:
    button = Qt.MouseButton.NoButton
    view.mouseMoveEvent(QMouseEvent(QEvent.Type.MouseMove, at, at, button, button, NONE))


def key(view: ChartView, *, is_down: bool, is_repeat: bool = False) -> None:
    kind = QEvent.Type.KeyPress if is_down else QEvent.Type.KeyRelease
    event = QKeyEvent(kind, Qt.Key.Key_Z, NONE, "z", is_repeat)
    (view.keyPressEvent if is_down else view.keyReleaseEvent)(event)


def image(view: ChartView) -> QImage:
    return view.grab().toImage()


def test_it_is_there_while_the_key_is_held_and_moves_nothing(view: ChartView) -> None:
    before, camera = image(view), view.camera
    key(view, is_down=True)
    held = image(view)
    assert held != before
    corner = before.rect().adjusted(0, 0, -before.width() // 2 - RADIUS - 2, 0)
    assert held.copy(corner) == before.copy(corner)
    key(view, is_down=False, is_repeat=True)
    assert view.lens.is_held
    key(view, is_down=False)
    assert image(view) == before
    assert view.camera == camera


@pytest.mark.parametrize("zoom", [0.02, 0.2, 1.0, 8.0])
def test_what_is_pointed_to_is_in_its_middle_and_larger(view: ChartView, zoom: float) -> None:
    view.set_zoom(zoom, AT)
    place, camera = view.to_chart(AT), view.lens.camera(AT)
    assert camera.to_view(place) == pytest.approx((AT.x(), AT.y()), abs=0.51)
    assert camera.zoom == (min(max(2.5 * zoom, 1.0), 8.0))


def test_texts_are_there_that_are_too_small_otherwise(view: ChartView) -> None:
    far = {image(view).pixelColor(x, 300).name() for x in range(390, 411)}
    key(view, is_down=True)
    near = {image(view).pixelColor(x, y).name() for x in range(390, 411) for y in range(290, 311)}
    assert len(near) > len(far)


def test_keys_that_go_elsewhere_put_it_away(view: ChartView) -> None:
    key(view, is_down=True)
    view.focusOutEvent(QFocusEvent(QEvent.Type.FocusOut))
    assert not view.lens.is_held

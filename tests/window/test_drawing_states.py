"""States drawn by a drag in a real window: named at once, one step to undo, and there again when the file is opened."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.document import files
from editor.window.main_window import MainWindow
from tests.commands.desk import id_of

pytestmark = pytest.mark.usefixtures("still")
LEFT = Qt.MouseButton.LeftButton


def draw(window: MainWindow, start: QPoint, end: QPoint) -> None:
    port = window.view.viewport()
    QTest.mousePress(port, LEFT, pos=start)
    QTest.mouseMove(port, (start + end) / 2)
    QTest.mouseMove(port, end)
    QTest.mouseRelease(port, LEFT, pos=end)


@pytest.mark.parametrize("key", [Qt.Key.Key_S, Qt.Key.Key_P])
def test_a_key_and_a_drag_draw_a_state_that_is_named_saved_and_undone(
    window: MainWindow, door: Path, qtbot: QtBot, key: Qt.Key
) -> None:
    view, session = window.view, window.session
    view.setFocus()
    before = set(session.document.chart.states)
    qtbot.keyClick(view, key)
    height = view.viewport().height()
    draw(window, QPoint(60, height - 150), QPoint(360, height - 30))
    [id] = set(session.document.chart.states) - before
    box = session.document.diagram.boxes[id]
    assert abs(box.width - 300 / view.zoom) <= 16
    assert abs(box.height - 120 / view.zoom) <= 16
    field = QApplication.focusWidget()
    assert field is not None
    qtbot.keyClicks(field, "drawn")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert id_of(session, "drawn") == id
    assert session.tool_id == "select"
    qtbot.keyClick(view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: session.status == "Saved door.yaml")
    again = files.open_document(door)
    [there] = [each.id for each in again.chart.states.values() if each.key == "drawn"]
    assert again.diagram.boxes[there].rect == session.document.diagram.boxes[id].rect
    for _ in range(2):
        window.actions_.refresh()
        qtbot.keyClick(view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert set(session.document.chart.states) == before

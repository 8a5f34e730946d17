"""A double click on something that one click opens does not reach what is shown then."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from editor.window.app import Program

LEFT = Qt.MouseButton.LeftButton


def test_a_double_click_on_an_example_makes_no_state_in_it(program: Program, qtbot: QtBot) -> None:
    window = program.open(None)
    assert window.start is not None
    card = window.start.findChildren(QPushButton, "card")[0]
    qtbot.mouseClick(card, LEFT)
    count = len(window.session.document.chart.states)
    assert count > 1
    port = window.view.viewport()
    qtbot.mouseDClick(port, LEFT, pos=QPoint(5, 5))
    assert len(window.session.document.chart.states) == count
    assert window.view.labelling.editor is None
    qtbot.mouseRelease(port, LEFT)
    qtbot.mouseClick(port, LEFT, pos=QPoint(5, 5))
    qtbot.mouseDClick(port, LEFT, pos=QPoint(5, 5))
    assert len(window.session.document.chart.states) == count + 1

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.window.report import ReportPage


def test_what_was_typed_is_copied_along(qtbot: QtBot) -> None:
    page = ReportPage("What I did:\n\nVersion 1 <b>of</b> it")
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.text.hasFocus)
    qtbot.keyClicks(page.text, "I drew")
    qtbot.mouseClick(page.copying, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == "What I did:\nI drew\nVersion 1 <b>of</b> it"
    assert "Copied" in page.note.text()


def test_tab_leaves_the_text_and_return_in_it_does_not_close(qtbot: QtBot) -> None:
    page = ReportPage("one")
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.text.hasFocus)
    qtbot.keyClick(page.text, Qt.Key.Key_Return)
    assert page.isVisible()
    qtbot.keyClick(page.text, Qt.Key.Key_Tab)
    assert not page.text.hasFocus()

"""A comparison in the window: its list comes and goes with it, and it follows what is edited."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from editor.document import edits
from editor.window.main_window import MainWindow
from tests.commands.desk import id_of


def test_it_follows_edits_until_escape(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    dock = window.docks["comparison"]
    window.actions_.invoke(window.actions_.commands["compare.saved"])
    assert dock.isVisible()
    assert session.comparison.value is not None
    assert session.comparison.value.told == ()
    document = session.document
    document.apply(edits.rename(document.chart, id_of(session, "closed"), "shut"))
    qtbot.waitUntil(lambda: session.comparison.value is not None and len(session.comparison.value.told) == 1)
    document.undo()
    qtbot.waitUntil(lambda: session.comparison.value is not None and session.comparison.value.told == ())
    window.view.setFocus()
    qtbot.keyClick(window.view, Qt.Key.Key_Escape)
    assert session.comparison.value is None
    assert not dock.isVisible()
    assert not document.is_modified

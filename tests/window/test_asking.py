from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.commands.registry import Review
from editor.window.asking import AskText
from editor.window.main_window import MainWindow


def review(text: str) -> Review:
    if not text:
        return Review(problem="It needs a name.")
    return Review(changes=[text] * len(text), remarks=["To be known."] if text == "abc" else [])


def test_what_a_text_would_change_is_seen_while_it_is_typed(qtbot: QtBot) -> None:
    dialog = AskText(None, "Rename", "ab", review, "Rename")
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.field.selectedText() == "ab"
    assert dialog.message.text() == "2 places"
    qtbot.keyClick(dialog.field, Qt.Key.Key_Delete)
    assert dialog.message.text() == "It needs a name."
    assert not dialog.list.isVisible()
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    qtbot.keyClicks(dialog.field, "abc")
    assert dialog.message.text() == "3 places\nTo be known."
    assert [dialog.list.item(row).text() for row in range(dialog.list.count())] == ["abc"] * 3
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.result() == AskText.DialogCode.Accepted


def test_one_place_needs_no_list(qtbot: QtBot) -> None:
    dialog = AskText(None, "Rename", "a", review, "Rename")
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.list.isVisible()
    qtbot.keyClick(dialog.field, Qt.Key.Key_Escape)
    assert dialog.result() == AskText.DialogCode.Rejected


def test_the_desktop_gives_back_what_was_typed_or_nothing(window: MainWindow, qtbot: QtBot) -> None:
    desktop = window.desktop
    for key, wanted in ((Qt.Key.Key_Return, "abc"), (Qt.Key.Key_Escape, None)):

        def answer(pressed: Qt.Key = key) -> None:
            dialog = QApplication.activeModalWidget()
            assert isinstance(dialog, AskText)
            qtbot.keyClicks(dialog.field, "abc")
            qtbot.keyClick(dialog.field, pressed)

        QTimer.singleShot(0, answer)
        assert desktop.ask_text("Rename", "ab", review, "Rename") == wanted

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.commands.registry import Review
from editor.completion.offer_list import OfferList
from editor.model.slots import Grammar
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


def test_where_there_is_a_grammar_what_can_be_typed_is_offered(window: MainWindow, qtbot: QtBot) -> None:
    seen: list[object] = []

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, AskText)
        offers = OfferList.of(dialog)
        QTimer.singleShot(4000, dialog, dialog.reject)
        qtbot.waitUntil(dialog.field.hasFocus)
        qtbot.keyClicks(dialog.field, "OP")
        seen.extend((offers.isVisible(), dialog.rect().contains(offers.geometry())))
        seen.extend(each.title for each in offers.offer_model.offers)
        qtbot.keyClick(dialog.field, Qt.Key.Key_Escape)  # closes the list alone
        seen.extend((offers.isVisible(), dialog.isVisible()))
        qtbot.keyClick(dialog.field, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
        seen.append(dialog.field.text())
        dialog.reject()

    QTimer.singleShot(0, answer)
    window.desktop.ask_text("Change event", "", review, "Change", Grammar.LABEL)
    assert seen == [True, True, "OPEN", False, True, "OPEN"]

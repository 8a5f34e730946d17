"""The list below a field: keys that walk, take and close, as a person presses them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from editor.commands.completing import Completer
from editor.completion.completion import Completion
from editor.completion.offer_list import OfferList
from editor.model.slots import Grammar
from editor.session import Session
from tests.charts import document

SHOP = """
initial: cart
context: {count: 0, coupon: none}
states:
  cart: {entry: showCart, on: {CHECKOUT: paid, CHECK: cart, CANCEL: cart}}
  paid: {entry: [showReceipt], after: {TIMEOUT: cart}}
"""
Key = Qt.Key


class Desk:
    """A window with two fields, and hands on its keyboard."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.window = QWidget()
        self.line, self.text = QLineEdit(), QPlainTextEdit()
        column = QVBoxLayout(self.window)
        column.addWidget(self.line)
        column.addWidget(self.text)
        column.addStretch(1)
        completer = Completer(Session(document(SHOP)))
        self.of_line = Completion(self.line, completer, Grammar.LABEL, "")
        self.of_text = Completion(self.text, completer, Grammar.ACTIONS, "")
        self.entered: list[str] = []
        self.line.returnPressed.connect(lambda: self.entered.append(self.line.text()))
        qtbot.addWidget(self.window)
        self.window.resize(500, 500)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.line.setFocus()

    @property
    def list(self) -> OfferList:
        return OfferList.of(self.window)

    @property
    def shown(self) -> list[str]:
        return [each.title for each in self.list.offer_model.offers] if self.list.isVisible() else []

    def type(self, text: str, field: QWidget | None = None) -> None:
        self.qtbot.keyClicks(field or self.line, text)

    def press(self, key: Qt.Key, field: QWidget | None = None, **held: Qt.KeyboardModifier) -> None:
        self.qtbot.keyClick(field or self.line, key, held.get("held", Qt.KeyboardModifier.NoModifier))


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    yield made
    made.window.hide()


def test_offers_come_as_one_types_and_go_where_there_are_none(desk: Desk) -> None:
    assert desk.shown == []
    desk.type("CH")
    assert desk.shown == ["CHECK", "CHECKOUT"]
    assert desk.list.geometry().top() > desk.line.geometry().bottom()
    desk.type("X")
    assert desk.shown == []


def test_tab_takes_the_first_and_then_walks_on(desk: Desk) -> None:
    desk.type("CAN")
    desk.press(Key.Key_Tab)
    assert (desk.line.text(), desk.shown) == ("CANCEL", [])
    assert desk.line.hasFocus()
    desk.press(Key.Key_Tab)
    assert desk.text.hasFocus()


def test_return_keeps_a_new_name_that_another_begins_with(desk: Desk) -> None:
    desk.type("CHECKO")
    desk.press(Key.Key_Return)
    assert desk.entered == ["CHECKO"]
    assert desk.shown == []


def test_return_takes_what_was_chosen_by_arrows(desk: Desk) -> None:
    desk.type("CH")
    desk.press(Key.Key_Down)
    desk.press(Key.Key_Down)
    desk.press(Key.Key_Return)
    assert (desk.line.text(), desk.entered) == ("CHECKOUT", [])
    desk.press(Key.Key_Return)
    assert desk.entered == ["CHECKOUT"]


def test_return_takes_the_first_where_a_new_name_makes_no_sense(desk: Desk) -> None:
    desk.type("GO [count > co")
    assert desk.list.row == 0
    desk.press(Key.Key_Return)
    assert desk.line.text() == "GO [count > count"


def test_arrows_go_round(desk: Desk) -> None:
    desk.type("CH")
    desk.press(Key.Key_Up)
    assert desk.list.row == 1
    desk.press(Key.Key_Down)
    assert desk.list.row == 0


def test_escape_closes_the_list_and_leaves_the_text(desk: Desk) -> None:
    desk.type("CHE")
    desk.press(Key.Key_Escape)
    assert (desk.line.text(), desk.shown) == ("CHE", [])
    desk.type("C")
    assert desk.shown == []
    desk.type(" [")
    assert "count" in desk.shown


def test_ctrl_space_opens_the_list_with_its_first_row_chosen(desk: Desk) -> None:
    desk.press(Key.Key_Space, held=Qt.KeyboardModifier.ControlModifier)
    assert "CHECKOUT" in desk.shown
    assert desk.list.row == 0
    assert desk.line.text() == ""


def test_the_arrow_down_opens_the_list_of_a_line(desk: Desk) -> None:
    desk.press(Key.Key_Down)
    assert desk.list.row == 0
    desk.press(Key.Key_Down)
    assert desk.list.row == 1
    desk.text.setFocus()
    desk.press(Key.Key_Down, desk.text)
    assert desk.shown == []


def test_a_word_that_more_follows_opens_the_next_list(desk: Desk) -> None:
    desk.type("aft")
    desk.press(Key.Key_Tab)
    assert desk.line.text() == "after "
    assert desk.shown == ["TIMEOUT"]


def test_tab_takes_nothing_where_nothing_was_typed(desk: Desk) -> None:
    desk.type("after ")
    assert desk.shown == ["TIMEOUT"]
    desk.press(Key.Key_Tab)
    assert desk.line.text() == "after "
    assert desk.text.hasFocus()


def test_a_click_takes_a_row_and_the_field_keeps_the_focus(desk: Desk) -> None:
    desk.type("CH")
    place = desk.list.visualRect(desk.list.offer_model.index(1, 0)).center()
    desk.qtbot.mouseClick(desk.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.line.text() == "CHECKOUT"
    assert desk.line.hasFocus()


def test_only_the_word_at_the_cursor_is_replaced(desk: Desk) -> None:
    desk.line.setText("GO [x] / showCart")
    desk.line.setCursorPosition(5)
    desk.press(Key.Key_Backspace)
    desk.type("coup")
    desk.press(Key.Key_Tab)
    assert desk.line.text() == "GO [coupon] / showCart"
    desk.line.undo()
    assert desk.line.text() == "GO [coup] / showCart"


@pytest.mark.parametrize("leave", [
    lambda desk: desk.text.setFocus(), lambda desk: desk.press(Key.Key_Left), lambda desk: desk.line.setText("CHE"),
])  # fmt: skip
def test_the_list_goes_when_one_does_something_else(desk: Desk, leave: Callable[[Desk], None]) -> None:
    desk.type("CH")
    assert desk.shown
    leave(desk)
    assert desk.shown == []


def test_texts_set_by_the_program_offer_nothing(desk: Desk) -> None:
    desk.type("X")
    desk.press(Key.Key_Return)
    desk.line.setText("CHE")
    assert desk.shown == []


def test_several_lines_are_completed_where_the_cursor_is(desk: Desk) -> None:
    desk.text.setFocus()
    desk.type("showC", desk.text)
    desk.press(Key.Key_Tab, desk.text)
    desk.press(Key.Key_Return, desk.text)
    desk.type("showR", desk.text)
    assert desk.shown[0] == "showReceipt"
    line = desk.text.mapTo(desk.window, desk.text.cursorRect().bottomLeft()).y()
    assert desk.list.geometry().top() >= line
    desk.press(Key.Key_Tab, desk.text)
    assert desk.text.toPlainText() == "showCart\nshowReceipt"


def test_at_the_bottom_of_the_window_the_list_stands_above(desk: Desk) -> None:
    layout = desk.window.layout()
    assert isinstance(layout, QVBoxLayout)
    layout.setDirection(QVBoxLayout.Direction.BottomToTop)
    desk.qtbot.waitUntil(lambda: desk.line.y() > 300)
    desk.type("CH")
    assert desk.shown
    assert desk.list.geometry().bottom() < desk.line.geometry().top()
    assert desk.window.rect().contains(desk.list.geometry())

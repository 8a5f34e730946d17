"""F6 goes about the window: every part that is seen has its turn, and one comes back to where one was in it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from editor.requests import GoToPart
from editor.window.main_window import MainWindow

SHIFT = Qt.KeyboardModifier.ShiftModifier


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def part_of(window: MainWindow, widget: QWidget) -> str:
    parts: dict[str, QWidget] = {
        **window.docks,
        "toolbar": window.toolbar,
        "status": window.status,
        "canvas": window.view,
    }
    return next(name for name, part in parts.items() if part is widget or part.isAncestorOf(widget))


def rounds(
    window: MainWindow, count: int, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> list[str]:
    found = []
    for _ in range(count):
        QTest.keyClick(focus(), Qt.Key.Key_F6, held)
        found.append(part_of(window, focus()))
    return found


@pytest.fixture
def ready(window: MainWindow) -> MainWindow:
    window.session.set_problems(())
    window.show_canvas()
    return window


def test_all_parts_have_their_turn(ready: MainWindow) -> None:
    assert rounds(ready, 5) == ["outline", "inspector", "toolbar", "canvas", "outline"]
    assert rounds(ready, 5, SHIFT) == ["canvas", "toolbar", "inspector", "outline", "canvas"]


def test_what_is_not_seen_is_passed_over(ready: MainWindow) -> None:
    ready.docks["outline"].hide()
    ready.docks["history"].fill()
    ready.docks["history"].show()
    ready.docks["history"].raise_()
    QApplication.processEvents()
    assert rounds(ready, 3) == ["history", "toolbar", "canvas"]


def test_one_comes_back_to_where_one_was(ready: MainWindow) -> None:
    rounds(ready, 1)
    QTest.keyClick(focus(), Qt.Key.Key_Tab)
    there = focus()
    assert part_of(ready, there) == "outline"
    rounds(ready, 3)
    assert focus() is ready.view
    rounds(ready, 1)
    assert focus() is there


def test_a_field_that_is_left_keeps_what_was_typed(ready: MainWindow) -> None:
    rounds(ready, 2)
    QTest.keyClick(focus(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(focus(), "gate")
    rounds(ready, 1)
    assert ready.session.document.chart.root.key == "gate"


def test_the_toolbar_is_gone_through_by_keys_and_a_click_leaves_the_keyboard_to_the_canvas(
    ready: MainWindow,
) -> None:
    rounds(ready, 3)
    first = focus()
    QTest.keyClick(first, Qt.Key.Key_Right)
    assert focus() is not first
    assert part_of(ready, focus()) == "toolbar"
    ready.view.setFocus()
    button = ready.toolbar.widgetForAction(ready.actions_.tools["state"])
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert focus() is ready.view


def test_the_start_page_is_a_part_as_well(ready: MainWindow) -> None:
    ready.show_start_page()
    ready.session.ask(GoToPart())
    assert ready.start is not None
    assert ready.start.isAncestorOf(focus())

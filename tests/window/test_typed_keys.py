"""Keys do what they write, whatever is held to write it; the key of a digit does what the digit does."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from editor.window.main_window import MainWindow
from editor.window.typed_keys import TypedKeys, digit_of, written

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def key(code: Qt.Key, text: str, scan: int, virtual: int = 0, held: Qt.KeyboardModifier = NONE) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, code, held, scan, virtual, 0, text)


@pytest.mark.parametrize(
    ("platform", "scan", "virtual", "digit"),
    [
        ("xcb", 10, 0x26, 1), ("xcb", 18, 0, 9), ("xcb", 19, 0, None), ("wayland", 11, 0, 2),
        ("wayland-egl", 11, 0, 2), ("windows", 2, 0, 1), ("windows", 10, 0, 9), ("windows", 11, 0, None),
        ("cocoa", 1, 18, 1), ("cocoa", 1, 23, 5), ("cocoa", 1, 22, 6), ("cocoa", 1, 29, None),
        ("offscreen", 10, 18, None),
    ],
)  # fmt: skip
def test_the_place_of_a_key_is_told_as_each_platform_tells_it(
    platform: str, scan: int, virtual: int, digit: int | None
) -> None:
    assert digit_of(key(Qt.Key.Key_Ampersand, "&", scan, virtual), platform) == digit


FRENCH = [
    (Qt.Key.Key_Ampersand, "&"), (Qt.Key.Key_Eacute, "é"), (Qt.Key.Key_QuoteDbl, '"'),
    (Qt.Key.Key_Apostrophe, "'"), (Qt.Key.Key_ParenLeft, "("), (Qt.Key.Key_Minus, "-"),
    (Qt.Key.Key_Egrave, "è"), (Qt.Key.Key_Underscore, "_"), (Qt.Key.Key_Ccedilla, "ç"),
]  # fmt: skip


def test_a_french_keyboard_invokes_digits_without_shift(qtbot: QtBot) -> None:
    widget, pressed = QWidget(), []
    qtbot.addWidget(widget)
    row = TypedKeys(widget, lambda key: key.isdigit() and pressed.append(key) is None, "xcb")
    for number, (code, text) in enumerate(FRENCH):
        assert row.eventFilter(widget, key(code, text, 10 + number))
    assert pressed == [*"123456789"]


def test_what_writes_a_digit_or_is_pressed_with_shift_is_left_to_shortcuts(qtbot: QtBot) -> None:
    widget, pressed = QWidget(), []
    qtbot.addWidget(widget)
    row = TypedKeys(widget, lambda key: key.isdigit() and pressed.append(key) is None, "xcb")
    assert not row.eventFilter(widget, key(Qt.Key.Key_1, "1", 10))
    assert not row.eventFilter(widget, key(Qt.Key.Key_1, "1", 10, held=SHIFT))
    assert not row.eventFilter(widget, key(Qt.Key.Key_A, "a", 38))
    assert pressed == []


def test_in_a_run_the_key_of_one_sends_the_first_event_and_otherwise_nothing(window: MainWindow) -> None:
    row = TypedKeys(window.view, window.actions_._press, "xcb")
    first = key(Qt.Key.Key_Ampersand, "&", 10)
    assert not row.eventFilter(window.view, first)
    window.actions_.by_id["simulate.toggle"].trigger()
    window.actions_.refresh()
    run = window.session.simulator
    assert run is not None
    steps = len(run.trace)
    assert row.eventFilter(window.view, first)
    assert len(run.trace) > steps


@pytest.mark.parametrize(
    ("text", "held", "wanted"),
    [
        ("?", SHIFT, "?"), ("/", SHIFT, "/"), ("+", CTRL | SHIFT, "Ctrl++"), ("-", CTRL, "Ctrl+-"), ("[", ALT, ""),
        ("S", SHIFT, ""), ("1", SHIFT, ""), ("\x1d", CTRL, ""), (" ", NONE, ""), ("", SHIFT, ""), ("é", NONE, ""),
    ],
)  # fmt: skip
def test_signs_are_told_without_the_shift_that_they_take(
    text: str, held: Qt.KeyboardModifier, wanted: str
) -> None:
    assert written(key(Qt.Key.Key_unknown, text, 0, held=held)) == wanted

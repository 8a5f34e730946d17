from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from editor.window.callout import STRIDE, Callout, stand

ROOM = QRect(0, 60, 800, 500)


@given(
    st.integers(-50, 850), st.integers(0, 620), st.integers(1, 300), st.integers(1, 200),
    st.integers(60, 400), st.integers(60, 300), st.integers(420, 1400), st.integers(320, 900),
)  # fmt: skip
def test_a_card_is_whole_in_its_room_and_never_covers_what_it_points_at(
    x: int, y: int, width: int, height: int, wide: int, high: int, room_width: int, room_height: int
) -> None:
    anchor, size, room = QRect(x, y, width, height), QSize(wide, high), QRect(0, 60, room_width, room_height)
    found = stand(anchor, size, room)
    card = QRect(found.corner, size)
    assert room.contains(card)
    if found.tip is not None:
        assert not card.intersects(anchor)
        assert card.adjusted(-1, -1, 1, 1).contains(found.tip)


@pytest.mark.parametrize(
    ("anchor", "corner", "tip"),
    [
        (QRect(380, 100, 40, 20), QPoint(299, 122), QPoint(399, 122)),  # below
        (QRect(100, 300, 80, 240), QPoint(182, 369), QPoint(182, 419)),  # at the right, without room below
        (QRect(560, 300, 200, 240), QPoint(358, 369), QPoint(558, 419)),  # at the left
        (QRect(0, 500, 800, 40), QPoint(299, 398), QPoint(399, 498)),  # above
        (None, QPoint(0, 460), None),
        (QRect(0, 60, 800, 500), QPoint(0, 460), None),
    ],
)
def test_it_stands_below_else_beside_else_above(
    anchor: QRect | None, corner: QPoint, tip: QPoint | None
) -> None:
    found = stand(anchor, QSize(200, 100), ROOM)
    assert (found.corner, found.tip) == (corner, tip)


@pytest.fixture
def card(qtbot: QtBot) -> Callout:
    parent = QWidget()
    parent.resize(800, 600)
    qtbot.addWidget(parent)
    made = Callout(parent)
    inside = QWidget()
    inside.setFixedSize(180, 80)
    column = QVBoxLayout(made)
    column.setContentsMargins(10, 10, 10, 10)
    column.addWidget(inside)
    made.paint_with("#FFFFFF", "#2F6FED", "#000000")
    made.place(QRect(380, 100, 40, 20), ROOM)
    parent.show()
    return made


def test_it_paints_a_beak_at_what_it_points_at(card: Callout) -> None:
    assert card.tip == QPoint(100, 0)
    with_beak = card.grab().toImage()
    card.place(None, ROOM)
    assert card.tip is None
    without = card.grab().toImage()
    assert with_beak.pixelColor(100, 5).name() == "#ffffff"
    assert without.pixelColor(100, 5) != with_beak.pixelColor(100, 5)


def test_it_is_dragged_and_stays_where_it_was_put(card: Callout, qtbot: QtBot) -> None:
    before = card.pos()
    qtbot.mousePress(card, Qt.MouseButton.LeftButton, pos=QPoint(50, 50))
    qtbot.mouseMove(card, QPoint(90, 80))
    qtbot.mouseRelease(card, Qt.MouseButton.LeftButton, pos=QPoint(90, 80))
    assert card.pos() == before + QPoint(40, 30)
    assert card.tip is None
    card.place(QRect(10, 300, 40, 20), ROOM)
    assert card.pos() == before + QPoint(40, 30)


def test_nothing_takes_it_out_of_the_window(card: Callout, qtbot: QtBot) -> None:
    qtbot.mousePress(card, Qt.MouseButton.LeftButton, pos=QPoint(50, 50))
    for _ in range(4):
        qtbot.mouseMove(card, QPoint(5000, 5000))
    qtbot.mouseRelease(card, Qt.MouseButton.LeftButton)
    assert card.parentWidget().rect().contains(card.geometry())
    card.place(None, QRect(0, 0, 300, 200))
    assert QRect(0, 0, 300, 200).contains(card.geometry())


def test_arrow_keys_move_it_and_escape_is_told(card: Callout, qtbot: QtBot) -> None:
    card.activateWindow()
    card.setFocus()
    qtbot.waitUntil(card.hasFocus)
    before = card.pos()
    qtbot.keyClick(card, Qt.Key.Key_Right)
    qtbot.keyClick(card, Qt.Key.Key_Down)
    assert card.pos() == before + QPoint(STRIDE, STRIDE)
    with qtbot.waitSignal(card.escaped):
        qtbot.keyClick(card, Qt.Key.Key_Escape)

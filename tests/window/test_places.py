"""A window comes back where it was."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from editor.window import places


def saved(qtbot: QtBot, rect: QRect) -> str:
    window = QWidget()
    qtbot.addWidget(window)
    window.setGeometry(rect)
    window.show()
    return bytes(window.saveGeometry().toBase64().data()).decode()


def reopened(qtbot: QtBot, geometry: str) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 200)
    places.restore(window, geometry)
    window.show()
    return window


@pytest.mark.parametrize("rect", [QRect(100, 2, 400, 300), QRect(2, 60, 400, 300), QRect(200, 100, 500, 400)])
def test_it_lies_where_it_lay_at_the_top_of_the_screen_too(qtbot: QtBot, rect: QRect) -> None:
    geometry = saved(qtbot, rect)
    for _ in range(3):
        window = reopened(qtbot, geometry)
        assert window.geometry() == rect
        geometry = bytes(window.saveGeometry().toBase64().data()).decode()


def test_what_is_no_longer_on_a_screen_comes_back_on_one(qtbot: QtBot) -> None:
    window = reopened(qtbot, saved(qtbot, QRect(90000, 90000, 400, 300)))
    screen = window.screen()
    assert screen is not None
    assert screen.availableGeometry().intersects(window.geometry())


def test_what_cannot_be_read_changes_nothing(qtbot: QtBot) -> None:
    for text in ("", "AAAA", "no base 64"):
        window = reopened(qtbot, text)
        assert (window.width(), window.height()) == (300, 200)

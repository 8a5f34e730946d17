from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from editor.components import Component
from editor.window.licences import NOTHING, LicencePage

PARTS = (
    Component(name="ours", version="1.0", licence="MIT", text="<b>You may</b>", home="https://one.example"),
    Component(name="theirs", version="2.0", licence="", text=""),
)


def test_each_component_is_listed_and_its_licence_shown_as_written(qtbot: QtBot) -> None:
    page = LicencePage(PARTS)
    qtbot.addWidget(page)
    assert [page.names.item(row).text() for row in range(page.names.count())] == ["ours 1.0", "theirs 2.0"]
    shown = page.text.toPlainText()
    assert shown.splitlines() == ["ours 1.0", "Licence: MIT", "https://one.example", "", "<b>You may</b>"]


def test_the_arrows_go_through_them(qtbot: QtBot) -> None:
    page = LicencePage(PARTS)
    qtbot.addWidget(page)
    qtbot.keyClick(page.names, Qt.Key.Key_Down)
    assert page.text.toPlainText().splitlines()[:2] == ["theirs 2.0", "Licence: not told"]


def test_where_nothing_is_known_it_says_so(qtbot: QtBot) -> None:
    page = LicencePage(())
    qtbot.addWidget(page)
    assert page.text.toPlainText() == NOTHING

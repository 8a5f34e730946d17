"""Keys of a panel are rows of the keymap: they follow the settings, and mean nothing elsewhere."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeView
from pytestqt.qtbot import QtBot

from editor.panels.keys import ROWS, PanelKeys
from editor.panels.outline import OutlinePanel
from editor.session import Session
from tests import charts

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
TEXT = "initial: a\nstates:\n  a: {}\n  b: {}\n  c: {}\n"


@pytest.fixture
def panel(qtbot: QtBot) -> OutlinePanel:
    made = OutlinePanel(Session(charts.document(TEXT)))
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.tree.setFocus()
    return made


def order(panel: OutlinePanel) -> list[str]:
    chart = panel._session.document.chart
    return [state.key for state in chart.children(chart.root_id)]


def select(panel: OutlinePanel, key: str) -> None:
    chart = panel._session.document.chart
    panel._session.selection.replace([id for id, state in chart.states.items() if state.key == key])


def test_the_standard_keys_move_a_state_in_the_outline(panel: OutlinePanel, qtbot: QtBot) -> None:
    select(panel, "b")
    qtbot.keyClick(panel.tree, Qt.Key.Key_Up, ALT)
    assert order(panel) == ["b", "a", "c"]
    qtbot.keyClick(panel.tree, Qt.Key.Key_Down, ALT)
    assert order(panel) == ["a", "b", "c"]


def test_chosen_keys_count_at_once_and_the_former_no_longer(panel: OutlinePanel, qtbot: QtBot) -> None:
    session = panel._session
    session.set_settings(replace(session.settings, keys=(("outline.up", ("Ctrl+U",)),)))
    select(panel, "c")
    qtbot.keyClick(panel.tree, Qt.Key.Key_Up, ALT)
    assert order(panel) == ["a", "b", "c"]
    select(panel, "c")
    qtbot.keyClick(panel.tree, Qt.Key.Key_U, CTRL)
    assert order(panel) == ["a", "c", "b"]
    session.set_settings(replace(session.settings, keys=()))
    select(panel, "c")
    qtbot.keyClick(panel.tree, Qt.Key.Key_Up, ALT)
    assert order(panel) == ["c", "a", "b"]


def test_a_row_without_a_deed_of_the_panel_is_left_alone(qtbot: QtBot) -> None:
    tree = QTreeView()
    qtbot.addWidget(tree)
    made: list[str] = []
    PanelKeys(tree, Session(charts.document(TEXT)), {ROWS[0].id: lambda: made.append("up")})
    tree.show()
    tree.activateWindow()
    qtbot.waitUntil(tree.isActiveWindow)
    tree.setFocus()
    qtbot.keyClick(tree, Qt.Key.Key_Down, ALT)
    qtbot.keyClick(tree, Qt.Key.Key_Up, ALT)
    assert made == ["up"]

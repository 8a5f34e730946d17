"""What is being typed counts when something is invoked by a key or a menu, which leave the focus where it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from editor.panels.context_editor import ContextEditor
from editor.panels.fields import LineRow, TextRow
from editor.panels.inspector import InspectorPanel
from editor.window.main_window import MainWindow
from tests.commands.desk import id_of, transition_of
from tests.window.conftest import fake_desktop

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def panel(window: MainWindow) -> InspectorPanel:
    found = window.docks["inspector"].panel
    assert isinstance(found, InspectorPanel)
    return found


def save(window: MainWindow, qtbot: QtBot) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    window.session.say("")
    qtbot.keyClick(widget, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: window.session.status == "Saved door.yaml")


def test_a_field_is_saved_while_it_is_typed_into(
    window: MainWindow, panel: InspectorPanel, door: Path, qtbot: QtBot
) -> None:
    window.session.selection.replace([id_of(window.session, "closed")])
    assert panel.form is not None
    name, text = panel.form.rows["key"], panel.form.rows["description"]
    assert isinstance(name, LineRow)
    assert isinstance(text, TextRow)
    name.line.setFocus()
    name.line.setText("shut")
    save(window, qtbot)
    assert "shut:" in door.read_text(encoding="utf-8")
    assert name.line.hasFocus()
    text.text.setFocus()
    text.text.setPlainText("Nobody comes in.")
    save(window, qtbot)
    assert "description: Nobody comes in." in door.read_text(encoding="utf-8")


def test_a_label_is_saved_while_it_is_typed_into(window: MainWindow, door: Path, qtbot: QtBot) -> None:
    window.view.edit_label(transition_of(window.session, "closed"))
    editor = window.view.labelling.editor
    assert editor is not None
    editor.setText("OPEN / creak")
    save(window, qtbot)
    assert "actions: creak" in door.read_text(encoding="utf-8")
    assert window.view.labelling.editor is None


def test_a_key_of_the_context_is_saved_while_it_is_typed_into(
    window: MainWindow, panel: InspectorPanel, door: Path, qtbot: QtBot
) -> None:
    window.session.selection.replace([])
    assert panel.form is not None
    [context] = panel.form.findChildren(ContextEditor)
    context.add.click()
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.setText("visitors")
    save(window, qtbot)
    assert "visitors: 0" in door.read_text(encoding="utf-8")


def test_closing_asks_about_what_is_being_typed(
    window: MainWindow, panel: InspectorPanel, door: Path, qtbot: QtBot
) -> None:
    desktop = fake_desktop(window)
    desktop.answers = ["Save"]
    window.session.selection.replace([id_of(window.session, "closed")])
    assert panel.form is not None
    row = panel.form.rows["key"]
    assert isinstance(row, LineRow)
    row.line.setFocus()
    row.line.setText("shut")
    window.close()
    assert len(desktop.asked) == 1
    assert "shut:" in door.read_text(encoding="utf-8")


def test_undo_takes_back_what_was_just_typed(window: MainWindow, panel: InspectorPanel, qtbot: QtBot) -> None:
    id = id_of(window.session, "closed")
    window.session.selection.replace([id])
    assert panel.form is not None
    row = panel.form.rows["key"]
    assert isinstance(row, LineRow)
    row.line.setFocus()
    row.line.setText("shut")
    window.actions_.by_id["edit.undo"].setEnabled(True)
    window.actions_.invoke(window.actions_.commands["edit.undo"])
    assert window.session.document.chart.states[id].key == "closed"
    window.actions_.invoke(window.actions_.commands["edit.redo"])
    assert window.session.document.chart.states[id].key == "shut"


@pytest.mark.parametrize("is_line", [True, False])
def test_undo_in_a_field_is_of_what_is_typed_then_of_the_chart(
    window: MainWindow, panel: InspectorPanel, qtbot: QtBot, is_line: bool
) -> None:
    document, id = window.session.document, id_of(window.session, "closed")
    document.selection.replace([id])
    assert panel.form is not None
    row = panel.form.rows["key" if is_line else "description"]
    assert isinstance(row, LineRow | TextRow)
    field = row.widget
    before, expected = row.shown(), "shut" if is_line else "Keep out."

    def said() -> str:
        state = document.chart.states[id]
        return state.key if is_line else state.description or ""

    def press(key: Qt.Key, modifier: Qt.KeyboardModifier = CTRL) -> None:
        window.actions_.refresh()
        qtbot.keyClick(field, key, modifier)

    field.setFocus()
    press(Qt.Key.Key_A)
    qtbot.keyClicks(field, expected)
    qtbot.keyClick(field, Qt.Key.Key_Return, CTRL)
    assert said() == expected
    press(Qt.Key.Key_Z)
    assert (said(), row.shown()) == (before, before)
    press(Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert (said(), row.shown()) == (expected, expected)
    qtbot.keyClicks(field, "x")
    typed = row.shown()
    press(Qt.Key.Key_Z)
    assert row.shown() != typed
    assert said() == expected

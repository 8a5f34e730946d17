"""Keys that were chosen count at once, in every window, and are there after the next start."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from editor.canvas.theme import load_theme
from editor.commands.keymap import Keymap
from editor.document import settings
from editor.document.settings import Settings
from editor.requests import EditLabel, Request
from editor.window.app import Program
from editor.window.dialogs import QtDesktop
from editor.window.keys import ROWS
from editor.window.keys_dialog import KeysDialog
from editor.window.keys_sheet import GESTURES, KeysSheet, groups
from editor.window.main_window import MainWindow
from tests.commands.desk import DOOR, id_of
from tests.window.conftest import fake_desktop

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> KeysDialog:
    desktop = window.desktop
    assert isinstance(desktop, QtDesktop)
    made = KeysDialog(window, Keymap(ROWS), desktop.keep_keys)
    qtbot.addWidget(made)
    made.show()
    return made


def test_no_key_is_given_twice_in_a_window() -> None:
    standard = Keymap(ROWS)
    assert len(standard.by_id) == len(ROWS)
    for row in ROWS:
        assert all(standard.owners(key, without=row.id) == [] for key in row.keys)


def test_a_key_is_given_by_pressing_it_and_counts_in_every_window(
    program: Program, window: MainWindow, dialog: KeysDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "other.yaml"
    path.write_text(DOOR, encoding="utf-8")
    other = program.open(path)
    dialog.choose("edit.mergeRegions")
    qtbot.keyClick(dialog.field, Qt.Key.Key_R, CTRL)
    assert dialog.note.text() == "Ctrl+R is free."
    dialog.add.click()
    for each in (window, other):
        assert each.actions_.by_id["edit.mergeRegions"].shortcut() == QKeySequence("Ctrl+R")
    assert dict(settings.load().keys) == {"edit.mergeRegions": ("Ctrl+R",)}
    assert '"edit.mergeRegions": [' in settings.settings_path().read_text(encoding="utf-8")


def test_who_has_a_key_is_told_before_it_is_taken(
    window: MainWindow, dialog: KeysDialog, qtbot: QtBot
) -> None:
    dialog.choose("edit.rename")
    qtbot.keyClick(dialog.field, Qt.Key.Key_D, CTRL)
    assert dialog.note.text() == "Ctrl+D belongs to “Duplicate”, and would be taken from there."
    dialog.only.click()
    assert dialog.keymap.keys("edit.rename") == ("Ctrl+D",)
    assert dialog.keymap.keys("edit.duplicate") == ()
    session = window.session
    session.selection.replace([id_of(session, "closed")])
    window.actions_.refresh()
    dialog.close()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.view.setFocus()
    asked: list[Request] = []
    session.requested.subscribe(asked.append)
    qtbot.keyClick(window.view, Qt.Key.Key_D, CTRL)
    assert asked == [EditLabel(id_of(session, "closed"))]
    assert not session.document.is_modified


def test_tab_can_be_given_and_escape_cannot(dialog: KeysDialog, qtbot: QtBot) -> None:
    dialog.choose("edit.copy")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Tab)
    assert dialog.note.text() == "Tab belongs to “Select next”, and would be taken from there."
    dialog.choose("edit.cut")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Space)
    assert not dialog.add.isEnabled()
    assert "always means" in dialog.note.text()


def test_one_is_reset_and_all_are(dialog: KeysDialog) -> None:
    dialog.choose("edit.copy")
    dialog.remove.click()
    dialog.choose("edit.cut")
    dialog.remove.click()
    assert set(dialog.keymap.chosen) == {"edit.copy", "edit.cut"}
    dialog.reset.click()
    assert set(dialog.keymap.chosen) == {"edit.copy"}
    dialog.reset_all()
    assert dialog.keymap.chosen == {}
    assert settings.load().keys == ()


def test_the_list_is_searched(dialog: KeysDialog) -> None:
    dialog.search.setText("ctrl+shift+c")
    assert dialog.row_id == "edit.copy_picture"
    dialog.search.setText("no such thing")
    assert dialog.list.topLevelItemCount() == 0
    assert not dialog.add.isEnabled()


def test_a_group_that_is_closed_stays_so_and_opens_for_a_search(dialog: KeysDialog) -> None:
    groups = {dialog.list.topLevelItem(n).text(0): n for n in range(dialog.list.topLevelItemCount())}
    place = groups["Edit"]
    dialog.list.topLevelItem(place).setExpanded(False)
    dialog.choose("file.new")
    dialog.remove.click()
    assert not dialog.list.topLevelItem(place).isExpanded()
    assert dialog.list.topLevelItem(groups["View"]).isExpanded()
    dialog.search.setText("duplicate")
    assert all(dialog.list.topLevelItem(n).isExpanded() for n in range(dialog.list.topLevelItemCount()))
    dialog.search.clear()
    assert not dialog.list.topLevelItem(place).isExpanded()


def test_keys_that_two_have_are_told_and_one_of_them_is_reset(window: MainWindow, qtbot: QtBot) -> None:
    kept: list[Keymap] = []
    made = KeysDialog(window, Keymap(ROWS, {"edit.cut": ("Ctrl+D",)}), kept.append)
    qtbot.addWidget(made)
    made.choose("edit.cut")
    item = made.list.currentItem()
    assert item is not None
    assert item.text(1) == "Ctrl+D, as “Duplicate” •"
    assert made.note.text() == "Keys of “Cut” belong to “Duplicate” too. Reset one."
    made.reset.click()
    assert made.keymap.keys("edit.cut") == ("Ctrl+X",)
    assert made.keymap.conflicts("edit.duplicate") == []
    assert kept[-1].chosen == {}


def test_keys_of_a_panel_can_be_chosen_though_the_canvas_has_them(dialog: KeysDialog, qtbot: QtBot) -> None:
    dialog.choose("outline.up")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Right, ALT)
    assert dialog.note.text() == "Alt+Right is free."
    dialog.only.click()
    assert dialog.keymap.keys("outline.up") == ("Alt+Right",)
    assert dialog.keymap.keys("select.right") == ("Alt+Right",)


def test_shortcuts_go_to_a_file_and_come_back(dialog: KeysDialog, tmp_path: Path) -> None:
    path = tmp_path / "keys.yaml"
    dialog.choose("edit.copy")
    dialog.remove.click()
    dialog.export_to(path)
    dialog.reset_all()
    dialog.import_from(path)
    assert dialog.keymap.chosen == {"edit.copy": ()}
    path.write_text("edit.copy: [Nonsense]\n", encoding="utf-8")
    dialog.import_from(path)
    assert "“Nonsense” is no key" in dialog.note.text()
    path.write_text("- [", encoding="utf-8")
    dialog.import_from(path)
    assert "keys.yaml:" in dialog.note.text()
    dialog.import_from(tmp_path / "missing.yaml")
    assert "does not exist" in dialog.note.text()


def test_a_tool_and_a_panel_have_the_keys_that_were_chosen(program: Program, tmp_path: Path) -> None:
    settings.store(Settings(theme="light", keys=(("dock.outline", ("F9",)), ("tool.state", ("N",)))))
    path = tmp_path / "other.yaml"
    path.write_text(DOOR, encoding="utf-8")
    window = program.open(path)
    assert window.actions_.tools["state"].shortcut() == QKeySequence("N")
    assert "(N)" in window.actions_.tools["state"].toolTip()
    assert window.docks["outline"].toggleViewAction().shortcut() == QKeySequence("F9")


def test_the_sheet_has_every_key_and_is_searched(qtbot: QtBot) -> None:
    keys = Keymap(ROWS)
    found = groups(keys)
    assert sum(len(rows) for rows in found.values()) == (
        len([row for row in ROWS if row.keys]) + len(GESTURES)
    )
    sheet = KeysSheet(None, keys, load_theme("dark"))
    qtbot.addWidget(sheet)
    assert "Duplicate" in sheet.browser.toPlainText()
    qtbot.keyClicks(sheet.search, "paste")
    text = sheet.browser.toPlainText()
    assert "Paste" in text
    assert "Duplicate" not in text
    sheet.search.setText("no such thing")
    assert "Nothing is called like this" in sheet.browser.toPlainText()


@pytest.mark.parametrize("key", [Qt.Key.Key_F1, Qt.Key.Key_Question])
def test_the_sheet_is_asked_for_by_its_keys(window: MainWindow, qtbot: QtBot, key: Qt.Key) -> None:
    desktop = fake_desktop(window)
    window.view.setFocus()
    qtbot.keyClick(window.view, key)
    assert desktop.shown == ["keys"]


def test_f12_hides_the_panels_and_shows_them_again(window: MainWindow, qtbot: QtBot) -> None:
    before = {id for id, dock in window.docks.items() if not dock.isHidden()}
    assert before
    qtbot.keyClick(window, Qt.Key.Key_F12)
    assert all(dock.isHidden() for dock in window.docks.values())
    qtbot.keyClick(window, Qt.Key.Key_F12)
    assert {id for id, dock in window.docks.items() if not dock.isHidden()} == before


def test_arrows_pan_where_nothing_is_selected(window: MainWindow, qtbot: QtBot) -> None:
    window.view.setFocus()
    before = window.view.offset.x()
    qtbot.keyClick(window.view, Qt.Key.Key_Right)
    assert window.view.offset.x() == before - 64


def test_alt_and_arrows_walk_from_state_to_state(window: MainWindow, qtbot: QtBot) -> None:
    window.view.setFocus()
    order = list(window.session.document.chart.states.values())
    for _ in range(2):
        qtbot.keyClick(window.view, Qt.Key.Key_Down, ALT)
        assert len(window.session.selection.ids) == 1
    assert list(window.session.document.chart.states.values()) == order

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from editor.commands import view
from editor.document import settings
from editor.requests import ShowSettings
from editor.window.app import Program
from editor.window.main_window import MainWindow
from editor.window.settings_dialog import SettingsDialog
from tests.window.conftest import fake_desktop


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> SettingsDialog:
    qtbot.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    made = window.findChild(SettingsDialog)
    assert isinstance(made, SettingsDialog)
    qtbot.waitUntil(made.isVisible)
    return made


def pick(combo: QComboBox, value: object) -> None:
    combo.setCurrentIndex(combo.findData(value))


def test_a_theme_counts_at_once_in_all_windows(
    window: MainWindow, dialog: SettingsDialog, program: Program, qapp: QApplication
) -> None:
    other = program.open(None)
    pick(dialog.theme, "dark")
    assert qapp.property("theme") == "dark"
    assert window.view.theme.is_dark
    assert other.view.theme.is_dark
    assert settings.load().theme == "dark"


def test_grid_snapping_and_animation_count_at_once(window: MainWindow, dialog: SettingsDialog) -> None:
    dialog.grid.click()
    dialog.snapping.click()
    pick(dialog.animation, "off")
    assert not window.view.painter.has_grid
    assert not window.view.surface.is_snapping
    stored = settings.load()
    assert (stored.grid, stored.snapping, stored.animation) == (False, False, "off")


def test_the_canvas_follows_its_rows_at_once(window: MainWindow, dialog: SettingsDialog) -> None:
    window.view.set_zoom(1.0)
    assert window.actions_.zoom.text() == "100 %"
    pick(dialog.text_size, 150)
    pick(dialog.spacing, 16)
    dialog.minimap.click()
    assert window.view.zoom == 1.5
    assert window.actions_.zoom.text() == "100 %"
    assert window.view.painter.grid == 16
    assert window.view.minimap.isVisible()
    stored = settings.load()
    assert (stored.text_size, stored.spacing, stored.minimap) == (150, 16, True)


def test_every_setting_that_is_a_choice_has_a_row(dialog: SettingsDialog) -> None:
    kept_elsewhere = set(settings.OF_HERE)
    chosen = {each.name for each in fields(settings.Settings)} - kept_elsewhere
    buttons = {"keys", "severities"}
    assert {each.name for each in dialog.fields} == chosen - buttons
    assert dialog.keys.isVisible()
    assert dialog.rules.isVisible()


def test_rules_that_were_set_can_be_reset(window: MainWindow, dialog: SettingsDialog, qtbot: QtBot) -> None:
    assert not dialog.rules.isEnabled()
    view.choose(window.session, severities=(("dead-end", "off"), ("long-name", "error")))
    assert dialog.rules.text() == "Reset 2 rules"
    qtbot.mouseClick(dialog.rules, Qt.MouseButton.LeftButton)
    assert settings.load().severities == window.session.settings.severities == ()
    assert not dialog.rules.isEnabled()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("dark", "theme"),
        ("GRID of 16", "spacing"),
        ("overview", "minimap"),
        ("keyboard", "keys"),
        ("font", "text_size"),
    ],
)
def test_a_setting_is_found_by_its_words(
    dialog: SettingsDialog, qtbot: QtBot, typed: str, found: str
) -> None:
    assert dialog.search.hasFocus()
    qtbot.keyClicks(dialog.search, typed)
    rows = [dialog.keys, dialog.rules, *dialog.fields]
    assert [each for each in rows if each.isVisible()] == [getattr(dialog, found)]
    assert not dialog.none.isVisible()
    dialog.search.clear()
    assert all(each.isVisible() for each in rows if each is not dialog.seconds)


def test_what_no_setting_is_called_is_told(dialog: SettingsDialog, qtbot: QtBot) -> None:
    qtbot.keyClicks(dialog.search, "autosave interval")  # there only while it counts
    assert dialog.none.isVisible()
    assert not any(each.isVisible() for each in dialog.fields)


def test_seconds_can_be_chosen_where_they_count(dialog: SettingsDialog) -> None:
    assert not dialog.seconds.isVisible()
    pick(dialog.autosave, "timed")
    assert dialog.seconds.isVisible()
    dialog.seconds.setValue(25)
    assert (settings.load().autosave, settings.load().autosave_seconds) == ("timed", 25)


def test_it_shows_what_is_chosen_elsewhere(window: MainWindow, dialog: SettingsDialog) -> None:
    view.choose(window.session, theme="dark", grid=False, autosave="leaving")
    assert dialog.theme.currentData() == "dark"
    assert not dialog.grid.isChecked()
    assert dialog.autosave.currentData() == "leaving"


def test_choices_are_exported_and_imported(
    window: MainWindow, dialog: SettingsDialog, tmp_path: Path
) -> None:
    path = tmp_path / "mine.json"
    dialog.grid.click()
    pick(dialog.text_size, 175)
    dialog.minimap.click()
    dialog.export_to(path)
    assert dialog.note.text() == "Exported mine.json."
    dialog.grid.click()
    dialog.minimap.click()
    pick(dialog.text_size, 80)
    recent = settings.load().recent
    dialog.import_from(path)
    assert not dialog.grid.isChecked()
    assert not window.view.painter.has_grid
    assert (dialog.text_size.currentData(), dialog.minimap.isChecked()) == (175, True)
    assert settings.load().recent == recent


def test_a_file_that_holds_none_changes_nothing_and_is_told(dialog: SettingsDialog, door: Path) -> None:
    before = settings.load()
    dialog.import_from(door)
    assert settings.load() == before
    assert str(door) in dialog.note.text()
    dialog.export_to(door / "below" / "a file.json")
    assert "a file.json" in dialog.note.text()


def test_it_leads_to_the_keyboard_shortcuts(window: MainWindow, qtbot: QtBot) -> None:
    desktop = fake_desktop(window)
    window.session.ask(ShowSettings())
    dialog = window.findChild(SettingsDialog)
    assert isinstance(dialog, SettingsDialog)
    qtbot.mouseClick(dialog.keys, Qt.MouseButton.LeftButton)
    assert desktop.shown == ["edit keys"]


def test_closed_it_follows_no_longer(window: MainWindow, dialog: SettingsDialog, qtbot: QtBot) -> None:
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(SettingsDialog) is None)
    window.session.set_settings(replace(window.session.settings, grid=False))
    assert not window.view.painter.has_grid

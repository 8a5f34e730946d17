"""Copy and paste by keys, through the clipboard that all windows and programs share."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from editor.document import clips
from editor.model import queries
from editor.window import clipboard
from editor.window.app import Program
from editor.window.main_window import MainWindow
from tests.commands.desk import DOOR, id_of
from tests.window.conftest import fake_desktop, inspector_line

CTRL = Qt.KeyboardModifier.ControlModifier


def press(window: MainWindow, qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier = CTRL) -> None:
    window.actions_.refresh()
    window.view.setFocus()
    qtbot.keyClick(window.view, key, modifiers)


def selected(window: MainWindow) -> list[str]:
    session = window.session
    return [queries.dotted_path(session.document.chart, id) for id in session.selection.ids]


def test_copy_in_one_window_and_paste_in_another(
    program: Program, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    window.session.selection.replace([id_of(window.session, "opened")])
    press(window, qtbot, Qt.Key.Key_C)
    path = tmp_path / "other.yaml"
    path.write_text(DOOR, encoding="utf-8")
    other = program.open(path)
    qtbot.waitUntil(other.isActiveWindow)
    press(other, qtbot, Qt.Key.Key_V)
    assert selected(other) == ["opened 2"]
    assert queries.find_path(other.session.document.chart, "opened 2.wide") is not None


def test_cut_and_paste_in_one_window(window: MainWindow, qtbot: QtBot) -> None:
    window.session.selection.replace([id_of(window.session, "opened.wide")])
    press(window, qtbot, Qt.Key.Key_X)
    assert queries.find_path(window.session.document.chart, "opened.wide") is None
    window.session.selection.replace([id_of(window.session, "opened")])
    press(window, qtbot, Qt.Key.Key_V)
    assert selected(window) == ["opened.wide"]


def test_paste_goes_where_the_pointer_is(window: MainWindow, qtbot: QtBot) -> None:
    window.session.selection.replace([id_of(window.session, "closed")])
    press(window, qtbot, Qt.Key.Key_C)
    window.session.selection.replace([])
    place = QPoint(40, window.view.viewport().height() - 60)
    qtbot.mouseMove(window.view.viewport(), place)
    at = window.view.to_chart(place.toPointF())
    press(window, qtbot, Qt.Key.Key_V)
    [copy] = window.session.selection.ids
    rect = window.view.picture.rect(copy)
    assert rect is not None
    assert rect.contains(at)


def test_other_programs_get_yaml_and_give_it(window: MainWindow, qtbot: QtBot) -> None:
    window.session.selection.replace([id_of(window.session, "opened.ajar")])
    press(window, qtbot, Qt.Key.Key_C)
    data = QGuiApplication.clipboard().mimeData()
    assert data.hasFormat(clips.MIME)
    assert data.text() == "initial: ajar\nstates:\n  ajar: {}\n"
    QGuiApplication.clipboard().setText("written: {on: {GO: closed}}")
    window.session.selection.replace([])
    press(window, qtbot, Qt.Key.Key_V)
    assert selected(window) == ["written"]


def test_a_text_without_states_is_told_of(window: MainWindow, qtbot: QtBot) -> None:
    desktop = fake_desktop(window)
    desktop.copied = {"text/plain": "a: {}\nb: [1"}
    press(window, qtbot, Qt.Key.Key_V)
    assert len(desktop.told) == 1
    assert desktop.told[0].startswith("2:")
    assert not window.session.document.is_modified


def test_an_empty_clipboard_is_told_of(window: MainWindow, qtbot: QtBot) -> None:
    desktop = fake_desktop(window)
    QGuiApplication.clipboard().setMimeData(QMimeData())
    assert clipboard.text() == clipboard.text(clips.MIME) == ""
    press(window, qtbot, Qt.Key.Key_V)
    assert desktop.told == ["The clipboard holds no text."]


def test_in_a_field_the_keys_are_those_of_its_text(window: MainWindow, qtbot: QtBot) -> None:
    window.session.selection.replace([id_of(window.session, "closed")])
    field = inspector_line(window, qtbot, "closed")
    field.setFocus()
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == field.text()


def test_a_picture_is_an_image_and_a_drawing(window: MainWindow, qtbot: QtBot) -> None:
    press(window, qtbot, Qt.Key.Key_C, CTRL | Qt.KeyboardModifier.ShiftModifier)
    data = QGuiApplication.clipboard().mimeData()
    whole = data.imageData()
    assert isinstance(whole, QImage)
    assert bytes(data.data("image/svg+xml").data()).lstrip().startswith(b"<?xml")
    bounds = window.view.picture.bounds()
    assert whole.width() >= 2 * bounds.width
    window.session.selection.replace([id_of(window.session, "closed")])
    press(window, qtbot, Qt.Key.Key_C, CTRL | Qt.KeyboardModifier.ShiftModifier)
    part = QGuiApplication.clipboard().mimeData().imageData()
    assert 0 < part.width() < whole.width()


def test_paste_begins_a_machine_on_the_start_page(program: Program, qtbot: QtBot) -> None:
    window = program.open(None)
    window.show_start_page()
    QGuiApplication.clipboard().setText("first: {}")
    window.actions_.by_id["edit.paste"].trigger()
    assert window.stack.currentWidget() is window.view
    assert selected(window) == ["first"]


def test_what_is_pasted_in_sight_leaves_the_view_where_it_is(window: MainWindow, qtbot: QtBot) -> None:
    session, view = window.session, window.view
    session.selection.replace([id_of(session, "opened")])
    press(window, qtbot, Qt.Key.Key_C)
    view.set_zoom(0.2)
    camera = view.camera
    press(window, qtbot, Qt.Key.Key_V)
    assert view.camera == camera


def test_what_is_pasted_and_does_not_fit_does_not_make_the_view_jump(
    window: MainWindow, qtbot: QtBot
) -> None:
    session, view = window.session, window.view
    session.selection.replace([id_of(session, "opened"), id_of(session, "closed")])
    press(window, qtbot, Qt.Key.Key_C)
    view.set_zoom(8.0)
    camera = view.camera
    press(window, qtbot, Qt.Key.Key_V)
    rects = [view.rect_of(id) for id in session.selection.ids]
    seen = [view.rect_to_view(rect) for rect in rects if rect is not None]
    assert any(view.viewport().rect().intersects(each) for each in seen)
    assert view.camera == camera or view.camera.zoom < camera.zoom


def test_a_clipboard_that_nobody_ever_used_holds_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QGuiApplication.clipboard(), "mimeData", lambda: None)
    assert clipboard.text() == clipboard.text(clips.MIME) == ""

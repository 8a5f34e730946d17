from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from editor.commands import view as view_commands
from editor.document import files
from editor.window.app import Program
from editor.window.main_window import MainWindow
from editor.window.welcome import LEAST, Welcome


@pytest.fixture
def window(program: Program, qtbot: QtBot) -> MainWindow:
    made = program.open(None)
    made.resize(1280, 800)
    made.show_canvas()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def words(window: MainWindow) -> Welcome:
    found = window.view.findChild(Welcome)
    assert isinstance(found, Welcome)
    return found


def test_they_are_there_until_something_is_drawn_and_again_when_it_is_gone(
    window: MainWindow, qtbot: QtBot
) -> None:
    shown = words(window)
    assert shown.isVisible()
    port = window.view.viewport()
    qtbot.mouseDClick(port, Qt.MouseButton.LeftButton, pos=shown.geometry().center())  # through the words
    assert len(window.session.document.chart.states) == 2
    assert not shown.isVisible()
    window.view.labelling.close()
    while window.session.document.undo_stack.can_undo:
        window.session.document.undo()
    assert shown.isVisible()


def test_they_stand_in_the_middle_and_hide_without_room(window: MainWindow, qtbot: QtBot) -> None:
    shown, port = words(window), window.view.viewport()
    for size in ((1000, 700), (1600, 900)):
        window.resize(*size)
        qtbot.waitUntil(lambda: (shown.geometry().center() - port.rect().center()).manhattanLength() <= 2)
    port.resize(shown.width() + 2 * LEAST - 1, 300)
    assert not shown.isVisible()
    port.resize(shown.width() + 2 * LEAST, 300)
    assert shown.isVisible()


def test_they_name_the_keys_that_were_chosen(window: MainWindow, qtbot: QtBot) -> None:
    shown = words(window)
    keys = [key.text() for key, _ in shown.lines]
    assert keys == ["Double-click", "Drag from its edge", "F5", "Ctrl+K", "F1"]
    view_commands.choose(window.session, keys=(("find.any", ("F9",)), ("help.keys", ())))
    qtbot.waitUntil(lambda: shown.lines[3][0].text() == "F9")
    assert not shown.lines[4][1].isVisible()


def test_the_tour_speaks_instead_of_them(window: MainWindow) -> None:
    shown = words(window)
    window.actions_.by_id["help.tour"].trigger()
    assert not shown.isVisible()
    window.guide.box.leave()
    assert shown.isVisible()


def test_a_machine_that_is_opened_has_none(window: MainWindow, door: Path) -> None:
    window.session.replace_document(files.open_document(door))
    assert not words(window).isVisible()
    window.session.replace_document(files.new_document())
    assert words(window).isVisible()

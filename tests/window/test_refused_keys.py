"""A key whose command cannot be invoked now says what is missing; keys that do something say nothing of it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from editor.commands.table import COMMANDS
from editor.window.main_window import MainWindow
from editor.window.refused_keys import why
from tests.commands.desk import id_of

Key, Held = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def window(window: MainWindow) -> MainWindow:
    window.view.setFocus()
    window.session.selection.replace([])
    window.actions_.refresh()
    window.session.say("")
    return window


@pytest.mark.parametrize(
    ("key", "held", "said"),
    [
        (Key.Key_L, Held.NoModifier, "Light up the event: needs a selected transition with an event."),
        (Key.Key_O, Held.NoModifier, "Open alone: needs one selected state that holds others, or a region."),
        (Key.Key_Z, Held.ControlModifier, "Undo: nothing to undo."),
        (Key.Key_F3, Held.NoModifier, "Find next: nothing is looked for."),
    ],
)
def test_what_is_missing_is_told(key: Key, held: Held, said: str, window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window.view, key, held)
    assert window.session.status == said


@pytest.mark.parametrize("key", [Key.Key_Escape, Key.Key_Down, Key.Key_Q, Key.Key_Space, Key.Key_F35])
def test_keys_that_belong_to_nothing_say_nothing(key: Key, window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window.view, key)
    assert window.session.status == ""


def test_a_key_of_the_canvas_says_nothing_elsewhere(window: MainWindow, qtbot: QtBot) -> None:
    outline = window.docks["outline"].widget()
    assert outline is not None
    outline.setFocus()
    qtbot.keyClick(outline, Key.Key_L)
    assert window.session.status == ""


def test_a_key_that_does_something_is_no_refusal(window: MainWindow, qtbot: QtBot) -> None:
    window.session.selection.replace([id_of(window.session, "closed")])
    window.actions_.refresh()
    qtbot.keyClick(window.view, Key.Key_D, Held.ControlModifier)
    assert len(window.session.document.undo_stack.steps) == 2
    assert ": needs" not in window.session.status


def test_accepting_for_a_selection_that_is_empty_is_told(window: MainWindow) -> None:
    window.actions_.invoke(COMMANDS["layout.acceptSelection"])
    assert window.session.status == (
        "Accept layout for selection: needs a proposed layout and selected states."
    )


def test_every_command_says_why_in_one_sentence(window: MainWindow) -> None:
    for command in COMMANDS.all:
        said = why(command, window.session)
        assert said == "" or (said.endswith(".") and not said.endswith(".."))

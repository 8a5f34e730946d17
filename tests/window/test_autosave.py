from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from editor.commands import view
from editor.document import edits
from editor.window.app import Program
from editor.window.autosave import Autosave
from editor.window.main_window import MainWindow
from tests.commands.desk import id_of

LEFT = Qt.ApplicationState.ApplicationInactive


def rename(window: MainWindow, old: str, new: str) -> None:
    document = window.session.document
    document.apply(edits.rename(document.chart, id_of(window.session, old), new))


@pytest.fixture
def autosave(window: MainWindow) -> Autosave:
    made = window.findChild(Autosave)
    assert isinstance(made, Autosave)
    return made


def test_leaving_the_program_saves_when_that_is_chosen(
    window: MainWindow, autosave: Autosave, door: Path
) -> None:
    rename(window, "closed", "shut")
    autosave._on_state(LEFT)
    assert "shut" not in door.read_text(encoding="utf-8")
    view.choose(window.session, autosave="leaving")
    autosave._on_state(Qt.ApplicationState.ApplicationActive)
    assert "shut" not in door.read_text(encoding="utf-8")
    autosave._on_state(LEFT)
    assert "shut" in door.read_text(encoding="utf-8")
    assert not window.session.document.is_modified


def test_time_runs_only_when_chosen_and_begins_anew_with_other_seconds(
    window: MainWindow, autosave: Autosave, door: Path
) -> None:
    assert not autosave.timer.isActive()
    view.choose(window.session, autosave="timed", autosave_seconds=7)
    assert (autosave.timer.isActive(), autosave.timer.interval()) == (True, 7000)
    view.choose(window.session, autosave_seconds=30)
    assert autosave.timer.interval() == 30_000
    rename(window, "closed", "shut")
    autosave.timer.timeout.emit()
    assert "shut" in door.read_text(encoding="utf-8")
    view.choose(window.session, autosave="off")
    assert not autosave.timer.isActive()


def test_nothing_is_saved_while_a_question_is_open(
    window: MainWindow, autosave: Autosave, door: Path, qtbot: QtBot
) -> None:
    rename(window, "closed", "shut")
    question = QDialog(window)
    question.open()
    qtbot.waitUntil(question.isVisible)
    autosave.save()
    assert "shut" not in door.read_text(encoding="utf-8")
    question.close()
    autosave.save()
    assert "shut" in door.read_text(encoding="utf-8")


def test_a_machine_without_a_file_is_left_alone(program: Program) -> None:
    window = program.open(None)
    window.show_canvas()
    document = window.session.document
    document.apply(edits.rename(document.chart, document.chart.root_id, "pump"))
    made = window.findChild(Autosave)
    assert isinstance(made, Autosave)
    made.save()
    assert document.path is None
    assert document.is_modified

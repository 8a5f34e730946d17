"""Unsaved work outlives the program: it is written down as it is done and offered again after a crash."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.document import edits, recovery
from editor.document.journal import journal_folder
from editor.panels.inspector import InspectorPanel
from editor.window import keeper
from editor.window.app import Program
from editor.window.main_window import MainWindow
from tests.commands.desk import id_of
from tests.window.conftest import fake_desktop

CRASH = """
import os, sys
from pathlib import Path
from editor.document import edits
from editor.window.app import Program, make_application

program = Program(make_application())
window = program.open(Path(sys.argv[1]))
document = window.session.document
for name in ("shut", "locked"):
    id = next(each.id for each in document.chart.states.values() if each.key in ("closed", "shut"))
    document.apply(edits.rename(document.chart, id, name))
document.undo()
window.keeper.flush()
os._exit(9)
"""


def rename(window: MainWindow, old: str, new: str) -> None:
    document = window.session.document
    document.apply(edits.rename(document.chart, id_of(window.session, old), new))


def journals() -> list[Path]:
    return sorted(journal_folder().glob("*.journal"))


@pytest.fixture
def crashed(door: Path) -> Path:
    """The file of a program that was killed after two renames and an undo."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", CRASH, str(door)]
    ended = subprocess.run(command, env=environment, capture_output=True, timeout=60, check=False)
    assert ended.returncode == 9, ended.stderr.decode()
    assert "shut" not in door.read_text(encoding="utf-8")
    return door


def test_a_second_after_an_edit_it_is_written_down(window: MainWindow, qtbot: QtBot) -> None:
    assert journals() == []
    rename(window, "closed", "shut")
    qtbot.waitUntil(lambda: len(journals()) == 1)
    assert "shut" in journals()[0].read_text(encoding="utf-8")


def test_a_window_closed_in_good_order_leaves_nothing(window: MainWindow) -> None:
    rename(window, "closed", "shut")
    window.keeper.flush()
    assert journals()
    window.session.document.undo_stack.mark_clean()
    window.close()
    assert journals() == []


def test_what_a_killed_program_had_is_offered_with_its_undo(crashed: Path, program: Program) -> None:
    window = program.open(None)
    desktop = fake_desktop(window)
    desktop.answers = [keeper.RECOVER]
    program.offer_recovery()
    assert str(crashed) in desktop.texts[0]
    assert [each.session.document.path for each in program.windows] == [crashed]
    document = window.session.document
    assert document.is_modified
    id_of(window.session, "shut")
    document.redo()
    id_of(window.session, "locked")
    document.undo()
    document.undo()
    id_of(window.session, "closed")


def test_the_recovered_work_is_kept_when_the_next_program_dies(crashed: Path, program: Program) -> None:
    window = program.open(crashed)
    fake_desktop(window).answers = [keeper.RECOVER]
    program.offer_recovery()
    assert len(program.windows) == 1, "the window that shows the file takes its work"
    rename(window, "shut", "barred")
    window.keeper.flush()
    found = recovery.recover(journals()[0]).document
    assert "barred" in {state.key for state in found.chart.states.values()}


def test_work_that_is_not_wanted_is_gone_and_work_put_off_stays(crashed: Path, program: Program) -> None:
    window = program.open(None)
    desktop = fake_desktop(window)
    desktop.answers = [keeper.LATER, keeper.DISCARD]
    program.offer_recovery()
    assert len(journals()) == 1
    program.offer_recovery()
    assert journals() == []
    assert window.is_blank


TYPING = """
import os, sys
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from editor.window.app import Program, make_application

program = Program(make_application())
window = program.open(Path(sys.argv[1]))
chart = window.session.document.chart
closed = next(each.id for each in chart.states.values() if each.key == "closed")
window.show()
assert QTest.qWaitForWindowActive(window)
if sys.argv[2] == "label":
    window.session.selection.replace([chart.outgoing(closed)[0].id])
    window.view.edit_label(chart.outgoing(closed)[0].id)
    QTest.keyClicks(window.view.labelling.editor, sys.argv[3])
else:
    window.session.selection.replace([closed])
    window.docks["inspector"].fill()
    row = window.docks["inspector"].panel.form.rows["description"]
    row.text.setFocus()
    QTest.keyClicks(row.text, sys.argv[3])
window.keeper.flush()
os._exit(9)
"""


def typed(door: Path, where: str, text: str) -> None:
    """Have a program be killed while somebody types."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", TYPING, str(door), where, text]
    ended = subprocess.run(command, env=environment, capture_output=True, timeout=60, check=False)
    assert ended.returncode == 9, ended.stderr.decode()


def recovered(program: Program, door: Path) -> MainWindow:
    window = program.open(None)
    fake_desktop(window).answers = [keeper.RECOVER]
    program.offer_recovery()
    return next(each for each in program.windows if each.session.document.path in (door, door.resolve()))


def test_a_label_that_was_being_typed_is_in_its_field_again(
    door: Path, program: Program, qtbot: QtBot
) -> None:
    typed(door, "label", "ENTER [re")
    window = recovered(program, door)
    editor = window.view.labelling.editor
    assert editor is not None
    assert editor.text() == "ENTER [re]"
    assert not window.session.document.is_modified
    assert window.session.status.endswith("What was being typed is in its field again.")
    editor.setFocus()
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    [made] = window.session.document.chart.outgoing(id_of(window.session, "closed"))
    assert made.trigger.text == "ENTER"
    assert window.session.document.drafts.texts == {}


def test_a_field_of_the_inspector_has_what_was_being_typed(
    door: Path, program: Program, qtbot: QtBot
) -> None:
    typed(door, "inspector", "Nobody in")
    window = recovered(program, door)
    assert window.session.selection.ids == (id_of(window.session, "closed"),)
    window.docks["inspector"].fill()
    panel = window.docks["inspector"].panel
    assert isinstance(panel, InspectorPanel)
    assert panel.form is not None
    row = panel.form.rows["description"]
    assert row.shown() == "Nobody in"
    assert "Escape gives it up" in row.message.text()
    assert not window.session.document.is_modified
    row.widget.setFocus()
    qtbot.keyClicks(row.widget, " here")
    row.commit()
    assert window.session.document.chart.states[id_of(window.session, "closed")].description is not None
    assert window.session.document.drafts.texts == {}


def test_nothing_is_asked_when_nothing_was_lost(program: Program, qapp: QApplication) -> None:
    window = program.open(None)
    desktop = fake_desktop(window)
    program.offer_recovery()
    assert desktop.asked == []


def test_a_disk_that_takes_nothing_is_told_and_the_work_goes_on(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", full)
        rename(window, "closed", "shut")
        window.keeper.flush()
        assert "the disk is full" in window.session.status
        rename(window, "shut", "locked")
        window.keeper.flush()
        id_of(window.session, "locked")
    window.keeper.flush()
    assert "again" in window.session.status
    assert "locked" in journals()[0].read_text(encoding="utf-8")


def test_a_window_that_was_closed_opens_again(window: MainWindow, program: Program, door: Path) -> None:
    other = program.open(None)
    window.close()
    assert [each for each in program.windows if each is window] == []
    other.actions_.invoke(other.actions_.commands["file.reopen"])
    assert [each.session.document.path for each in program.windows] == [door.resolve()]


def test_it_is_written_down_while_the_window_is_busy(window: MainWindow) -> None:
    rename(window, "closed", "shut")
    [timer] = window.keeper._timers
    timer.join()  # the window does nothing meanwhile but wait
    assert "shut" in journals()[0].read_text(encoding="utf-8")
    rename(window, "shut", "locked")
    window.keeper._timers[-1].join()
    assert "locked" in journals()[0].read_text(encoding="utf-8")

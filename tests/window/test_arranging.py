"""Arranging with real keys at a window: one step each, undone, kept by the file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.commands.reasons import reason
from editor.commands.table import COMMANDS
from editor.document import edits, files
from editor.document.undo import Edit
from editor.geometry import Point, Rect
from editor.model.changes import BoxChange
from editor.window.app import Program
from editor.window.main_window import MainWindow
from tests.charts import MEASURE
from tests.commands.desk import id_of
from tests.document.arranged import rect
from tests.journeys.hand import Hand

BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def press(window: MainWindow, qtbot: QtBot, key: Qt.Key, held: Qt.KeyboardModifier = BOTH) -> None:
    QApplication.processEvents()
    qtbot.keyClick(window, key, held)


def select(window: MainWindow, *paths: str) -> list[str]:
    ids = [id_of(window.session, path) for path in paths]
    window.session.selection.replace(ids)
    return ids


def wait_for(window: MainWindow, qtbot: QtBot, id: str) -> None:
    """Commands are looked at a moment after something changed."""
    qtbot.waitUntil(lambda: window.actions_.by_id[id].isEnabled())


def reopened(program: Program, window: MainWindow, path: Path, qtbot: QtBot) -> MainWindow:
    """The same file as it is read again after it was saved."""
    press(window, qtbot, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not window.isWindowModified())
    window.session.replace_document(files.open_document(path))
    return window


def test_a_composite_is_fitted_by_key_undone_and_saved(
    program: Program, window: MainWindow, door: Path, qtbot: QtBot
) -> None:
    document = window.session.document
    [opened] = select(window, "opened")
    box = document.diagram.boxes[opened]
    wide = Rect(box.x, box.y, box.width + 160, box.height + 80)
    document.apply(edits.resize(document.chart, document.diagram, opened, wide, measure=MEASURE))
    large = rect(document, opened)
    wait_for(window, qtbot, "arrange.fit")
    press(window, qtbot, Qt.Key.Key_F)
    fitted = rect(document, opened)
    assert fitted.width <= large.width - 160
    assert fitted.height <= large.height - 80
    assert window.session.status == "Fit “opened”."
    press(window, qtbot, Qt.Key.Key_F)
    assert window.session.status == "It fits already."
    press(window, qtbot, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert rect(document, opened) == large
    press(window, qtbot, Qt.Key.Key_Z)
    assert rect(document, opened) == fitted
    again = reopened(program, window, door, qtbot)
    assert rect(again.session.document, id_of(again.session, "opened")) == fitted


@pytest.mark.parametrize(
    "name", ["fit", "fitAll", "swap", "straighten", "tidy", "snap", "spaceAcross", "spaceDown"]
)
def test_what_cannot_be_arranged_says_why(window: MainWindow, name: str) -> None:
    window.session.selection.replace([])
    QApplication.processEvents()
    assert not window.actions_.by_id[f"arrange.{name}"].isEnabled()
    assert reason(COMMANDS[f"arrange.{name}"], window.session).startswith("Needs")


def test_two_states_swap_places_by_key(
    program: Program, window: MainWindow, door: Path, qtbot: QtBot
) -> None:
    document = window.session.document
    closed, opened = select(window, "closed", "opened")
    before = rect(document, closed), rect(document, opened)
    wait_for(window, qtbot, "arrange.swap")
    press(window, qtbot, Qt.Key.Key_X)
    swapped = rect(document, closed), rect(document, opened)
    assert swapped[0].center == before[1].center
    assert swapped[1].center == before[0].center
    assert window.view.picture.rect(closed) == swapped[0]
    press(window, qtbot, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (rect(document, closed), rect(document, opened)) == before
    press(window, qtbot, Qt.Key.Key_Z)
    again = reopened(program, window, door, qtbot).session
    assert rect(again.document, id_of(again, "closed")) == swapped[0]


def test_a_transition_is_straightened_by_key(
    program: Program, window: MainWindow, door: Path, qtbot: QtBot
) -> None:
    document, view = window.session.document, window.view
    line = next(each.id for each in document.chart.transitions.values() if each.trigger.text == "OPEN")
    middle = rect(document, id_of(window.session, "closed")).center
    document.apply(edits.set_bends(document.chart, document.diagram, line, [middle.moved(120, -160)]))
    assert len(view.surface.path(line)) > 2
    window.session.selection.replace([line])
    wait_for(window, qtbot, "arrange.straighten")
    press(window, qtbot, Qt.Key.Key_H)
    assert len(view.surface.path(line)) == 2
    assert window.session.status == "Straighten OPEN."
    press(window, qtbot, Qt.Key.Key_H)
    assert len(view.surface.path(line)) == 2
    press(window, qtbot, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(view.surface.path(line)) > 2
    press(window, qtbot, Qt.Key.Key_Z)
    again = reopened(program, window, door, qtbot)
    line = next(
        each.id for each in again.session.document.chart.transitions.values() if each.trigger.text == "OPEN"
    )
    assert len(again.view.surface.path(line)) == 2


def test_a_selection_is_tidied_by_key(program: Program, window: MainWindow, door: Path, qtbot: QtBot) -> None:
    document = window.session.document
    ajar, wide = select(window, "opened.ajar", "opened.wide")
    a, b = document.diagram.boxes[ajar], document.diagram.boxes[wide]
    swapped = (BoxChange(ajar, a, replace(a, x=b.x, y=b.y)), BoxChange(wide, b, replace(b, x=a.x, y=a.y)))
    document.apply(Edit("Place", swapped))
    others = {each: rect(document, id_of(window.session, each)) for each in ("closed", "opened")}
    wait_for(window, qtbot, "arrange.tidy")
    press(window, qtbot, Qt.Key.Key_L)
    assert rect(document, ajar).right < rect(document, wide).x
    assert {each: rect(document, id_of(window.session, each)) for each in others} == others
    tidied = rect(document, ajar)
    press(window, qtbot, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert rect(document, ajar).x > rect(document, wide).x
    press(window, qtbot, Qt.Key.Key_Z)
    again = reopened(program, window, door, qtbot).session
    assert rect(again.document, id_of(again, "opened.ajar")) == tidied


def test_a_state_snaps_by_key(window: MainWindow, qtbot: QtBot) -> None:
    document = window.session.document
    closed, opened = select(window, "closed", "opened")
    other = document.diagram.boxes[opened]
    box = document.diagram.boxes[closed]
    askew = replace(box, x=other.x - box.width - 203, y=other.y + 5)
    document.apply(Edit("Place", (BoxChange(closed, box, askew),)))
    select(window, "closed")
    wait_for(window, qtbot, "arrange.snap")
    press(window, qtbot, Qt.Key.Key_K)
    assert rect(document, closed).y == rect(document, opened).y
    assert window.view.picture.rect(closed) == rect(document, closed)
    press(window, qtbot, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert document.diagram.boxes[closed] == askew


def test_space_is_made_with_the_tool_and_given_up_with_escape(
    program: Program, window: MainWindow, door: Path, qtbot: QtBot
) -> None:
    session, view = window.session, window.view
    document = session.document
    closed, opened = (id_of(session, path) for path in ("closed", "opened"))
    before = rect(document, closed), rect(document, opened)
    hand = Hand(window)
    press(window, qtbot, Qt.Key.Key_B, Qt.KeyboardModifier.NoModifier)
    assert session.tool_id == "space"
    start = view.to_view(Point((before[0].right + before[1].x) / 2, before[0].y)).toPoint()
    hand.drag(start, start + QPoint(round(80 * view.zoom), 3), "make space")
    moved = rect(document, opened)
    assert moved.x - before[1].x == pytest.approx(80, abs=8)
    assert rect(document, closed) == before[0]
    assert session.tool_id == "select"
    press(window, qtbot, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert rect(document, opened) == before[1]
    press(window, qtbot, Qt.Key.Key_Z)
    again = reopened(program, window, door, qtbot).session
    assert rect(again.document, id_of(again, "opened")) == moved

    press(window, qtbot, Qt.Key.Key_B, Qt.KeyboardModifier.NoModifier)
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    for way in (10, 40, 70):
        qtbot.mouseMove(view.viewport(), start + QPoint(way, 0))
    qtbot.waitUntil(lambda: view.overlay.ghost is not None)
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert view.overlay.ghost is None
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=start + QPoint(70, 0))
    assert not again.document.undo_stack.can_undo

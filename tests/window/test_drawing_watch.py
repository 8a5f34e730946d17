"""What is hard to read is listed, marked on the canvas and repaired there with one click; nobody waits for it."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.commands import view as view_commands
from editor.document import edits, files
from editor.document.undo import Edit
from editor.geometry import Point
from editor.model.changes import BoxChange
from editor.model.rule_book import DRAWING, RULES
from editor.panels.problems import ProblemsPanel
from editor.window import drawing_watch
from editor.window.app import Program
from editor.window.main_window import MainWindow
from tests.commands.desk import id_of
from tests.document.arranged import rect

CONTROL = Qt.KeyboardModifier.ControlModifier


def told(window: MainWindow) -> list[str]:
    """The rules of the drawing that are broken, as the session knows it."""
    return [each.rule for each in window.session.problems if RULES[each.rule].group == DRAWING]


def cover(window: MainWindow) -> tuple[str, str]:
    """Put one state of the machine onto the other."""
    document = window.session.document
    closed, opened = (id_of(window.session, path) for path in ("closed", "opened"))
    box, other = document.diagram.boxes[closed], document.diagram.boxes[opened]
    document.apply(Edit("Cover", (BoxChange(closed, box, replace(box, x=other.x + 40, y=other.y + 60)),)))
    return closed, opened


@pytest.fixture
def checked(window: MainWindow) -> MainWindow:
    """A window whose drawing is checked."""
    view_commands.choose(window.session, drawing="on")
    return window


def test_what_one_draws_by_hand_is_checked_when_one_wants_it(window: MainWindow, qtbot: QtBot) -> None:
    cover(window)
    window.session.settled_problems()
    assert told(window) == []
    window.actions_.by_id["view.drawing"].trigger()
    assert window.session.settings.drawing == "on"
    qtbot.waitUntil(lambda: "states-overlap" in told(window))
    window.actions_.by_id["view.drawing"].trigger()
    assert told(window) == []


def test_it_follows_what_is_drawn(checked: MainWindow, qtbot: QtBot) -> None:
    closed, opened = cover(checked)
    qtbot.waitUntil(lambda: "states-overlap" in told(checked))
    assert checked.view.flaws.by_element.keys() & {closed, opened}, "the canvas marks it"
    checked.session.document.undo()
    qtbot.waitUntil(lambda: "states-overlap" not in told(checked))


def test_it_is_repaired_by_key_in_one_step(checked: MainWindow, qtbot: QtBot) -> None:
    cover(checked)
    session = checked.session
    session.settled_problems()
    [problem] = [each for each in session.problems if each.rule == "states-overlap"]
    session.selection.replace([problem.element])
    steps = session.document.undo_stack.undo_label
    qtbot.waitUntil(lambda: checked.actions_.by_id["edit.repair"].isEnabled())
    qtbot.keyClick(checked, Qt.Key.Key_Period, CONTROL)
    assert "states-overlap" not in told(checked)
    qtbot.keyClick(checked, Qt.Key.Key_Z, CONTROL)
    assert session.document.undo_stack.undo_label == steps
    session.settled_problems()
    assert "states-overlap" in told(checked)


def test_the_menu_of_the_state_on_the_canvas_repairs_it(checked: MainWindow) -> None:
    cover(checked)
    session, view = checked.session, checked.view
    session.settled_problems()
    [problem] = [each for each in session.problems if each.rule == "states-overlap"]
    spot = rect(session.document, problem.element)
    menu = checked.element_menu.menu_at(view.to_view(Point(spot.x + 8, spot.y + 8)).toPoint())
    assert menu is not None
    titles = [each.text() for each in menu.actions()]
    assert "States that cover each other" in titles
    next(each for each in menu.actions() if each.text().endswith("step aside")).trigger()
    assert "states-overlap" not in told(checked)


def test_the_list_has_a_group_of_its_own_and_repairs_it(checked: MainWindow) -> None:
    cover(checked)
    session = checked.session
    session.settled_problems()
    checked.docks["problems"].show()
    QApplication.processEvents()
    panel = checked.docks["problems"].panel
    assert isinstance(panel, ProblemsPanel)
    titles = [str(panel.rows.index(row, 0).data()) for row in range(panel.rows.rowCount())]
    assert "Drawing: States that cover each other (1)" in titles
    assert all(title.startswith("Drawing: ") for title in titles[titles.index(titles[-1]) :])
    group = panel.rows.index(titles.index("Drawing: States that cover each other (1)"), 0)
    menu = panel.menu_at(panel.rows.index(0, 0, group))
    assert menu is not None
    next(each for each in menu.actions() if each.text().endswith("step aside")).trigger()
    assert "states-overlap" not in told(checked)


def test_it_is_ignored_where_one_says_so_and_the_file_keeps_that(
    checked: MainWindow, door: Path, qtbot: QtBot
) -> None:
    cover(checked)
    session = checked.session
    session.settled_problems()
    checked.docks["problems"].show()
    panel = checked.docks["problems"].panel
    assert isinstance(panel, ProblemsPanel)
    [problem] = [each for each in session.problems if each.rule == "states-overlap"]
    menu = panel.menu_at(panel.rows.index_of(problem))
    assert menu is not None
    next(each for each in menu.actions() if each.text() == "Ignore here").trigger()
    assert "states-overlap" not in told(checked)
    assert [each.rule for each in session.silenced] == ["states-overlap"]
    qtbot.keyClick(checked, Qt.Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: not checked.isWindowModified())
    session.replace_document(files.open_document(door))
    qtbot.waitUntil(lambda: [each.rule for each in session.silenced] == ["states-overlap"])


def test_nothing_is_told_of_what_was_open_before(checked: MainWindow, door: Path, qtbot: QtBot) -> None:
    cover(checked)
    session = checked.session
    session.settled_problems()
    told_then: list[list[str]] = []
    session.problems_changed.subscribe(lambda: told_then.append(told(checked)))
    session.replace_document(files.open_document(door))
    session.settled_problems()
    assert told_then
    assert not any("states-overlap" in each for each in told_then)


def test_a_drag_is_looked_at_when_it_has_ended(checked: MainWindow, qtbot: QtBot) -> None:
    document = checked.session.document
    checked.session.settled_problems()
    closed, opened = (id_of(checked.session, path) for path in ("closed", "opened"))
    goal = document.diagram.boxes[opened]
    with document.gesture("Drag") as gesture:
        for way in range(80):
            box = document.diagram.boxes[closed]
            new = replace(box, x=box.x + (goal.x + 40 - box.x) * way / 79, y=goal.y + 60)
            gesture.apply(Edit("Move", (BoxChange(closed, box, new),)))
        checked.session.settled_problems()
        assert told(checked) == []
    qtbot.waitUntil(lambda: "states-overlap" in told(checked))


def test_a_large_drawing_is_looked_at_a_little_at_a_time(
    program: Program, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing_watch, "SETTLED", 0)
    states = "".join(f"  s{number}: {{on: {{GO: s{number + 1}}}}}\n" for number in range(30))
    path = tmp_path / "many.yaml"
    path.write_text(f"initial: s0\nstates:\n{states}  s30: {{}}\n", encoding="utf-8")
    window, ticks = program.open(path), count()
    window.drawing_watch.clock = lambda: float(next(ticks))  # each look at the clock, a second has passed
    view_commands.choose(window.session, drawing="on")
    document = window.session.document
    one, other = (id_of(window.session, path) for path in ("s3", "s4"))
    box = document.diagram.boxes[one]
    document.apply(
        Edit("Cover", (BoxChange(one, box, replace(document.diagram.boxes[other], id=one, auto=False)),))
    )
    qtbot.waitUntil(lambda: "states-overlap" in told(window))
    label = edits.rename(document.chart, other, "renamed")
    document.apply(label)
    qtbot.waitUntil(
        lambda: any(
            "renamed" in each.message for each in window.session.problems if each.element in (one, other)
        )
    )

"""The history shows every step with its branches and marks, and goes where one clicks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QPixmap
from pytestqt.qtbot import QtBot

from editor.document import edits
from editor.document.undo import Edit, UndoStack
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.panels.history import HistoryPanel, rows_of
from editor.session import Session
from tests.commands.desk import id_of


def rename(session: Session, path: str, key: str) -> None:
    document = session.document
    document.apply(edits.rename(document.chart, id_of(session, path), key))


@pytest.fixture
def drawn() -> list[set[str]]:
    return []


@pytest.fixture
def panel(session: Session, drawn: list[set[str]], qtbot: QtBot) -> HistoryPanel:
    def draw(chart: Chart, diagram: Diagram, size: QSize) -> QPixmap:
        drawn.append({state.key for state in chart.states.values()})
        return QPixmap(size)

    made = HistoryPanel(session, draw)
    qtbot.addWidget(made)
    made.resize(300, 400)
    made.show()
    return made


def titles(panel: HistoryPanel) -> list[str]:
    return [str(panel.rows.index(row).data()) for row in range(panel.rows.rowCount())]


def heard(panel: HistoryPanel) -> list[str]:
    role = Qt.ItemDataRole.AccessibleTextRole
    return [str(panel.rows.data(panel.rows.index(row), role)) for row in range(panel.rows.rowCount())]


def place_of(panel: HistoryPanel, row: int) -> QPoint:
    return panel.list.visualRect(panel.rows.index(row)).center()


def test_every_step_is_listed_with_where_it_was_saved_and_where_one_is(
    panel: HistoryPanel, session: Session, qtbot: QtBot
) -> None:
    assert heard(panel) == ["Start, now, saved"]
    rename(session, "closed", "shut")
    session.document.mark_saved()
    rename(session, "shut", "locked")
    qtbot.waitUntil(lambda: panel.rows.rowCount() == 3)
    assert [each.partition(",")[2] for each in heard(panel)] == ["", " saved", " now"]
    assert all("ename" in each for each in titles(panel)[1:])


def test_a_click_goes_to_a_step_on_another_branch(
    panel: HistoryPanel, session: Session, qtbot: QtBot
) -> None:
    rename(session, "closed", "shut")
    session.document.undo()
    rename(session, "closed", "barred")
    qtbot.waitUntil(lambda: panel.rows.rowCount() == 3)
    qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place_of(panel, 1))
    id_of(session, "shut")
    qtbot.waitUntil(lambda: panel.list.currentIndex().row() == 1)
    qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place_of(panel, 2))
    id_of(session, "barred")


def test_resting_on_a_step_shows_it_and_changes_nothing(
    panel: HistoryPanel, session: Session, drawn: list[set[str]], qtbot: QtBot
) -> None:
    rename(session, "closed", "shut")
    qtbot.waitUntil(lambda: panel.rows.rowCount() == 2)
    qtbot.mouseMove(panel.list.viewport(), place_of(panel, 1))
    qtbot.mouseMove(panel.list.viewport(), place_of(panel, 0))
    assert drawn == [], "nothing is drawn while the pointer moves"
    qtbot.waitUntil(lambda: bool(drawn))
    assert "closed" in drawn[0]
    assert panel.picture.isVisible()
    id_of(session, "shut")
    rename(session, "shut", "locked")
    assert not panel.picture.isVisible()


def test_a_hidden_history_is_not_looked_at_until_it_is_seen(panel: HistoryPanel, session: Session) -> None:
    panel.hide()
    rename(session, "closed", "shut")
    assert panel.rows.rowCount() == 1
    panel.show()
    assert panel.rows.rowCount() == 2


def test_that_steps_were_dropped_is_told(panel: HistoryPanel, session: Session) -> None:
    session.document.undo_stack._most = (1, 1000)
    rename(session, "closed", "shut")
    rename(session, "shut", "locked")
    panel.hide()
    panel.show()
    assert titles(panel)[0] == "Older steps were dropped"
    assert "first steps" in session.status


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 99)), max_size=40))
def test_no_two_branches_share_a_lane_beside_each_other(deeds: list[tuple[bool, int]]) -> None:
    stack = UndoStack()
    for is_edit, number in deeds:
        if is_edit:
            stack.push(Edit("e", ()))
        else:
            stack.take(stack.steps[number % len(stack.steps)])
    rows = rows_of(stack)
    assert [row.step for row in rows] == stack.steps
    lanes = {row.step.number: row.lane for row in rows}
    for row in rows:
        assert len(set(row.passing)) == len(row.passing) or max(row.passing) == 7
        assert row.lane not in row.passing or row.lane == 7
        if row.step.branches:
            assert lanes[row.step.branches[0].number] == row.lane


def test_it_can_be_painted_between_a_step_and_the_list_of_it(
    panel: HistoryPanel, session: Session, qtbot: QtBot
) -> None:
    rename(session, "closed", "shut")
    rename(session, "shut", "locked")
    qtbot.waitUntil(lambda: panel.rows.rowCount() == 3)
    session.document.undo()
    qtbot.waitUntil(lambda: heard(panel)[1].endswith(", now"))
    rename(session, "shut", "barred")
    panel.list.viewport().repaint()  # an exception in there fails the test
    assert panel.rows.rowCount() == 3
    qtbot.waitUntil(lambda: panel.rows.rowCount() == 4)
    assert [row.leaving for row in panel.rows.rows] == [(), (1,), (), ()]


def test_a_click_goes_to_the_step_that_is_seen_there(
    panel: HistoryPanel, session: Session, qtbot: QtBot
) -> None:
    rename(session, "closed", "shut")
    qtbot.waitUntil(lambda: panel.rows.rowCount() == 2)
    rename(session, "shut", "locked")
    qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place_of(panel, 1))
    assert session.document.undo_stack.present.number == 1

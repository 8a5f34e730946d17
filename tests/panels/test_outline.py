from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from editor.commands import simulate
from editor.document import edits
from editor.geometry import Point
from editor.layout.sizes import TableMeasure
from editor.model.changes import StateChange
from editor.model.chart import Chart
from editor.model.elements import State
from editor.panels.outline import OutlinePanel
from editor.panels.outline_model import OutlineModel
from editor.session import Session
from tests.commands.desk import id_of, session_on

ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def panel(session: Session, qtbot: QtBot) -> OutlinePanel:
    made = OutlinePanel(session)
    qtbot.addWidget(made)
    made.resize(240, 400)
    made.show()
    return made


def shown(panel: OutlinePanel, parent: QModelIndex | None = None) -> list[str]:
    """All rows that the model offers, depth first."""
    above = parent if parent is not None else QModelIndex()
    found: list[str] = []
    for row in range(panel.model.rowCount(above)):
        index = panel.model.index(row, 0, above)
        found += [str(index.data()), *shown(panel, index)]
    return found


def click(panel: OutlinePanel, session: Session, path: str, qtbot: QtBot) -> None:
    place = panel.tree.visualRect(panel.model.index_of(id_of(session, path))).center()
    qtbot.mouseClick(panel.tree.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_states_stand_in_document_order(panel: OutlinePanel) -> None:
    assert shown(panel) == ["closed", "opened", "ajar", "wide"]


def test_a_click_selects_and_reveals(panel: OutlinePanel, session: Session, qtbot: QtBot) -> None:
    revealed: list[str] = []
    session.revealed.subscribe(revealed.append)
    click(panel, session, "opened.wide", qtbot)
    assert session.selection.ids == (id_of(session, "opened.wide"),)
    assert revealed == [id_of(session, "opened.wide")]


def test_what_is_selected_elsewhere_is_selected_here(panel: OutlinePanel, session: Session) -> None:
    session.selection.replace([id_of(session, "opened.ajar"), id_of(session, "closed")])
    rows = panel.tree.selectionModel().selectedRows()
    assert {str(index.data()) for index in rows} == {"ajar", "closed"}
    session.selection.replace([])
    assert not panel.tree.selectionModel().selectedRows()


def test_new_deleted_and_moved_states_follow_at_once(panel: OutlinePanel, session: Session) -> None:
    document = session.document
    edit, _ = edits.add_state(
        document.chart, document.diagram, id_of(session, "opened"), Point(0, 0), key="locked",
        measure=TableMeasure(),
    )  # fmt: skip
    document.apply(edit)
    assert shown(panel) == ["closed", "opened", "ajar", "wide", "locked"]
    document.apply(edits.delete(document.chart, document.diagram, [id_of(session, "closed")]))
    assert shown(panel) == ["opened", "ajar", "wide", "locked"]
    document.undo()
    assert shown(panel) == ["closed", "opened", "ajar", "wide", "locked"]


def test_opened_branches_stay_open_through_an_edit(panel: OutlinePanel, session: Session) -> None:
    document = session.document
    opened = id_of(session, "opened")
    assert panel.tree.isExpanded(panel.model.index_of(opened))
    document.apply(edits.delete(document.chart, document.diagram, [id_of(session, "closed")]))
    assert panel.tree.isExpanded(panel.model.index_of(opened))


def test_branches_are_open_when_a_document_is_first_seen(
    panel: OutlinePanel, session: Session, tmp_path: Path
) -> None:
    panel.hide()
    session.replace_document(session_on(tmp_path).document)
    panel.show()
    opened = panel.model.index_of(id_of(session, "opened"))
    assert panel.tree.isExpanded(opened)
    panel.tree.collapse(opened)
    panel.hide()
    panel.show()
    assert not panel.tree.isExpanded(panel.model.index_of(id_of(session, "opened")))


def test_searching_keeps_what_matches_and_what_it_lies_in(
    panel: OutlinePanel, session: Session, qtbot: QtBot
) -> None:
    qtbot.keyClicks(panel.search, "WI")
    assert shown(panel) == ["opened", "wide"]
    qtbot.keyClick(panel.search, Qt.Key.Key_Return)
    assert session.selection.ids == (id_of(session, "opened.wide"),)
    panel.search.clear()
    assert shown(panel) == ["closed", "opened", "ajar", "wide"]


@pytest.mark.parametrize("is_open", [True, False])
def test_the_end_of_a_search_leaves_open_what_was_open(
    panel: OutlinePanel, session: Session, qtbot: QtBot, is_open: bool
) -> None:
    opened = id_of(session, "opened")
    panel.tree.setExpanded(panel.model.index_of(opened), is_open)
    qtbot.keyClicks(panel.search, "closed")
    qtbot.keyClick(panel.search, Qt.Key.Key_Return)
    panel.search.clear()
    assert panel.tree.isExpanded(panel.model.index_of(opened)) == is_open


def test_renaming_in_place(panel: OutlinePanel, session: Session, qtbot: QtBot) -> None:
    id = id_of(session, "closed")
    panel.tree.edit(panel.model.index_of(id))
    editor = panel.tree.viewport().findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    editor.setText("shut")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.document.chart.states[id].key == "shut")
    assert shown(panel)[0] == "shut"


def test_a_name_that_is_taken_is_told_and_changes_nothing(panel: OutlinePanel, session: Session) -> None:
    panel.rename(id_of(session, "closed"), "opened")
    assert "beside it already" in session.status
    assert shown(panel)[0] == "closed"


def test_active_states_stand_out(panel: OutlinePanel, session: Session) -> None:
    simulate.start(session)
    assert session.simulator is not None
    session.simulator.send("OPEN")
    for path, is_active in (("opened", True), ("opened.ajar", True), ("closed", False)):
        font = panel.model.data(panel.model.index_of(id_of(session, path)), Qt.ItemDataRole.FontRole)
        assert (font is not None) is is_active
    session.set_simulator(None)
    index = panel.model.index_of(id_of(session, "opened"))
    assert panel.model.data(index, Qt.ItemDataRole.FontRole) is None


def test_only_rows_that_are_looked_at_cost_anything(qapp: object) -> None:
    chart = Chart()
    changes = [StateChange(f"p{n}", None, State(id=f"p{n}", parent="root", key=f"p{n}")) for n in range(50)]
    changes += [
        StateChange(f"c{n}", None, State(id=f"c{n}", parent=f"p{n % 50}", key=f"c{n}")) for n in range(2000)
    ]
    chart.apply(changes)
    model = OutlineModel(chart)
    assert model.rowCount() == 50
    assert len(model._rows) == 50
    assert model.parent(model.index_of("c7")).data() == "p7"


# moving rows


def drop(panel: OutlinePanel, session: Session, paths: list[str], parent: str, row: int) -> bool:
    """Drop rows as Qt does: ask first, then give the data."""
    model = panel.model
    data = model.mimeData([model.index_of(id_of(session, path)) for path in paths])
    goal = model.index_of(id_of(session, parent)) if parent else QModelIndex()
    action = Qt.DropAction.MoveAction
    return model.canDropMimeData(data, action, row, 0, goal) and model.dropMimeData(
        data, action, row, 0, goal
    )


def drag_over(panel: OutlinePanel, data: QMimeData, at: QPoint) -> QDragMoveEvent:
    """What the tree answers to something that is dragged over a place."""
    held = (Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(panel.tree.viewport(), QDragEnterEvent(at, *held))
    event = QDragMoveEvent(at, *held)
    QApplication.sendEvent(panel.tree.viewport(), event)
    return event


def test_a_row_dropped_on_another_becomes_its_child_in_one_step(
    panel: OutlinePanel, session: Session
) -> None:
    session.selection.replace([id_of(session, "closed")])
    assert drop(panel, session, ["closed"], "opened", -1)
    assert shown(panel) == ["opened", "ajar", "wide", "closed"]
    assert session.selection.ids == (id_of(session, "opened.closed"),)
    session.document.undo()
    assert shown(panel) == ["closed", "opened", "ajar", "wide"]
    assert not session.document.undo_stack.can_undo


def test_a_row_dropped_between_others_is_put_there(panel: OutlinePanel, session: Session) -> None:
    assert drop(panel, session, ["opened.wide"], "opened", 0)
    assert shown(panel) == ["closed", "opened", "wide", "ajar"]
    assert drop(panel, session, ["opened.ajar"], "", 1)
    assert shown(panel) == ["closed", "ajar", "opened", "wide"]


def test_a_row_is_dropped_with_the_pointer(panel: OutlinePanel, session: Session) -> None:
    data = panel.model.mimeData([panel.model.index_of(id_of(session, "closed"))])
    at = panel.tree.visualRect(panel.model.index_of(id_of(session, "opened.ajar"))).center()
    assert drag_over(panel, data, at).isAccepted()
    held = (Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(panel.tree.viewport(), QDropEvent(QPointF(at), *held))
    assert shown(panel) == ["opened", "ajar", "closed", "wide"]


@pytest.mark.parametrize("path", ["opened", "opened.wide"])
def test_a_drop_into_itself_shows_as_refused(panel: OutlinePanel, session: Session, path: str) -> None:
    data = panel.model.mimeData([panel.model.index_of(id_of(session, "opened"))])
    at = panel.tree.visualRect(panel.model.index_of(id_of(session, path))).center()
    assert not drag_over(panel, data, at).isAccepted()
    assert not drop(panel, session, ["opened"], path, -1)
    assert not session.document.undo_stack.can_undo


def test_rows_of_another_window_and_other_things_are_refused(
    panel: OutlinePanel, session: Session, qtbot: QtBot
) -> None:
    other = OutlinePanel(session)
    qtbot.addWidget(other)
    data = other.model.mimeData([other.model.index_of(id_of(session, "closed"))])
    goal, action = panel.model.index_of(id_of(session, "opened")), Qt.DropAction.MoveAction
    text = QMimeData()
    text.setText("closed")
    assert not panel.model.canDropMimeData(data, action, -1, 0, goal)
    assert not panel.model.canDropMimeData(text, action, -1, 0, goal)


def test_rows_that_were_searched_for_are_not_dragged(panel: OutlinePanel, session: Session) -> None:
    panel.search.setText("wi")
    index = panel.model.index_of(id_of(session, "opened.wide"))
    assert not panel.model.flags(index) & Qt.ItemFlag.ItemIsDragEnabled
    assert not drop(panel, session, ["opened.wide"], "", -1)


@pytest.mark.parametrize(
    ("path", "key", "modifiers", "expected"),
    [
        ("opened", Qt.Key.Key_Up, ALT, ["opened", "ajar", "wide", "closed"]),
        ("closed", Qt.Key.Key_Down, ALT, ["opened", "ajar", "wide", "closed"]),
        ("closed", Qt.Key.Key_Up, ALT, ["closed", "opened", "ajar", "wide"]),
        ("opened.ajar", Qt.Key.Key_Left, ALT | SHIFT, ["closed", "opened", "wide", "ajar"]),
        ("opened", Qt.Key.Key_Right, ALT | SHIFT, ["closed", "opened", "ajar", "wide"]),
        ("closed", Qt.Key.Key_Right, ALT | SHIFT, ["closed", "opened", "ajar", "wide"]),
    ],
)
def test_rows_are_moved_by_the_keyboard(
    panel: OutlinePanel, session: Session, qtbot: QtBot, path: str, key: Qt.Key,
    modifiers: Qt.KeyboardModifier, expected: list[str],
) -> None:  # fmt: skip
    id = id_of(session, path)
    session.selection.replace([id])
    panel.tree.setFocus()
    qtbot.keyClick(panel.tree, key, modifiers)
    assert shown(panel) == expected
    assert session.selection.ids == (id,)


def test_what_the_keyboard_cannot_move_is_told(panel: OutlinePanel, session: Session) -> None:
    session.selection.replace([id_of(session, "closed"), id_of(session, "opened.wide")])
    panel.move_down()
    assert "Only states of one parent" in session.status
    session.selection.replace([])
    for move in (panel.move_up, panel.move_out, panel.move_in):
        move()
    assert not session.document.undo_stack.can_undo


def test_moving_in_and_out_by_the_keyboard_changes_the_parent(panel: OutlinePanel, session: Session) -> None:
    opened, chart = id_of(session, "opened"), session.document.chart
    session.selection.replace([opened])
    panel.move_in()
    assert chart.states[opened].parent == id_of(session, "closed")
    panel.move_out()
    assert chart.states[opened].parent == chart.root_id
    assert shown(panel) == ["closed", "opened", "ajar", "wide"]


def open_name(panel: OutlinePanel, session: Session, path: str) -> QLineEdit:
    index = panel.model.index_of(id_of(session, path))
    panel.tree.setCurrentIndex(index)
    panel.tree.edit(index)
    [field] = [each for each in panel.tree.viewport().findChildren(QLineEdit) if each.isVisible()]
    return field


def test_a_wrong_name_holds_its_row_and_is_not_lost(
    panel: OutlinePanel, session: Session, qtbot: QtBot
) -> None:
    field = open_name(panel, session, "closed")
    assert field.height() >= field.fontMetrics().height()
    field.selectAll()
    qtbot.keyClicks(field, "opened")
    assert field.property("wrong") is True
    assert "already" in field.toolTip()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.isVisible()
    panel.search.setFocus()
    qtbot.waitUntil(lambda: not field.isVisible())
    assert id_of(session, "closed")
    assert "“opened” was not kept" in session.status
    again = open_name(panel, session, "closed")
    assert again.text() == "opened"
    assert again.property("wrong") is True
    again.selectAll()
    qtbot.keyClicks(again, "shut")
    assert not again.property("wrong")
    qtbot.keyClick(again, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.document.undo_stack.can_undo)
    assert id_of(session, "shut")
    assert session.document.undo_stack.undo_label.startswith("Rename")


def test_a_wrong_name_is_given_up_by_escape(panel: OutlinePanel, session: Session, qtbot: QtBot) -> None:
    field = open_name(panel, session, "closed")
    field.selectAll()
    qtbot.keyClicks(field, "opened")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not field.isVisible())
    assert open_name(panel, session, "closed").text() == "closed"
    assert not session.document.undo_stack.can_undo

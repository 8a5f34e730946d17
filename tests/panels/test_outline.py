from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QLineEdit
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
from tests.commands.desk import id_of


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


def test_searching_keeps_what_matches_and_what_it_lies_in(
    panel: OutlinePanel, session: Session, qtbot: QtBot
) -> None:
    qtbot.keyClicks(panel.search, "WI")
    assert shown(panel) == ["opened", "wide"]
    qtbot.keyClick(panel.search, Qt.Key.Key_Return)
    assert session.selection.ids == (id_of(session, "opened.wide"),)
    panel.search.clear()
    assert shown(panel) == ["closed", "opened", "ajar", "wide"]


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

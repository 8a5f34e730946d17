"""Beside each value of a context stands what kind of data it is, told from the value."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from editor.engine.simulator import Simulator
from editor.panels.inspector import InspectorPanel
from editor.panels.inspector_machine import MachineForm
from editor.panels.simulation_context import ContextTree
from tests.charts import chart
from tests.commands.desk import session_on

MACHINE = """\
initial: a
context: {count: 0, share: 0.5, name: ada, code: '7', isOpen: true, items: [1], user: {age: 30}, last: null}
states: {a: {on: {GO: {actions: {assign: {last: "'go'"}}}}}}
"""
KINDS = {
    "count": "number", "share": "number", "name": "text", "code": "text", "isOpen": "truth", "items": "list",
    "user": "mapping", "last": "nothing",
}  # fmt: skip


def rows(tree: QTreeWidget) -> dict[str, QTreeWidgetItem]:
    return {row.text(0): row for row in map(tree.topLevelItem, range(tree.topLevelItemCount())) if row}


def kinds(tree: QTreeWidget) -> dict[str, str]:
    return {key: row.text(2) for key, row in rows(tree).items()}


def test_the_inspector_tells_the_kind_and_follows_the_value(tmp_path: Path, qtbot: QtBot) -> None:
    session = session_on(tmp_path, MACHINE)
    panel = InspectorPanel(session)
    qtbot.addWidget(panel)
    panel.show()
    assert isinstance(panel.form, MachineForm)
    tree = panel.form.context.tree
    assert kinds(tree) == KINDS
    assert rows(tree)["user"].child(0).text(2) == "number"
    rows(tree)["count"].setText(1, "[1, 2]")
    assert kinds(tree)["count"] == "list"
    session.document.undo()
    assert kinds(tree) == KINDS


def test_the_kind_is_not_typed(tmp_path: Path, qtbot: QtBot) -> None:
    panel = InspectorPanel(session_on(tmp_path, MACHINE))
    qtbot.addWidget(panel)
    panel.show()
    assert isinstance(panel.form, MachineForm)
    tree = panel.form.context.tree
    tree.setFocus()
    tree.setCurrentItem(rows(tree)["count"], 2)
    qtbot.keyClick(tree, Qt.Key.Key_F2)
    assert tree.state() != QTreeWidget.State.EditingState


def test_a_run_tells_the_kinds_of_what_its_data_became(qtbot: QtBot) -> None:
    simulator = Simulator(chart(MACHINE))
    simulator.start()
    tree = ContextTree()
    qtbot.addWidget(tree)
    tree.show_run(simulator)
    assert kinds(tree) == KINDS
    simulator.send("GO")
    tree.show_run(simulator)
    assert kinds(tree)["last"] == "text"

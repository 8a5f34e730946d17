"""While something is dragged nothing else is edited: what a panel is asked for then is refused with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from editor.document.document import AMID_A_DRAG
from editor.panels.context_editor import ContextEditor
from editor.panels.history import HistoryPanel
from editor.panels.inspector import InspectorPanel
from editor.panels.outline import OutlinePanel
from editor.session import Session
from tests.commands.desk import id_of, session_on, transition_of
from tests.journeys.killed_session import content

MACHINE = """\
initial: a
context: {x: 1}
states:
  a: {on: {GO: [{target: b, guard: ready}, b]}, invoke: {src: pay}}
  b: {}
"""


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return session_on(tmp_path, MACHINE)


def now(session: Session) -> tuple[str, int]:
    document = session.document
    return content(document.chart, document.diagram), len(document.undo_stack.steps)


@pytest.mark.parametrize("subject", ["", "a", "transition"])
def test_every_button_of_the_inspector_is_refused_with_a_reason(
    session: Session, qtbot: QtBot, subject: str
) -> None:
    ids = {"": [], "a": [id_of(session, "a")], "transition": [transition_of(session, "a", 1)]}[subject]
    panel = InspectorPanel(session)
    qtbot.addWidget(panel)
    panel.resize(320, 900)
    panel.show()
    before = now(session)
    gesture = session.document.gesture("Move")
    session.selection.replace(ids)
    assert panel.form is not None
    trees = panel.form.findChildren(ContextEditor)
    refused = 0
    for button in panel.form.findChildren(QPushButton):
        if button.text() in ("Later", "Earlier", "Add transition", "Add service", "Remove", "On done"):
            session.say("")
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
            assert session.status == AMID_A_DRAG, button.text()
            refused += 1
    for tree in trees:
        tree.tree.setCurrentItem(tree.tree.topLevelItem(0))
        for button in (tree.add, tree.remove):
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
            assert tree.message.text() == AMID_A_DRAG
            refused += 1
    assert refused >= 1
    gesture.cancel()
    assert now(session) == before
    assert list(session.selection.ids) == ids


def test_a_name_typed_into_the_outline_and_a_step_of_the_history_are_refused(
    session: Session, qtbot: QtBot
) -> None:
    outline, history = (
        OutlinePanel(session),
        HistoryPanel(session, lambda *_: pytest.fail("nothing is drawn")),
    )
    qtbot.addWidget(outline)
    qtbot.addWidget(history)
    outline.rename(id_of(session, "a"), "c")
    history.show()
    before = now(session)
    with session.document.gesture("Move"):
        outline.rename(id_of(session, "b"), "d")
        assert session.status == AMID_A_DRAG
        session.say("")
        history.go(history.rows.index(0))
        assert session.status == AMID_A_DRAG
    assert now(session) == before

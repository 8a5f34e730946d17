"""Choosing by keys and wheel: many in a row are one step to undo, and nothing is chosen by accident."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from editor.document import edits
from editor.geometry import Point
from editor.layout.sizes import TableMeasure
from editor.model import queries
from editor.model.elements import StateKind, TriggerKind
from editor.panels.fields import ChoiceRow, LineRow
from editor.panels.inspector import InspectorPanel
from editor.panels.simulation_clock import ClockPart
from editor.session import Session
from tests.commands.desk import id_of, session_on, transition_of

MACHINE = """\
initial: a
states:
  a: {on: {GO: b}, entry: hello, invoke: {src: pay}}
  b: {}
  c: {}
  d: {}
"""


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return session_on(tmp_path, MACHINE)


@pytest.fixture
def panel(session: Session, qtbot: QtBot) -> InspectorPanel:
    made = InspectorPanel(session)
    qtbot.addWidget(made)
    made.resize(320, 300)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


PLACE = Point(400, 400)


def choice(panel: InspectorPanel, name: str) -> ChoiceRow:
    assert panel.form is not None
    found = panel.form.rows[name]
    assert isinstance(found, ChoiceRow)
    return found


def begins(session: Session) -> str:
    """The key of the state that the machine begins in."""
    chart = session.document.chart
    initial = queries.initial_transition(chart, chart.root_id)
    assert initial is not None
    return chart.states[initial.targets[0]].key


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def wheel(widget: QWidget, steps: int) -> None:
    """Turn the wheel over a widget; what it ignores goes to what is around it, as Qt does."""
    target: QWidget | None = widget
    while target is not None:
        event = QWheelEvent(
            QPointF(5, 5), QPointF(widget.mapToGlobal(QPoint(5, 5))), QPoint(0, 0), QPoint(0, -120 * steps),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(target, event)
        if event.isAccepted():
            return
        target = target.parentWidget()


def test_several_keys_on_a_field_are_one_step(panel: InspectorPanel, session: Session, qtbot: QtBot) -> None:
    choice(panel, "begins").box.setFocus()
    for _ in range(3):
        qtbot.keyClick(focused(), Qt.Key.Key_Down)
    assert begins(session) == "d"
    session.document.undo()
    assert begins(session) == "a"
    assert not session.document.undo_stack.can_undo
    session.document.redo()
    assert begins(session) == "d"


def test_keys_go_on_where_rows_come_and_go(panel: InspectorPanel, session: Session, qtbot: QtBot) -> None:
    id, document = id_of(session, "a"), session.document
    before = dict(document.chart.states), dict(document.chart.transitions), dict(document.diagram.boxes)
    session.selection.replace([id])
    choice(panel, "kind").box.setFocus()
    kinds = []
    for _ in range(4):
        qtbot.keyClick(focused(), Qt.Key.Key_Down)
        kinds.append(document.chart.states[id].kind)
    assert kinds[0] is StateKind.PARALLEL
    assert kinds[1] is StateKind.FINAL
    for _ in range(4):
        qtbot.keyClick(focused(), Qt.Key.Key_Up)
    assert (
        dict(document.chart.states),
        dict(document.chart.transitions),
        dict(document.diagram.boxes),
    ) == before
    assert not document.undo_stack.can_undo
    qtbot.keyClick(focused(), Qt.Key.Key_Down)
    qtbot.keyClick(focused(), Qt.Key.Key_Down)
    document.undo()
    assert dict(document.chart.states) == before[0]
    assert not document.undo_stack.can_undo


def test_leaving_the_field_ends_the_step(panel: InspectorPanel, session: Session, qtbot: QtBot) -> None:
    id = transition_of(session, "a")
    session.selection.replace([id])
    transitions = session.document.chart.transitions
    for goal in (TriggerKind.AFTER, TriggerKind.ALWAYS):
        choice(panel, "kind").box.setFocus()
        qtbot.keyClick(focused(), Qt.Key.Key_Down)
        assert transitions[id].trigger.kind is goal
        assert panel.form is not None
        panel.form.rows["targets"].widget.setFocus()
    session.document.undo()
    assert transitions[id].trigger.kind is TriggerKind.AFTER
    session.document.undo()
    assert transitions[id].trigger.kind is TriggerKind.EVENT


def test_another_edit_in_between_ends_the_step(panel: InspectorPanel, session: Session, qtbot: QtBot) -> None:
    document = session.document
    choice(panel, "begins").box.setFocus()
    qtbot.keyClick(focused(), Qt.Key.Key_Down)
    document.apply(edits.rename(document.chart, id_of(session, "c"), "see"))
    qtbot.keyClick(focused(), Qt.Key.Key_Down)
    document.undo()
    assert begins(session) == "b"
    document.undo()
    assert id_of(session, "c")
    document.undo()
    assert begins(session) == "a"


def test_typing_a_text_is_one_step(panel: InspectorPanel, session: Session, qtbot: QtBot) -> None:
    session.selection.replace([id_of(session, "b")])
    assert panel.form is not None
    row = panel.form.rows["key"]
    assert isinstance(row, LineRow)
    row.line.setFocus()
    row.line.selectAll()
    qtbot.keyClicks(row.line, "begin")
    qtbot.keyClick(row.line, Qt.Key.Key_Return)
    panel.form.rows["id"].widget.setFocus()
    session.document.undo()
    assert id_of(session, "b")
    assert not session.document.undo_stack.can_undo


def test_the_wheel_over_a_field_without_focus_scrolls(panel: InspectorPanel, session: Session) -> None:
    assert panel.form is not None
    panel.setFocus()
    bar = panel.form.verticalScrollBar()
    assert bar.maximum() > 0
    for name in ("begins", "kind", "language"):
        bar.setValue(0)
        wheel(choice(panel, name).box, 2)
        assert bar.value() > 0
        assert not choice(panel, name).box.hasFocus()
    assert not session.document.undo_stack.can_undo


def test_the_wheel_over_a_field_with_focus_chooses_in_one_step(
    panel: InspectorPanel, session: Session
) -> None:
    choice(panel, "begins").box.setFocus()
    wheel(choice(panel, "begins").box, 1)
    wheel(choice(panel, "begins").box, 1)
    assert begins(session) == "c"
    session.document.undo()
    assert begins(session) == "a"


def test_the_speed_of_the_clock_is_not_changed_by_the_wheel(qtbot: QtBot) -> None:
    clock = ClockPart()
    qtbot.addWidget(clock)
    before = clock.speed.currentIndex()
    wheel(clock.speed, 1)
    assert clock.speed.currentIndex() == before
    boxes = clock.findChildren(QComboBox)
    assert boxes == [clock.speed]


def test_a_form_of_which_rows_go_stays_scrolled(
    panel: InspectorPanel, session: Session, qtbot: QtBot
) -> None:
    session.selection.replace([id_of(session, "a")])
    former = panel.form
    assert former is not None
    qtbot.waitUntil(lambda: former.verticalScrollBar().maximum() > 300)
    former.verticalScrollBar().setValue(300)
    former.buttons["i0.remove"].click()
    assert panel.form is former
    assert "i0.src" not in former.rows
    QApplication.processEvents()
    assert former.verticalScrollBar().value() == 300


def offered(panel: InspectorPanel, name: str) -> list[str]:
    box = choice(panel, name).box
    return [box.itemText(place) for place in range(box.count())]


def test_what_can_be_chosen_follows_the_chart_in_the_same_form(
    panel: InspectorPanel, session: Session
) -> None:
    document, former = session.document, panel.form
    box = choice(panel, "begins").box
    box.setFocus()
    document.apply(edits.rename(document.chart, id_of(session, "c"), "see"))
    assert offered(panel, "begins") == ["a", "b", "see", "d"]
    document.apply(edits.delete(document.chart, document.diagram, [id_of(session, "b")]))
    assert offered(panel, "begins") == ["a", "see", "d"]
    document.apply(edits.set_initial(document.chart, document.diagram, id_of(session, "d")))
    assert box.currentText() == "d"
    chart, diagram = document.chart, document.diagram
    document.apply(edits.add_state(chart, diagram, chart.root_id, PLACE, measure=TableMeasure())[0])
    assert offered(panel, "begins")[:3] == ["a", "see", "d"]
    assert len(offered(panel, "begins")) == 4
    assert box.currentText() == "d"
    assert panel.form is former
    assert box.hasFocus()


def test_what_it_is_now_is_offered_until_something_else_is_chosen(
    panel: InspectorPanel, session: Session, qtbot: QtBot
) -> None:
    document, former = session.document, panel.form
    initial = queries.initial_transition(document.chart, document.chart.root_id)
    assert initial is not None
    document.apply(edits.delete(document.chart, document.diagram, [initial.id]))
    assert offered(panel, "begins") == ["The first, none is given", "a", "b", "c", "d"]
    assert choice(panel, "begins").box.currentText() == "The first, none is given"
    choice(panel, "begins").box.setFocus()
    qtbot.keyClick(focused(), Qt.Key.Key_Down)
    qtbot.keyClick(focused(), Qt.Key.Key_Down)
    assert begins(session) == "b"
    assert offered(panel, "begins") == ["a", "b", "c", "d"]
    assert panel.form is former


def test_the_last_state_takes_the_choice_with_it(panel: InspectorPanel, session: Session) -> None:
    document = session.document
    everything = [id_of(session, key) for key in "abcd"]
    document.apply(edits.delete(document.chart, document.diagram, everything))
    assert panel.form is not None
    assert "begins" not in panel.form.rows

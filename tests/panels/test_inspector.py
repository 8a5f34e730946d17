from __future__ import annotations

import weakref
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from editor.document import edits, notes
from editor.geometry import Point, Rect
from editor.layout.sizes import TableMeasure
from editor.model import queries
from editor.model.elements import Assign, Call, Expr, Named, Raise, Send, StateKind, Trigger, TriggerKind
from editor.panels.fields import CheckRow, ChoiceRow, LineRow, TextRow
from editor.panels.form import Form
from editor.panels.inspector import InspectorPanel
from editor.panels.inspector_machine import MachineForm
from editor.panels.inspector_note import NoteForm
from editor.panels.inspector_state import StateForm
from editor.panels.inspector_transition import TransitionForm
from editor.session import Session
from tests.commands.desk import id_of, session_on, transition_of

R = TypeVar("R", LineRow, TextRow, ChoiceRow, CheckRow)


@pytest.fixture
def panel(session: Session, qtbot: QtBot) -> InspectorPanel:
    made = InspectorPanel(session)
    qtbot.addWidget(made)
    made.resize(320, 900)
    made.show()
    return made


def row(panel: InspectorPanel, name: str, kind: type[R]) -> R:
    assert isinstance(panel.form, Form)
    found = panel.form.rows[name]
    assert isinstance(found, kind)
    return found


def type_line(panel: InspectorPanel, qtbot: QtBot, name: str, text: str) -> LineRow:
    found = row(panel, name, LineRow)
    found.line.setFocus()
    found.line.selectAll()
    qtbot.keyClick(found.line, Qt.Key.Key_Delete)
    qtbot.keyClicks(found.line, text)
    qtbot.keyClick(found.line, Qt.Key.Key_Return)
    return found


def type_text(panel: InspectorPanel, qtbot: QtBot, name: str, text: str) -> TextRow:
    found = row(panel, name, TextRow)
    found.text.selectAll()
    qtbot.keyClick(found.text, Qt.Key.Key_Delete)
    found.text.insertPlainText(text)
    qtbot.keyClick(found.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    return found


def test_it_shows_what_is_selected(panel: InspectorPanel, session: Session) -> None:
    assert isinstance(panel.form, MachineForm)
    session.selection.replace([id_of(session, "closed")])
    assert isinstance(panel.form, StateForm)
    assert row(panel, "key", LineRow).shown() == "closed"
    session.selection.replace([transition_of(session, "closed")])
    assert isinstance(panel.form, TransitionForm)
    session.selection.replace([id_of(session, "closed"), id_of(session, "opened")])
    assert panel.form is None
    assert "2 elements" in panel.several.text()


def test_a_name_is_changed_and_undone(panel: InspectorPanel, session: Session, qtbot: QtBot) -> None:
    id = id_of(session, "closed")
    session.selection.replace([id])
    type_line(panel, qtbot, "key", "shut")
    assert session.document.chart.states[id].key == "shut"
    session.document.undo()
    assert row(panel, "key", LineRow).shown() == "closed"


def test_a_name_that_is_taken_stays_with_its_reason_and_changes_nothing(
    panel: InspectorPanel, session: Session, qtbot: QtBot
) -> None:
    id = id_of(session, "closed")
    session.selection.replace([id])
    found = type_line(panel, qtbot, "key", "opened")
    assert found.is_wrong
    assert "beside it already" in found.message.text()
    assert found.shown() == "opened"
    assert session.document.chart.states[id].key == "closed"
    assert not session.document.is_modified
    qtbot.keyClick(found.line, Qt.Key.Key_Escape)
    assert found.shown() == "closed"
    assert not found.is_wrong


def test_actions_are_typed_one_a_line(panel: InspectorPanel, session: Session, qtbot: QtBot) -> None:
    id = id_of(session, "closed")
    session.selection.replace([id])
    type_text(
        panel, qtbot, "entry", "lock\nn = n + 1\nraise DONE\nsend TICK after 2s\n{assign: {a: 1, b: 2}}"
    )
    assert session.document.chart.states[id].entry == (
        Call(name="lock"), Assign(values=(("n", "n + 1"),)), Raise(event="DONE"),
        Send(event="TICK", delay="2s"), Assign(values=(("a", 1), ("b", 2))),
    )  # fmt: skip


def test_lines_that_were_not_touched_keep_their_actions(tmp_path: Path, qtbot: QtBot) -> None:
    session = session_on(
        tmp_path,
        "initial: a\nstates:\n  a:\n    entry:\n    - {assign: {n: 0}}\n"
        "    - {choose: [{guard: n > 1, actions: big}]}\n",
    )
    panel = InspectorPanel(session)
    qtbot.addWidget(panel)
    id = id_of(session, "a")
    session.selection.replace([id])
    before = session.document.chart.states[id].entry
    text = row(panel, "entry", TextRow).shown()
    type_text(panel, qtbot, "entry", text + "\nmore")
    assert session.document.chart.states[id].entry == (*before, Call(name="more"))


def test_an_action_that_is_none_is_refused(panel: InspectorPanel, session: Session, qtbot: QtBot) -> None:
    session.selection.replace([id_of(session, "closed")])
    found = type_text(panel, qtbot, "entry", "n = (1 +")
    assert found.is_wrong
    assert session.document.chart.states[id_of(session, "closed")].entry == ()
    found = type_text(panel, qtbot, "entry", "{assing: {n: 1}}")
    assert "assign" in found.message.text()


def test_the_kind_is_chosen(panel: InspectorPanel, session: Session, qtbot: QtBot) -> None:
    id = id_of(session, "opened.wide")
    session.selection.replace([id])
    box = row(panel, "kind", ChoiceRow).box
    box.setCurrentIndex(box.findData("final"))
    box.activated.emit(box.currentIndex())
    assert session.document.chart.states[id].kind is StateKind.FINAL
    assert isinstance(panel.form, StateForm)
    assert "output" in panel.form.rows


def test_a_kind_that_cannot_be_jumps_back_with_its_reason(panel: InspectorPanel, session: Session) -> None:
    id = id_of(session, "opened")
    session.selection.replace([id])
    found = row(panel, "kind", ChoiceRow)
    found.box.setCurrentIndex(found.box.findData("final"))
    found.box.activated.emit(found.box.currentIndex())
    assert found.shown() == "normal"
    assert "states inside" in found.message.text()


def test_initial_is_checked_once(panel: InspectorPanel, session: Session, qtbot: QtBot) -> None:
    session.selection.replace([id_of(session, "opened.wide")])
    found = row(panel, "initial", CheckRow)
    assert found.shown() == ""
    found.check.click()
    initial = queries.initial_transition(session.document.chart, id_of(session, "opened"))
    assert initial is not None
    assert initial.targets == (id_of(session, "opened.wide"),)
    found.check.click()
    assert found.is_wrong


def test_id_tags_and_meta(panel: InspectorPanel, session: Session, qtbot: QtBot) -> None:
    id = id_of(session, "closed")
    session.selection.replace([id])
    type_line(panel, qtbot, "id", "shut")
    type_line(panel, qtbot, "tags", "calm, safe, calm")
    type_text(panel, qtbot, "meta", "colour: {r: 1}")
    state = session.document.chart.states[id]
    assert (state.declared_id, state.tags, state.meta) == ("shut", ("calm", "safe"), {"colour": {"r": 1}})
    assert type_text(panel, qtbot, "meta", "a: [").is_wrong
    session.selection.replace([id_of(session, "opened")])
    assert "has this id already" in type_line(panel, qtbot, "id", "shut").message.text()


def test_a_service_is_added_named_and_removed(panel: InspectorPanel, session: Session, qtbot: QtBot) -> None:
    id = id_of(session, "closed")
    session.selection.replace([id])
    assert isinstance(panel.form, StateForm)
    qtbot.mouseClick(panel.form.buttons["service.add"], Qt.MouseButton.LeftButton)
    [invoke] = session.document.chart.states[id].invokes
    type_line(panel, qtbot, f"{invoke.uid}.src", "alarm")
    type_text(panel, qtbot, f"{invoke.uid}.input", "level: n + 1")
    row(panel, f"{invoke.uid}.forward", CheckRow).check.click()
    [invoke] = session.document.chart.states[id].invokes
    assert (invoke.src, invoke.input, invoke.auto_forward) == ("alarm", {"level": "n + 1"}, True)
    assert isinstance(panel.form, StateForm)
    panel.form.buttons[f"{invoke.uid}.remove"].click()
    assert session.document.chart.states[id].invokes == ()


def test_a_transition_from_its_label(panel: InspectorPanel, session: Session, qtbot: QtBot) -> None:
    id = transition_of(session, "closed")
    session.selection.replace([id])
    type_line(panel, qtbot, "label", "OPEN [key and not jammed] / creak")
    transition = session.document.chart.transitions[id]
    assert transition.guard == Expr(text="key and not jammed")
    assert transition.actions == (Call(name="creak"),)
    assert row(panel, "guard", TextRow).shown() == "key and not jammed"


def test_a_transition_from_its_fields(panel: InspectorPanel, session: Session, qtbot: QtBot) -> None:
    id = transition_of(session, "closed")
    session.selection.replace([id])
    type_line(panel, qtbot, "event", "UNLOCK")
    type_text(panel, qtbot, "guard", "hasKey")
    type_line(panel, qtbot, "targets", "#opened.wide")
    transition = session.document.chart.transitions[id]
    assert transition.trigger == Trigger(text="UNLOCK")
    assert transition.guard == Named(name="hasKey")
    assert transition.targets == (id_of(session, "opened.wide"),)


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("targets", "nowhere", "There is no state “nowhere”"),
        ("event", "", "needs a name"),
        ("event", "a*b", "star"),
        ("label", "GO [x", "not closed"),
    ],
)
def test_what_a_transition_cannot_be_is_refused(
    panel: InspectorPanel, session: Session, qtbot: QtBot, name: str, text: str, reason: str
) -> None:
    id = transition_of(session, "closed")
    before = session.document.chart.transitions[id]
    session.selection.replace([id])
    found = type_line(panel, qtbot, name, text)
    assert reason in found.message.text()
    assert session.document.chart.transitions[id] == before


def test_guards_that_do_not_parse_are_refused(panel: InspectorPanel, session: Session, qtbot: QtBot) -> None:
    session.selection.replace([transition_of(session, "closed")])
    assert type_text(panel, qtbot, "guard", "n >").is_wrong
    assert type_text(panel, qtbot, "guard", "{in: nowhere}").is_wrong
    assert type_text(panel, qtbot, "guard", "{and: [a, {in: opened.wide}]}").is_wrong is False


def test_another_kind_of_trigger_has_other_fields(
    panel: InspectorPanel, session: Session, qtbot: QtBot
) -> None:
    id = transition_of(session, "closed")
    session.selection.replace([id])
    box = row(panel, "kind", ChoiceRow).box
    box.setCurrentIndex(box.findData("after"))
    box.activated.emit(box.currentIndex())
    type_line(panel, qtbot, "delay", "200ms")
    assert session.document.chart.transitions[id].trigger == Trigger(kind=TriggerKind.AFTER, text="200ms")


def test_the_machine_and_what_its_names_mean(panel: InspectorPanel, session: Session, qtbot: QtBot) -> None:
    type_line(panel, qtbot, "id", "gate")
    type_text(panel, qtbot, "guards", "hasKey: keys > 0")
    type_text(panel, qtbot, "actions", "creak: {log: keys}")
    type_text(panel, qtbot, "delays", "PAUSE: 2s")
    type_text(panel, qtbot, "services", "alarm: {description: Rings}")
    chart = session.document.chart
    assert chart.root.declared_id == "gate"
    assert chart.info.guards == (("hasKey", Expr(text="keys > 0")),)
    assert chart.info.delays == (("PAUSE", "2s"),)
    assert chart.info.services == (("alarm", {"description": "Rings"}),)
    assert [name for name, _ in chart.info.actions] == ["creak"]
    assert type_text(panel, qtbot, "guards", "hasKey: keys >").is_wrong
    assert type_text(panel, qtbot, "delays", "PAUSE:").is_wrong
    assert chart.info.delays == (("PAUSE", "2s"),)


def test_a_key_of_the_context_and_its_value_are_typed_in_a_row(
    panel: InspectorPanel, session: Session, qtbot: QtBot
) -> None:
    panel.show()
    assert isinstance(panel.form, MachineForm)
    context = panel.form.context
    for key, value in (("balance", "100"), ("limit", "[1, 2]")):
        qtbot.mouseClick(context.add, Qt.MouseButton.LeftButton)
        field = context.tree.findChild(QLineEdit)
        assert field is not None
        assert field.height() >= field.fontMetrics().height()
        assert field.width() >= 90
        qtbot.keyClicks(field, key)
        qtbot.keyClick(field, Qt.Key.Key_Tab)
        field = next(each for each in context.tree.findChildren(QLineEdit) if each.text() == "0")
        qtbot.keyClicks(field, value)
        qtbot.keyClick(field, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not context.tree.findChildren(QLineEdit))
    assert session.document.chart.info.context == {"balance": 100, "limit": [1, 2]}


def test_renaming_a_key_renames_its_uses(tmp_path: Path, qtbot: QtBot) -> None:
    text = "{context: {n: 0, m: 1}, states: {a: {on: {GO: {guard: n > 0, target: b}}}, b: {}}}"
    session = session_on(tmp_path, text)
    panel = InspectorPanel(session)
    qtbot.addWidget(panel)
    context = panel.form.context
    top = context.tree.topLevelItem(0)
    assert top is not None
    top.setText(0, "m")
    assert "already" in context.message.text()
    assert session.document.chart.info.context == {"n": 0, "m": 1}
    top.setText(0, "count")
    assert session.document.chart.info.context == {"count": 0, "m": 1}
    [go] = [each for each in session.document.chart.transitions.values() if each.trigger.text == "GO"]
    assert go.guard == Expr(text="count > 0")
    session.document.undo()
    assert session.document.chart.transitions[go.id].guard == Expr(text="n > 0")


def test_the_context_is_edited_in_its_tree(panel: InspectorPanel, session: Session, qtbot: QtBot) -> None:
    assert isinstance(panel.form, MachineForm)
    context = panel.form.context
    qtbot.mouseClick(context.add, Qt.MouseButton.LeftButton)
    assert session.document.chart.info.context == {"key": 0}
    top = context.tree.topLevelItem(0)
    assert isinstance(top, QTreeWidgetItem)
    top.setText(0, "keys")
    top = context.tree.topLevelItem(0)
    assert isinstance(top, QTreeWidgetItem)
    top.setText(1, "{front: 1, back: [2]}")
    assert session.document.chart.info.context == {"keys": {"front": 1, "back": [2]}}
    top = context.tree.topLevelItem(0)
    assert isinstance(top, QTreeWidgetItem)
    inner = top.child(0)
    assert isinstance(inner, QTreeWidgetItem)
    inner.setText(1, "[broken")
    assert session.document.chart.info.context == {"keys": {"front": 1, "back": [2]}}
    session.document.undo()
    assert session.document.chart.info.context == {"keys": 0}


def test_an_element_that_goes_takes_its_form_along(panel: InspectorPanel, session: Session) -> None:
    document = session.document
    session.selection.replace([id_of(session, "closed")])
    document.apply(edits.delete(document.chart, document.diagram, [id_of(session, "closed")]))
    assert isinstance(panel.form, MachineForm)


def test_a_colour_is_chosen_and_follows_undo(panel: InspectorPanel, session: Session) -> None:
    id = id_of(session, "closed")
    session.selection.replace([id])
    box = row(panel, "tint", ChoiceRow).box
    box.setCurrentIndex(box.findText("2 Orange"))
    box.activated.emit(box.currentIndex())
    assert session.document.diagram.boxes[id].tint == 2
    session.document.undo()
    assert row(panel, "tint", ChoiceRow).shown() == ""


def test_a_note_is_written_and_coloured(panel: InspectorPanel, session: Session, qtbot: QtBot) -> None:
    edit, id = notes.add(session.document.diagram, Rect(0, 0, 200, 96), "# Why")
    session.document.apply(edit)
    session.selection.replace([id])
    assert isinstance(panel.form, NoteForm)
    type_text(panel, qtbot, "text", "because")
    assert session.document.diagram.notes[id].text == "because"
    box = row(panel, "tint", ChoiceRow).box
    box.setCurrentIndex(box.findText("5 Teal"))
    box.activated.emit(box.currentIndex())
    assert session.document.diagram.notes[id].tint == 5
    session.document.undo()
    session.document.undo()
    assert row(panel, "text", TextRow).shown() == "# Why"
    session.document.undo()
    assert isinstance(panel.form, MachineForm)


@pytest.mark.parametrize("what", ["state", "transition", "note"])
def test_an_element_may_go_while_one_of_its_fields_has_the_focus(
    panel: InspectorPanel, session: Session, qtbot: QtBot, what: str
) -> None:
    document = session.document
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    chart, closed = document.chart, id_of(session, "closed")
    if what == "state":
        edit, id = edits.add_state(
            chart, document.diagram, chart.root_id, Point(900, 40), measure=TableMeasure()
        )
    elif what == "transition":
        edit, id = edits.connect(chart, document.diagram, closed, (closed,))
    else:
        edit, id = notes.add(document.diagram, Rect(0, 0, 200, 96), "# Why")
    document.apply(edit)
    session.selection.replace([id])
    field = row(panel, "text" if what == "note" else "description", TextRow).text
    field.setFocus()
    assert field.hasFocus()
    document.undo()  # an exception in a slot fails the test
    assert session.selection.ids == ()
    assert isinstance(panel.form, MachineForm)
    assert not document.undo_stack.can_undo


def test_forms_that_are_gone_are_not_remembered(panel: InspectorPanel, session: Session) -> None:
    stack = session.document.undo_stack
    states = [id_of(session, path) for path in ("closed", "opened")]
    session.selection.replace(states[:1])
    before = weakref.getweakrefcount(stack)
    for number in range(20):
        session.selection.replace([states[number % 2]])
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    session.selection.replace(states[:1])
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert weakref.getweakrefcount(stack) <= before + 2

"""The form of the machine is made once, and follows the chart while something else is seen, too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from editor.commands.completing import Completer
from editor.document import edits
from editor.geometry import Point
from editor.layout.sizes import TableMeasure
from editor.model.elements import Trigger, TriggerKind
from editor.panels import inspector
from editor.panels.fields import LineRow, TextRow
from editor.panels.inspector import InspectorPanel
from editor.panels.inspector_machine import MachineForm
from editor.session import Session
from tests.commands.desk import id_of, session_on, transition_of
from tests.panels.forms import told

MACHINE = """\
id: kept
initial: a
context: {n: 1}
invoke: {src: pay, id: paying}
on: {STOP: b}
states:
  a: {on: {GO: b}, entry: hello}
  b: {}
  c: {initial: d, states: {d: {}}}
"""
MEASURE = TableMeasure()
Deed = Callable[[Session], object]


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return session_on(tmp_path, MACHINE)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[MachineForm]:
    """The forms of the machine, as they are made."""
    forms: list[MachineForm] = []

    class Counted(MachineForm):
        def __init__(self, session: Session, completer: Completer | None = None) -> None:
            super().__init__(session, completer)
            forms.append(self)

    monkeypatch.setattr(inspector, "MachineForm", Counted)
    return forms


@pytest.fixture
def panel(session: Session, made: list[MachineForm], qtbot: QtBot) -> InspectorPanel:
    shown = InspectorPanel(session)
    qtbot.addWidget(shown)
    shown.resize(320, 500)
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    return shown


def look_elsewhere(session: Session, deed: Deed = lambda session: None) -> None:
    """Do something while a state is selected, then select nothing."""
    session.selection.replace([id_of(session, "c")])
    deed(session)
    session.selection.replace([])


def rename_state(session: Session) -> None:
    document = session.document
    document.apply(edits.rename(document.chart, id_of(session, "a"), "begin"))


def add_state(session: Session) -> None:
    document = session.document
    edit, _ = edits.add_state(
        document.chart, document.diagram, document.chart.root_id, Point(400, 400), measure=MEASURE
    )
    document.apply(edit)


def delete_state(session: Session) -> None:
    document = session.document
    document.apply(edits.delete(document.chart, document.diagram, [id_of(session, "b")]))


def begin_elsewhere(session: Session) -> None:
    document = session.document
    document.apply(edits.set_initial(document.chart, document.diagram, id_of(session, "b")))


def edit_label(session: Session) -> None:
    document = session.document
    document.apply(edits.set_label(document.chart, transition_of(session, "a"), "GO [n > 1] / note"))


def change_context(session: Session) -> None:
    chart = session.document.chart
    session.document.apply(edits.set_info(chart, replace(chart.info, context={"n": 1, "m": [2]}), label="x"))


def end_service(session: Session) -> None:
    document = session.document
    root = replace(document.chart.root, invokes=())
    document.apply(edits.set_state(document.chart, document.diagram, root, measure=MEASURE, label="x"))


def answer_otherwise(session: Session) -> None:
    chart = session.document.chart
    [stop] = [each for each in chart.outgoing(chart.root_id) if not each.is_pseudo]
    session.document.apply(
        edits.set_transition(chart, replace(stop, trigger=Trigger(text="HALT")), label="x")
    )


def speak_otherwise(session: Session) -> None:
    chart = session.document.chart
    session.document.apply(edits.set_info(chart, replace(chart.info, language="javascript"), label="x"))


DEEDS: tuple[Deed, ...] = (
    lambda session: None, rename_state, add_state, begin_elsewhere, edit_label, change_context, delete_state,
    end_service, answer_otherwise, speak_otherwise,
)  # fmt: skip


@pytest.mark.parametrize("deed", DEEDS)
def test_it_is_made_once_and_says_what_the_chart_says(
    panel: InspectorPanel, session: Session, made: list[MachineForm], deed: Deed, qtbot: QtBot
) -> None:
    for _ in range(3):
        look_elsewhere(session)
    look_elsewhere(session, deed)
    assert len(made) == 1
    assert panel.form is made[0]
    assert made[0].isVisible()
    fresh = MachineForm(session)
    qtbot.addWidget(fresh)
    assert told(made[0]) == told(fresh)
    session.document.undo()
    session.selection.replace([])
    assert len(made) == 1
    other = MachineForm(session)
    qtbot.addWidget(other)
    assert told(made[0]) == told(other)


def test_another_document_has_a_form_of_its_own(
    panel: InspectorPanel, session: Session, made: list[MachineForm], tmp_path: Path
) -> None:
    session.selection.replace([id_of(session, "c")])
    session.replace_document(session_on(tmp_path, "id: other\ninitial: x\nstates: {x: {}}\n").document)
    assert panel.form is made[1]
    line = panel.form.rows["id"]
    assert isinstance(line, LineRow)
    assert line.shown() == "other"


def test_what_is_typed_is_kept_by_leaving_it(
    panel: InspectorPanel, session: Session, made: list[MachineForm], qtbot: QtBot
) -> None:
    assert panel.form is not None
    row = panel.form.rows["entry"]
    assert isinstance(row, TextRow)
    row.text.setFocus()
    qtbot.keyClicks(row.text, "hello")
    panel.form.rows["id"].widget.setFocus()
    look_elsewhere(session)
    assert len(made) == 1
    assert row.shown() == "hello"
    session.document.undo()
    session.selection.replace([])
    assert len(made) == 1
    assert row.shown() == ""


def test_what_was_refused_stands_there_to_be_mended(
    panel: InspectorPanel, session: Session, made: list[MachineForm], qtbot: QtBot
) -> None:
    assert panel.form is not None
    row = panel.form.rows["guards"]
    assert isinstance(row, TextRow)
    row.text.setFocus()
    qtbot.keyClicks(row.text, "few: [")
    look_elsewhere(session)
    assert panel.form is not None
    row = panel.form.rows["guards"]
    assert row.shown() == "few: ["
    assert row.is_wrong
    row.give_up()
    assert row.shown() == ""
    look_elsewhere(session)
    assert not panel.form.rows["guards"].is_wrong


def test_it_is_seen_from_its_top_again(
    panel: InspectorPanel, session: Session, made: list[MachineForm]
) -> None:
    bar = made[0].verticalScrollBar()
    assert bar.maximum() > 100
    bar.setValue(100)
    look_elsewhere(session)
    assert panel.form is made[0]
    assert bar.value() == 0


def test_a_choice_goes_on_working_in_it(
    panel: InspectorPanel, session: Session, made: list[MachineForm], qtbot: QtBot
) -> None:
    look_elsewhere(session)
    box = made[0].rows["begins"].widget
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Down)
    chart = session.document.chart
    [start] = [each for each in chart.outgoing(chart.root_id) if each.trigger.kind is TriggerKind.INITIAL]
    assert start.targets == (id_of(session, "b"),)

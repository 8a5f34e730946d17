"""The form follows what is selected and what it says: the same widgets say something else, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from editor.document import edits, notes
from editor.document.undo import Edit
from editor.errors import EditorError
from editor.geometry import Point, Rect
from editor.layout.sizes import TableMeasure
from editor.model.changes import TransitionChange
from editor.model.elements import Invoke, StateKind, Transition, Trigger, TriggerKind
from editor.panels.fields import LineRow, TextRow
from editor.panels.form import Form
from editor.panels.inspector import InspectorPanel
from editor.panels.inspector_state import StateForm
from editor.panels.inspector_transition import TransitionForm
from editor.session import Session
from tests.commands.desk import id_of, session_on, transition_of
from tests.panels.forms import fresh, parts, reading_order, tab_order, told, tops

MACHINE = """\
id: follow
initial: a
context: {n: 1, deep: {m: [1]}}
guards: {few: n < 3}
states:
  a:
    entry: hello
    description: It begins here.
    on: {GO: b, BACK: {target: c, guard: n > 1, actions: note}}
    invoke: [{src: pay, id: paying}, {src: ship, input: {x: n}}]
  b:
    tags: [calm]
    on:
      GO: [{target: a, guard: few}, c]
    after: {2s: a}
  c:
    initial: d
    states:
      d: {on: {IN: e}}
      e: {type: final, output: {sum: n}}
      past: {type: history}
    on: {OUT: a}
  p: {type: parallel, states: {r: {}, s: {}}}
"""
MEASURE = TableMeasure()
WALKS = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return session_on(tmp_path, MACHINE)


def shown_panel(session: Session, qtbot: QtBot) -> InspectorPanel:
    made = InspectorPanel(session)
    qtbot.addWidget(made)
    made.resize(320, 500)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def panel(session: Session, qtbot: QtBot) -> InspectorPanel:
    return shown_panel(session, qtbot)


def form_of(panel: InspectorPanel) -> Form:
    assert panel.form is not None
    return panel.form


def line(panel: InspectorPanel, name: str) -> LineRow:
    row = form_of(panel).rows[name]
    assert isinstance(row, LineRow)
    return row


def text(panel: InspectorPanel, name: str) -> TextRow:
    row = form_of(panel).rows[name]
    assert isinstance(row, TextRow)
    return row


def select(session: Session, path: str) -> None:
    session.selection.replace([id_of(session, path)])


def rename(session: Session, path: str, key: str) -> None:
    document = session.document
    document.apply(edits.rename(document.chart, id_of(session, path), key))


class Walker:
    """Somebody who selects and edits whatever chance says, in the panel and elsewhere."""

    def __init__(self, panel: InspectorPanel, session: Session, qtbot: QtBot, chance: Random) -> None:
        self.panel = panel
        self.session = session
        self.qtbot = qtbot
        self.chance = chance
        self.deeds: tuple[Callable[[], object], ...] = (
            self.select, self.select, self.select, self.select_alike, self.rename, self.add, self.connect,
            self.delete, self.delete, self.set_kind, self.label, self.invoke, self.end_service, self.describe,
            self.note, self.trigger, self.begin, self.type_refused, self.type_refused, self.undo, self.undo,
            self.redo, self.speak,
        )  # fmt: skip

    @property
    def states(self) -> list[str]:
        chart = self.session.document.chart
        return sorted(id for id in chart.states if id != chart.root_id)

    @property
    def transitions(self) -> list[str]:
        return sorted(self.session.document.chart.transitions)

    def act(self) -> None:
        try:
            self.chance.choice(self.deeds)()
        except EditorError:
            return  # what cannot be is refused, and nothing changed

    def select(self) -> None:
        everything = [*self.states, *self.transitions, *sorted(self.session.document.diagram.notes)]
        count = self.chance.choice((0, 1, 1, 1, 1, 1, 2))
        self.session.selection.replace(self.chance.sample(everything, min(count, len(everything))))

    def select_alike(self) -> None:
        kind = self.states if isinstance(self.panel.form, StateForm) else self.transitions
        if kind:
            self.session.selection.replace([self.chance.choice(kind)])

    def rename(self) -> None:
        document = self.session.document
        document.apply(
            edits.rename(document.chart, self.chance.choice(self.states), self.chance.choice("xyzw"))
        )

    def add(self) -> None:
        document, place = self.session.document, Point(self.chance.randrange(900), self.chance.randrange(900))
        holders = [document.chart.root_id, *self.states]
        edit, id = edits.add_state(
            document.chart, document.diagram, self.chance.choice(holders), place, measure=MEASURE
        )
        document.apply(edit)
        if self.chance.random() < 0.5:
            self.session.selection.replace([id])

    def connect(self) -> None:
        document = self.session.document
        one, other = self.chance.choice(self.states), self.chance.choice(self.states)
        document.apply(edits.connect(document.chart, document.diagram, one, (other,))[0])

    def delete(self) -> None:
        document = self.session.document
        pool = [*self.session.selection.ids] if self.chance.random() < 0.5 else self.transitions
        if len(self.states) > 4 and pool:
            document.apply(edits.delete(document.chart, document.diagram, [self.chance.choice(pool)]))

    def set_kind(self) -> None:
        document, id = self.session.document, self.chance.choice(self.states)
        kind = self.chance.choice([*StateKind])
        document.apply(edits.set_kind(document.chart, document.diagram, id, kind, measure=MEASURE))

    def label(self) -> None:
        document, id = self.session.document, self.chance.choice(self.transitions)
        document.apply(
            edits.set_label(document.chart, id, self.chance.choice(("X", "Y [n > 2]", "GO / note")))
        )

    def trigger(self) -> None:
        document = self.session.document
        own = document.chart.transitions[self.chance.choice(self.transitions)]
        kind, word = self.chance.choice(
            [(TriggerKind.AFTER, "1s"), (TriggerKind.ALWAYS, ""), (TriggerKind.EVENT, "E")]
        )
        if not own.is_pseudo:
            document.apply(
                edits.set_transition(document.chart, replace(own, trigger=Trigger(kind=kind, text=word)))
            )

    def _set_state(self, id: str, **values: object) -> None:
        document = self.session.document
        new = replace(document.chart.states[id], **values)  # type: ignore[arg-type]
        document.apply(edits.set_state(document.chart, document.diagram, new, measure=MEASURE))

    def invoke(self) -> None:
        id = self.chance.choice(self.states)
        old = self.session.document.chart.states[id].invokes
        uid = self.chance.choice(["i0", "i1", "i7", "other"])
        if uid not in {each.uid for each in old}:
            new = [*old, Invoke(uid=uid, src=self.chance.choice(("pay", "ship")))]
            self.chance.shuffle(new)
            self._set_state(id, invokes=tuple(new))

    def end_service(self) -> None:
        having = [id for id in self.states if self.session.document.chart.states[id].invokes]
        if having:
            id = self.chance.choice(having)
            self._set_state(id, invokes=self.session.document.chart.states[id].invokes[1:])

    def describe(self) -> None:
        self._set_state(
            self.chance.choice(self.states), description=self.chance.choice((None, "Long.\n" * 4))
        )

    def note(self) -> None:
        document = self.session.document
        document.apply(notes.add(document.diagram, Rect(0, 0, 200, 96), "# Why")[0])

    def begin(self) -> None:
        document = self.session.document
        document.apply(edits.set_initial(document.chart, document.diagram, self.chance.choice(self.states)))

    def speak(self) -> None:
        chart = self.session.document.chart
        language = self.chance.choice((None, "javascript", "lua"))
        self.session.document.apply(edits.set_info(chart, replace(chart.info, language=language)))

    def type_refused(self) -> None:
        """Type something into a field that cannot be, or may not."""
        if self.panel.form is None:
            return
        names = [name for name, row in self.panel.form.rows.items() if isinstance(row, LineRow | TextRow)]
        row = self.panel.form.rows[self.chance.choice(names)]
        row.widget.setFocus()
        if isinstance(row, LineRow):
            row.line.selectAll()
        elif isinstance(row, TextRow):
            row.text.selectAll()
        self.qtbot.keyClicks(row.widget, self.chance.choice(("a: [", "n >", "GO [", "b", "")))
        row.commit()

    def undo(self) -> None:
        self.session.document.undo()

    def redo(self) -> None:
        self.session.document.redo()


@WALKS
@given(seed=st.integers(0, 2**32))
def test_it_shows_what_a_form_that_is_made_anew_shows(seed: int, qtbot: QtBot, tmp_path: Path) -> None:
    session = session_on(tmp_path, MACHINE)
    panel = shown_panel(session, qtbot)
    walker = Walker(panel, session, qtbot, Random(seed))
    for _ in range(25):
        walker.act()
        if panel.form is None:
            assert len(session.selection.ids) > 1
            continue
        other = fresh(panel.form)
        assert told(panel.form) == told(other)
        other.deleteLater()
        assert reading_order(panel.form) == parts(panel.form)
        QApplication.processEvents()
        assert tops(panel.form) == sorted(tops(panel.form))
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    panel.close()


def test_another_state_has_the_same_widgets(panel: InspectorPanel, session: Session) -> None:
    select(session, "a")
    former, row = form_of(panel), line(panel, "key")
    select(session, "b")
    assert form_of(panel) is former
    assert line(panel, "key") is row
    assert row.shown() == "b"
    assert text(panel, "entry").shown() == ""


def test_widgets_do_not_become_more(panel: InspectorPanel, session: Session) -> None:
    def round() -> None:
        for path in ("a", "b", "c", "c.e", "c.past", "p", "p.r"):
            select(session, path)
        for path in ("a", "b", "c"):
            session.selection.replace([transition_of(session, path)])
        session.selection.replace([])
        select(session, "a")
        form_of(panel).buttons["i0.remove"].click()
        session.document.undo()
        QApplication.processEvents()

    round()
    before = len(panel.findChildren(QWidget))
    for _ in range(5):
        round()
    assert len(panel.findChildren(QWidget)) == before


@pytest.mark.parametrize("name", ["key", "description", "tint", "initial", "i1.src", "i1.input", "meta"])
def test_the_focus_stays_while_rows_come_and_go(panel: InspectorPanel, session: Session, name: str) -> None:
    select(session, "a")
    widget = form_of(panel).rows[name].widget
    widget.setFocus()
    state = session.document.chart.states[id_of(session, "a")]
    document = session.document
    document.apply(
        edits.set_state(
            document.chart, document.diagram, replace(state, invokes=state.invokes[1:]), measure=MEASURE
        )
    )
    assert form_of(panel).rows[name].widget is widget
    assert widget.hasFocus()
    document.apply(edits.connect(document.chart, document.diagram, state.id, (state.id,))[0])
    document.undo()
    document.undo()
    assert form_of(panel).rows[name].widget is widget
    assert widget.hasFocus()


def test_the_cursor_and_what_is_typed_stay_while_something_else_changes(
    panel: InspectorPanel, session: Session, qtbot: QtBot
) -> None:
    select(session, "a")
    row, long = line(panel, "key"), text(panel, "description")
    row.line.setFocus()
    row.line.setCursorPosition(1)
    qtbot.keyClicks(row.line, "xy")
    rename(session, "b", "bee")
    rename(session, "c", "sea")
    assert row.shown() == "axy"
    assert row.line.cursorPosition() == 3
    assert row.line.isUndoAvailable()
    qtbot.keyClick(row.line, Qt.Key.Key_Return)
    assert id_of(session, "axy")
    long.text.setFocus()
    long.text.moveCursor(long.text.textCursor().MoveOperation.End)
    qtbot.keyClicks(long.text, " Yes.")
    rename(session, "bee", "b")
    assert long.shown() == "It begins here. Yes."
    assert long.text.textCursor().position() == len("It begins here. Yes.")
    assert long.text.document().isUndoAvailable()


def test_what_is_typed_counts_for_the_element_it_was_typed_for(
    panel: InspectorPanel, session: Session, qtbot: QtBot
) -> None:
    select(session, "a")
    begin, other = id_of(session, "a"), id_of(session, "b")
    row = line(panel, "key")
    row.line.setFocus()
    row.line.selectAll()
    qtbot.keyClicks(row.line, "begin")
    session.selection.replace([other])
    chart = session.document.chart
    assert (chart.states[begin].key, chart.states[other].key) == ("begin", "b")
    assert row.shown() == "b"
    assert row.line.hasFocus()
    assert not row.line.isUndoAvailable()
    session.document.undo()
    assert chart.states[begin].key == "a"


def test_what_was_refused_waits_where_it_was_typed(
    panel: InspectorPanel, session: Session, qtbot: QtBot
) -> None:
    select(session, "a")
    row = text(panel, "meta")
    row.text.setFocus()
    qtbot.keyClicks(row.text, "x: [")
    select(session, "b")
    assert not row.is_wrong
    assert row.shown() == ""
    assert not row.text.property("wrong")
    select(session, "a")
    assert row.is_wrong
    assert row.shown() == "x: ["
    qtbot.keyClick(row.text, Qt.Key.Key_Escape)
    assert row.shown() == ""
    assert not row.is_wrong


def test_what_was_refused_may_be_right_after_another_edit(
    panel: InspectorPanel, session: Session, qtbot: QtBot
) -> None:
    select(session, "a")
    row = line(panel, "key")
    row.line.setFocus()
    row.line.selectAll()
    qtbot.keyClicks(row.line, "b")
    qtbot.keyClick(row.line, Qt.Key.Key_Return)
    assert "already" in row.message.text()
    rename(session, "b", "bee")
    assert row.shown() == "b"
    assert row.is_wrong
    assert "already" not in row.message.text()
    qtbot.keyClick(row.line, Qt.Key.Key_Return)
    assert not row.is_wrong
    assert id_of(session, "b") == session.selection.ids[0]


def test_a_row_that_goes_while_one_types_into_it_keeps_that(
    panel: InspectorPanel, session: Session, qtbot: QtBot
) -> None:
    select(session, "b")
    state = session.document.chart.states[id_of(session, "b")]
    document = session.document
    new = replace(state, invokes=(Invoke(uid="i0", src="pay"),))
    document.apply(edits.set_state(document.chart, document.diagram, new, measure=MEASURE))
    row = line(panel, "i0.src")
    row.line.setFocus()
    row.line.end(False)
    qtbot.keyClicks(row.line, "ment")
    document.undo()
    assert "i0.src" not in form_of(panel).rows
    assert row.isHidden()
    assert not document.undo_stack.can_undo
    document.redo()
    assert line(panel, "i0.src").shown() == "payment"
    assert line(panel, "i0.src").is_wrong


def test_it_stays_scrolled_for_another_state_and_begins_at_the_top_for_another_kind(
    panel: InspectorPanel, session: Session, qtbot: QtBot
) -> None:
    select(session, "a")
    bar = form_of(panel).verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 300)
    bar.setValue(200)
    select(session, "b")
    QApplication.processEvents()
    assert bar.value() == 200
    session.selection.replace([transition_of(session, "a")])
    select(session, "b")
    QApplication.processEvents()
    assert bar.value() == 0


def test_the_focus_goes_along_to_the_form_of_another_kind(
    panel: InspectorPanel, session: Session, qtbot: QtBot
) -> None:
    select(session, "a")
    form_of(panel).buttons["transition.add"].setFocus()
    qtbot.keyClick(form_of(panel).buttons["transition.add"], Qt.Key.Key_Space)
    assert isinstance(panel.form, TransitionForm)
    assert line(panel, "label").line.hasFocus()


def test_tab_goes_from_the_top_to_the_bottom(panel: InspectorPanel, session: Session, qtbot: QtBot) -> None:
    select(session, "b")
    select(session, "a")
    names = tab_order(form_of(panel))
    assert names[:3] == ["Name", "Kind", "Initial state of its parent"]
    assert names.index("On exit") < names.index("Service") < names.index("Add service") < names.index("Meta")
    form_of(panel).rows["exit"].widget.setFocus()
    qtbot.keyClick(form_of(panel).rows["exit"].widget, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is form_of(panel).rows["i0.src"].widget


def test_a_transition_may_have_an_id_that_a_field_is_called_by(
    panel: InspectorPanel, session: Session
) -> None:
    a = id_of(session, "a")
    line = Transition(id="key", source=a, targets=(a,), order=9, trigger=Trigger(text="SAME"))
    session.document.apply(Edit("Add", (TransitionChange("key", None, line),)))
    select(session, "a")
    form = form_of(panel)
    assert form.rows["key"].shown() == "a"
    assert form.buttons["key"].toolTip() == "SAME → a"
    assert told(form) == told(fresh(form))


def test_a_hint_follows_a_name(panel: InspectorPanel, session: Session) -> None:
    session.selection.replace([transition_of(session, "a")])
    rename(session, "a", "begin")
    assert ("QLabel", "hint", "", True, False, "From begin") in [
        each[0] for each in told(form_of(panel))["parts"]
    ]  # type: ignore[attr-defined]


def test_completion_is_of_the_element_that_is_shown(
    panel: InspectorPanel, session: Session, qtbot: QtBot
) -> None:
    session.selection.replace([transition_of(session, "c.d")])
    session.selection.replace([transition_of(session, "a")])
    field = line(panel, "targets").line
    field.setFocus()
    QApplication.processEvents()
    field.selectAll()
    qtbot.keyClicks(field, "b")
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert field.text() == "b"

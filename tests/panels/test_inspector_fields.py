"""Every key of the format can be edited in the inspector, by typing and clicking; the file then says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from editor.formats import native, yaml_tree
from editor.formats.native_keys import INVOKE_KEYS, MACHINE_KEYS, STATE_KEYS, TRANSITION_KEYS
from editor.panels.context_editor import ContextEditor
from editor.panels.fields import CheckRow, ChoiceRow, LineRow, TextRow
from editor.panels.form import Form
from editor.panels.inspector import InspectorPanel
from editor.panels.inspector_machine import MachineForm
from editor.panels.inspector_state import StateForm
from editor.session import Session
from tests.commands.desk import id_of, session_on, transition_of

MACHINE = """\
initial: a
states:
  a: {on: {GO: b}}
  b: {}
  p:
    initial: c
    states:
      c: {initial: deep, states: {deep: {}}}
      d: {invoke: {src: pay}}
      h: {type: history}
    on: {IN: p}
  end: {type: final}
"""


class Desk:
    """A panel on the machine above, and hands that type into it."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self.session: Session = session_on(folder, MACHINE)
        self.panel = InspectorPanel(self.session)
        self.qtbot = qtbot
        qtbot.addWidget(self.panel)
        self.panel.resize(320, 900)
        self.panel.show()

    @property
    def form(self) -> Form:
        assert isinstance(self.panel.form, Form)
        return self.panel.form

    def select(self, path: str, transition: int | None = None) -> None:
        if not path:
            self.session.selection.replace([])
        elif transition is None:
            self.session.selection.replace([id_of(self.session, path)])
        else:
            self.session.selection.replace([transition_of(self.session, path, transition)])

    def enter(self, name: str, value: str) -> str:
        """Type into a row, or choose or check it; what the row says is wrong, or nothing."""
        row = self.form.rows[name]
        if isinstance(row, LineRow):
            row.line.setFocus()
            row.line.selectAll()
            self.qtbot.keyClick(row.line, Qt.Key.Key_Delete)
            self.qtbot.keyClicks(row.line, value)
            self.qtbot.keyClick(row.line, Qt.Key.Key_Return)
        elif isinstance(row, TextRow):
            row.text.setFocus()
            row.text.selectAll()
            self.qtbot.keyClick(row.text, Qt.Key.Key_Delete)
            row.text.insertPlainText(value)
            self.qtbot.keyClick(row.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        elif isinstance(row, ChoiceRow):
            place = max(row.box.findText(value), row.box.findData(value))
            assert place >= 0, value
            row.box.setFocus()
            while isinstance(row, ChoiceRow) and row.box.currentIndex() != place:
                is_below = row.box.currentIndex() < place
                self.qtbot.keyClick(row.box, Qt.Key.Key_Down if is_below else Qt.Key.Key_Up)
                row = self.form.rows[name]
        elif isinstance(row, CheckRow):
            assert (row.shown() or "no") != value
            self.qtbot.keyClick(row.check, Qt.Key.Key_Space)
        return row.message.text() if row.is_wrong else ""

    def click(self, name: str) -> None:
        """Press a button, by the keyboard: it may be scrolled out of sight."""
        self.qtbot.keyClick(self.form.buttons[name], Qt.Key.Key_Space)

    def written(self) -> Any:
        """The machine as its file would say it now."""
        text, _ = native.patch(self.session.document.loaded, self.session.document.chart)
        return yaml_tree.parse(text).value


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Desk:
    return Desk(tmp_path, qtbot)


STATE_CASES = [
    ("type", "b", "kind", "Parallel", "parallel"),
    ("history", "p.h", "kind", "Deep history", "deep"),
    ("id", "b", "id", "bee", "bee"),
    ("description", "b", "description", "Where it waits.", "Where it waits."),
    ("tags", "b", "tags", "calm, safe", ["calm", "safe"]),
    ("initial", "p", "begins", "d", "d"),
    ("entry", "b", "entry", "ring\n{type: show, params: {n: n + 1}}",
     ["ring", {"type": "show", "params": {"n": "n + 1"}}]),
    ("exit", "b", "exit", "n = n + 1", {"assign": {"n": "n + 1"}}),
    ("target", "p.h", "begins", "c.deep", "c.deep"),
    ("output", "end", "output", "sum: total", {"sum": "total"}),
    ("meta", "b", "meta", "color: {r: 1}", {"color": {"r": 1}}),
]  # fmt: skip


def of_state(root: Any, path: str) -> Any:
    for key in path.split("."):
        root = root["states"][key]
    return root or {}


@pytest.mark.parametrize(("key", "path", "row", "typed", "expected"), STATE_CASES)
def test_the_keys_of_a_state(desk: Desk, key: str, path: str, row: str, typed: str, expected: Any) -> None:
    desk.select(path)
    assert desk.enter(row, typed) == ""
    assert of_state(desk.written(), path)[key] == expected
    while desk.session.document.undo_stack.can_undo:
        desk.session.document.undo()
    assert desk.written() == yaml_tree.parse(MACHINE).value


def test_a_name(desk: Desk) -> None:
    desk.select("b")
    assert desk.enter("key", "bee") == ""
    assert desk.written()["states"]["a"]["on"]["GO"] == "bee"


def test_on_after_always_and_done_are_transitions_added_in_the_form(desk: Desk) -> None:
    for kind, row, typed in (
        ("Event", "event", "LATE"), ("After a delay", "delay", "1 min 30 s"), ("Always", "", ""), ("When done", "", ""),
    ):  # fmt: skip
        desk.select("p")
        desk.click("transition.add")
        if kind != "Event":
            assert desk.enter("kind", kind) == ""
        if row:
            assert desk.enter(row, typed) == ""
        assert desk.enter("targets", "b") == ""
    found = desk.written()["states"]["p"]
    assert found["on"] == {"IN": "p", "LATE": "b"}
    assert (found["after"], found["always"], found["onDone"]) == ({"90s": "b"}, "b", "b")


def test_a_transition_of_the_list_is_selected_by_a_click(desk: Desk) -> None:
    desk.select("a")
    id = transition_of(desk.session, "a")
    assert desk.form.buttons[id].text() == "GO → b"
    desk.click(id)
    assert desk.session.selection.ids == (id,)


TRANSITION_CASES = [
    ("target", "targets", "p.c, p.d", ["p.c", "p.d"]),
    ("guard", "guard", "{and: [ready, {not: {in: p.d}}]}", {"and": ["ready", {"not": {"in": "p.d"}}]}),
    ("actions", "actions", "ring\nsend LATE after 2s\nraise NOW\ncancel x",
     ["ring", {"send": "LATE", "delay": "2s"}, {"raise": "NOW"}, {"cancel": "x"}]),
    ("description", "description", "Goes.", "Goes."),
    ("meta", "meta", "n: 1", {"n": 1}),
]  # fmt: skip


@pytest.mark.parametrize(("key", "row", "typed", "expected"), TRANSITION_CASES)
def test_the_keys_of_a_transition(desk: Desk, key: str, row: str, typed: str, expected: Any) -> None:
    desk.select("a", 0)
    assert desk.enter(row, typed) == ""
    assert desk.written()["states"]["a"]["on"]["GO"][key] == expected
    desk.session.document.undo()
    assert desk.written() == yaml_tree.parse(MACHINE).value


def test_internal_and_reenter(desk: Desk) -> None:
    desk.select("p", 0)
    assert desk.enter("targets", ".d") == ""
    assert desk.enter("internal", "yes") == ""
    assert desk.written()["states"]["p"]["on"]["IN"] in (".d", {"target": "p.d", "internal": True})
    assert desk.enter("internal", "no") == ""
    inside = desk.written()["states"]["p"]["on"]["IN"]
    assert not isinstance(inside, str) or not inside.startswith(".")


def test_a_target_is_taken_away(desk: Desk) -> None:
    desk.select("a", 0)
    assert desk.enter("actions", "ring") == ""
    assert desk.enter("targets", "") == ""
    assert desk.written()["states"]["a"]["on"]["GO"] == {"actions": "ring"}


def test_an_initial_transition_has_a_target_and_nothing_that_would_be_lost(desk: Desk) -> None:
    chart = desk.session.document.chart
    [initial] = [each.id for each in chart.outgoing(id_of(desk.session, "p")) if each.is_pseudo]
    desk.session.selection.replace([initial])
    assert set(desk.form.rows) == {"targets"}
    assert desk.enter("targets", "c.deep") == ""
    assert desk.written()["states"]["p"]["initial"] == "c.deep"
    desk.select("p")
    assert desk.form.rows["begins"].shown() == id_of(desk.session, "p.c.deep")


INVOKE_CASES = [
    ("src", "src", "charge", "charge"),
    ("id", "id", "payment", "payment"),
    ("input", "input", "sum: total", {"sum": "total"}),
    ("autoForward", "forward", "yes", True),
]


@pytest.mark.parametrize("path", ["p.d", ""])
@pytest.mark.parametrize(("key", "row", "typed", "expected"), INVOKE_CASES)
def test_the_keys_of_an_invocation(
    desk: Desk, path: str, key: str, row: str, typed: str, expected: Any
) -> None:
    desk.select(path)
    if not path:
        assert isinstance(desk.form, MachineForm)
        desk.qtbot.mouseClick(desk.form.buttons["service.add"], Qt.MouseButton.LeftButton)
    [invoke] = desk.session.document.chart.states[id_of(desk.session, path) if path else "root"].invokes
    assert desk.enter(f"{invoke.uid}.{row}", typed) == ""
    found = of_state(desk.written(), path) if path else desk.written()
    assert found["invoke"][key] == expected


@pytest.mark.parametrize(("button", "key"), [("invoke_done", "onDone"), ("invoke_error", "onError")])
def test_what_answers_a_service(desk: Desk, button: str, key: str) -> None:
    desk.select("p.d")
    [invoke] = desk.session.document.chart.states[id_of(desk.session, "p.d")].invokes
    desk.click(f"{invoke.uid}.{button}")
    answer = desk.session.selection.ids
    assert desk.enter("targets", "c") == ""
    assert desk.written()["states"]["p"]["states"]["d"]["invoke"][key] == "c"
    desk.select("p.d")
    desk.click(f"{invoke.uid}.{button}")
    assert desk.session.selection.ids == answer


def test_an_id_of_another_service_is_refused(desk: Desk) -> None:
    desk.select("p.d")
    assert isinstance(desk.form, StateForm)
    desk.qtbot.mouseClick(desk.form.buttons["service.add"], Qt.MouseButton.LeftButton)
    first, second = desk.session.document.chart.states[id_of(desk.session, "p.d")].invokes
    assert desk.enter(f"{first.uid}.id", "x") == ""
    assert "has this id already" in desk.enter(f"{second.uid}.id", "x")


@pytest.mark.parametrize(("path", "row"), [("end", "output"), ("p.d", "i0.input")])
def test_expressions_in_data_are_checked(desk: Desk, path: str, row: str) -> None:
    desk.select(path)
    assert desk.enter(row, "sum: [1, {n: 'total +'}]") != ""
    assert desk.written() == yaml_tree.parse(MACHINE).value


MACHINE_CASES = [
    ("id", "id", "shop", "shop"),
    ("type", "kind", "Parallel", "parallel"),
    ("initial", "begins", "b", "b"),
    ("description", "description", "A shop.", "A shop."),
    ("tags", "tags", "big", ["big"]),
    ("language", "language", "JavaScript", "javascript"),
    ("entry", "entry", "hello", "hello"),
    ("exit", "exit", "bye", "bye"),
    ("guards", "guards", "ready: n > 0", {"ready": "n > 0"}),
    ("actions", "actions", "ring: {log: n}", {"ring": {"log": "n"}}),
    ("delays", "delays", "SLOW: 2 min", {"SLOW": "2m"}),
    ("services", "services", "pay: {description: Pays}", {"pay": {"description": "Pays"}}),
    ("meta", "meta", "n: 1", {"n": 1}),
]


@pytest.mark.parametrize(("key", "row", "typed", "expected"), MACHINE_CASES)
def test_the_keys_of_the_machine(desk: Desk, key: str, row: str, typed: str, expected: Any) -> None:
    desk.select("")
    assert desk.enter(row, typed) == ""
    assert desk.written()[key] == expected
    while desk.session.document.undo_stack.can_undo:
        desk.session.document.undo()
    assert desk.written() == yaml_tree.parse(MACHINE).value


def test_a_transition_of_the_machine(desk: Desk) -> None:
    desk.select("")
    desk.click("transition.add")
    assert desk.enter("event", "RESET") == ""
    assert desk.enter("targets", "a") == ""
    assert desk.written()["on"] == {"RESET": "a"}


def test_every_key_of_the_format_is_edited_somewhere() -> None:
    """A new key of the format fails here until the inspector has a field for it."""
    by_transitions = {"on", "after", "always", "onDone", "onError"}
    by_drawing = {"states", "regions"}
    older_words = {"data", "cond", "reenter"}
    elsewhere = by_transitions | by_drawing | older_words
    assert set(STATE_KEYS) <= {key for key, *_ in STATE_CASES} | {"invoke"} | elsewhere
    assert set(TRANSITION_KEYS) <= {key for key, *_ in TRANSITION_CASES} | {"internal"} | older_words
    assert set(INVOKE_KEYS) <= {key for key, *_ in INVOKE_CASES} | elsewhere
    assert set(MACHINE_KEYS) <= {key for key, *_ in MACHINE_CASES} | {"context"}


@pytest.mark.parametrize("width", [280, 320, 480])
def test_nothing_is_cut_off_at_any_width_of_the_dock(desk: Desk, width: int) -> None:
    desk.select("a", 0)
    assert desk.enter("guard", "ready and not busy and free > 3 and everythingElse == wanted") == ""
    desk.panel.resize(width, 900)
    for path in ("a", "p.d", ""):
        desk.select(path)
        desk.qtbot.waitUntil(lambda: desk.form.widget().width() == desk.form.viewport().width())
        assert desk.form.widget().minimumSizeHint().width() <= desk.form.viewport().width()
    desk.select("a")
    button = desk.form.buttons[transition_of(desk.session, "a")]
    desk.qtbot.waitUntil(lambda: button.text().endswith("…"))
    assert "everythingElse" in button.toolTip()


# the context


def row_of(editor: ContextEditor, *path: str) -> QTreeWidgetItem:
    item = editor.tree.invisibleRootItem()
    for key in path:
        [item] = [item.child(place) for place in range(item.childCount()) if item.child(place).text(0) == key]
    return item


def context_of(desk: Desk) -> ContextEditor:
    desk.select("")
    assert isinstance(desk.form, MachineForm)
    return desk.form.context


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("5", 5), ("1.5", 1.5), ('"5"', "5"), ("yes", "yes"), ("true", True), ("null", None), ("[1, a]", [1, "a"]),
     ("{}", {}), ("{a: {b: 1}}", {"a": {"b": 1}})],
)  # fmt: skip
def test_what_is_typed_decides_the_type(desk: Desk, typed: str, expected: Any) -> None:
    editor = context_of(desk)
    desk.qtbot.mouseClick(editor.add, Qt.MouseButton.LeftButton)
    item = editor.tree.topLevelItem(0)
    assert item is not None
    item.setText(1, typed)
    assert desk.session.document.chart.info.context == {"key": expected}


def test_keys_are_added_inside_renamed_and_removed(desk: Desk) -> None:
    editor = context_of(desk)
    desk.qtbot.mouseClick(editor.add, Qt.MouseButton.LeftButton)
    row_of(editor, "key").setText(0, "order")
    row_of(editor, "order").setText(1, "{}")
    editor.tree.setCurrentItem(row_of(editor, "order"))
    desk.qtbot.mouseClick(editor.add, Qt.MouseButton.LeftButton)
    desk.qtbot.mouseClick(editor.add, Qt.MouseButton.LeftButton)
    assert desk.written()["context"] == {"order": {"key": 0, "key2": 0}}
    editor.tree.setCurrentItem(row_of(editor, "order", "key"))
    desk.qtbot.mouseClick(editor.remove, Qt.MouseButton.LeftButton)
    row_of(editor, "order", "key2").setText(0, "sum")
    assert desk.written()["context"] == {"order": {"sum": 0}}
    desk.session.document.undo()
    assert desk.written()["context"] == {"order": {"key2": 0}}


def test_a_key_that_is_there_already_is_refused_and_told(desk: Desk) -> None:
    editor = context_of(desk)
    for _ in range(2):
        editor.tree.setCurrentItem(None)
        desk.qtbot.mouseClick(editor.add, Qt.MouseButton.LeftButton)
    row_of(editor, "key2").setText(0, "key")
    assert "already" in editor.message.text()
    assert desk.written()["context"] == {"key": 0, "key2": 0}


def test_what_is_wrong_in_the_context_stays_until_it_is_mended(desk: Desk) -> None:
    editor = context_of(desk)
    editor.add.click()
    editor.add.click()
    before = desk.session.document.chart.info.context
    for column, typed, reason in ((1, "[1", "missing"), (0, "key2", "already"), (0, "", "name")):
        row_of(editor, "key").setText(column, typed)
        assert reason in editor.message.text()
        assert editor.is_wrong
        top = editor.tree.topLevelItem(0)
        assert top is not None
        assert top.text(column) == typed
        assert desk.session.document.chart.info.context == before
        editor.tree.setFocus()
        desk.qtbot.keyClick(editor.tree, Qt.Key.Key_Escape)
        assert not editor.is_wrong
        assert row_of(editor, "key").text(1) == "0"
    row_of(editor, "key").setText(1, "[1")
    row_of(editor, "key").setText(1, "[1]")
    assert not editor.is_wrong
    assert desk.session.document.chart.info.context == {"key": [1], "key2": 0}


def test_a_check_that_is_refused_jumps_back(desk: Desk) -> None:
    desk.select("a")
    assert "another state" in desk.enter("initial", "no")
    assert desk.form.rows["initial"].shown() == "yes"
    assert not desk.session.document.undo_stack.can_undo


def test_no_name_is_so_long_that_the_form_leaves_the_panel(tmp_path: Path, qtbot: QtBot) -> None:
    long = "x" * 500
    session = session_on(
        tmp_path, f"initial: a\nstates:\n  a: {{on: {{GO: {long}}}}}\n  {long}: {{on: {{B: a}}}}\n"
    )
    panel = InspectorPanel(session)
    qtbot.addWidget(panel)
    panel.resize(280, 900)
    panel.show()
    lines = [transition_of(session, "a"), transition_of(session, long)]
    for ids in ([], [id_of(session, "a")], [id_of(session, long)], lines[:1], lines[1:]):
        session.selection.replace(ids)
        assert panel.form is not None
        qtbot.waitUntil(lambda: panel.form is not None and panel.form.isVisible())
        assert panel.form.widget().minimumSizeHint().width() <= panel.form.viewport().width()

"""Whatever one does on the canvas can be done by keys, and on every keyboard.

The tasks are those that editors of drawings have keys for. Each names the rows of the keymap that do it, or the keys
of a tool or the canvas itself; a row has keys of its own, or is one of a choice that has one (`Ctrl+L`).
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from editor.commands.keymap import FIXED, Keymap
from editor.requests import GoByLetters
from editor.window.keys import ROWS
from editor.window.keys_sheet import GESTURES
from editor.window.main_window import MainWindow
from tests.commands.desk import id_of

TASKS = {
    "see another part": ("edit.nudgeLeft", "edit.nudgeRight", "edit.nudgeUp", "edit.nudgeDown"),
    "come closer, go away": ("view.in", "view.out"),
    "see it in its own size": ("view.100",),
    "see all of it": ("view.fit",),
    "see what is selected": ("view.selection",),
    "select one that is in view": ("find.letters",),
    "select one by its name": ("find.state",),
    "select all, or nothing": ("edit.all", "edit.none"),
    "select what is around, and what is inside": ("edit.parent", "edit.child", "select.around", "select.children"),
    "select what lies beside": ("edit.next", "edit.previous", "select.others"),
    "select in a direction": ("select.left", "select.right", "select.up", "select.down"),
    "select what leads in and out": ("select.outgoing", "select.incoming", "select.attached"),
    "make a state": ("tool.state",),
    "make what is no ordinary state": ("tool.parallel", "tool.final", "tool.history", "tool.deep", "tool.initial"),
    "make a state that is connected": ("arrow.growRight", "arrow.growLeft", "arrow.growUp", "arrow.growDown"),
    "copy beside": ("edit.duplicate",),
    "lead a transition to a state": ("tool.connect",),
    "lead a transition elsewhere": ("arrow.target",),
    "make larger and smaller, and move a label": (
        "arrange.wider", "arrange.narrower", "arrange.higher", "arrange.lower",
    ),
    "bend a transition, and leave it to the routing again": ("edit.nudgeUp", "edit.nudgeLeft", "edit.route"),
    "type a name": ("edit.rename", "edit.goOn"),
    "delete, with what is inside and without": ("edit.delete", "edit.dissolve"),
    "group, and take a group away": ("edit.group", "edit.dissolve"),
    "move into another state, and out of one": ("arrange.into", "arrange.out"),
    "fold and open": ("arrange.collapse", "arrange.expand"),
    "align, spread, make alike": ("arrange.any",),
    "fit a composite to what it holds": ("arrange.fit",),
    "have two states take each other's place": ("arrange.swap",),
    "lay some states out anew": ("arrange.tidy",),
    "put states on lines and into equal gaps": ("arrange.snap",),
    "make a line straight": ("arrange.straighten",),
    "make space between states": ("tool.space",),
    "move by steps of the grid, and by single ones": ("edit.nudgeUp", "edit.fineUp"),
    "undo and redo": ("edit.undo", "edit.redo"),
    "cut, copy, paste": ("edit.cut", "edit.copy", "edit.paste"),
    "copy as a picture": ("edit.copy_picture",),
    "find a command": ("find.any",),
    "see the whole small": ("view.minimap",),
    "have more room": ("view.panels",),
    "go to a panel, the toolbar and back": ("view.nextPart", "view.previousPart"),
    "run, and end the run": ("simulate.toggle",),
    "step, and step back": ("simulate.step", "simulate.back", "simulate.forward", "simulate.timer"),
    "send what can happen": tuple(f"simulate.fire{number}" for number in range(1, 10)),
    "open the menu of what is selected": ("edit.menu",),
    "repair what is wrong": ("edit.repair",),
    "see all keys": ("help.keys",),
}  # fmt: skip
BY_HAND = ("Pan", "Scroll sideways", "Zoom", "Select with a band", "Copy", "Make a transition")
"""Titles of gestures that the sheet of keys tells of."""
NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize("task", TASKS)
def test_every_task_has_keys(task: str) -> None:
    keys = Keymap(ROWS)
    for id in TASKS[task]:
        assert keys.keys(id), (task, id)


def test_what_hands_do_is_told_too() -> None:
    assert set(BY_HAND) <= {title for title, _ in GESTURES}
    assert set(FIXED) <= {title for title, _ in GESTURES}


LAYOUTS = [
    # keyboard, key as Qt names it, what is held, what it writes, command
    ("US", Qt.Key.Key_Exclam, SHIFT, "!", None),
    ("US", Qt.Key.Key_Question, SHIFT, "?", "help.keys"),
    ("US", Qt.Key.Key_Plus, CTRL | SHIFT, "+", "view.in"),
    ("US", Qt.Key.Key_Equal, CTRL, "=", "view.in"),
    ("German", Qt.Key.Key_Question, SHIFT, "?", "help.keys"),
    ("German", Qt.Key.Key_Plus, CTRL, "+", "view.in"),
    ("German", Qt.Key.Key_Minus, CTRL, "-", "view.out"),
    ("French", Qt.Key.Key_Question, SHIFT, "?", "help.keys"),
    ("French", Qt.Key.Key_Equal, CTRL, "=", "view.in"),
    ("French", Qt.Key.Key_1, SHIFT, "1", "view.fit"),
    ("French", Qt.Key.Key_0, SHIFT, "0", "view.100"),
    ("Swedish", Qt.Key.Key_Plus, CTRL, "+", "view.in"),
    ("Swedish", Qt.Key.Key_Question, SHIFT, "?", "help.keys"),
    ("any", Qt.Key.Key_Home, NONE, "", "view.fit"),
    ("any", Qt.Key.Key_PageUp, CTRL, "", "view.in"),
    ("any", Qt.Key.Key_F1, NONE, "", "help.keys"),
]


@pytest.mark.parametrize(("keyboard", "key", "held", "text", "wanted"), LAYOUTS)
def test_commands_are_invoked_by_what_a_key_writes(
    window: MainWindow,
    keyboard: str,
    key: Qt.Key,
    held: Qt.KeyboardModifier,
    text: str,
    wanted: str | None,
) -> None:
    """A key comes as the keyboard sends it: with Shift held where the character needs Shift."""
    invoked: list[str] = []
    for id, action in window.actions_.by_id.items():
        action.triggered.disconnect()
        action.triggered.connect(lambda checked=False, id=id: invoked.append(id))
    window.show()
    window.activateWindow()
    window.view.setFocus()
    QTest.qWaitForWindowActive(window)
    QTest.sendKeyEvent(QTest.KeyAction.Click, window.view, key, text, held)
    assert invoked == ([wanted] if wanted else []), keyboard


def send(window: MainWindow, key: Qt.Key, text: str = "", held: Qt.KeyboardModifier = NONE) -> None:
    QTest.sendKeyEvent(QTest.KeyAction.Click, window.view, key, text, held)


def test_a_first_machine_is_drawn_by_keys_alone(window: MainWindow, qtbot: QtBot) -> None:
    """Put a state, lead to another one, fold, align, move in and out: no hand leaves the keyboard."""
    session = window.session
    window.show()
    window.activateWindow()
    window.view.setFocus()
    QTest.qWaitForWindowActive(window)
    before = set(session.document.chart.states)
    send(window, Qt.Key.Key_S, "s")
    assert session.tool_id == "state"
    send(window, Qt.Key.Key_Return, "\r")
    [new] = set(session.document.chart.states) - before
    assert session.tool_id == "select"
    window.view.labelling.close()
    window.view.setFocus()
    session.selection.replace([new])
    send(window, Qt.Key.Key_T, "t")
    assert session.tool_id == "connect"
    closed = id_of(session, "closed")
    word = next(each.word for each in window.view.lettering.plates() if each.id == closed)
    for letter in word:
        send(window, Qt.Key(ord(letter.upper())), letter)
    assert any(each.targets == (closed,) for each in session.document.chart.outgoing(new))
    window.view.labelling.close()
    window.view.setFocus()
    session.selection.replace([id_of(session, "opened")])
    window.actions_.refresh()
    send(window, Qt.Key.Key_Home, "", CTRL)
    assert session.document.diagram.boxes[id_of(session, "opened")].collapsed
    send(window, Qt.Key.Key_End, "", CTRL)
    window.actions_.refresh()
    session.selection.replace([new])
    window.actions_.refresh()
    send(window, Qt.Key.Key_M, "", CTRL)
    opened = id_of(session, "opened")
    word = next(each.word for each in window.view.lettering.plates() if each.id == opened)
    for letter in word:
        send(window, Qt.Key(ord(letter.upper())), letter)
    assert session.document.chart.states[new].parent == opened
    window.actions_.refresh()
    send(window, Qt.Key.Key_M, "", CTRL | SHIFT)
    assert session.document.chart.states[new].parent == session.document.chart.root_id


def test_letters_keep_their_keys_from_tools_only_while_they_stand(window: MainWindow) -> None:
    window.show()
    window.view.setFocus()
    window.session.ask(GoByLetters())
    override = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_F, NONE, "f")
    override.ignore()
    window.view.event(override)
    assert override.isAccepted()
    window.view.lettering.end()
    override.ignore()
    window.view.event(override)
    assert not override.isAccepted()

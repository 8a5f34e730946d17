"""A person at the editor who is never done: opens a machine, takes up what a crash left, and edits with real events.

    python -m tests.journeys.killed_session MACHINE SEED

Every state of the document is told on the output, a JSON line each, before anything else can happen.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.canvas.view import ChartView
from editor.document.document import Document
from editor.document.plain_records import to_plain
from editor.document.undo import Step
from editor.formats.native_write import write_machine
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.tools.base import HitKind
from editor.window.app import Program, make_application
from editor.window.keeper import RECOVER
from editor.window.main_window import MainWindow
from tests.commands.desk import FakeDesktop

LEFT = Qt.MouseButton.LeftButton
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
MOST_STATES = 40
LAST_STEPS = 30
"""Steps whose contents are told after a recovery, the last ones."""


class Willing(FakeDesktop):
    """Takes up what a crash left, and keeps what is on the screen."""

    def confirm(self, title: str, text: str, choices: Sequence[str], usual: str = "") -> str | None:
        """The answer of a person who wants to lose nothing."""
        return next((each for each in (RECOVER, "Overwrite", "Keep mine") if each in choices), choices[0])


def sum_of(value: Any) -> str:
    """What tells one content from another."""
    return hashlib.blake2b(json.dumps(value, sort_keys=True).encode(), digest_size=8).hexdigest()


def content(chart: Chart, diagram: Diagram) -> str:
    """Every record, as a sum."""
    tables = (chart.states, chart.transitions, diagram.boxes, diagram.bends, diagram.notes)
    records = [{id: to_plain(record) for id, record in table.items()} for table in tables]
    return sum_of([*records, to_plain(chart.info), to_plain(diagram.sheet)])


def tree(document: Document) -> str:
    """The tree of steps, as a sum: what each is called, where it belongs, where redo goes and where one is."""
    stack = document.undo_stack
    steps = [
        (step.number, step.label, _number(step.parent), _number(step.next), step is stack.present)
        for step in stack.steps
    ]
    return sum_of(steps)


def _number(step: Step | None) -> int | None:
    return None if step is None else step.number


class Person:
    """Does one thing after another, and tells what the document is after each."""

    def __init__(self, window: MainWindow, seed: int) -> None:
        self.window = window
        self.random = random.Random(seed)
        self.count = 0
        self.tell("recovered" if self.document.undo_stack.can_undo else "opened", self.steps())
        self.document.state_changed.subscribe(lambda: self.tell("edited", {}))

    @property
    def document(self) -> Document:
        """What is edited."""
        return self.window.session.document

    @property
    def view(self) -> ChartView:
        """The canvas."""
        return self.window.view

    def tell(self, what: str, more: dict[str, Any]) -> None:
        """One line, written by the system before anything else happens."""
        document = self.document
        if document.is_in_gesture:
            return
        line = {
            "what": what,
            "at": time.monotonic(),
            "present": document.undo_stack.present.number,
            "content": content(document.chart, document.diagram),
            "tree": tree(document),
            "meaning": sum_of(write_machine(document.chart)),
            "saved": not document.is_modified,
            "undo": document.undo_stack.can_undo,
            "redo": document.undo_stack.can_redo,
            **more,
        }
        os.write(1, (json.dumps(line) + "\n").encode())

    def steps(self) -> dict[str, Any]:
        """What the last steps hold, by undo, redo and jumps."""
        steps = self.document.undo_stack.steps[-LAST_STEPS:]
        return {"steps": {str(step.number): content(*self.document.at(step)) for step in steps}}

    def act(self) -> None:
        """Do something, and something else a little later."""
        deed = self.random.choice(
            (
                *(self.add, self.add, self.drag, self.drag, self.rename, self.connect, self.nudge),
                *(self.undo, self.undo, self.redo, self.go, self.remove, self.save),
            )
        )
        deed()
        self.key(Qt.Key.Key_Escape)
        QTimer.singleShot(self.random.randint(5, 120), self.act)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key on the canvas."""
        self.view.setFocus()
        QTest.keyClick(self.view, key, modifiers)

    def place(self) -> QPoint | None:
        """Open ground."""
        port = self.view.viewport()
        for _ in range(30):
            found = QPoint(
                self.random.randint(10, port.width() - 120), self.random.randint(10, port.height() - 60)
            )
            if self.view.hit(self.view.to_chart(found)).kind is HitKind.NOTHING:
                return found
        return None

    def state(self) -> tuple[str, QPoint] | None:
        """One of the states that are in sight, and where."""
        self.view.fit()
        states = sorted(self.view.picture.states)
        if not states:
            return None
        id = self.random.choice(states)
        rect = self.view.picture.states[id].rect
        return id, self.view.to_view(rect.center).toPoint()

    def add(self) -> None:
        """Make a state and name it."""
        at = self.place()
        if at is None or len(self.document.chart.states) > MOST_STATES:
            return
        QTest.mouseDClick(self.view.viewport(), LEFT, pos=at)
        self.type_name()

    def type_name(self) -> None:
        """Write into the open field."""
        field = self.view.labelling.editor
        if field is not None:
            self.count += 1
            QTest.keyClicks(field, f"n{self.count}")
            QTest.keyClick(field, Qt.Key.Key_Return)

    def pull(self, start: QPoint, end: QPoint) -> None:
        """Drag with the mouse."""
        port = self.view.viewport()
        QTest.mousePress(port, LEFT, pos=start)
        for share in (0.3, 0.7, 1.0):
            way = end - start
            QTest.mouseMove(port, start + QPoint(round(way.x() * share), round(way.y() * share)))
            QApplication.processEvents()
        QTest.mouseRelease(port, LEFT, pos=end)

    def drag(self) -> None:
        """Move a state to open ground."""
        found, end = self.state(), self.place()
        if found is not None and end is not None:
            self.pull(found[1], end)

    def connect(self) -> None:
        """Draw a transition from one state to another."""
        one, other = self.state(), self.state()
        if one is None or other is None or one == other:
            return
        self.window.session.set_tool("connect")
        self.pull(one[1], other[1])
        self.window.session.set_tool("select")

    def select(self) -> bool:
        """Click a state."""
        found = self.state()
        if found is not None:
            QTest.mouseClick(self.view.viewport(), LEFT, pos=found[1])
        return found is not None

    def rename(self) -> None:
        """Give a state another name."""
        if self.select():
            self.key(Qt.Key.Key_F2)
            self.type_name()

    def nudge(self) -> None:
        """Move a state by keys, many of which are one step."""
        if self.select():
            for _ in range(self.random.randint(1, 6)):
                self.key(self.random.choice((Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left)))

    def remove(self) -> None:
        """Delete a state."""
        if len(self.document.chart.states) > 6 and self.select():
            self.key(Qt.Key.Key_Delete)

    def undo(self) -> None:
        """Take back."""
        self.key(Qt.Key.Key_Z, CONTROL)

    def redo(self) -> None:
        """Do again."""
        self.key(Qt.Key.Key_Z, CONTROL | SHIFT)

    def go(self) -> None:
        """Go to any of the last steps, on whatever branch."""
        self.document.go_to(self.random.choice(self.document.undo_stack.steps[-12:]))

    def save(self) -> None:
        """Save."""
        if self.random.random() < 0.3:
            self.key(Qt.Key.Key_S, CONTROL)


def main() -> None:
    """Until it is killed."""
    path, seed = Path(sys.argv[1]), int(sys.argv[2])
    application = make_application()
    program = Program(application)
    window = program.open(path)
    desktop = Willing()
    window.desktop = desktop
    window.actions_._desktop = desktop

    def begin() -> None:
        program.offer_recovery()
        person = Person(window, seed)
        QTimer.singleShot(0, person.act)

    QTest.qWaitForWindowExposed(window)
    QTimer.singleShot(0, program, begin)
    application.exec()


if __name__ == "__main__":
    main()

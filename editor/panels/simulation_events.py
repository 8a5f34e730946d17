"""What can be sent to the run: enabled events with their keys and data, and a line for anything else."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from editor.commands.simulate import DIGITS
from editor.completion.tips import plain
from editor.discarding import discard
from editor.document import texts
from editor.engine.offers import Enabled
from editor.engine.simulator import Simulator
from editor.errors import ExpressionError
from editor.model.elements import Data
from editor.panels.elided import ElidedButton
from editor.panels.fields import Refusal

_SENT = re.compile(r"(\S+)\s*(.*)\Z", re.DOTALL)
Send = Callable[[str, Data], None]


class EventRow(QWidget):
    """One enabled event: its key, a button that sends it, and a field for its data."""

    def __init__(self, number: int, enabled: Enabled, send: Send, choose: Callable[[str], None]) -> None:
        super().__init__()
        self.enabled = enabled
        self._send = send
        self._choose = choose
        key = QLabel(str(number) if number <= DIGITS else "", textFormat=Qt.TextFormat.PlainText)
        key.setObjectName("key" if number <= DIGITS else "hint")
        key.setFixedWidth(22)
        self.button = ElidedButton(enabled.event + ("…" if enabled.needs_name else ""))
        self.button.setObjectName("event" if enabled.verdict else "maybe")
        if not enabled.verdict:
            self.button.setToolTip(
                plain(f"{enabled.event}: depends on a guard that is not known, you will be asked")
            )
        self.button.clicked.connect(self._fire)
        self.more = QToolButton()
        self.more.setText("{ }")
        self.more.setCheckable(True)
        self.more.setToolTip("Give the event data")
        self.more.setAccessibleName(f"Give {enabled.event} data")
        self.more.toggled.connect(self._show_data)
        self.data = QLineEdit()
        self.data.setPlaceholderText("Data, such as {id: 5}")
        self.data.setAccessibleName(f"Data of {enabled.event}")
        self.data.returnPressed.connect(self._fire)
        self.message = Refusal()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(key)
        row.addWidget(self.button, 1)
        row.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.data)
        column.addWidget(self.message)
        self.data.hide()

    def _show_data(self, is_shown: bool) -> None:
        self.data.setVisible(is_shown)
        if is_shown:
            self.data.setFocus()

    def _fire(self) -> None:
        if self.enabled.needs_name:
            self._choose(self.enabled.event.replace("*", ""))
            return
        try:
            data = texts.read_data(self.data.text()) if self.more.isChecked() else None
        except ExpressionError as error:
            self.message.tell(str(error))
            return
        self.message.tell("")
        self._send(self.enabled.event, data)


class EventsPart(QWidget):
    """The enabled events, and a line that sends any event."""

    def __init__(self) -> None:
        super().__init__()
        self._simulator: Simulator | None = None
        self.rows: list[EventRow] = []
        self.none = QLabel("No event can happen now.", textFormat=Qt.TextFormat.PlainText)
        self.none.setObjectName("hint")
        self.none.setWordWrap(True)
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        self.line = QLineEdit()
        self.line.setPlaceholderText("NAME, or NAME {data: 1}")
        self.line.setAccessibleName("Event to send")
        self.line.returnPressed.connect(self._send_line)
        self.send_button = QPushButton("Send")
        self.send_button.clicked.connect(self._send_line)
        self.message = Refusal()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(self.send_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.none)
        column.addLayout(self._list)
        column.addLayout(row)
        column.addWidget(self.message)

    def show_run(self, simulator: Simulator) -> None:
        """Show what can be sent to this run now."""
        self._simulator = simulator
        enabled = simulator.enabled if simulator.question is None else []
        if [row.enabled for row in self.rows] != enabled:
            self._rebuild(enabled)
        self.none.setText(_why_nothing(simulator))
        self.none.setVisible(not enabled)
        self.line.setEnabled(not simulator.snapshot.is_done)
        self.send_button.setEnabled(not simulator.snapshot.is_done)

    def _rebuild(self, enabled: list[Enabled]) -> None:
        for row in self.rows:
            self._list.removeWidget(row)
            discard(row)
        self.rows = []
        for number, each in enumerate(enabled, start=1):
            row = EventRow(number, each, self.send, self._prepare)
            self.rows.append(row)
            self._list.addWidget(row)

    def _prepare(self, name: str) -> None:
        self.line.setText(name)
        self.line.setFocus()

    def send(self, name: str, data: Data) -> None:
        """Send an event to the run."""
        if self._simulator is not None:
            self._simulator.send(name, data)

    def _send_line(self) -> None:
        found = _SENT.match(self.line.text().strip())
        if found is None:
            return
        try:
            data = texts.read_data(found[2])
        except ExpressionError as error:
            self.message.tell(str(error))
            return
        self.message.tell("")
        self.line.clear()
        self.send(found[1], data)


def _why_nothing(simulator: Simulator) -> str:
    if simulator.snapshot.is_done:
        return "The machine is done."
    if simulator.question is not None:
        return "Waiting for your answer."
    if simulator.services or simulator.pending:
        return "No event can happen now; a service or a delay goes on."
    return "No event can happen now."


class QuestionPart(QWidget):
    """Guards without a meaning: whether they hold, this time or from now on."""

    def __init__(self) -> None:
        super().__init__()
        self._simulator: Simulator | None = None
        self.text = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        self.text.setObjectName("title")
        self.buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout()
        row.setSpacing(6)
        for word, value, always in (
            ("True", True, False), ("False", False, False), ("Always", True, True), ("Never", False, True),
        ):  # fmt: skip
            button = QPushButton(word)
            button.clicked.connect(partial(self._answer, value, always))
            self.buttons[word] = button
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.text)
        column.addLayout(row)

    def show_run(self, simulator: Simulator) -> None:
        """Show the open question of this run, if there is one."""
        self._simulator = simulator
        question = simulator.question
        self.setVisible(question is not None)
        if question is not None:
            self.text.setText(f"Does “{question.names[0]}” hold?")

    def _answer(self, value: bool, always: bool, *_: object) -> None:
        simulator = self._simulator
        if simulator is not None and simulator.question is not None:
            simulator.answer_guard(simulator.question.names[0], value, always=always)

"""Services and delays that wait for a word: how a service ends, how long an unknown delay is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from editor.discarding import discard
from editor.document import texts
from editor.engine.simulator import Simulator
from editor.engine.snapshot import Service
from editor.errors import EditorError
from editor.model.durations import parse_typed
from editor.panels.elided import ElidedLabel
from editor.panels.fields import Refusal, mark_wrong


class ServiceRow(QWidget):
    """One active service: its name, data, Done and Error."""

    def __init__(self, service: Service, end: Callable[[str, bool, str], str]) -> None:
        super().__init__()
        self.service = service
        self._end = end
        name = ElidedLabel(service.src, tip=service.id if service.id != service.src else "")
        self.data = QLineEdit()
        self.data.setPlaceholderText("Data")
        self.data.setAccessibleName(f"Data of {service.src}")
        self.done = QPushButton("Done")
        self.error = QPushButton("Error")
        self.message = Refusal()
        self.done.clicked.connect(partial(self._finish, True))
        self.error.clicked.connect(partial(self._finish, False))
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.data, 1)
        row.addWidget(self.done)
        row.addWidget(self.error)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(name)
        column.addLayout(row)
        column.addWidget(self.message)

    def _finish(self, is_done: bool, *_: object) -> None:
        self.message.tell(self._end(self.service.id, is_done, self.data.text()))


class DelayRow(QWidget):
    """An unknown delay: how long it is."""

    def __init__(self, name: str, answer: Callable[[str, float], None]) -> None:
        super().__init__()
        self.name = name
        self._answer = answer
        label = ElidedLabel(f"How long is {name}?")
        self.length = QLineEdit()
        self.length.setPlaceholderText("2 s")
        self.length.setAccessibleName(f"Length of {name}")
        self.length.setMaximumWidth(90)
        self.length.returnPressed.connect(self._give)
        button = QPushButton("Set")
        button.clicked.connect(self._give)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label, 1)
        row.addWidget(self.length)
        row.addWidget(button)

    def _give(self) -> None:
        milliseconds = parse_typed(self.length.text())
        mark_wrong(self.length, is_wrong=milliseconds is None)
        if milliseconds is not None:
            self._answer(self.name, milliseconds)


class ServicesPart(QWidget):
    """The active services and the unknown delays."""

    def __init__(self) -> None:
        super().__init__()
        self._simulator: Simulator | None = None
        self._shown: tuple[object, ...] = ()
        self.rows: list[ServiceRow] = []
        self.delays: list[DelayRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    def show_run(self, simulator: Simulator) -> None:
        """Show what waits in this run now."""
        self._simulator = simulator
        names = sorted({timer.name for timer in simulator.timers if timer.due == float("inf") and timer.name})
        shown = (simulator.services, tuple(names))
        if shown != self._shown:
            self._shown = shown
            self._rebuild(simulator, names)
        self.setVisible(bool(simulator.services or names))

    def _rebuild(self, simulator: Simulator, names: list[str]) -> None:
        for old in (*self.rows, *self.delays):
            self._column.removeWidget(old)
            discard(old)
        self.rows = [ServiceRow(service, self._end) for service in simulator.services]
        self.delays = [DelayRow(name, simulator.answer_delay) for name in names]
        for row in (*self.rows, *self.delays):
            self._column.addWidget(row)

    def _end(self, id: str, is_done: bool, text: str) -> str:
        """End a service; returns what is wrong, or nothing."""
        if self._simulator is None:
            return ""
        try:
            data = texts.read_data(text)
            if is_done:
                self._simulator.finish(id, data)
            else:
                self._simulator.fail(id, data)
        except EditorError as error:
            return str(error)
        return ""

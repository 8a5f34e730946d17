"""Buttons beside each other, which may do another thing each time that they are shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget


class Deeds(QWidget):
    """A row of buttons; `deeds` says what each does now."""

    def __init__(self, titles: Sequence[str], *, is_flat: bool) -> None:
        super().__init__()
        self.deeds: dict[QPushButton, Callable[[], object]] = {}
        self.buttons = [QPushButton(title) for title in titles]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        if is_flat:
            row.setSpacing(0)
        for button in self.buttons:
            if is_flat:
                button.setObjectName("flat")
            button.clicked.connect(partial(self._act, button))
            row.addWidget(button)
        row.addStretch()

    def _act(self, button: QPushButton, *_: object) -> None:
        self.deeds[button]()

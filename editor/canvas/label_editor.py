"""The text field over a state's name or a transition's label, checked as it is typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

Check = Callable[[str], str]
"""Says what is wrong with a text; empty when nothing is."""


class LabelEditor(QLineEdit):
    """One line over the canvas: Return keeps it, Escape drops it, leaving keeps it when it is right."""

    accepted = Signal(str)
    ended = Signal()

    def __init__(self, parent: QWidget, text: str, check: Check, place: QRect) -> None:
        super().__init__(parent)
        self.check = check
        self.is_over = False
        self.setObjectName("labelEditor")
        self.setText(text)
        self.selectAll()
        width = max(place.width() + 24, 180)
        self.setGeometry(place.center().x() - width // 2, place.center().y() - 15, width, 30)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.textEdited.connect(self._on_edited)
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_edited(self, text: str) -> None:
        problem = self.check(text)
        self.setProperty("wrong", bool(problem))
        self.setToolTip(problem)
        self.style().unpolish(self)
        self.style().polish(self)

    def finish(self, *, keep: bool) -> None:
        """Close the field, keeping the text or not."""
        if self.is_over:
            return
        self.is_over = True
        if keep and not self.check(self.text()):
            self.accepted.emit(self.text())
        self.ended.emit()
        self.hide()
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return keeps a text that is right, Escape drops it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not self.check(self.text()):
                self.finish(keep=True)
        elif event.key() == Qt.Key.Key_Escape:
            self.finish(keep=False)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the field keeps what is right."""
        super().focusOutEvent(event)
        self.finish(keep=True)

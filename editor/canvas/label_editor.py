"""The text field over a name, a line of a card or a label, checked as it is typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLabel, QWidget

from editor.canvas import pairing
from editor.completion import wave
from editor.completion.wave import WavyLine


class Trouble(NamedTuple):
    """What is wrong with a text, and the character from 0 where that begins; no message when nothing is."""

    message: str = ""
    at: int = 0


Check = Callable[[str], Trouble]
"""Says what is wrong with a text."""
_LEAST = 180
_HEIGHT = 30
_INDENT = 7
"""What a field has to the left of its text."""


class LabelEditor(WavyLine):
    """One line over the canvas: Return keeps it, Escape drops it, leaving keeps it when it is right.

    Tab keeps it as Return does and tells `passed_on`: what comes next may be typed, or with Shift what comes before
    it (`passed_back`). Return tells `completed`. F2 asks for the name `everywhere` that it stands. What is wrong is
    underlined and stands below it; `refused` tells what was left while it was wrong: the text, and why.
    """

    accepted = Signal(str)
    refused = Signal(str, str)
    passed_on = Signal()
    passed_back = Signal()
    completed = Signal()
    everywhere = Signal()
    ended = Signal()

    def __init__(
        self, parent: QWidget, text: str, check: Check, place: QRect, *, from_left: bool = False
    ) -> None:
        super().__init__(parent)
        self.check = check
        self.is_over = False
        self._left = place.x() - _INDENT if from_left else None
        self.setObjectName("labelEditor")
        self._canvas = parent
        self._middle = place.center()
        self._least = max(place.width() + 24, _LEAST)
        self.message = QLabel(parent, textFormat=Qt.TextFormat.PlainText)
        self.message.setObjectName("labelMessage")
        self.message.hide()
        self.setAlignment(Qt.AlignmentFlag.AlignLeft if from_left else Qt.AlignmentFlag.AlignCenter)
        self.setText(text)
        self.selectAll()
        self._arrange()
        self.textChanged.connect(self._on_changed)
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_changed(self, text: str) -> None:
        self._arrange()
        self.tell(self.check(text))

    def tell(self, trouble: Trouble) -> None:
        """Show what is wrong with the text, or that nothing is."""
        problem = trouble.message
        self.mark(wave.stretch(self.text(), trouble.at) if problem else wave.NOTHING)
        self.setProperty("wrong", bool(problem))
        self.style().unpolish(self)
        self.style().polish(self)
        self.message.setText(problem)
        # in lines where the canvas is narrower than the sentence: what to do stands at its end
        self.message.setWordWrap(False)
        wanted, room = self.message.sizeHint().width(), self._canvas.width()
        self.message.setWordWrap(wanted > room)
        self.message.resize(min(wanted, room), self.message.height())
        self.message.adjustSize()
        place = self._inside(self.message.width(), self.geometry().bottom() + 5, self.message.height())
        self.message.setGeometry(place)
        self.message.setVisible(bool(problem))
        self.message.raise_()

    def lowest(self) -> QWidget:
        """What the field ends with at the bottom: what is wrong with the text, else the field itself."""
        return self.message if self.message.isVisible() else self

    def _arrange(self) -> None:
        """As wide as its text, over the middle of what it names, inside the canvas."""
        width = max(self._least, self.fontMetrics().horizontalAdvance(self.text()) + 28)
        self.setGeometry(self._inside(width, self._middle.y() - _HEIGHT // 2, _HEIGHT))

    def _inside(self, width: int, top: int, height: int) -> QRect:
        room = self._canvas.width()
        width = min(width, room)
        wanted = self._middle.x() - width // 2 if self._left is None else self._left
        left = min(max(wanted, 0), room - width)
        return QRect(left, top, width, height)

    def finish(self, *, keep: bool) -> None:
        """Close the field, keeping the text or not."""
        if self.is_over:
            return
        self.is_over = True
        problem = self.check(self.text()).message if keep else ""
        if keep and not problem:
            self.accepted.emit(self.text())
        elif keep:
            self.refused.emit(self.text(), problem)
        self.ended.emit()
        self.message.deleteLater()
        self.message.hide()
        self.hide()
        self.deleteLater()

    def _done(self) -> bool:
        """Keep a text that is right and close the field; tell what is wrong otherwise."""
        trouble = self.check(self.text())
        self.tell(trouble)
        if not trouble.message:
            self.finish(keep=True)
        return not trouble.message

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab stays on the canvas: the text is kept, and what belongs to it comes next."""
        if self._done():
            (self.passed_on if next else self.passed_back).emit()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return keeps a text that is right, Escape drops it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._done():
                self.completed.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.finish(keep=False)
        elif event.key() == Qt.Key.Key_F2:
            self.everywhere.emit()
        elif not self._pair(event):
            super().keyPressEvent(event)

    def _pair(self, event: QKeyEvent) -> bool:
        """Brackets close themselves, and go together."""
        if self.hasSelectedText():
            return False
        text, caret = self.text(), self.cursorPosition()
        if event.key() == Qt.Key.Key_Backspace and not event.modifiers():
            made = pairing.erased(text, caret)
        else:
            made = pairing.typed(text, caret, event.text()) if len(event.text()) == 1 else None
        if made is not None and made.text != text:
            self.setSelection(0, len(text))
            self.insert(made.text)  # one step of the field's own undo
        if made is not None:
            self.setCursorPosition(made.caret)
        return made is not None

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the field keeps what is right; its own menu takes the focus for a moment only."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.finish(keep=True)

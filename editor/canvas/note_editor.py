"""The text field in which a note or a description is written, in Markdown."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from editor.discarding import discard

LEAST_WIDTH, LEAST_HEIGHT = 240, 96
_ROOM = 12


class NoteEditor(QPlainTextEdit):
    """Several lines over the canvas: Escape, Ctrl+Return and leaving it end it, and what is typed is kept.

    `finished` tells the text, once.
    """

    finished = Signal(str)
    ended = Signal()

    def __init__(self, canvas: QWidget, text: str, place: QRect) -> None:
        super().__init__(canvas)
        self.is_over = False
        self._canvas = canvas
        self._place = place
        self.setObjectName("noteEditor")
        self.setAccessibleName("Note")
        self.setPlaceholderText("Markdown: # heading, **bold**, *italics*, `code`, - list, [link](https://…)")
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setPlainText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)
        self._arrange()
        self.document().documentLayout().documentSizeChanged.connect(lambda size: self._arrange())
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        """Over the note, as high as its text, inside the canvas."""
        room = self._canvas.size()
        lines = round(self.document().size().height()) * self.fontMetrics().lineSpacing()
        width = min(max(self._place.width(), LEAST_WIDTH), room.width())
        height = min(max(self._place.height(), lines + 2 * _ROOM, LEAST_HEIGHT), room.height())
        policy = Qt.ScrollBarPolicy
        is_long = lines + 2 * _ROOM > height
        self.setVerticalScrollBarPolicy(policy.ScrollBarAsNeeded if is_long else policy.ScrollBarAlwaysOff)
        left = min(max(self._place.x(), 0), room.width() - width)
        top = min(max(self._place.y(), 0), room.height() - height)
        self.setGeometry(left, top, width, height)

    def finish(self) -> None:
        """Close the field and tell what was typed."""
        if self.is_over:
            return
        self.is_over = True
        self.finished.emit(self.toPlainText())
        self.close_quietly()

    def close_quietly(self) -> None:
        """Close the field without a word."""
        self.is_over = True
        self.hide()
        self.ended.emit()
        discard(self)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab stays on the canvas."""
        self.finish()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape ends it, and so does Return with Ctrl."""
        is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        is_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape or (is_return and is_ctrl):
            self.finish()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving it ends it; its own menu takes the focus for a moment only."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.finish()

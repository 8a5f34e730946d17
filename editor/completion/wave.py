"""The wave under what is wrong in a field while one types it."""

from __future__ import annotations

from PySide6.QtCore import QLineF
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit

from editor.errors import EditorError, ExpressionError

_STEP = 2.0
NOTHING = (0, 0)
"""The stretch of a text in which nothing is wrong."""


def stretch(text: str, at: int) -> tuple[int, int]:
    """The characters to underline where something is wrong from `at` on: to the end of the word that is there."""
    last = len(text.rstrip()) - 1
    if last < 0:
        return NOTHING
    start = max(min(at, last), 0)
    while start and text[start].isspace():
        start -= 1
    end = start + 1
    while end < len(text) and text[start].isalnum() and (text[end].isalnum() or text[end] in "_.$"):
        end += 1
    return start, end


def stretch_of(error: EditorError, text: str) -> tuple[int, int]:
    """The characters of a whole text that an error about a part of it means; all of them where it does not say."""
    if isinstance(error, ExpressionError) and error.column is not None and error.text in text:
        return stretch(text, text.index(error.text) + error.column - 1)
    return (0, len(text)) if text.strip() else NOTHING


def _red() -> QColor:
    return QApplication.palette().color(QPalette.ColorRole.BrightText)


class WavyLine(QLineEdit):
    """One line; `wrong` is the stretch of it that is underlined."""

    wrong = NOTHING

    def mark(self, wrong: tuple[int, int]) -> None:
        """Underline another stretch, or nothing."""
        self.wrong = wrong
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text, with a wave under what is wrong with it."""
        super().paintEvent(event)
        start, end = self.wrong
        if start >= end:
            return
        metrics, text = self.fontMetrics(), self.text()
        origin = self.cursorRect().center().x() - metrics.horizontalAdvance(text[: self.cursorPosition()])
        left = origin + metrics.horizontalAdvance(text[:start])
        right = max(origin + metrics.horizontalAdvance(text[:end]), left + 2 * _STEP)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(_red(), 1.2))
        middle = (self.height() + metrics.ascent()) / 2 + 1
        x, side = max(float(left), 2.0), 1
        while x < min(right, self.width() - 2):
            painter.drawLine(QLineF(x, middle - side, x + _STEP, middle + side))
            x, side = x + _STEP, -side
        painter.end()


def mark_text(field: QPlainTextEdit, wrong: tuple[int, int]) -> None:
    """Underline a stretch of several lines, or nothing."""
    start, end = wrong
    marks: list[QTextEdit.ExtraSelection] = []
    if start < end:
        mark = QTextEdit.ExtraSelection()
        look = QTextCharFormat()
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        look.setUnderlineColor(_red())
        cursor = QTextCursor(field.document())
        cursor.setPosition(start)
        cursor.setPosition(min(end, len(field.toPlainText())), QTextCursor.MoveMode.KeepAnchor)
        mark.format, mark.cursor = look, cursor
        marks.append(mark)
    field.setExtraSelections(marks)

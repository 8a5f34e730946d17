"""The report of a problem: a text that the person looks through, adds to and copies."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from editor.commands.registry import PLAIN
from editor.window import clipboard
from editor.window.transfer import button

SIZE = (620, 460)


class ReportPage(QDialog):
    """Shows a report, which can be typed in, and copies it as it stands then."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Report a problem")
        self.resize(*SIZE)
        hint = QLabel(
            "Say what happened, look the rest through, and copy it into your report. Nothing is sent by itself.",
            wordWrap=True,
        )
        hint.setObjectName("hint")
        self.text = QPlainTextEdit(text)
        self.text.setAccessibleName("Report")
        self.text.setTabChangesFocus(True)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        self.text.moveCursor(QTextCursor.MoveOperation.Down)
        self.note = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.note.setObjectName("hint")
        self.copying = button("Copy", "second")
        self.copying.clicked.connect(self._copy)
        closing = QPushButton("Close")
        closing.setDefault(True)
        closing.clicked.connect(self.accept)
        below = QHBoxLayout()
        below.addWidget(self.note, 1)
        below.addWidget(self.copying)
        below.addWidget(closing)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(hint)
        column.addWidget(self.text, 1)
        column.addLayout(below)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _copy(self) -> None:
        clipboard.put({PLAIN: self.text.toPlainText()})
        self.note.setText("Copied. Paste it into your report.")

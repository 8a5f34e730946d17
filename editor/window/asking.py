"""A question for a text: what is wrong with it, or what it would change, is told while it is typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from editor.commands.registry import Review

WIDTH, LIST_HEIGHT = 560, 140
MOST_SHOWN = 500
"""Changes that are listed; the number of all of them stands above."""


class AskText(QDialog):
    """One field, and below it what the text in it means. It can be accepted only while nothing is wrong."""

    def __init__(
        self, parent: QWidget | None, title: str, text: str, review: Callable[[str], Review], verb: str
    ) -> None:
        super().__init__(parent)
        self._review = review
        self.setWindowTitle(title)
        heading = QLabel(title, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        heading.setObjectName("heading")
        self.field = QLineEdit(text)
        self.field.setAccessibleName(title)
        self.field.selectAll()
        self.message = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.message.setObjectName("hint")
        self.list = self._make_list()
        self.list.setAccessibleName("What changes")
        self.list.setMinimumHeight(LIST_HEIGHT)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.accept_button = self.buttons.addButton(verb, QDialogButtonBox.ButtonRole.AcceptRole)
        for button in self.buttons.buttons():
            # Return means nothing while something is wrong
            cast(QPushButton, button).setAutoDefault(button is self.accept_button)
        self.accept_button.setDefault(True)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (heading, self.field, self.message, self.list, self.buttons):
            column.addWidget(widget)
        self.setMinimumWidth(WIDTH)
        self.field.textChanged.connect(self._show)
        self._show(text)

    def _make_list(self) -> QAbstractItemView:
        made = QListWidget()
        made.setUniformItemSizes(True)
        made.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return made

    def _fill(self, review: Review) -> str:
        """Put what changes into the list, which is hidden where one looks at it anyway; how much it is, in words."""
        assert isinstance(self.list, QListWidget)
        count = len(review.changes)
        self.list.clear()
        self.list.addItems(list(review.changes[:MOST_SHOWN]))
        self.list.setVisible(count > 1 and not review.problem)
        return f"{count} places" if count > 1 else ""

    def _show(self, text: str) -> None:
        review = self._review(text)
        told = filter(None, [self._fill(review)])
        self.message.setText(review.problem or "\n".join([*told, *review.remarks]))
        self.message.setVisible(bool(self.message.text()))
        self.accept_button.setEnabled(not review.problem)
        self.adjustSize()

    def accept(self) -> None:
        """Close with the text, unless something is wrong with it."""
        if self.accept_button.isEnabled():
            super().accept()

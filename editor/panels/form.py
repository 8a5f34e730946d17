"""A form: rows under headings, in a column that scrolls, kept in step with the chart."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from editor.commands.completing import Completer
from editor.completion.completion import Completion
from editor.document.drafts import FORM, Field
from editor.model.chart import Chart
from editor.model.slots import Grammar
from editor.panels.fields import CheckRow, Choice, ChoiceRow, LineRow, Options, Read, Row, TextRow, Write
from editor.session import Session


class Place(NamedTuple):
    """Where one is in a form: the name of the row or button that has the focus, and how far it is scrolled."""

    focus: str
    scroll: int


class Form(QScrollArea):
    """The fields of one element. A subclass adds its rows and says with `is_current` when they no longer fit.

    `id` is the element; empty for the machine. A row that has a grammar offers what can be typed next.
    """

    id = ""

    def __init__(self, session: Session, completer: Completer | None = None) -> None:
        super().__init__(widgetResizable=True)
        self._completer = completer or Completer(session)
        self.setAccessibleName("Properties")
        self.setFocusPolicy(
            Qt.FocusPolicy.ClickFocus
        )  # Tab goes to the fields; a click beside them leaves these
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.session = session
        self.rows: dict[str, Row] = {}
        self.buttons: dict[str, QPushButton] = {}
        self.page = QWidget()
        self.page.setObjectName("page")
        self.column = QVBoxLayout(self.page)
        self.column.setContentsMargins(12, 12, 12, 16)
        self.column.setSpacing(10)
        self.setWidget(self.page)

    @property
    def chart(self) -> Chart:
        """The chart that is open."""
        return self.session.document.chart

    def is_current(self) -> bool:
        """Whether the rows still are those that the element needs."""
        return True

    def is_settled(self) -> bool:
        """Whether there is nothing in it that was refused or is still being typed."""
        return all(row.is_settled for row in self.rows.values())

    def is_there(self) -> bool:
        """Whether the element is; when it goes, a field that has the focus loses it, and has nothing to edit."""
        return True

    def refresh(self) -> None:
        """Show what the chart says now."""
        for row in self.rows.values():
            row.refresh()

    def finish(self) -> None:
        """Make the edit that is being typed, if it is one."""
        for row in self.rows.values():
            if row.widget.hasFocus():
                row.commit()

    def leave(self) -> Place:
        """Where one is in this form, which is made anew: choosing goes on there, so it is not over."""
        fields: dict[str, QWidget] = {name: row.widget for name, row in self.rows.items()}
        focus = next((name for name, each in (fields | self.buttons).items() if each.hasFocus()), "")
        if isinstance(fields.get(focus), Choice):
            fields[focus].blockSignals(True)
        return Place(focus, self.verticalScrollBar().value())

    def return_to(self, place: Place) -> None:
        """Go where one was before the form was made anew, as far as that is there."""
        self.page.adjustSize()
        self.verticalScrollBar().setRange(0, max(0, self.page.height() - self.viewport().height()))
        self.verticalScrollBar().setValue(place.scroll)
        row = self.rows.get(place.focus)
        widget = row.widget if row is not None else self.buttons.get(place.focus)
        if widget is not None:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def heading(self, text: str, *, is_title: bool = False) -> QLabel:
        """A heading above the rows that follow."""
        return self._words(text, "title" if is_title else "section")

    def hint(self, text: str) -> QLabel:
        """A quiet sentence."""
        return self._words(text, "hint")

    def _words(self, text: str, look: str) -> QLabel:
        label = QLabel(text, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        label.setObjectName(look)
        self.column.addWidget(label)
        return label

    def add(self, name: str, row: Row) -> Row:
        """A row under a name of its own."""
        self.rows[name] = row
        row.is_there = self.is_there
        self.column.addWidget(row)
        row.keep_drafts(Field(self.id or self.chart.root_id, f"{FORM} {name}"))
        return row

    def line(
        self, name: str, title: str, read: Read, write: Write, hint: str = "", grammar: Grammar | None = None
    ) -> Row:
        """A row of one line."""
        return self._completed(self.add(name, LineRow(self.session, title, read, write, hint)), grammar)

    def text(
        self, name: str, title: str, read: Read, write: Write, hint: str = "", grammar: Grammar | None = None
    ) -> Row:
        """A row of several lines of code."""
        return self._completed(self.add(name, TextRow(self.session, title, read, write, hint)), grammar)

    def _completed(self, row: Row, grammar: Grammar | None) -> Row:
        if grammar is not None and isinstance(row.widget, QLineEdit | QPlainTextEdit):
            Completion(row.widget, self._completer, grammar, self.id)
        return row

    def prose(self, name: str, title: str, read: Read, write: Write, hint: str = "") -> Row:
        """A row of several lines for people."""
        return self.add(name, TextRow(self.session, title, read, write, hint, is_code=False))

    def choice(
        self, name: str, title: str, options: list[tuple[str, str]] | Options, read: Read, write: Write
    ) -> Row:
        """A row to choose from; all that is chosen before it is left is one step to undo.

        `options` are always the same, or asked for whenever the chart may say otherwise.
        """
        offered = options if callable(options) else partial(list, options)
        row = self.add(name, ChoiceRow(self.session, title, offered, read, write))
        row.merge_key = (type(self).__name__, name, *self.session.selection.ids)
        return row

    def check(self, name: str, title: str, read: Read, write: Write) -> Row:
        """A row to check."""
        return self.add(name, CheckRow(self.session, title, read, write))

"""A form: rows under headings, in a column that scrolls, kept in step with the chart."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QScrollArea, QWidget

from editor.commands.completing import Completer
from editor.completion.completion import Completion
from editor.document.drafts import FORM, Field
from editor.model.chart import Chart
from editor.model.slots import Grammar
from editor.panels.deeds import Deeds
from editor.panels.elided import ElidedButton
from editor.panels.fields import CheckRow, ChoiceRow, LineRow, Options, Read, Row, TextRow, Write
from editor.panels.following import Column, Part
from editor.panels.icons import icon
from editor.session import Session

W = TypeVar("W", bound=QWidget)
R = TypeVar("R", bound=Row)
Deed = Callable[[], object]

LONGEST = 24
"""Letters of a word that are kept on one line."""


def breakable(text: str) -> str:
    """A text that a label can break within words that would be wider than a panel."""
    return re.sub(rf"(\S{{{LONGEST}}})(?=\S)", "\\1\u200b", text)


class Form(QScrollArea):
    """The fields of one element. A subclass says with `fill` which it needs; these follow the chart, and the element.

    `id` is the element; empty for the machine. `rows` and `buttons` are those that are seen, by name, from the top.
    A row that has a grammar offers what can be typed next.
    """

    def __init__(self, session: Session, completer: Completer | None = None, id: str = "") -> None:
        super().__init__(widgetResizable=True)
        self._completer = completer or Completer(session)
        self.setAccessibleName("Properties")
        self.setFocusPolicy(
            Qt.FocusPolicy.ClickFocus
        )  # Tab goes to the fields; a click beside them leaves these
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.session = session
        self.id = id
        self.rows: dict[str, Row] = {}
        self.buttons: dict[str, QPushButton] = {}
        self._completions: dict[Row, Completion] = {}
        self._parts: list[Part[Any]] = []
        self.page = Column(self)
        self.page.setObjectName("page")
        self.setWidget(self.page)
        self.refresh()

    @property
    def chart(self) -> Chart:
        """The chart that is open."""
        return self.session.document.chart

    def is_there(self) -> bool:
        """Whether the element is; when it goes, a field that has the focus loses it, and has nothing to edit."""
        return True

    def fill(self) -> None:
        """Say which rows the element needs, from the top, by calling what follows below."""

    def show_element(self, id: str) -> None:
        """Be about another element of the same kind; what was being typed counts for the former one."""
        self.finish()
        self.id = id
        self.refresh()

    def refresh(self) -> None:
        """Show what the chart says now."""
        self._parts = []
        self.fill()
        self.rows, self.buttons = {}, {}
        self.page.follow(self._parts)

    def finish(self) -> None:
        """Make the edit that is being typed, if it is one."""
        for row in self.rows.values():
            if row.widget.hasFocus():
                row.commit()

    def begin(self, *, takes_focus: bool) -> None:
        """Be seen from the top; the first field may take the focus."""
        self.verticalScrollBar().setValue(0)
        first = next(iter(self.rows.values()), None)
        if takes_focus and first is not None:
            first.widget.setFocus(Qt.FocusReason.OtherFocusReason)

    # what a form is filled with

    def heading(self, text: str, *, is_title: bool = False) -> None:
        """A heading above the rows that follow."""
        self._words(text, text, "title" if is_title else "section")

    def hint(self, name: str, text: str) -> None:
        """A quiet sentence, under a name of its own."""
        self._words(name, text, "hint")

    def _words(self, name: str, text: str, look: str) -> None:
        text = breakable(text)

        def make() -> QLabel:
            label = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
            label.setObjectName(look)
            return label

        def show(label: QLabel) -> None:
            if label.text() != text:
                label.setText(text)

        self._parts.append(Part(f"{look} {name}", look, make, show))

    def hold(self, name: str, made: W, refresh: Callable[[], None]) -> None:
        """Something that is made already and has a way of its own to follow the chart."""
        self._parts.append(Part(f"held {name}", f"held {name}", lambda: made, lambda widget: refresh()))

    def button(self, name: str, text: str, deed: Deed, *, kind: str = "", sign: str = "") -> None:
        """A quiet button as wide as the form; `sign` is the name of its icon."""

        def make() -> ElidedButton:
            made = ElidedButton(text)
            made.setObjectName("flat")
            if sign:
                made.setIcon(icon(sign))
            made.clicked.connect(made.act)
            return made

        def show(button: ElidedButton) -> None:
            button.say(text)
            button.deed = deed
            self.buttons[name] = button

        self._parts.append(Part(f"button {name}", f"button {kind or name}", make, show))

    def deeds(self, name: str, deeds: Sequence[tuple[str, str, Deed]], *, kind: str, is_flat: bool) -> None:
        """Buttons beside each other: the name, the title and what is done of each."""
        titles = [title for _, title, _ in deeds]

        def show(row: Deeds) -> None:
            for button, (own, _, deed) in zip(row.buttons, deeds, strict=True):
                row.deeds[button] = deed
                self.buttons[own] = button

        make = partial(Deeds, titles, is_flat=is_flat)
        self._parts.append(Part(f"deeds {name}", f"deeds {kind}", make, show))

    def _row(self, name: str, kind: str, make: Callable[[], R], show: Callable[[R, Field], None]) -> None:
        def show_row(row: R) -> None:
            self.rows[name] = row
            show(row, Field(self.id or self.chart.root_id, f"{FORM} {name}"))

        self._parts.append(Part(f"row {name}", f"row {kind or name}", make, show_row, lambda row: row.part()))

    def _typed(
        self,
        name: str,
        title: str,
        read: Read,
        write: Write,
        make: Callable[[], LineRow | TextRow],
        grammar: Grammar | None,
        kind: str,
    ) -> None:
        id = self.id

        def complete() -> LineRow | TextRow:
            row = make()
            if grammar is not None and isinstance(row.widget, QLineEdit | QPlainTextEdit):
                self._completions[row] = Completion(row.widget, self._completer, grammar, id)
            return row

        def show(row: Row, field: Field) -> None:
            row.follow(title, field, read, write)
            if row in self._completions:
                self._completions[row].serve(id)

        self._row(name, kind, complete, show)

    def line(
        self,
        name: str,
        title: str,
        read: Read,
        write: Write,
        hint: str = "",
        grammar: Grammar | None = None,
        *,
        kind: str = "",
    ) -> None:
        """A row of one line."""
        make = partial(LineRow, self.session, title, self.is_there, hint)
        self._typed(name, title, read, write, make, grammar, kind)

    def text(
        self,
        name: str,
        title: str,
        read: Read,
        write: Write,
        hint: str = "",
        grammar: Grammar | None = None,
        *,
        kind: str = "",
    ) -> None:
        """A row of several lines of code."""
        make = partial(TextRow, self.session, title, self.is_there, hint)
        self._typed(name, title, read, write, make, grammar, kind)

    def prose(self, name: str, title: str, read: Read, write: Write, hint: str = "") -> None:
        """A row of several lines for people."""
        make = partial(TextRow, self.session, title, self.is_there, hint, is_code=False)
        self._typed(name, title, read, write, make, None, "")

    def choice(
        self, name: str, title: str, options: list[tuple[str, str]] | Options, read: Read, write: Write
    ) -> None:
        """A row to choose from; all that is chosen before it is left is one step to undo.

        `options` are always the same, or asked for whenever the chart may say otherwise.
        """

        def show(row: ChoiceRow, field: Field) -> None:
            row.merge_key = (type(self).__name__, name, *self.session.selection.ids)
            row.offer(options() if callable(options) else options)
            row.follow(title, field, read, write)

        self._row(name, "", partial(ChoiceRow, self.session, title, self.is_there), show)

    def check(self, name: str, title: str, read: Read, write: Write, *, kind: str = "") -> None:
        """A row to check."""

        def show(row: CheckRow, field: Field) -> None:
            row.follow(title, field, read, write)

        self._row(name, kind, partial(CheckRow, self.session, title, self.is_there), show)

"""Rows of a dialog of settings: fields that show and change one setting each, in sections that can be searched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from editor.commands import view
from editor.document.settings import Settings
from editor.session import Session

LABEL = 110
"""Pixels for what stands before the fields."""


class ChoiceField(QComboBox):
    """One of several values of a setting, each with its words."""

    def __init__(
        self, session: Session, name: str, title: str, options: Sequence[tuple[object, str]]
    ) -> None:
        super().__init__()
        self.name = name
        self.setAccessibleName(title)
        for value, shown in options:
            self.addItem(shown, value)
        self.currentIndexChanged.connect(lambda row: view.choose(session, **{name: self.itemData(row)}))

    def show_value(self, settings: Settings) -> None:
        """Show what is chosen."""
        with QSignalBlocker(self):
            self.setCurrentIndex(self.findData(getattr(settings, self.name)))


class SwitchField(QCheckBox):
    """A setting that is on or off."""

    def __init__(self, session: Session, name: str, title: str) -> None:
        super().__init__(title)
        self.name = name
        self.toggled.connect(lambda is_on: view.choose(session, **{name: is_on}))

    def show_value(self, settings: Settings) -> None:
        """Show what is chosen."""
        with QSignalBlocker(self):
            self.setChecked(getattr(settings, self.name))


class NumberField(QSpinBox):
    """A setting that is a whole number of something."""

    def __init__(self, session: Session, name: str, title: str, least: int, most: int, unit: str) -> None:
        super().__init__()
        self.name = name
        self.setAccessibleName(title)
        self.setRange(least, most)
        self.setSuffix(f" {unit}")
        self.setKeyboardTracking(False)
        self.valueChanged.connect(lambda value: view.choose(session, **{name: value}))

    def show_value(self, settings: Settings) -> None:
        """Show what is chosen."""
        with QSignalBlocker(self):
            self.setValue(getattr(settings, self.name))


@dataclass(slots=True, kw_only=True)
class Row:
    """A field with what stands before it. `words`: what it is found by besides; `counts`: whether it does anything."""

    field: QWidget
    title: str = ""
    words: str = ""
    counts: bool = True

    def is_found(self, section: str, query: str) -> bool:
        """Whether all words of a query stand in what is said about this row."""
        own = self.field.text() if isinstance(self.field, QCheckBox) else ""
        options = (
            [self.field.itemText(each) for each in range(self.field.count())]
            if isinstance(self.field, QComboBox)
            else []
        )
        said = " ".join((section, self.title, own, self.words, *options)).casefold()
        return all(word in said for word in query.casefold().split())


class Section(QWidget):
    """Rows under a heading, with a hint below them; it is there while one of its rows is."""

    def __init__(self, title: str, rows: Sequence[Row], hint: str = "") -> None:
        super().__init__()
        self._title = title
        self.rows = tuple(rows)
        heading = QLabel(title, textFormat=Qt.TextFormat.PlainText)
        heading.setObjectName("section")
        self._form = QFormLayout()
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for row in rows:
            if not row.title:
                self._form.addRow(row.field)
                continue
            label = QLabel(row.title, textFormat=Qt.TextFormat.PlainText)
            label.setMinimumWidth(LABEL)
            label.setBuddy(row.field)
            self._form.addRow(label, row.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(heading)
        column.addLayout(self._form)
        if hint:
            below = QLabel(hint, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
            below.setObjectName("hint")
            column.addWidget(below)

    def narrow(self, query: str) -> bool:
        """Show the rows that a query finds, and that do something; whether there are any."""
        shown = [row.counts and row.is_found(self._title, query) for row in self.rows]
        for row, is_shown in zip(self.rows, shown, strict=True):
            self._form.setRowVisible(row.field, is_shown)
        self.setVisible(any(shown))
        return any(shown)

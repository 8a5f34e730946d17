"""The settings: each choice counts at once, in all windows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from editor.commands import view
from editor.document import settings
from editor.errors import EditorError
from editor.panels.elided import ElidedLabel
from editor.session import Session

WIDTH = 460
_THEMES = (("system", "As the system"), ("light", "Light"), ("dark", "Dark"))
_ANIMATIONS = (("system", "As the system"), ("on", "On"), ("off", "Off"))
_AUTOSAVES = (
    ("off", "Never"), ("leaving", "When another program comes to the front"), ("timed", "Every so many seconds"),
)  # fmt: skip
_FILES = "Settings (*.json)"


class SettingsDialog(QDialog):
    """Shows the settings of a session and changes them; it follows when they are changed elsewhere.

    `edit_keys` lets the person choose keyboard shortcuts, which have a dialog of their own.
    """

    def __init__(
        self, session: Session, edit_keys: Callable[[], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Settings")
        self.setMinimumWidth(WIDTH)
        self._session = session
        self.theme = self._combo("theme", "Theme", _THEMES)
        self.animation = self._combo("animation", "Animation", _ANIMATIONS)
        self.grid = self._check("grid", "Show the grid")
        self.snapping = self._check("snapping", "Snap to the grid and to neighbours")
        self.autosave = self._combo("autosave", "Save files by itself", _AUTOSAVES)
        self.seconds = QSpinBox()
        self.seconds.setRange(settings.LEAST_SECONDS, settings.MOST_SECONDS)
        self.seconds.setSuffix(" s")
        self.seconds.setKeyboardTracking(False)
        self.seconds.setAccessibleName("Seconds between savings")
        self.seconds.valueChanged.connect(lambda value: self._choose("autosave_seconds", value))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 16)
        column.setSpacing(8)
        column.addWidget(_heading("Look"))
        column.addLayout(_form(("Theme", self.theme), ("Animation", self.animation)))
        column.addWidget(_heading("Canvas"))
        column.addWidget(self.grid)
        column.addWidget(self.snapping)
        column.addWidget(_heading("Keys"))
        column.addLayout(_form(("Shortcuts", self._keys(edit_keys))))
        column.addWidget(_heading("Saving"))
        self._saving = _form(("Save by itself", self.autosave), ("Every", self.seconds))
        column.addLayout(self._saving)
        hint = QLabel("Only what has a file, and never over what another program wrote there.", wordWrap=True)
        hint.setObjectName("hint")
        column.addWidget(hint)
        column.addSpacing(8)
        self.note = ElidedLabel(f"Kept in {settings.settings_path()}")
        self.note.setObjectName("hint")
        column.addWidget(self.note)
        column.addLayout(self._buttons())
        self.finished.connect(session.settings_changed.subscribe(self.refresh))
        self.refresh()

    def _combo(self, name: str, title: str, options: Sequence[tuple[str, str]]) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(title)
        for value, shown in options:
            made.addItem(shown, value)
        made.currentIndexChanged.connect(lambda row: self._choose(name, made.itemData(row)))
        return made

    def _check(self, name: str, title: str) -> QCheckBox:
        made = QCheckBox(title)
        made.toggled.connect(lambda is_on: self._choose(name, is_on))
        return made

    def _keys(self, edit_keys: Callable[[], None]) -> QPushButton:
        self.keys = QPushButton("Change…", autoDefault=False)
        self.keys.setObjectName("second")
        self.keys.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.keys.clicked.connect(lambda: edit_keys())
        return self.keys

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for title, deed in (("Import…", self._ask_import), ("Export…", self._ask_export)):
            button = QPushButton(title, autoDefault=False)
            button.setObjectName("second")
            button.clicked.connect(deed)
            row.addWidget(button)
        row.addStretch(1)
        close = QPushButton("Close")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        row.addWidget(close)
        return row

    def refresh(self) -> None:
        """Show what is chosen now."""
        chosen = self._session.settings
        for combo, value in (
            (self.theme, chosen.theme), (self.animation, chosen.animation), (self.autosave, chosen.autosave),
        ):  # fmt: skip
            with QSignalBlocker(combo):
                combo.setCurrentIndex(combo.findData(value))
        for check, is_on in ((self.grid, chosen.grid), (self.snapping, chosen.snapping)):
            with QSignalBlocker(check):
                check.setChecked(is_on)
        with QSignalBlocker(self.seconds):
            self.seconds.setValue(chosen.autosave_seconds)
        self._saving.setRowVisible(self.seconds, chosen.autosave == "timed")

    def _choose(self, name: str, value: object) -> None:
        view.choose(self._session, **{name: value})

    # files

    def _ask_import(self) -> None:
        text, _ = QFileDialog.getOpenFileName(self, "Import settings", "", _FILES)
        if text:
            self.import_from(Path(text))

    def _ask_export(self) -> None:
        text, _ = QFileDialog.getSaveFileName(self, "Export settings", "statechart-settings.json", _FILES)
        if text:
            self.export_to(Path(text))

    def import_from(self, path: Path) -> None:
        """Take the choices of a file that was exported; one that holds none is told."""
        try:
            chosen = settings.imported(settings.load(), path)
        except EditorError as error:
            self._tell(str(error), is_error=True)
            return
        settings.store(chosen)
        self._session.set_settings(chosen)
        self._tell(f"Imported {path.name}.")

    def export_to(self, path: Path) -> None:
        """Write the choices into a file; recent files and places of windows stay here."""
        try:
            settings.export(self._session.settings, path)
        except EditorError as error:
            self._tell(str(error), is_error=True)
        else:
            self._tell(f"Exported {path.name}.")

    def _tell(self, text: str, *, is_error: bool = False) -> None:
        self.note.setObjectName("error" if is_error else "hint")
        self.note.setText(text)
        self.note.style().polish(self.note)


def _heading(text: str) -> QLabel:
    made = QLabel(text)
    made.setObjectName("section")
    return made


def _form(*rows: tuple[str, QWidget]) -> QFormLayout:
    made = QFormLayout()
    made.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    for title, field in rows:
        label = QLabel(title)
        label.setMinimumWidth(110)
        label.setBuddy(field)
        made.addRow(label, field)
    return made

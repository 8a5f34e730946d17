"""The settings: each choice counts at once, in all windows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from editor.commands import laying_out, view
from editor.document import settings
from editor.errors import EditorError
from editor.panels.elided import ElidedLabel
from editor.panels.icons import icon
from editor.session import Session
from editor.window.settings_rows import ChoiceField, NumberField, Row, Section, SwitchField
from editor.window.transfer import Files, TransferRow, button

SIZE = (480, 680)
LEFT_FREE = 80
"""Pixels of the screen, above and below, that the dialog leaves free."""
_THEMES = (("system", "As the system"), ("light", "Light"), ("dark", "Dark"))
_ANIMATIONS = (("system", "As the system"), ("on", "On"), ("off", "Off"))
_TEXT_SIZES = tuple((size, f"{size} %") for size in settings.TEXT_SIZES)
_AUTOSAVES = (
    ("off", "Never"), ("leaving", "When another program comes to the front"), ("timed", "Every so many seconds"),
)  # fmt: skip
_FILES = Files(name="settings", suggested="statechart-settings.json", pattern="Settings (*.json)")
_TEXT_TIP = "How large the canvas is drawn at 100 %. Charts and exported pictures stay as they are."
_DRAWING_TIP = "Whether what is hard to read in a drawing is listed among the problems."
_RULES_TIP = "Rules that you set in the list of problems count for what they usually do again."


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
        self.resize(SIZE[0], min(SIZE[1], self.screen().availableGeometry().height() - LEFT_FREE))
        self._session = session
        self._make_fields(session, edit_keys)
        self.search = QLineEdit()
        self.search.setPlaceholderText("Find a setting")
        self.search.setAccessibleName("Find a setting")
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(self._narrow)
        self.none = QLabel("No setting is called like this.", textFormat=Qt.TextFormat.PlainText)
        self.none.setObjectName("hint")
        self._seconds = Row(field=self.seconds, title="Every", words="autosave interval")
        self.sections = self._make_sections()
        self.note = ElidedLabel(f"Kept in {settings.settings_path()}")
        self.note.setObjectName("hint")
        self.transfer = TransferRow(self, _FILES, self.import_from, self.export_to)
        self._lay_out()
        self.finished.connect(session.settings_changed.subscribe(self.refresh))
        self.refresh()
        self.search.setFocus()

    def _make_fields(self, session: Session, edit_keys: Callable[[], None]) -> None:
        self.theme = ChoiceField(session, "theme", "Theme", _THEMES)
        self.animation = ChoiceField(session, "animation", "Animation", _ANIMATIONS)
        self.text_size = ChoiceField(session, "text_size", "Text size", _TEXT_SIZES)
        self.text_size.setToolTip(_TEXT_TIP)
        self.grid = SwitchField(session, "grid", "Show the grid")
        self.spacing = ChoiceField(session, "spacing", "Spacing of the grid", view.SPACINGS)
        self.snapping = SwitchField(session, "snapping", "Snap to the grid and to neighbours")
        self.minimap = SwitchField(session, "minimap", "Show a minimap")
        self.descriptions = ChoiceField(session, "descriptions", "Descriptions", view.DESCRIPTIONS)
        modes = [(mode.value, title) for mode, title in laying_out.MODES]
        ways = [(way.value, title) for way, title in laying_out.DIRECTIONS]
        self.layout_mode = ChoiceField(session, "layout_mode", "Manner of layouts", modes)
        self.layout_direction = ChoiceField(session, "layout_direction", "Direction of layouts", ways)
        self.pins = SwitchField(session, "pins", "Show pins of states that no layout moves")
        self.autosave = ChoiceField(session, "autosave", "Save files by itself", _AUTOSAVES)
        least, most = settings.LEAST_SECONDS, settings.MOST_SECONDS
        self.seconds = NumberField(session, "autosave_seconds", "Seconds between savings", least, most, "s")
        self.keys = _button("Change…", edit_keys)
        self.drawing = ChoiceField(session, "drawing", "Drawings", view.DRAWINGS)
        self.drawing.setToolTip(_DRAWING_TIP)
        self.rules = _button("Reset", lambda: view.choose(session, severities=()))
        self.rules.setAccessibleName("Reset the rules")
        self.rules.setToolTip(_RULES_TIP)
        self.fields = (
            self.theme, self.animation, self.text_size, self.grid, self.spacing, self.snapping, self.minimap,
            self.descriptions, self.layout_mode, self.layout_direction, self.pins, self.drawing, self.autosave,
            self.seconds,
        )  # fmt: skip

    def _make_sections(self) -> tuple[Section, ...]:
        look = (
            Row(field=self.theme, title="Theme", words="colours dark mode"),
            Row(field=self.animation, title="Animation", words="motion steps"),
        )
        canvas = (
            Row(field=self.text_size, title="Text size", words="zoom scale font large"),
            Row(field=self.spacing, title="Spacing", words="grid gap distance snapping align"),
            Row(field=self.grid, words="dots"),
            Row(field=self.snapping, words="guides align gap distance"),
            Row(field=self.minimap, words="overview"),
            Row(
                field=self.descriptions, title="Descriptions", words="documentation text cards hover tooltip"
            ),
        )
        layouts = (
            Row(field=self.layout_mode, title="Manner", words="automatic layout tidy arrange"),
            Row(field=self.layout_direction, title="Direction", words="automatic layout flow"),
            Row(field=self.pins, words="pinned placed by hand fixed"),
        )
        rules = (
            Row(
                field=self.drawing, title="Drawings", words="problems lines crossings labels overlap readable"
            ),
            Row(field=self.rules, title="Severities", words="problems errors warnings"),
        )
        saving = (Row(field=self.autosave, title="Save by itself", words="autosave automatic"), self._seconds)
        return (
            Section("Look", look),
            Section("Canvas", canvas),
            Section("Layouts", layouts, "They are proposed; nothing moves until you accept."),
            Section("Keys", (Row(field=self.keys, title="Shortcuts", words="keyboard"),)),
            Section("Rules", rules),
            Section(
                "Saving", saving, "Only what has a file, and never over what another program wrote there."
            ),
        )

    def _lay_out(self) -> None:
        page = QWidget()
        page.setObjectName("page")
        inside = QVBoxLayout(page)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.setSpacing(8)
        for part in (*self.sections, self.none):
            inside.addWidget(part)
        inside.addStretch(1)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(self.search)
        column.addWidget(scroll, 1)
        column.addWidget(self.note)
        column.addLayout(self.transfer)

    def refresh(self) -> None:
        """Show what is chosen now."""
        chosen = self._session.settings
        for field in self.fields:
            field.show_value(chosen)
        count = len(chosen.severities)
        self.rules.setEnabled(count > 0)
        self.rules.setText(f"Reset {count} rule{'' if count == 1 else 's'}" if count else "All as usual")
        self._seconds.counts = chosen.autosave == "timed"
        self._narrow()

    def _narrow(self) -> None:
        """Show the settings that the search finds."""
        found = [section.narrow(self.search.text()) for section in self.sections]
        self.none.setVisible(not any(found))

    # files

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


def _button(text: str, deed: Callable[[], None]) -> QPushButton:
    made = button(text, "second")
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    made.clicked.connect(lambda: deed())
    return made

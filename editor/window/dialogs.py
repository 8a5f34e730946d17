"""QtDesktop: what commands may ask for, answered with dialogs and windows."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox, QPushButton, QWidget

from editor import components
from editor.canvas import render
from editor.canvas.peeking import Peek
from editor.canvas.theme import load_theme
from editor.canvas.view import ChartView
from editor.commands import keymap
from editor.commands.completing import Completer
from editor.commands.file import CANCEL
from editor.commands.keymap import Keymap
from editor.commands.registry import PLAIN, Pointed, Review
from editor.completion.completion import Completion
from editor.discarding import discard
from editor.document import settings
from editor.formats.registry import READABLE
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.slots import Grammar
from editor.session import Session
from editor.window import clipboard
from editor.window.asking import AskText
from editor.window.keys import ROWS
from editor.window.style import theme_name

REPLACE = "Replace"
MOST_LINES = 8
"""Lines of a message that are shown at once, so that its buttons stay on the screen."""


@dataclass(frozen=True, slots=True)
class WindowDeeds:
    """What only the program as a whole or the window itself can do."""

    session: Session
    open: Callable[[Path | None, bool], None]
    quit: Callable[[], None]
    pointed: Callable[[], Pointed]


def _box(window: QWidget, title: str, text: str) -> QMessageBox:
    """A message as it is written: what stands in a file may look like HTML, which Qt would render."""
    box = QMessageBox(window)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(title)
    box.setText(title)
    lines = text.splitlines()
    more = [f"… and {len(lines) - MOST_LINES} more, under “Show details”."] if len(lines) > MOST_LINES else []
    box.setInformativeText("\n".join([*lines[:MOST_LINES], *more]))
    if more:
        box.setDetailedText(text)
    label = box.findChild(QLabel, "qt_msgbox_informativelabel")
    if isinstance(label, QLabel):
        label.setTextFormat(Qt.TextFormat.PlainText)
    return box


class QtDesktop:
    """The desktop of one window (see `commands.registry.Desktop`)."""

    def __init__(self, window: QWidget, deeds: WindowDeeds) -> None:
        self._window = window
        self._deeds = deeds

    def ask_open_path(self, title: str, folder: Path | None = None) -> Path | None:
        """A file to read, looked for first in a folder; without one, in that which the system shows."""
        patterns = " ".join(f"*{suffix}" for suffix in READABLE)
        first = str(folder) if folder is not None else ""
        text, _ = QFileDialog.getOpenFileName(self._window, title, first, f"Machines ({patterns})")
        return Path(text) if text else None

    def ask_save_path(self, title: str, suggested: str, suffixes: Sequence[str]) -> Path | None:
        """A file to write; where no suffix is typed, that of the chosen filter is added."""
        filters = {f"{suffix[1:].upper()} (*{suffix})": suffix for suffix in suffixes}
        while True:
            text, chosen = QFileDialog.getSaveFileName(self._window, title, suggested, ";;".join(filters))
            if not text:
                return None
            path = Path(text)
            if path.suffix:
                return path
            path = path.with_suffix(filters.get(chosen, suffixes[0]))
            # the dialog asked about the name as it was typed, which is another file
            if not os.path.lexists(path) or self._may_replace(path):
                return path
            suggested = str(path)

    def _may_replace(self, path: Path) -> bool:
        text = f"It is in {path.parent}. What it holds is replaced."
        return self.confirm(f"Replace {path.name}?", text, (REPLACE, CANCEL), CANCEL) == REPLACE

    def confirm(self, title: str, text: str, choices: Sequence[str], usual: str = "") -> str | None:
        """One of the choices, Return choosing the usual one, else the first; None when the question was closed."""
        box = _box(self._window, title, text)
        buttons: dict[QPushButton, str] = {}
        for choice in choices:
            buttons[box.addButton(choice, QMessageBox.ButtonRole.ActionRole)] = choice
        box.setDefaultButton(
            next(button for button, text in buttons.items() if text == (usual or choices[0]))
        )
        if "Cancel" in choices:
            box.setEscapeButton(next(button for button, text in buttons.items() if text == "Cancel"))
        box.exec()
        clicked = box.clickedButton()
        return buttons.get(clicked) if isinstance(clicked, QPushButton) else None

    def ask_text(
        self,
        title: str,
        text: str,
        review: Callable[[str], Review],
        verb: str = "OK",
        grammar: Grammar | None = None,
    ) -> str | None:
        """A text, reviewed while it is typed."""
        dialog = AskText(self._window, title, text, review, verb)
        if grammar is not None:
            Completion(dialog.field, Completer(self._deeds.session), grammar, "")
        is_accepted = dialog.exec() == AskText.DialogCode.Accepted
        typed = dialog.field.text()
        discard(dialog)
        return typed if is_accepted else None

    def ask_places(
        self, title: str, text: str, review: Callable[[str, frozenset[str]], Review], verb: str
    ) -> tuple[str, frozenset[str]] | str | None:
        """A text, and which of its changes are to be left out; they are looked at on the canvas."""
        view = self._window.findChild(ChartView)
        peek = Peek(view) if isinstance(view, ChartView) else None

        def look(ids: Sequence[str]) -> None:
            if peek is not None and ids:
                peek.show(ids)
            elif peek is not None:
                peek.end(stay=False)

        from editor.window.asking_places import AskPlaces  # noqa: PLC0415 - the start needs no dialog

        dialog = AskPlaces(self._window, title, text, review, verb, look)
        is_accepted = dialog.exec() == AskPlaces.DialogCode.Accepted
        typed, left_out, chosen = dialog.field.text(), dialog.left_out, dialog.chosen
        discard(dialog)
        return (typed, left_out) if is_accepted else chosen or None

    def tell(self, title: str, text: str) -> None:
        """A message that waits to be read."""
        _box(self._window, title, text).exec()

    def show_report(self, text: str) -> None:
        """The page of a report."""
        from editor.window.report import ReportPage  # noqa: PLC0415 - the start needs no dialog

        ReportPage(text, self._window).exec()

    def show_licences(self) -> None:
        """The licence page."""
        from editor.window.licences import LicencePage  # noqa: PLC0415 - the start needs no dialog

        LicencePage(components.listed(), self._window).exec()

    def clipboard(self, kind: str = PLAIN) -> str:
        """The text of a MIME type on the clipboard."""
        return clipboard.text(kind)

    def set_clipboard(self, contents: Mapping[str, str]) -> None:
        """Put texts on the clipboard."""
        clipboard.put(contents)

    def copy_picture(self, chart: Chart, diagram: Diagram) -> None:
        """Put a drawing on the clipboard."""
        clipboard.put_picture(chart, diagram, self._theme)

    def pointed(self) -> Pointed:
        """What of the canvas is looked at and pointed to."""
        return self._deeds.pointed()

    def open_window(self, path: Path | None, *, as_copy: bool = False) -> None:
        """Show a file, or a new machine."""
        self._deeds.open(path, as_copy)

    def close_window(self) -> None:
        """Close this window."""
        self._window.close()

    def quit(self) -> None:
        """Close all windows."""
        self._deeds.quit()

    def edit_keys(self) -> None:
        """Let the person choose keyboard shortcuts; every window has them at once."""
        from editor.window.keys_dialog import KeysDialog  # noqa: PLC0415 - the start needs no dialog

        KeysDialog(self._window, self._keymap(), self.keep_keys).exec()

    def show_keys(self) -> None:
        """Show all keyboard shortcuts."""
        from editor.window.keys_sheet import KeysSheet  # noqa: PLC0415 - the start needs no dialog

        sheet = KeysSheet(self._window, self._keymap(), load_theme(self._theme))
        sheet.exec()
        if sheet.wants_change:
            self.edit_keys()

    def _keymap(self) -> Keymap:
        return Keymap(ROWS, dict(self._deeds.session.settings.keys))

    def keep_keys(self, made: Keymap) -> None:
        """Store shortcuts that were chosen, for all windows."""
        stored = replace(settings.load(), keys=keymap.as_settings(made.chosen))
        settings.store(stored)
        self._deeds.session.set_settings(stored)

    def export_picture(self, path: Path) -> None:
        """Draw the whole chart into a file."""
        document = self._deeds.session.document
        scale = clipboard.SCALE if path.suffix.lower() == ".png" else 1.0
        render.render(document.chart, document.diagram, path, theme=self._theme, scale=scale)

    @property
    def _theme(self) -> str:
        return theme_name(self._deeds.session.settings.theme)

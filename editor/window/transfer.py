"""The row at the foot of dialogs whose choices can be taken to another machine: import, export, close."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QPushButton


def button(text: str, name: str = "") -> QPushButton:
    """A button of these dialogs, which Return does not press."""
    made = QPushButton(text)
    made.setObjectName(name)
    made.setAutoDefault(False)
    return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """What is imported and exported. `name`: its word in titles; `suggested`: a file for it; `pattern` as Qt has it."""

    name: str
    suggested: str
    pattern: str


class TransferRow(QHBoxLayout):
    """Asks for files, and hands them to `import_from` and `export_to`; `before` are buttons that stand first."""

    def __init__(
        self,
        dialog: QDialog,
        files: Files,
        import_from: Callable[[Path], None],
        export_to: Callable[[Path], None],
        before: Sequence[QPushButton] = (),
    ) -> None:
        super().__init__()
        self._dialog = dialog
        self._files = files
        self.importing = button("Import…", "second")
        self.importing.clicked.connect(lambda: self._ask_import(import_from))
        self.exporting = button("Export…", "second")
        self.exporting.clicked.connect(lambda: self._ask_export(export_to))
        for each in (*before, self.importing, self.exporting):
            self.addWidget(each)
        self.addStretch(1)
        self.closing = QPushButton("Close")
        self.closing.setDefault(True)
        self.closing.clicked.connect(dialog.accept)
        self.addWidget(self.closing)

    def _ask_import(self, take: Callable[[Path], None]) -> None:
        files = self._files
        text, _ = QFileDialog.getOpenFileName(self._dialog, f"Import {files.name}", "", files.pattern)
        if text:
            take(Path(text))

    def _ask_export(self, give: Callable[[Path], None]) -> None:
        files = self._files
        text, _ = QFileDialog.getSaveFileName(
            self._dialog, f"Export {files.name}", files.suggested, files.pattern
        )
        if text:
            give(Path(text))

"""The context of the run as a tree; what the last step changed stands out."""

from __future__ import annotations

from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication, QTreeWidget, QTreeWidgetItem

from editor.completion.tips import plain
from editor.engine.simulator import Simulator
from editor.formats import yaml_write
from editor.model.datatypes import kind_of
from editor.model.elements import Data
from editor.panels import type_column

MOST_ROWS = 500


class ContextTree(QTreeWidget):
    """Keys and values; mappings and lists open up."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Context of the run")
        self.setColumnCount(3)
        self.setHeaderLabels(["Context", "Value", "Type"])
        type_column.add(self)
        self.setUniformRowHeights(True)
        self.setIndentation(14)
        self._closed: set[str] = set()
        self.itemCollapsed.connect(lambda row: self._closed.add(_path(row)))
        self.itemExpanded.connect(lambda row: self._closed.discard(_path(row)))

    def show_run(self, simulator: Simulator) -> None:
        """Show the context at the cursor."""
        self.blockSignals(True)
        self.clear()
        # at the start everything is new, so nothing stands out
        changed = simulator.trace[simulator.cursor].changed if simulator.cursor > 0 else ()
        self._add(self.invisibleRootItem(), simulator.snapshot.context, "", frozenset(changed))
        self.blockSignals(False)
        self.resizeColumnToContents(0)

    def _add(self, parent: QTreeWidgetItem, value: Data, prefix: str, changed: frozenset[str]) -> None:
        if isinstance(value, dict):
            pairs: list[tuple[str, Data]] = list(value.items())
        else:
            pairs = (
                [(str(place), each) for place, each in enumerate(value)] if isinstance(value, list) else []
            )
        for place, (key, each) in enumerate(pairs):
            if place == MOST_ROWS:
                QTreeWidgetItem(parent, ["…", f"{len(pairs) - place:,} more"])
                return
            is_open = isinstance(each, dict | list) and bool(each)
            text = yaml_write.inline(each)
            row = QTreeWidgetItem(parent, [key, "" if is_open else text, kind_of(each)])
            row.setToolTip(1, plain(text))
            path = prefix + key
            if path in changed:
                self._mark(row)
            self._add(row, each, f"{path}.", changed)
            row.setExpanded(path not in self._closed)

    def _mark(self, row: QTreeWidgetItem) -> None:
        palette = QApplication.palette()
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        for column in (0, 1):
            row.setFont(column, font)
            row.setForeground(column, palette.brush(QPalette.ColorRole.Link))


def _path(row: QTreeWidgetItem) -> str:
    parts: list[str] = []
    here: QTreeWidgetItem | None = row
    while here is not None:
        parts.append(here.text(0))
        here = here.parent()
    return ".".join(reversed(parts))

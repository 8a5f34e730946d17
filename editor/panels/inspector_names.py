"""All names that stand in a machine, by what they name: F2 renames one everywhere, a click selects where it stands."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QMenu, QTreeWidget, QTreeWidgetItem, QWidget

from editor.commands import lensing
from editor.model import naming
from editor.model.naming import Name, NameKind
from editor.model.vocabulary import Vocabulary
from editor.requests import Rename
from editor.session import Session

KINDS = {
    NameKind.EVENT: "Events", NameKind.GUARD: "Guards", NameKind.ACTION: "Actions", NameKind.DELAY: "Delays",
    NameKind.SERVICE: "Services", NameKind.KEY: "Context keys",
}  # fmt: skip
MOST_ROWS = 12
MOST_NAMES = 500
"""Names of a kind that are listed; the palette finds them all."""
_ROW, _AROUND = 25, 34
_NAME = Qt.ItemDataRole.UserRole


class NameTable(QTreeWidget):
    """The names of the open document. It is filled when it is first seen, and anew when names come or go."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shown: tuple[Vocabulary, int] | None = None
        self._is_seen = False
        self.setColumnCount(2)
        self.setHeaderLabels(["Name", "Uses"])
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.header().setStretchLastSection(False)
        self.setUniformRowHeights(True)
        self.setAccessibleName("Names")
        self.setToolTip("F2 renames a name everywhere, Return selects where it stands, L lights up an event.")
        self.setFixedHeight(_ROW + _AROUND)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.itemDoubleClicked.connect(lambda row, column: self.rename(row))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Be filled from the first time that somebody sees it: looking for the names of a large machine takes time."""
        super().paintEvent(event)
        if not self._is_seen:
            self._is_seen = True
            QTimer.singleShot(0, self, self.refresh)

    def hideEvent(self, event: QHideEvent) -> None:
        """What is not seen follows no names."""
        super().hideEvent(event)
        self._is_seen = False

    def refresh(self) -> None:
        """Show the names that there are now."""
        vocabulary = self._session.document.vocabulary
        if self._is_seen and self._shown != (vocabulary, vocabulary.version):
            self._shown = (vocabulary, vocabulary.version)
            self._fill(vocabulary)

    def _fill(self, vocabulary: Vocabulary) -> None:
        closed = {row.text(0).partition(" (")[0] for row in self._groups() if not row.isExpanded()}
        chosen = self.name_of(self.currentItem())
        self.clear()
        for kind, title in KINDS.items():
            counts = vocabulary.names(kind)
            if kind is NameKind.KEY:  # what is only assigned is no key yet that could be renamed
                known = naming.keys_of(vocabulary.chart)
                counts = {name: count for name, count in counts.items() if name in known}
            if not counts:
                continue
            group = QTreeWidgetItem(self, [f"{title} ({len(counts)})", ""])
            for text in sorted(counts, key=str.casefold)[:MOST_NAMES]:
                row = QTreeWidgetItem(group, [text, str(counts[text])])
                row.setData(0, _NAME, (kind.value, text))
                row.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                if Name(kind, text) == chosen:
                    self.setCurrentItem(row)
            if len(counts) > MOST_NAMES:
                QTreeWidgetItem(group, [f"… and {len(counts) - MOST_NAMES} more", ""])
            group.setExpanded(title not in closed)
        rows = sum(1 + group.childCount() for group in self._groups())
        self.setFixedHeight(min(max(rows, 1), MOST_ROWS) * _ROW + _AROUND)

    def _groups(self) -> list[QTreeWidgetItem]:
        return [cast(QTreeWidgetItem, self.topLevelItem(place)) for place in range(self.topLevelItemCount())]

    @staticmethod
    def name_of(row: QTreeWidgetItem | None) -> Name | None:
        """The name in a row; None for a heading."""
        found = row.data(0, _NAME) if row is not None else None
        return Name(NameKind(found[0]), found[1]) if found else None

    def _is_event(self, row: QTreeWidgetItem | None) -> bool:
        name = self.name_of(row)
        return name is not None and name.kind is NameKind.EVENT

    def rename(self, row: QTreeWidgetItem | None) -> None:
        """Ask for another name for the one in a row."""
        name = self.name_of(row)
        if name is not None:
            self._session.ask(Rename(name))

    def select_uses(self, row: QTreeWidgetItem | None) -> None:
        """Select the states and transitions that the name in a row stands in."""
        name = self.name_of(row)
        if name is None:
            return
        found = naming.places_of(self._session.document.chart).get(name, ())
        if found:
            self._session.selection.replace(found)
            self._session.reveal(found[0])
        else:
            self._session.say(f"“{name.text}” stands in the tables of the machine alone.")

    def light(self, row: QTreeWidgetItem | None) -> None:
        """Light up the transitions of the event in a row on the canvas."""
        name = self.name_of(row)
        if name is not None and self._is_event(row):
            lensing.light(name.text, self._session)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 renames, Return selects the places, L lights up an event."""
        row = self.currentItem()
        if event.key() == Qt.Key.Key_F2 and self.name_of(row) is not None:
            self.rename(row)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.name_of(row) is not None:
            self.select_uses(row)
        elif event.key() == Qt.Key.Key_L and not event.modifiers() and self._is_event(row):
            self.light(row)
        else:
            super().keyPressEvent(event)

    def menu_of(self, row: QTreeWidgetItem | None) -> QMenu | None:
        """What can be done with the name in a row."""
        if self.name_of(row) is None:
            return None
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Rename everywhere…", lambda: self.rename(row))
        menu.addAction("Select where it stands", lambda: self.select_uses(row))
        if self._is_event(row):
            menu.addAction("Light up on the canvas", lambda: self.light(row))
        return menu

    def _show_menu(self, place: QPoint) -> None:
        menu = self.menu_of(self.itemAt(place))
        if menu is not None:
            menu.popup(self.viewport().mapToGlobal(place))

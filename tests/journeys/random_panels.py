"""What a random user does in the docks and the palette: types into fields, chooses, drags rows, goes to steps."""

from __future__ import annotations

from random import Random

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)
from shiboken6 import isValid

from editor.commands.finding import Kind
from editor.panels.history import HistoryPanel
from editor.panels.outline import OutlinePanel
from editor.window.main_window import MainWindow
from tests.journeys.hands import CONTROL, LEFT, PLAIN, SHIFT, Hands
from tests.journeys.random_deeds import LABELS, LEFT_OUT, NAMES, Deed

TEXTS = (
    *NAMES, *LABELS, "x > 1", "x = x + 1", "log 'x'", "raise GO", "send E after 2s", "{and: [a, b]}", "3", "1s", "-1",
    "count: 0", "{a: [1, 2]}", "[1", "x: {y: 1}", "name: 'text'", "# note", "500ms",
)  # fmt: skip
WORDS = ("sel", "run", "state", "del", "a", "go", "zoom", "grid", "xyz", "dup", "ini", "par", "sp", "dark")


class PanelUser:
    """Uses every dock as it stands: what can be clicked, chosen or typed into, by real events."""

    def __init__(self, window: MainWindow, hands: Hands) -> None:
        self.window = window
        self.hands = hands
        self.chance = Random(0)

    def deeds(self) -> list[tuple[int, Deed]]:
        """All deeds in panels, with their weights."""
        return [
            (14, self.use_inspector), (4, self.use_simulation), (3, self.use_problems), (4, self.rename_row),
            (3, self.select_row), (3, self.shift_row), (3, self.drop_row), (5, self.go_to_step), (3, self.use_palette),
            (1, self.toggle_dock), (1, self.search_outline),
        ]  # fmt: skip

    def panel(self, name: str) -> QWidget | None:
        """The panel of a dock that is seen."""
        dock = self.window.docks[name]
        return dock.panel if dock.panel is not None and dock.panel.isVisible() else None

    def bring(self, name: str) -> QWidget | None:
        """The panel of a dock, brought to the front."""
        dock = self.window.docks[name]
        dock.fill()
        dock.show()
        dock.raise_()
        QApplication.processEvents()
        return self.panel(name)

    # using what there is

    def use(self, panel: QWidget | None) -> None:
        """Use one of the things in a panel that take clicks or keys."""
        if panel is None:
            return
        kinds = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractButton, QAbstractItemView)
        found = [each for kind in kinds for each in panel.findChildren(kind)]
        found = [each for each in found if each.isVisible() and each.isEnabled()]
        if not found:
            return
        chosen: QWidget = self.chance.choice(found)
        self._scroll_to(chosen)
        if isinstance(chosen, QLineEdit | QPlainTextEdit):
            self._write(chosen)
        elif isinstance(chosen, QComboBox):
            chosen.setFocus()
            for _ in range(self.chance.randint(1, 3)):
                self.hands.key(self.chance.choice((Qt.Key.Key_Down, Qt.Key.Key_Up)))
        elif isinstance(chosen, QAbstractButton):
            self.hands.click(chosen, chosen.rect().center())
        elif isinstance(chosen, QAbstractItemView):
            self._use_rows(chosen)

    def _scroll_to(self, widget: QWidget) -> None:
        around = widget.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget)

    def _write(self, field: QLineEdit | QPlainTextEdit) -> None:
        """Click into a field, replace or add to what is there, and end the typing, or not."""
        self.hands.click(field, field.rect().center())
        if not isValid(field):
            return
        field.setFocus()
        if self.chance.random() < 0.7:
            self.hands.keys("Ctrl+A")
            self.hands.key(Qt.Key.Key_Delete)
        self.hands.type(self.chance.choice(TEXTS))
        kind = self.chance.random()
        if kind < 0.45:
            self.hands.key(Qt.Key.Key_Return, CONTROL if isinstance(field, QPlainTextEdit) else PLAIN)
        elif kind < 0.65:
            self.hands.key(Qt.Key.Key_Tab)
        elif kind < 0.75:
            self.hands.key(Qt.Key.Key_Escape)
        elif kind < 0.85:
            self.hands.keys("Ctrl+Z")
        elif kind < 0.92:
            self.hands.keys("Ctrl+S")

    def _use_rows(self, view: QAbstractItemView) -> None:
        """Click a row, or write into it."""
        at = self._row_place(view)
        if at is None:
            return
        self.hands.click(view.viewport(), at)
        if isValid(view) and self.chance.random() < 0.5:
            self.hands.double_click(view.viewport(), at)
            field = QApplication.focusWidget()
            if isinstance(field, QLineEdit) and isValid(view) and view.isAncestorOf(field):
                self.hands.keys("Ctrl+A")
                self.hands.type(self.chance.choice(TEXTS))
                self.hands.key(self.chance.choice((Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape)))

    def _row_place(self, view: QAbstractItemView) -> QPoint | None:
        """A place of one of the rows that are seen."""
        port = view.viewport().rect()
        rows: list[QRect] = []
        for y in range(4, port.height(), 18):
            index = view.indexAt(QPoint(min(60, port.width() // 2), y))
            if index.isValid():
                rows.append(view.visualRect(index))
        return self.chance.choice(rows).intersected(port).center() if rows else None

    # deeds

    def use_inspector(self) -> None:
        """Use a field of the inspector."""
        self.use(self.bring("inspector"))

    def use_simulation(self) -> None:
        """Use something of the simulation, which is seen while a run is."""
        if self.window.session.is_running:
            self.use(self.bring("simulation"))
            self.use(self.panel("timeline"))

    def use_problems(self) -> None:
        """Use the list of problems."""
        self.use(self.bring("problems"))

    def _outline(self) -> OutlinePanel | None:
        found = self.bring("outline")
        return found if isinstance(found, OutlinePanel) and found.tree.isVisible() else None

    def select_row(self) -> None:
        """Select rows of the outline."""
        panel = self._outline()
        at = self._row_place(panel.tree) if panel is not None else None
        if panel is not None and at is not None:
            self.hands.click(
                panel.tree.viewport(), at, held=self.chance.choice((PLAIN, PLAIN, CONTROL, SHIFT))
            )

    def rename_row(self) -> None:
        """Rename a state in its row."""
        self.select_row()
        panel = self._outline()
        if panel is not None:
            panel.tree.setFocus()
            self.hands.key(Qt.Key.Key_F2)
            field = QApplication.focusWidget()
            if isinstance(field, QLineEdit) and panel.tree.isAncestorOf(field):
                self.hands.type(self.chance.choice(NAMES))
                ends = (Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape)
                if self.chance.random() < 0.9:
                    self.hands.key(self.chance.choice(ends))

    def shift_row(self) -> None:
        """Move rows of the outline by keys."""
        panel = self._outline()
        if panel is not None:
            panel.tree.setFocus()
            self.hands.keys(
                self.chance.choice(
                    ("Alt+Up", "Alt+Down", "Alt+Shift+Left", "Alt+Shift+Right", "Del", "Ctrl+C")
                )
            )

    def drop_row(self) -> None:
        """Drop a row on another or between others, as Qt does when it was dragged there."""
        panel = self._outline()
        if panel is None:
            return
        model, tree = panel.model, panel.tree
        ones = [tree.indexAt(at) for _ in range(2) if (at := self._row_place(tree)) is not None]
        if len(ones) == 2 and all(each.isValid() for each in ones):
            row = self.chance.choice((-1, 0, 1))
            parent = ones[1] if self.chance.random() < 0.8 else QModelIndex()
            model.dropMimeData(model.mimeData([ones[0]]), Qt.DropAction.MoveAction, row, 0, parent)

    def search_outline(self) -> None:
        """Look for a state, and take the first; or give up looking."""
        panel = self._outline()
        if panel is not None:
            panel.search.setFocus()
            self.hands.keys("Ctrl+A")
            self.hands.key(Qt.Key.Key_Delete)
            if self.chance.random() < 0.6:
                self.hands.type(self.chance.choice(("a", "b", "s", "zz")))
                self.hands.key(Qt.Key.Key_Return)

    def go_to_step(self) -> None:
        """Click a step of the history, of whatever branch."""
        panel = self.bring("history")
        if isinstance(panel, HistoryPanel):
            view = panel.list
            if self.chance.random() < 0.3:
                self.hands.wheel(view.viewport(), QPoint(20, 20), QPoint(0, self.chance.choice((-600, 600))))
            at = self._row_place(view)
            if at is not None:
                self.hands.click(view.viewport(), at, LEFT)

    def use_palette(self) -> None:
        """Type a few letters into the palette and take what it offers, or none of it."""
        self.window.view.setFocus()
        self.hands.keys("Ctrl+K")
        if not self.window.finder.isVisible():
            return
        self.hands.type(self.chance.choice(WORDS))
        for _ in range(self.chance.randint(0, 3)):
            self.hands.key(Qt.Key.Key_Down)
        takes = self.chance.random() < 0.7 and self.offer_stays()
        self.hands.key(Qt.Key.Key_Return if takes else Qt.Key.Key_Escape)
        if self.window.finder.isVisible():
            self.hands.key(Qt.Key.Key_Escape)

    def offer_stays(self) -> bool:
        """Whether what the palette would do leaves the document open, and this window."""
        box = self.window.finder
        row = box.list.currentIndex().row()
        if not 0 <= row < len(box.model.offers):
            return False
        offer = box.model.offers[row]
        return offer.kind not in (Kind.RECENT, Kind.EXAMPLE) and offer.id not in LEFT_OUT

    def toggle_dock(self) -> None:
        """Show or hide a dock."""
        name = self.chance.choice(sorted(self.window.docks))
        if name != "comparison":
            self.window.docks[name].toggleViewAction().trigger()

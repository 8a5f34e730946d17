"""The command palette: one field over the window in which one types what is to be done, opened or gone to."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QEvent,
    QObject,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QAction, QFocusEvent, QIcon, QKeyEvent, QKeySequence, QPainter, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QMainWindow,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from editor.canvas.peeking import Peek
from editor.canvas.view import ChartView
from editor.commands.finding import STATES_ONLY, Finder, Kind, Offer, remembered
from editor.commands.registry import Command
from editor.commands.view import choose
from editor.completion.offer_rows import Index, OfferRows
from editor.completion.tips import plain
from editor.panels.icons import icon
from editor.panels.outline_model import icon_name
from editor.session import Session
from editor.tools.toolbox import TOOLS
from editor.window.docks import LazyDock
from editor.window.menus import Actions

WIDTH = 620
MARGIN = 24
ROW = 32
MOST_ROWS = 11
_PAD = 10
_ICON = 16
OFFER = Qt.ItemDataRole.UserRole
KEYS = Qt.ItemDataRole.UserRole + 1
_ICONS = {
    Kind.STATE: "state", Kind.NOTE: "note", Kind.NAME: "send", Kind.RENAMING: "cursor", Kind.RECENT: "open",
    Kind.EXAMPLE: "machine",
}  # fmt: skip
_COMES_BACK = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
"""Why a field loses the focus that it gets again: a menu over it, another program."""


class OfferModel(OfferRows[Offer]):
    """The offers that were found, in rows."""

    def __init__(self, session: Session, keys: Callable[[Offer], str], parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._keys = keys

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Title, icon, what a screen reader says, and all of a long row as its tip."""
        offer = self.offers[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return offer.title
        if role == OFFER:
            return offer
        if role == KEYS:
            return self._keys(offer)
        if role == Qt.ItemDataRole.DecorationRole:
            return self._icon(offer)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            said = (offer.title, offer.detail, self._keys(offer), offer.problem)
            told = ", ".join(filter(None, (offer.kind.value, *said)))
            return plain(told) if role == Qt.ItemDataRole.ToolTipRole else told
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every row can be walked to, so that one sees why it cannot be done."""
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def _icon(self, offer: Offer) -> QIcon:
        chart = self._session.document.chart
        if offer.kind is Kind.STATE and offer.id in chart.states:
            return icon(icon_name(chart, chart.states[offer.id]))
        if offer.kind is Kind.COMMAND:
            return icon(offer.command.icon) if offer.command is not None and offer.command.icon else QIcon()
        return icon(_ICONS[offer.kind])


class OfferDelegate(QStyledItemDelegate):
    """Paints a row: icon, title, where it stands in a quieter colour, and at the right its keys or what is missing."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All rows are equally high."""
        return QSize(0, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint what there is room for: the title first, then what is at the right."""
        offer = index.data(OFFER)
        rect: QRect = option.rect
        colors: QPalette = option.palette
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_current:
            painter.fillRect(rect, colors.highlight())
        inner = rect.adjusted(_PAD, 0, -_PAD, 0)
        place = QRect(inner.left(), inner.center().y() - _ICON // 2 + 1, _ICON, _ICON)
        index.data(Qt.ItemDataRole.DecorationRole).paint(painter, place)
        inner.setLeft(inner.left() + _ICON + _PAD)
        quiet = QApplication.palette().color(
            QPalette.ColorRole.PlaceholderText
        )  # a style sheet makes it fainter
        ink = quiet if offer.problem else colors.color(QPalette.ColorRole.WindowText)
        metrics = option.fontMetrics
        title_width = min(metrics.horizontalAdvance(offer.title), inner.width())
        note = offer.problem or index.data(KEYS)
        room = inner.width() - title_width - _PAD
        middle, elide = Qt.AlignmentFlag.AlignVCenter, Qt.TextElideMode.ElideRight
        if note and room > 0:
            shown = metrics.elidedText(note, elide, room)
            painter.setPen(quiet)
            painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, shown)
            room -= metrics.horizontalAdvance(shown) + _PAD
        painter.setPen(ink)
        painter.drawText(inner, middle, metrics.elidedText(offer.title, elide, inner.width()))
        if offer.detail and room > 0:
            inner.setLeft(inner.left() + title_width + _PAD)
            painter.setPen(quiet)
            painter.drawText(
                inner, middle, metrics.elidedText(offer.detail, Qt.TextElideMode.ElideLeft, room)
            )


class FinderBox(QFrame):
    """The palette of one window. Invariant: while it is open its field has the focus; what it shows is of that moment.

    Walking through the rows shows elements on the canvas; only choosing one changes anything.
    """

    def __init__(
        self,
        window: QMainWindow,
        view: ChartView,
        session: Session,
        actions: Actions,
        docks: dict[str, LazyDock],
    ) -> None:
        super().__init__(window)
        self.setObjectName("finder")
        self._window = window
        self._view = view
        self._session = session
        self._actions = actions
        self._docks = docks
        self._recent: list[str] = []
        self._before: QWidget | None = None
        self._finder: Finder | None = None
        self.peek = Peek(view)
        self.field = QLineEdit()
        self.field.setPlaceholderText("Find by name:  > commands   @ states   # events and names   = rename")
        self.field.setAccessibleName("Find")
        self.field.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._show)
        self.model = OfferModel(session, self._keys, self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(OfferDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("Found")
        self.list.clicked.connect(lambda index: self._choose(index.row()))
        self.none = QLabel("Nothing is called like this.", textFormat=Qt.TextFormat.PlainText)
        self.none.setObjectName("hint")
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        for widget in (self.field, self.list, self.none):
            column.addWidget(widget)
        window.installEventFilter(self)
        session.document_replaced.subscribe(lambda: self.close_box(stay=True))
        self.hide()

    # opening and closing

    def open(self, narrowed: str = "") -> None:
        """Be there with an empty field, narrowed to one kind by its prefix; asked again the same way, go away."""
        if self.isVisible() and self.field.text() == narrowed:
            self.close_box()
            return
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        before = [each for each in self._session.settings.chosen if each not in self._recent]
        commands = [*self._actions.commands.all, *self._others()]
        self._finder = Finder(self._session, commands, [*self._recent, *before])
        self.field.setText(narrowed)
        self._show(narrowed)
        self.show()
        self.raise_()
        self.field.setFocus()

    def close_box(self, *, stay: bool = False) -> None:
        """Go away; the canvas is seen as before unless one is to stay where the palette led."""
        if self._finder is None:
            return
        self._finder = None
        self.peek.end(stay=stay)
        before, self._before = self._before, None
        had_focus = self.field.hasFocus()
        self.hide()
        if had_focus and before is not None and before.isVisible():
            before.setFocus()

    def _others(self) -> list[Command]:
        """Tools and docks, as commands."""
        tools = [
            Command(
                id=f"tool.{entry.id}", title=entry.title, menu="Tool", icon=entry.icon,
                run=lambda session, desktop, id=entry.id: session.set_tool(id),  # type: ignore[misc]
            )
            for entry in TOOLS
        ]  # fmt: skip
        docks = [
            Command(
                id=f"dock.{id}", title=dock.windowTitle(), menu="Panel",
                run=lambda session, desktop, dock=dock: dock.toggleViewAction().trigger(),  # type: ignore[misc]
            )
            for id, dock in self._docks.items()
        ]  # fmt: skip
        return [*tools, *docks]

    # what is found

    def _keys(self, offer: Offer) -> str:
        """The first key of what an offer does, as the platform writes it."""
        action = self._action(offer.id)
        keys = action.shortcuts() if action is not None else []
        return keys[0].toString(QKeySequence.SequenceFormat.NativeText) if keys else ""

    def _action(self, id: str) -> QAction | None:
        kind, _, rest = id.partition(".")
        if kind == "tool":
            return self._actions.tools.get(rest)
        if kind == "dock" and rest in self._docks:
            return self._docks[rest].toggleViewAction()
        return self._actions.by_id.get(id)

    def _show(self, query: str) -> None:
        if self._finder is None:
            return
        self.model.show(self._finder.find(query))
        has_any = bool(self.model.offers)
        self.list.setVisible(has_any)
        self.none.setVisible(not has_any)
        if has_any:
            self.list.setCurrentIndex(self.model.index(0, 0))
            self.list.scrollToTop()
        self._place()

    def _place(self) -> None:
        """Stand at the top of the window's middle, as high as what was found, and inside of the window."""
        around = self._window.centralWidget() or self._window
        top = around.mapTo(self._window, around.rect().topLeft()).y() + 8
        width = min(WIDTH, self._window.width() - 2 * MARGIN)
        room = (self._window.height() - top - MARGIN - 70) // ROW
        rows = min(len(self.model.offers), MOST_ROWS, max(room, 1))
        self.list.setFixedHeight(rows * ROW)
        self.setFixedWidth(width)
        self.adjustSize()
        self.move((self._window.width() - width) // 2, top)

    def _walk(self, by: int) -> None:
        count = len(self.model.offers)
        if not count:
            return
        row = self.list.currentIndex().row() + by
        row = row % count if abs(by) == 1 else min(max(row, 0), count - 1)
        self.list.setCurrentIndex(self.model.index(row, 0))
        bottom = self.mapTo(self._window, self.rect().bottomLeft())
        covered = self._view.viewport().mapFrom(self._window, bottom).y() + 8
        self.peek.show(self.model.offers[row].elements, max(covered, 0))

    def _choose(self, row: int) -> None:
        """Do what a row offers, or go there; what cannot be done now says why, and the palette stays."""
        if not 0 <= row < len(self.model.offers):
            return
        offer = self.model.offers[row]
        if offer.problem:
            self._session.say(f"{offer.title.rstrip('…')}: {offer.problem[0].lower()}{offer.problem[1:]}.")
            return
        self._remember(offer)
        if offer.command is not None:
            self.close_box()
            self._actions.invoke(offer.command)
        else:
            self._go(offer)

    def _remember(self, offer: Offer) -> None:
        """Offer it first from now on; what is of this document alone is not kept over sessions."""
        self._recent = remembered(self._recent, offer.id)
        if offer.kind in (Kind.COMMAND, Kind.RECENT, Kind.EXAMPLE):
            choose(self._session, chosen=tuple(remembered(self._session.settings.chosen, offer.id)))

    def _go(self, offer: Offer) -> None:
        if offer.elements:
            self.peek.show(offer.elements)
            self._session.selection.replace(offer.elements)
        else:
            self._session.say(f"“{offer.title}” stands in the tables of the machine alone.")
        self.close_box(stay=True)
        self._view.setFocus()

    # overrides of Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the field that walk and choose; leaving the field closes, another size of the window places anew."""
        if watched is self._window:
            if event.type() is QEvent.Type.Resize and self.isVisible():
                self._place()
            return False
        if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in _COMES_BACK:
            self.close_box()
        if not isinstance(event, QKeyEvent) or event.type() is QEvent.Type.KeyRelease:
            return False
        narrowed = self._narrowed_by(event)
        if event.type() is QEvent.Type.ShortcutOverride:
            if narrowed is not None:
                event.accept()
            return narrowed is not None
        if narrowed is not None:
            self.open(narrowed)
            return True
        return self._key(event)

    def _narrowed_by(self, event: QKeyEvent) -> str | None:
        """What the palette is narrowed to by its own keys, which close it again; None for other keys."""
        pressed = QKeySequence(event.keyCombination())
        for id, narrowed in (("find.any", ""), ("find.state", STATES_ONLY)):
            if pressed in self._actions.by_id[id].shortcuts():
                return narrowed
        return None

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        steps = {
            Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Backtab: -1, Qt.Key.Key_Tab: 1,
            Qt.Key.Key_PageUp: 1 - MOST_ROWS, Qt.Key.Key_PageDown: MOST_ROWS - 1,
        }  # fmt: skip
        if key in steps:
            self._walk(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.list.currentIndex().row())
        elif key is Qt.Key.Key_Escape:
            self.close_box()
        else:
            return False
        return True

"""The list of offers below a field: what can be typed next, and what each is in a quieter colour."""

from __future__ import annotations

from PySide6.QtCore import (
    QModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from editor.commands.completing import Offer
from editor.completion.offer_rows import MOST_ROWS, Index, OfferRows
from editor.completion.tips import plain

ROW = 24
_PAD = 8
_GAP = 16
_LEAST, _MOST = 180, 460
_EDGE = 4
OFFER = Qt.ItemDataRole.UserRole


class OfferModel(OfferRows[Offer]):
    """What can be typed next, in rows."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What is typed, and what a screen reader says."""
        offer = self.offers[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return offer.title
        if role == OFFER:
            return offer
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            told = f"{offer.title}, {offer.detail}" if offer.detail else offer.title
            return plain(told) if role == Qt.ItemDataRole.ToolTipRole else told
        return None


class OfferDelegate(QStyledItemDelegate):
    """Paints a row: what is typed, and at the right what it is."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All rows are equally high."""
        return QSize(0, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint what there is room for, the name first."""
        offer: Offer = index.data(OFFER)
        rect: QRect = option.rect
        colors: QPalette = option.palette
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, colors.highlight())
        inner = rect.adjusted(_PAD, 0, -_PAD, 0)
        metrics = option.fontMetrics
        middle, elide = Qt.AlignmentFlag.AlignVCenter, Qt.TextElideMode.ElideRight
        painter.setPen(colors.color(QPalette.ColorRole.WindowText))
        painter.drawText(inner, middle, metrics.elidedText(offer.title, elide, inner.width()))
        room = inner.width() - metrics.horizontalAdvance(offer.title) - _GAP
        if offer.detail and room > _GAP:
            painter.setPen(QApplication.palette().color(QPalette.ColorRole.PlaceholderText))
            detail = metrics.elidedText(offer.detail, elide, room)
            painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, detail)


class OfferList(QListView):
    """One list a window, shown below the field that is typed into; it never takes the focus.

    No row is chosen at first, unless `show_offers` is told to choose. `taken` tells of a row that was clicked.
    """

    taken = Signal(int)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("offers")
        self.setAccessibleName("What can be typed next")
        self.offer_model = OfferModel(self)
        self.setModel(self.offer_model)
        self.setItemDelegate(OfferDelegate(self))
        self.setUniformItemSizes(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(lambda index: self.taken.emit(index.row()))
        self.hide()

    @classmethod
    def of(cls, window: QWidget) -> OfferList:
        """The list of a window, made when it is first needed."""
        found = window.findChild(cls, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return found if found is not None else cls(window)

    @property
    def row(self) -> int:
        """The row that is chosen; -1 for none."""
        return self.currentIndex().row()

    def show_offers(self, offers: list[Offer], at: QPoint, above: int, *, chooses: bool) -> None:
        """Show offers below a place of the window, or above the height `above` where there is more room."""
        self.offer_model.show(offers)
        self.setCurrentIndex(self.offer_model.index(0, 0) if chooses else QModelIndex())
        self.scrollToTop()
        self._place(at, above)
        self.show()
        self.raise_()

    def walk(self, by: int) -> None:
        """Choose a row that many further; beyond the ends it goes round, by more than one it stops there."""
        count = len(self.offer_model.offers)
        row = self.row + by
        if self.row < 0:
            row = 0 if by > 0 else count - 1
        row = row % count if abs(by) == 1 else min(max(row, 0), count - 1)
        self.setCurrentIndex(self.offer_model.index(row, 0))

    def _place(self, at: QPoint, above: int) -> None:
        window = self._window
        offers, metrics = self.offer_model.offers, self.fontMetrics()
        wide = max(metrics.horizontalAdvance(f"{each.title}{each.detail}") for each in offers[:40])
        width = min(max(wide + 2 * _PAD + 2 * _GAP, _LEAST), _MOST, window.width() - 2 * _EDGE)
        wanted = min(len(offers), MOST_ROWS)
        below = (window.height() - _EDGE - at.y() - 2) // ROW
        over = (above - _EDGE - 2) // ROW
        is_below = below >= wanted or below >= over
        rows = max(min(wanted, below if is_below else over), 1)
        height = rows * ROW + 2
        left = min(max(at.x(), _EDGE), window.width() - width - _EDGE)
        self.setGeometry(left, at.y() if is_below else above - height, width, height)

"""A calm card over a window that speaks of a place: a beak points there, and it can be dragged out of the way."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

BEAK = 9
"""Pixels around the card, which the beak has to stand in."""
APART = 2
"""Pixels between the beak and what it points at."""
RADIUS = 8.0
STRIDE = 16
"""Pixels that an arrow key moves the card by."""
_BEHIND = 14.0
_ARROWS = {
    Qt.Key.Key_Left: (-STRIDE, 0),
    Qt.Key.Key_Right: (STRIDE, 0),
    Qt.Key.Key_Up: (0, -STRIDE),
    Qt.Key.Key_Down: (0, STRIDE),
}


class Stand(NamedTuple):
    """Where a card stands, with its margin for the beak; `tip` is what that points at, None without a beak."""

    corner: QPoint
    tip: QPoint | None = None


def stand(anchor: QRect | None, size: QSize, room: QRect) -> Stand:
    """Where a card of this size stands in its room: below what it speaks of, else beside or above it.

    It never covers that, and is whole in the room; where nothing is spoken of, or there is no place for it beside
    that, it stands in the lower left corner without a beak.
    """
    width, height = size.width(), size.height()
    if anchor is not None:
        middle = anchor.center()
        left = min(max(middle.x() - width // 2, room.left()), room.right() + 1 - width)
        top = min(max(middle.y() - height // 2, room.top()), room.bottom() + 1 - height)
        below, right = anchor.bottom() + 1 + APART, anchor.right() + 1 + APART
        over, before = anchor.top() - APART, anchor.left() - APART
        ways = (
            Stand(QPoint(left, below), QPoint(middle.x(), below)),
            Stand(QPoint(right, top), QPoint(right, middle.y())),
            Stand(QPoint(before - width, top), QPoint(before, middle.y())),
            Stand(QPoint(left, over - height), QPoint(middle.x(), over)),
        )
        for each in ways:
            if room.contains(QRect(each.corner, size)) and each.tip is not None:
                return each if _has_edge(each.tip, QRect(each.corner, size)) else Stand(each.corner)
    return Stand(QPoint(room.left(), max(room.bottom() + 1 - height, room.top())))


def _has_edge(tip: QPoint, card: QRect) -> bool:
    """Whether the beak of a tip has a straight edge of the card to stand on."""
    free = BEAK + round(RADIUS + BEAK)
    along_x = card.left() + free <= tip.x() <= card.right() - free
    along_y = card.top() + free <= tip.y() <= card.bottom() - free
    return along_x or along_y


class Callout(QWidget):
    """A card with a beak. It takes no focus by itself, and Escape in it tells `escaped`."""

    escaped = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._around = parent
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.is_moved = False
        self.tip: QPoint | None = None
        self.fill, self.edge, self.accent = QColor(), QColor(), QColor()
        self._grip: QPoint | None = None

    def paint_with(self, fill: str, edge: str, accent: str) -> None:
        """Colours of the card, its edge, and its edge while it has the focus."""
        self.fill, self.edge, self.accent = QColor(fill), QColor(edge), QColor(accent)
        self.update()

    def place(self, anchor: QRect | None, room: QRect) -> None:
        """Stand beside a place of the parent; where a person has put it, it stays, as far as there is room."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
        self.adjustSize()
        if self.is_moved:
            self._put(Stand(self.pos()), room)
        else:
            self._put(stand(anchor, self.size(), room), room)

    def _put(self, stand: Stand, room: QRect) -> None:
        x = max(min(stand.corner.x(), room.right() + 1 - self.width()), room.left())
        y = max(min(stand.corner.y(), room.bottom() + 1 - self.height()), room.top())
        tip = stand.tip - QPoint(x, y) if stand.tip is not None else None
        if (self.x(), self.y(), self.tip) != (x, y, tip):
            self.tip = tip
            self.move(x, y)
            self.update()

    def _move_by(self, way: QPoint) -> None:
        """Go where a hand or a key wants it, inside of the window."""
        self.is_moved = True
        self._put(Stand(self.pos() + way), self._around.rect())

    # overrides of Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card and its beak in one line."""
        card = QRectF(self.rect().adjusted(BEAK, BEAK, -BEAK, -BEAK)).adjusted(0.5, 0.5, -0.5, -0.5)
        shape = QPainterPath()
        shape.addRoundedRect(card, RADIUS, RADIUS)
        if self.tip is not None:
            shape = shape.united(_beak(card, self.tip))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.accent if self.hasFocus() else self.edge, 1))
        painter.setBrush(self.fill)
        painter.drawPath(shape)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the card."""
        event.accept()
        if event.button() is Qt.MouseButton.LeftButton:
            self._grip = event.globalPosition().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the card along."""
        event.accept()
        if self._grip is not None:
            at = event.globalPosition().toPoint()
            way, self._grip = at - self._grip, at
            self._move_by(way)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the card go."""
        event.accept()
        self._grip = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A second press is no press on what lies below."""
        self.mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape ends it, arrow keys move it."""
        key = Qt.Key(event.key())
        if key is Qt.Key.Key_Escape:
            self.escaped.emit()
        elif key in _ARROWS and self.hasFocus():
            self._move_by(QPoint(*_ARROWS[key]))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that keys go here."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that keys go elsewhere."""
        super().focusOutEvent(event)
        self.update()


def _beak(card: QRectF, tip: QPoint) -> QPainterPath:
    """A triangle from the edge of a card to a tip outside of it, and a bit into the card."""
    at = QPointF(tip)
    if card.left() <= at.x() <= card.right():
        is_above = at.y() < card.top()
        base = card.top() + _BEHIND if is_above else card.bottom() - _BEHIND
        wide = BEAK + _BEHIND
        ends = QPointF(at.x() - wide, base), QPointF(at.x() + wide, base)
    else:
        is_left = at.x() < card.left()
        base = card.left() + _BEHIND if is_left else card.right() - _BEHIND
        wide = BEAK + _BEHIND
        ends = QPointF(base, at.y() - wide), QPointF(base, at.y() + wide)
    made = QPainterPath(at)
    made.lineTo(ends[0])
    made.lineTo(ends[1])
    made.closeSubpath()
    return made

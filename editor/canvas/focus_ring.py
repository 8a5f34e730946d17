"""The frame around the canvas that says that keys go there, for who got there by keys; a press takes it away."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from editor.canvas.theme import Theme, color

WIDTH = 2
_BY_KEYS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class FocusRing:
    """Whether the frame is to be seen on a viewport."""

    def __init__(self, viewport: QWidget) -> None:
        self._viewport = viewport
        self.is_shown = False

    def come(self, event: QFocusEvent) -> None:
        """The canvas gets the keyboard."""
        self._show(event.reason() in _BY_KEYS)

    def go(self) -> None:
        """The keyboard goes elsewhere, or the hand is on the mouse."""
        self._show(False)

    def _show(self, is_shown: bool) -> None:
        if is_shown is not self.is_shown:
            self.is_shown = is_shown
            self._viewport.update()

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """Paint it along the edge of what is seen."""
        if self.is_shown:
            painter.setPen(QPen(color(theme.accent), WIDTH))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            inset = WIDTH // 2
            painter.drawRect(self._viewport.rect().adjusted(inset, inset, -inset, -inset))

"""Texts that take the room there is, and never ask for more."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QStyle, QStyleOption, QStylePainter, QWidget

from editor.completion.tips import plain

_PADDING = 16


class ElidedLabel(QLabel):
    """Lines as wide as there is room for: what is longer ends in an ellipsis, the tooltip has all of it.

    `text` is the whole text, whatever part of it is seen; `tip` stands in the tooltip in any case.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None, *, tip: str = "") -> None:
        super().__init__(text, parent, textFormat=Qt.TextFormat.PlainText)
        self._tip = tip
        self.setToolTip(plain(tip))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """No width at all: a long text never makes a window or a dock wider."""
        return QSize(0, super().minimumSizeHint().height())

    @property
    def shown(self) -> str:
        """The text as it is seen."""
        room, metrics = self.contentsRect().width(), self.fontMetrics()
        lines = self.text().split("\n")
        return "\n".join(metrics.elidedText(line, Qt.TextElideMode.ElideRight, room) for line in lines)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what there is room for."""
        shown = self.shown
        tip = self._tip if shown == self.text() else "\n".join(filter(None, (self.text(), self._tip)))
        self.setToolTip(plain(tip))
        painter = QStylePainter(self)
        option = QStyleOption()
        option.initFrom(self)
        painter.drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option)
        style, place = self.style(), self.contentsRect()
        style.drawItemText(
            painter, place, self.alignment(), option.palette, self.isEnabled(), shown, self.foregroundRole()
        )


class ElidedButton(QPushButton):
    """A button as wide as there is room for; a text that is longer ends in an ellipsis, the tooltip has all of it.

    `deed` is what `act` does.
    """

    def __init__(self, text: str, tip: str = "") -> None:
        super().__init__(text)
        self._full = text
        self.deed: Callable[[], object] = lambda: None
        self.setToolTip(plain(tip or text))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def say(self, text: str) -> None:
        """Have another text, which its tooltip has, too."""
        if text != self._full:
            self._full = text
            self.setToolTip(plain(text))
            self._elide()

    def act(self) -> None:
        """Do what it is there for."""
        self.deed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for another part of the text."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        room = self.width() - _PADDING - (0 if self.icon().isNull() else self.iconSize().width())
        self.setText(self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideRight, room))

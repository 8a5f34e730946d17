"""The second click of someone who opens things by double click, where the first has opened them already."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget


class SecondClick(QObject):
    """Keeps the second half of a double click from a widget that came under the pointer by its first.

    Lives as long as that half may take, or until the widget gets a click of its own.
    """

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        widget.installEventFilter(self)
        QTimer.singleShot(QApplication.doubleClickInterval(), self, self.deleteLater)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the double click; everything else goes on."""
        if event.type() is QEvent.Type.MouseButtonPress:
            watched.removeEventFilter(self)
        return event.type() is QEvent.Type.MouseButtonDblClick

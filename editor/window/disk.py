"""Looks whether another program changed the file of a window, each time the window becomes active."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from editor.commands import file
from editor.commands.registry import Desktop
from editor.errors import EditorError
from editor.session import Session


class DiskWatch(QObject):
    """Watches one window, and asks its desktop."""

    def __init__(self, window: QWidget, session: Session, desktop: Callable[[], Desktop]) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._desktop = desktop
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look a moment after the window became active."""
        window = self._window
        if event.type() is QEvent.Type.ActivationChange and window.isActiveWindow() and window.isVisible():
            QTimer.singleShot(0, self, self.check)
        return False

    def check(self) -> None:
        """Look now; a file that cannot be read is told about."""
        try:
            file.check_disk(self._session, self._desktop())
        except EditorError as error:
            self._desktop().tell("The file cannot be read", str(error))

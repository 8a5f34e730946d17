"""Saving by itself, when the settings say so: as one leaves the program, or every so many seconds."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from editor.commands import file
from editor.session import Session


class Autosave(QObject):
    """Saves the document of a session that has a file and was changed; never while a question is open."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.timer = QTimer(self)
        self.timer.timeout.connect(self.save)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._on_state)
        session.settings_changed.subscribe(self._follow)
        self._follow()

    def save(self) -> None:
        """Save now, if there is anything to save."""
        if QApplication.activeModalWidget() is None:
            file.save_by_itself(self._session)

    def _follow(self) -> None:
        """Count anew only when something else was chosen: settings are announced after each saving."""
        settings = self._session.settings
        interval = settings.autosave_seconds * 1000
        if settings.autosave != "timed":
            self.timer.stop()
        elif not self.timer.isActive() or self.timer.interval() != interval:
            self.timer.start(interval)

    def _on_state(self, state: Qt.ApplicationState) -> None:
        is_left = state is not Qt.ApplicationState.ApplicationActive
        if is_left and self._session.settings.autosave == "leaving":
            self.save()

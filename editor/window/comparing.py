"""Keeps a comparison in step with the document while it is shown, and its list in sight."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from editor.document import compared
from editor.model.changes import Changes
from editor.session import Session
from editor.window.docks import LazyDock

QUIET = 150
"""Milliseconds without a change before the document is compared again."""
PATIENCE = 1000
"""The same for a large chart, for which that would be felt."""
LARGE = 500
"""States beyond which a chart is large."""


class ComparisonWatch(QObject):
    """Compares again a moment after an edit; shows the list when a comparison begins, and hides it at the end."""

    def __init__(self, session: Session, dock: LazyDock) -> None:
        super().__init__(dock)
        self._session = session
        self._dock = dock
        self._is_shown = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.compare)
        session.comparison.changed.subscribe(self._on_comparison)
        session.changed.subscribe(self._on_changed)

    def _on_changed(self, changes: Changes) -> None:
        if self._session.comparison.value is not None:
            is_large = len(self._session.document.chart.states) > LARGE
            self._timer.start(PATIENCE if is_large else QUIET)

    def _on_comparison(self) -> None:
        is_shown = self._session.comparison.value is not None
        if not is_shown:
            self._timer.stop()
        if is_shown != self._is_shown:
            self._is_shown = is_shown
            self._dock.fill()
            self._dock.setVisible(is_shown)
            if is_shown:
                self._dock.raise_()
            else:
                self._session.say("")

    def compare(self) -> None:
        """Compare now."""
        self._timer.stop()
        before = self._session.comparison.value
        if before is not None:
            self._session.comparison.put(compared.compare_with(before.base, self._session.document))

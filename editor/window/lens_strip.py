"""The bar over the canvas while something is lit up and all else dimmed: what that is, how much of it, its end."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from editor.canvas.view import ChartView
from editor.commands import lensing
from editor.completion.tips import plain
from editor.document.looking import Look
from editor.model.changes import Changes
from editor.session import Session
from editor.window.strip import Strip

LONGEST = 40
"""Characters of an event that are shown; all of it stands in the tooltip."""


class LensStrip(Strip):
    """Keeps what is lit up in step with the chart and the selection, and tells of it."""

    looks = (Look.EVENT, Look.RELATED, Look.WAYS)

    def __init__(self, view: ChartView, session: Session) -> None:
        super().__init__(view, session)
        self.name = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.fill(self.name)
        session.changed.subscribe(self._on_changed)
        session.selection_changed.subscribe(self._on_selection)

    def _on_changed(self, changes: Changes) -> None:
        if self.is_wanted and any(change.is_semantic for change in changes):
            lensing.follow(self._session)

    def _on_selection(self) -> None:
        if self._session.looking.look is Look.RELATED:
            lensing.follow(self._session)

    def show_state(self) -> None:
        """Tell what is lit up; only what is related to the selection is not gone through."""
        looking = self._session.looking
        has_ways = looking.look is not Look.RELATED
        short = looking.name if len(looking.name) <= LONGEST else f"{looking.name[: LONGEST - 1]}…"
        if has_ways:
            text = f"Event {short}" if looking.look is Look.EVENT else short
        elif looking.kept is None:
            text = "Select something to see what belongs to it"
        else:
            text = "What belongs to the selection"
        self.name.setText(text)
        self.name.setToolTip(plain(looking.name))
        for each in (self.back, self.forward, self.count):
            each.setVisible(has_ways)
        super().show_state()

    def words(self) -> str:
        """How many transitions there are, and which of them one is at."""
        looking = self._session.looking
        total = len(looking.hits)
        if looking.at:
            return super().words()
        return "No transitions" if not total else "1 transition" if total == 1 else f"{total} transitions"

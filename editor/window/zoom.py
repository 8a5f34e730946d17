"""The zoom as the toolbar tells it: in percent of what the text size of the settings makes 100."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractButton

from editor.canvas.view import ChartView


class ZoomText(QObject):
    """Keeps the text of a button in step with a view."""

    def __init__(self, view: ChartView, button: QAbstractButton) -> None:
        super().__init__(view)
        self._view = view
        self._button = button
        view.zoom_changed.connect(self._show)
        self._show(view.zoom)

    def _show(self, zoom: float) -> None:
        self._button.setText(f"{zoom / self._view.wishes.scale * 100:.0f} %")

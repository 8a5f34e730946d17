"""What the settings say about the canvas, followed as soon as they say otherwise: grid and motion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from editor.canvas import motion

if TYPE_CHECKING:
    from editor.canvas.view import ChartView


class Wishes(QObject):
    """Keeps a view as the settings of its session say. Made after the view listens: each document has a new painter."""

    def __init__(self, view: ChartView) -> None:
        super().__init__(view)
        self._view = view
        view.session.settings_changed.subscribe(self._follow)
        view.session.document_replaced.subscribe(self._follow)
        self._follow()

    def _follow(self) -> None:
        view, settings = self._view, self._view.session.settings
        if view.running.highlight is not None:
            view.running.highlight.has_motion = motion.is_wanted(settings.animation)
        painter, spacing = view.painter, float(settings.spacing)
        if (painter.has_grid, painter.grid) != (settings.grid, spacing):
            painter.has_grid, painter.grid = settings.grid, spacing
            view.base.drop()
        view.viewport().update()

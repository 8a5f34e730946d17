"""What the settings say about the canvas, followed as soon as they say otherwise: grid, motion, texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF

from editor.canvas import motion

if TYPE_CHECKING:
    from editor.canvas.view import ChartView


class Wishes(QObject):
    """Keeps a view as the settings of its session say. Made after the view listens: each document has a new painter.

    `scale`: pixels per chart unit at what is called 100 %. Larger text is a closer look: how large a card is in its
    chart belongs to the file, so that it is drawn and routed alike for everybody, and exported the same.
    """

    def __init__(self, view: ChartView) -> None:
        super().__init__(view)
        self._view = view
        self.scale = 1.0
        view.session.settings_changed.subscribe(self._follow)
        view.session.document_replaced.subscribe(self._follow)
        self._follow()

    def _follow(self) -> None:
        view, settings = self._view, self._view.session.settings
        if view.running.highlight is not None:
            view.running.highlight.has_motion = motion.is_wanted(settings.animation)
        scale = settings.text_size / 100
        if scale != self.scale:
            by, self.scale = scale / self.scale, scale
            view.set_zoom(view.zoom * by, QPointF(view.viewport().rect().center()))
        painter, spacing = view.painter, float(settings.spacing)
        if (painter.has_grid, painter.grid) != (settings.grid, spacing):
            painter.has_grid, painter.grid = settings.grid, spacing
            view.base.drop()
        if view.picture.show_prose(settings.descriptions == "always"):
            view.base.drop()
        view.viewport().update()

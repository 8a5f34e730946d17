"""Where the things of a window are that one can be told about: buttons, menus, panels, what is drawn."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QMainWindow, QMenu, QToolBar, QWidget

from editor.canvas.view import ChartView
from editor.commands.touring import Place
from editor.panels.simulation import SimulationPanel
from editor.window.docks import LazyDock
from editor.window.menus import Actions

FREE, FREE_BELOW = 24, 52
"""Pixels around what is pointed at on the canvas that stay free: its handles are there, and below it what is added."""
FILE, RUN, ANSWER = "file", "run", "answer"
"""Places of the window that the chart of the tour may name, besides tools, such as `tool.state`."""


class Landmarks:
    """Finds places in a window; all rectangles are in its pixels."""

    def __init__(
        self,
        window: QMainWindow,
        view: ChartView,
        actions: Actions,
        toolbar: QToolBar,
        file_menu: QMenu,
        docks: Mapping[str, LazyDock],
    ) -> None:
        self.window = window
        self._view = view
        self._actions = actions
        self._toolbar = toolbar
        self._file_menu = file_menu
        self._docks = docks

    def room(self, place: Place) -> QRect:
        """What of the window is free for words about a place: below the bar that it is in, above the status bar."""
        window = self.window
        is_of_menu = place.what == FILE and self.rect(place) is not None
        top = (window.menuBar() if is_of_menu else self._toolbar).geometry().bottom() + 1
        bottom = window.statusBar().geometry().top() if window.statusBar().isVisible() else window.height()
        return QRect(0, top, window.width(), bottom - top)

    def rect(self, place: Place) -> QRect | None:
        """Where a place is; None while it is not to be seen."""
        if place.id:
            return self._on_canvas(place.id)
        if place.what == FILE:
            bar = self.window.menuBar()
            rect = bar.actionGeometry(self._file_menu.menuAction())
            return QRect(bar.mapTo(self.window, rect.topLeft()), rect.size()) if rect.isValid() else None
        widget = self._widget(place.what)
        if widget is None or not widget.isVisible():
            return None
        return QRect(widget.mapTo(self.window, widget.rect().topLeft()), widget.size())

    def _widget(self, what: str) -> QWidget | None:
        kind, _, rest = what.partition(".")
        if kind == "tool":
            return self._toolbar.widgetForAction(self._actions.tools[rest])
        if kind == RUN:
            return self._actions.run
        panel = self._docks["simulation"].panel
        return panel.question if kind == ANSWER and isinstance(panel, SimulationPanel) else None

    def _on_canvas(self, id: str) -> QRect | None:
        view = self._view
        route = view.picture.route(id) if id in view.session.document.chart.transitions else None
        rect = route.label if route is not None else view.rect_of(id)
        if rect is None:
            return None
        around = view.rect_to_view(rect).adjusted(-FREE, -FREE, FREE, FREE_BELOW)
        seen = around.intersected(view.viewport().rect())
        corner = view.viewport().mapTo(self.window, seen.topLeft())
        return QRect(corner, seen.size()) if seen.isValid() else None

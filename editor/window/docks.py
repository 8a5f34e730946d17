"""Docks that cost nothing until they are looked at: what is in one is built when it is first shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from editor.canvas import render
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.panels.comparison import ComparisonPanel
from editor.panels.history import HistoryPanel
from editor.panels.inspector import InspectorPanel
from editor.panels.outline import OutlinePanel
from editor.panels.problems import ProblemsPanel
from editor.panels.simulation import SimulationPanel
from editor.panels.timeline import TimelinePanel
from editor.session import Session
from editor.window.style import theme_name

LEFT = Qt.DockWidgetArea.LeftDockWidgetArea
RIGHT = Qt.DockWidgetArea.RightDockWidgetArea
BOTTOM = Qt.DockWidgetArea.BottomDockWidgetArea


@dataclass(frozen=True, slots=True, kw_only=True)
class DockEntry:
    """A row of the table of docks; `width` or height in pixels when it is first shown."""

    id: str
    title: str
    area: Qt.DockWidgetArea
    panel: Callable[[Session], QWidget]
    is_open: bool
    extent: int
    shortcut: str


def _history(session: Session) -> QWidget:
    """The history with pictures by the painter of the canvas."""

    def draw(chart: Chart, diagram: Diagram, size: QSize) -> QPixmap:
        theme = theme_name(session.settings.theme)
        return QPixmap.fromImage(render.small_picture(chart, diagram, size, theme, panel.devicePixelRatioF()))

    panel = HistoryPanel(session, draw)
    return panel


DOCKS: tuple[DockEntry, ...] = (
    DockEntry(
        id="outline", title="Outline", area=LEFT, panel=OutlinePanel, is_open=True, extent=220,
        shortcut="Ctrl+Alt+O",
    ),
    DockEntry(
        id="inspector", title="Inspector", area=RIGHT, panel=InspectorPanel, is_open=True, extent=300,
        shortcut="Ctrl+Alt+I",
    ),
    DockEntry(
        id="simulation", title="Simulation", area=RIGHT, panel=SimulationPanel, is_open=False, extent=300,
        shortcut="Ctrl+Alt+S",
    ),
    DockEntry(
        id="history", title="Undo history", area=RIGHT, panel=_history, is_open=False, extent=300,
        shortcut="Ctrl+Alt+H",
    ),
    DockEntry(
        id="problems", title="Problems", area=BOTTOM, panel=ProblemsPanel, is_open=False, extent=160,
        shortcut="Ctrl+Alt+P",
    ),
    DockEntry(
        id="comparison", title="Comparison", area=BOTTOM, panel=ComparisonPanel, is_open=False, extent=180,
        shortcut="Ctrl+Alt+D",
    ),
    DockEntry(
        id="timeline", title="Timeline", area=BOTTOM, panel=TimelinePanel, is_open=False, extent=160,
        shortcut="Ctrl+Alt+T",
    ),
)  # fmt: skip


class LazyDock(QDockWidget):
    """A dock whose panel is made when it is first visible, and told of then."""

    filled = Signal(QWidget)

    def __init__(self, entry: DockEntry, session: Session, window: QMainWindow) -> None:
        super().__init__(entry.title, window)
        self.setObjectName(entry.id)
        self._entry = entry
        self._session = session
        self.panel: QWidget | None = None
        self.visibilityChanged.connect(self._on_visible)

    def _on_visible(self, is_visible: bool) -> None:
        if is_visible:
            self.fill()

    def come(self, is_wanted: bool) -> None:
        """Be on top of what shares its place, when it was asked for."""
        if is_wanted:
            self.raise_()

    def fill(self) -> None:
        """Make the panel now, if it is not there yet."""
        if self.panel is None:
            self.panel = self._entry.panel(self._session)
            self.setWidget(self.panel)
            self.filled.emit(self.panel)


def make_docks(window: QMainWindow, session: Session) -> dict[str, LazyDock]:
    """All docks, at their places of the first start, none of them filled."""
    made: dict[str, LazyDock] = {}
    window.setDockOptions(QMainWindow.DockOption.AllowTabbedDocks | QMainWindow.DockOption.AllowNestedDocks)
    window.setCorner(Qt.Corner.BottomLeftCorner, LEFT)
    window.setCorner(Qt.Corner.BottomRightCorner, RIGHT)
    for entry in DOCKS:
        dock = LazyDock(entry, session, window)
        window.addDockWidget(entry.area, dock)
        dock.toggleViewAction().triggered.connect(dock.come)
        dock.setVisible(entry.is_open)
        made[entry.id] = dock
    window.tabifyDockWidget(made["problems"], made["comparison"])
    window.tabifyDockWidget(made["comparison"], made["timeline"])
    window.tabifyDockWidget(made["inspector"], made["simulation"])
    window.tabifyDockWidget(made["simulation"], made["history"])
    for area, horizontal in ((LEFT, True), (RIGHT, True), (BOTTOM, False)):
        own = [entry for entry in DOCKS if entry.area is area]
        direction = Qt.Orientation.Horizontal if horizontal else Qt.Orientation.Vertical
        window.resizeDocks([made[entry.id] for entry in own], [entry.extent for entry in own], direction)
    return made


class Hiding:
    """Hides all docks, and shows those again that were there."""

    def __init__(self, docks: Mapping[str, LazyDock]) -> None:
        self._docks = docks
        self._hidden: list[LazyDock] = []

    def toggle(self) -> None:
        """Hide all that is shown; where nothing is, show what was hidden last, or what a first start shows."""
        shown = [dock for dock in self._docks.values() if not dock.isHidden()]
        for dock in shown or self._hidden or [self._docks["outline"], self._docks["inspector"]]:
            dock.setVisible(not shown)
        self._hidden = shown


def restore_docks(window: QMainWindow, places: str) -> None:
    """Put docks where they were (`places.saved`), without the simulation and the comparison, which wait."""
    if places:
        window.restoreState(QByteArray.fromBase64(places.encode()))
        for name in ("simulation", "comparison"):
            dock = window.findChild(LazyDock, name)
            if isinstance(dock, LazyDock):
                dock.hide()

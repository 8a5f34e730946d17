"""What comes to the canvas from outside its tools: the context menu of an element, files dropped on the window."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMenu, QWidget

from editor.canvas.view import ChartView
from editor.commands import problem
from editor.commands.registry import Desktop
from editor.errors import EditorError
from editor.formats.registry import READABLE
from editor.model.rule_book import RULES
from editor.panels import problems_menu
from editor.panels.icons import icon
from editor.panels.outline import OutlinePanel
from editor.session import Session
from editor.window.docks import LazyDock
from editor.window.menus import Actions

MOST_PROBLEMS = 5
_ANY = ("edit.rename", "edit.describe", "edit.delete", "view.selection")
_NOTE = (
    "note.edit",
    "edit.delete",
    "view.selection",
    "edit.cut",
    "edit.copy",
    "edit.paste",
    "edit.duplicate",
)
_CLIPBOARD = ("edit.cut", "edit.copy", "edit.paste")
_TRANSITION = ("edit.route",)
_STATE = ("edit.initial", "edit.parallel", "edit.final", "edit.shallow", "edit.deep")
_WHERE_POSSIBLE = (
    ("line.entry", "line.exit", "line.invoke"),
    ("label.guard", "label.delay", "label.actions"),
    (
        "arrow.event",
        "arrow.swap",
        "arrow.self",
        "arrow.internal",
        "arrow.target",
        "arrow.source",
        "arrow.insert",
    ),
    ("arrow.addSelf", "arrow.addInternal", "arrow.connect"),
    ("edit.duplicate", "edit.group", "edit.dissolve", "edit.wrap"),
    ("view.alone", "view.up"),
    ("view.follow", "lens.event", "lens.related"),
    ("note.add",),
    ("edit.region", "edit.regionBefore", "edit.regionBehind", "edit.mergeRegions"),
)
"""Offered only where they can be done."""


class ElementMenu(QObject):
    """Offers what can be done to the element under the pointer, which is selected first; in lists of them as well."""

    def __init__(
        self, view: ChartView, session: Session, actions: Actions, docks: Mapping[str, LazyDock]
    ) -> None:
        super().__init__(view)
        self._view = view
        self._session = session
        self._actions = actions
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self.show_at)
        for dock in docks.values():
            dock.filled.connect(self._offer_in)
            self._offer_in(dock.panel)

    def _offer_in(self, panel: QWidget | None) -> None:
        """Offer it in the rows of a panel too, if they are elements."""
        if isinstance(panel, OutlinePanel):
            rows = panel.tree
            rows.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            rows.customContextMenuRequested.connect(
                lambda place: self._show(self.menu_of(panel.element_at(place)), rows.viewport(), place)
            )

    def menu_at(self, place: QPoint) -> QMenu | None:
        """The menu for a place of the view; None where there is no element."""
        return self.menu_of(self._view.hit(self._view.to_chart(QPointF(place))).id)

    def menu_of(self, id: str) -> QMenu | None:
        """The menu of an element; None for none, and for the machine itself."""
        chart = self._session.document.chart
        is_note = id in self._session.document.diagram.notes
        is_element = id in chart.states or id in chart.transitions or is_note
        if id == chart.root_id or not is_element:
            return None
        if id not in self._session.selection.ids:
            self._session.selection.replace([id])
        self._actions.refresh()
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in _NOTE if is_note else _ANY:
            menu.addAction(self._actions.by_id[name])
        if is_note:
            self._actions.submenu(menu, self._actions.commands["state.tint"])
            return menu
        everywhere = self._actions.commands["edit.renameEverywhere"]
        if everywhere.when(self._session):
            self._actions.submenu(menu, everywhere)
        menu.addSeparator()
        if id in chart.states:
            for name in _CLIPBOARD:
                menu.addAction(self._actions.by_id[name])
            menu.addSeparator()
        for name in _STATE if id in chart.states else _TRANSITION:
            menu.addAction(self._actions.by_id[name])
        for name in ("state.tint", "state.tag"):
            command = self._actions.commands[name]
            if command.when(self._session):
                self._actions.submenu(menu, command)
        for names in _WHERE_POSSIBLE:
            menu.addSeparator()
            for name in names:
                if self._actions.by_id[name].isEnabled():
                    menu.addAction(self._actions.by_id[name])
        self._add_problems(menu, id)
        return menu

    def _add_problems(self, menu: QMenu, id: str) -> None:
        """What is wrong with the element: the repairs of the first, and for each what can be done about it."""
        session = self._session
        session.settled_problems()
        found = problem.problems_of(session, id)
        if not found:
            return
        menu.addSeparator()
        for deed in problem.repairs(session, found[0])[:2]:
            problems_menu.add(menu, session, deed)
        for each in found[:MOST_PROBLEMS]:
            rule = RULES.get(each.rule)
            below = menu.addMenu(icon(each.severity.value), rule.title if rule is not None else each.rule)
            problems_menu.fill(below, session, [each])

    def show_at(self, place: QPoint) -> None:
        """Show the menu, if there is one."""
        self._show(self.menu_at(place), self._view.viewport(), place)

    def show_selected(self) -> None:
        """Show the menu of what was selected last, beside it as far as it is in sight."""
        ids = self._session.selection.ids
        menu = self.menu_of(ids[-1]) if ids else None
        if menu is None:
            self._session.say("Select something first: then its menu can be opened.")
            return
        view = self._view
        view.reveal(ids[-1])
        rect, room = view.rect_of(ids[-1]), view.viewport().rect()
        seen = view.rect_to_view(rect).intersected(room) if rect is not None else room
        self._show(menu, view.viewport(), seen.center())

    def _show(self, menu: QMenu | None, around: QWidget, place: QPoint) -> None:
        if menu is not None:
            menu.popup(around.mapToGlobal(place))


class FileDrops(QObject):
    """Opens machines that are dropped on a window."""

    def __init__(self, window: QWidget, desktop: Desktop) -> None:
        super().__init__(window)
        self._desktop = desktop
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is dragged when it is a machine."""
        if isinstance(event, QDragEnterEvent) and _machines(event):
            event.acceptProposedAction()
            return True
        if isinstance(event, QDropEvent) and event.type() is QEvent.Type.Drop and _machines(event):
            event.acceptProposedAction()
            self._open(_machines(event))
            return True
        return False

    def _open(self, paths: list[Path]) -> None:
        for path in paths:
            try:
                self._desktop.open_window(path)
            except EditorError as error:
                self._desktop.tell(f"{path.name} was not opened", str(error))


def _machines(event: QDropEvent) -> list[Path]:
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() in READABLE]

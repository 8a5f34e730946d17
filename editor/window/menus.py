"""Menus, toolbar and shortcuts, built from the table of commands and the table of tools; kept enabled as they say."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QPalette
from PySide6.QtWidgets import (
    QDockWidget,
    QLabel,
    QMainWindow,
    QMenu,
    QSizePolicy,
    QToolBar,
    QToolButton,
    QWidget,
)

from editor.commands import keymap, rename
from editor.commands.registry import Command, Commands, Desktop
from editor.commands.table import COMMANDS
from editor.completion.tips import plain
from editor.errors import ChartError, EditorError
from editor.model.naming import Name
from editor.panels.icons import icon
from editor.session import Session
from editor.tools.toolbox import TOOLS
from editor.window.keys import ROWS
from editor.window.refused_keys import RefusedKeys, why
from editor.window.swatches import choice_icon
from editor.window.typed_keys import TypedKeys
from editor.window.typing import finish_typing

ICON = 18
_ON_ACCENT = QPalette.ColorRole.Base


class Actions(QObject):
    """A QAction per command and tool. Invariant: after `refresh` they are enabled and checked as the tables say."""

    refreshed = Signal()

    def __init__(self, window: QMainWindow, canvas: QWidget, session: Session, desktop: Desktop) -> None:
        super().__init__(window)
        self._window = window
        self._canvas = canvas
        self._session = session
        self._desktop = desktop
        self.commands: Commands = COMMANDS
        self.keymap = keymap.Keymap(ROWS)
        self.docks: dict[str, QAction] = {}
        self.by_id: dict[str, QAction] = {}
        self.tools: dict[str, QAction] = {}
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self.refresh)
        for command in self.commands.all:
            self._add(command)
        self._add_tools()
        self.typed = TypedKeys(canvas, self._press)
        self.refused = RefusedKeys(window, canvas, session, self.commands, lambda: self.keymap)
        self._listen()
        self._apply_keys()
        self.refresh()

    def _add(self, command: Command) -> None:
        action = QAction(command.title, self)
        action.setCheckable(command.checked is not None)
        if command.icon:
            action.setIcon(icon(command.icon))
        action.triggered.connect(partial(self.invoke, command))
        if command.on_canvas:
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self._canvas.addAction(action)
        else:
            self._window.addAction(action)
        self.by_id[command.id] = action

    def _add_tools(self) -> None:
        group = QActionGroup(self)
        for entry in TOOLS:
            action = QAction(icon(entry.icon), entry.title, group)
            action.setCheckable(True)
            action.triggered.connect(partial(self._choose_tool, entry.id))
            self._window.addAction(action)
            self.tools[entry.id] = action

    def add_docks(self, menu: QMenu, docks: Mapping[str, QDockWidget]) -> None:
        """Let a menu, and keys, show and hide the docks."""
        self.docks = {id: dock.toggleViewAction() for id, dock in docks.items()}
        menu.addSeparator()
        menu.addActions([*self.docks.values()])
        self._apply_keys()

    def _apply_keys(self) -> None:
        """Give every action the keys that the settings say, and a tip that tells them."""
        self.keymap = keymap.Keymap(self.keymap.rows, dict(self._session.settings.keys))
        for command in self.commands.all:
            self._give_keys(self.by_id[command.id], command.id, command.tip or command.title)
        for entry in TOOLS:
            self._give_keys(self.tools[entry.id], f"tool.{entry.id}", entry.title)
        for id, action in self.docks.items():
            self._give_keys(action, f"dock.{id}", action.text())
        self.refresh_soon()

    def _give_keys(self, action: QAction, id: str, tip: str) -> None:
        keys = self.keymap.keys(id) if id in self.keymap.by_id else ()
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setToolTip(plain(_tip(tip, keys)))

    def _press(self, key: str) -> bool:
        """Invoke what a key does on the canvas; whether it does something now."""
        for row in self.keymap.owners(key):
            action = self.by_id.get(row.id)
            if action is not None and action.isEnabled():
                action.trigger()
                return True
        return False

    def _choose_tool(self, id: str, *_: object) -> None:
        self._session.set_tool(id)

    def _listen(self) -> None:
        session = self._session
        for signal in (
            session.document_replaced, session.selection_changed, session.tool_changed,
            session.stale_changed, session.problems_changed, session.settings_changed, session.proposed.changed,
        ):  # fmt: skip
            signal.subscribe(self.refresh_soon)
        session.changed.subscribe(lambda changes: self.refresh_soon())
        session.looking.changed.subscribe(self.refresh_soon)
        session.simulator_changed.subscribe(self._on_simulator)
        session.settings_changed.subscribe(self._on_settings)
        session.document_replaced.subscribe(self._on_document)
        self._on_document()

    def _on_document(self) -> None:
        self._session.document.state_changed.subscribe(self.refresh_soon)
        self._session.document.visits.changed.subscribe(self.refresh_soon)

    def _on_settings(self) -> None:
        if dict(self._session.settings.keys) != self.keymap.chosen:
            self._apply_keys()

    def _on_simulator(self) -> None:
        simulator = self._session.simulator
        if simulator is not None:
            simulator.stepped.subscribe(lambda entry: self.refresh_soon())
            simulator.moved.subscribe(self.refresh_soon)
        self.refresh_soon()

    def refresh_soon(self) -> None:
        """Refresh once when what goes on now is over."""
        self._timer.start()

    def refresh(self) -> None:
        """Enable and check every action as the tables say."""
        session = self._session
        for command in self.commands.all:
            action = self.by_id[command.id]
            action.setEnabled(command.when(session))
            if command.checked is not None:
                action.setChecked(command.checked(session))
        for id, action in self.tools.items():
            action.setChecked(id == session.tool_id)
        self.refreshed.emit()

    def invoke(self, command: Command, *_: object) -> None:
        """Run a command, after what is being typed; what it cannot do is told, or what is missing for it.

        It is told in the status bar where nothing is at stake.
        """
        finish_typing(self._window)
        if not command.when(self._session):
            self._session.say(why(command, self._session))
            return
        try:
            command.run(self._session, self._desktop)
        except ChartError as error:
            self._session.say(str(error))
        except EditorError as error:
            self._desktop.tell(command.title.rstrip("…"), str(error))
        self.refresh_soon()

    def rename(self, name: Name, new: str) -> None:
        """Ask for another name for one that stands in many places; `new` is what has been typed of it already."""
        self.invoke(rename.renaming_of(name, self._session, new))

    # menus

    def fill_menus(self) -> dict[str, QMenu]:
        """Put the commands into the menu bar; returns the menus by name."""
        bar = self._window.menuBar()
        menus: dict[str, QMenu] = {}
        for name, commands in self.commands.menus().items():
            menu = menus[name] = bar.addMenu(f"&{name}")
            self._fill(menu, commands)
        return menus

    def _fill(self, menu: QMenu, commands: list[Command]) -> None:
        group = commands[0].group
        for command in commands:
            if not command.is_listed:
                continue
            if command.group != group:
                menu.addSeparator()
                group = command.group
            if command.choices is None:
                menu.addAction(self.by_id[command.id])
            else:
                self._add_submenu(menu, command)

    def submenu(self, menu: QMenu, command: Command) -> QMenu:
        """A menu of a command's choices, inside another, filled when it is shown."""
        inner = menu.addMenu(command.title)
        inner.setToolTipsVisible(True)
        inner.aboutToShow.connect(partial(self._fill_submenu, inner, command))
        return inner

    def _add_submenu(self, menu: QMenu, command: Command) -> None:
        inner = self.submenu(menu, command)
        self.refreshed.connect(lambda: inner.setEnabled(command.when(self._session)))

    def _fill_submenu(self, menu: QMenu, command: Command) -> None:
        menu.clear()
        for choice in command.choices(self._session) if command.choices is not None else ():
            chosen = Command(id="choice", title=choice.title, run=choice.run, menu="")
            action = menu.addAction(choice.title.replace("&", "&&"))
            action.setToolTip(plain(choice.tip))
            if choice.icon:
                action.setIcon(choice_icon(choice.icon))
            if choice.is_chosen is not None:
                action.setCheckable(True)
                action.setChecked(choice.is_chosen)
            action.triggered.connect(partial(self.invoke, chosen))

    # toolbar

    def make_toolbar(self) -> QToolBar:
        """Tools on the left, zoom in the middle, the run on the right."""
        bar = QToolBar("Tools", self._window, movable=False, floatable=False)
        bar.setObjectName("toolbar")
        bar.setIconSize(QSize(ICON, ICON))
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        for action in self.tools.values():
            bar.addAction(action)
        bar.addWidget(_space(12))
        for id in ("edit.undo", "edit.redo"):
            bar.addAction(self.by_id[id])
        bar.addWidget(_stretch())
        bar.addAction(self.by_id["view.out"])
        bar.addWidget(self._zoom_button())
        bar.addAction(self.by_id["view.in"])
        bar.addAction(self.by_id["view.fit"])
        bar.addWidget(_stretch())
        self._add_run(bar)
        self._window.addToolBar(bar)
        return bar

    def _zoom_button(self) -> QToolButton:
        self.zoom = QToolButton()
        self.zoom.setText("100 %")
        self.zoom.setToolTip("Zoom: click for 100 %")
        self.zoom.setObjectName("zoom")
        self.zoom.clicked.connect(self.by_id["view.100"].trigger)
        return self.zoom

    def _add_run(self, bar: QToolBar) -> None:
        extra = [
            bar.addAction(self.by_id[id].icon(), self.by_id[id].text(), self.by_id[id].trigger)
            for id in ("simulate.reset", "simulate.back", "simulate.forward", "simulate.timer")
        ]
        bar.addWidget(_space(8))
        self.run = QToolButton()
        self.run.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.run.setCheckable(True)
        self.run.setObjectName("run")
        self.run.clicked.connect(self.by_id["simulate.toggle"].trigger)
        bar.addWidget(self.run)

        def show() -> None:
            is_running = self._session.is_running
            self.run.setChecked(is_running)
            self.run.setText("Stop" if is_running else "Run")
            self.run.setIcon(icon("stop") if is_running else icon("run", _ON_ACCENT))
            keys = self.keymap.keys("simulate.toggle")
            self.run.setToolTip(plain(_tip("End the run" if is_running else "Run the chart", keys)))
            self.by_id["simulate.toggle"].setText("Stop" if is_running else "Run")
            for id, action in zip(
                ("simulate.reset", "simulate.back", "simulate.forward", "simulate.timer"), extra, strict=True
            ):
                action.setToolTip(self.by_id[id].toolTip())
                action.setVisible(is_running)
                action.setEnabled(self.by_id[id].isEnabled())

        self.refreshed.connect(show)
        show()


def _tip(text: str, shortcuts: tuple[str, ...]) -> str:
    keys = QKeySequence(shortcuts[0]).toString(QKeySequence.SequenceFormat.NativeText) if shortcuts else ""
    return f"{text} ({keys})" if keys else text


def _space(width: int) -> QWidget:
    made = QLabel(textFormat=Qt.TextFormat.PlainText)
    made.setFixedWidth(width)
    return made


def _stretch() -> QWidget:
    made = QWidget()
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return made

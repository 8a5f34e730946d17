"""MainWindow: puts canvas, docks, menus and status bar together and closes them; decides nothing about charts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from editor.canvas.theme import Theme, load_theme
from editor.canvas.view import ChartView
from editor.commands import file, recent
from editor.commands.registry import Desktop, Pointed
from editor.errors import EditorError
from editor.session import Session
from editor.window import places
from editor.window.answering import Answering
from editor.window.comparing import ComparisonWatch
from editor.window.context import ElementMenu, FileDrops
from editor.window.dialogs import QtDesktop, WindowDeeds
from editor.window.disk import DiskWatch
from editor.window.docks import make_docks, restore_docks
from editor.window.drawing_watch import DrawingWatch
from editor.window.finder import FinderBox
from editor.window.guide import Guide
from editor.window.keeper import Keeper
from editor.window.landmarks import Landmarks
from editor.window.layouter import Layouter
from editor.window.menus import Actions
from editor.window.parts import Parts
from editor.window.second_click import SecondClick
from editor.window.start import StartPage
from editor.window.status import StatusLine
from editor.window.strips import Strips
from editor.window.style import theme_name
from editor.window.typing import finish_typing
from editor.window.watch import ProblemWatch
from editor.window.zoom import ZoomText

SIZE = (1280, 800)


class MainWindow(QMainWindow):
    """One window with one document. `open_file` and `quit_all` are the program's."""

    def __init__(
        self,
        session: Session,
        open_file: Callable[[MainWindow, Path | None, bool], None],
        quit_all: Callable[[], None],
        closed: Callable[[MainWindow], None],
        desktop: Desktop | None = None,
    ) -> None:
        super().__init__()
        self.session = session
        self._closed = closed
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        deeds = WindowDeeds(session, partial(open_file, self), quit_all, self._pointed)
        self.desktop: Desktop = desktop or QtDesktop(self, deeds)
        self.view = ChartView(session, self._theme())
        self.start: StartPage | None = None
        self.stack = QStackedWidget()
        self.stack.addWidget(self.view)
        self.setCentralWidget(self.stack)
        self.docks = make_docks(self, session)
        self.actions_ = Actions(self, self.view, session, self.desktop)
        self.element_menu = ElementMenu(self.view, session, self.actions_, self.docks)
        self.drops = FileDrops(self, self.desktop)
        self.menus = self.actions_.fill_menus()
        self.actions_.add_docks(self.menus["View"], self.docks)
        self.toolbar = self.actions_.make_toolbar()
        ZoomText(self.view, self.actions_.zoom)
        self.status = StatusLine(session)
        self.status.problems_wanted.connect(lambda: self._raise("problems"))
        self.setStatusBar(self.status)
        self._listen()
        self.watch = ProblemWatch(session, self)
        self.view.seen.connect(self.watch.on_seen)
        self.drawing_watch = DrawingWatch(session, self.view, self.watch)
        self.disk = DiskWatch(session, lambda: self.desktop)
        self.keeper = Keeper(session, self)
        self.finder = FinderBox(self, self.view, session, self.actions_, self.docks)
        self.strips = Strips(self.view, session)
        self.layouter = Layouter(session, self.view, self.actions_)
        parts = Parts(self.stack, self.view, self.strips.breadcrumb, self.docks, self.toolbar, self.status)
        own = self.layouter, self.element_menu, parts
        self.answering = Answering(session, self.docks, self.finder, self.strips, self.actions_, *own)
        landmarks = Landmarks(self, self.view, self.actions_, self.toolbar, self.menus["File"], self.docks)
        self.guide = Guide(self.view, self.actions_, landmarks)
        self.comparing = ComparisonWatch(session, self.docks["comparison"])
        self._restore()

    @property
    def is_blank(self) -> bool:
        """Whether nothing would be lost by showing another document here."""
        document = self.session.document
        return document.path is None and not document.is_modified and len(document.chart.states) == 1

    def show_start_page(self) -> None:
        """Offer what one begins with, in place of an empty canvas."""
        if self.start is None:
            deeds = self.actions_.by_id["file.open"]
            locate = partial(recent.locate, self.session, self.desktop)
            self.start = StartPage(self.session, self._begin, deeds.trigger, locate)
            self.stack.addWidget(self.start)
        self._show_docks(is_start=True)
        self.stack.setCurrentWidget(self.start)

    def _begin(self, path: Path | None, as_copy: bool) -> None:
        SecondClick(self.view.viewport())
        if path is None:
            self.show_canvas()
        else:
            self.desktop.open_window(path, as_copy=as_copy)

    def show_canvas(self) -> None:
        """Show the chart."""
        if self.start is not None and self.stack.currentWidget() is self.start:
            self.stack.setCurrentWidget(self.view)
            self._show_docks(is_start=False)
            restore_docks(self, self.session.settings.window)
        self.view.setFocus()

    def _show_docks(self, *, is_start: bool) -> None:
        self.toolbar.setVisible(not is_start)
        self.status.want_hint(is_wanted=not is_start)
        for id, dock in self.docks.items():
            dock.setVisible(not is_start and id in ("outline", "inspector"))

    def _theme(self) -> Theme:
        return load_theme(theme_name(self.session.settings.theme))

    def _listen(self) -> None:
        session = self.session
        session.document_replaced.subscribe(self.show_canvas)
        session.document_replaced.subscribe(self._show_title)
        session.simulator_changed.subscribe(self._on_simulator)
        session.settings_changed.subscribe(lambda: self.view.set_theme(self._theme()))
        self.actions_.refreshed.connect(self._show_title)

    def _on_simulator(self) -> None:
        if self.session.is_running:
            self._raise("simulation")
            self.view.setFocus()  # what had it may be hidden now, and a box with numbers takes the digits
        else:
            self.docks["simulation"].hide()

    def _raise(self, id: str) -> None:
        dock = self.docks[id]
        dock.fill()
        dock.show()
        dock.raise_()

    def _show_title(self) -> None:
        self.setWindowTitle(f"{self.session.document.title}[*] – Statechart Editor")
        self.setWindowModified(self.session.document.is_modified)

    def _pointed(self) -> Pointed:
        self.show_canvas()
        middle, at = self.view.surface.pointed()
        return Pointed(middle=middle, at=at, state=self.view.surface.holder_at(at))

    def _restore(self) -> None:
        self.resize(*SIZE)
        places.restore(self, self.session.settings.geometry)
        restore_docks(self, self.session.settings.window)
        self._show_title()

    def showEvent(self, event: QShowEvent) -> None:
        """Heavy things begin after the first paint."""
        super().showEvent(event)
        if self.start is not None:
            QTimer.singleShot(0, self, self.start.draw_thumbnails)

    def changeEvent(self, event: QEvent) -> None:
        """A window that becomes active looks whether its file changed meanwhile."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow() and self.isVisible():
            QTimer.singleShot(0, self, self.disk.check)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about what is not saved, what is being typed included, then end the run and go."""
        finish_typing(self)
        try:
            may_close = file.may_close(self.session, self.desktop)
        except EditorError as error:
            self.desktop.tell("The file was not saved", str(error))
            may_close = False
        if not may_close:
            event.ignore()
            return
        self.session.set_simulator(None)
        self.layouter.close()
        self.keeper.close()
        self._closed(self)
        event.accept()

"""The program: one QApplication, a window for each document, and what happens when we made a mistake."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import assert_never

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication, QMessageBox

from editor import collecting, resources
from editor.canvas.measure import FontMeasure
from editor.document import files, recovery, settings
from editor.document.recovery import Recovered
from editor.document.stamps import Stamps
from editor.errors import EditorError
from editor.requests import ProgramRequest, Request, ShowSettings, TakeTour
from editor.session import Session
from editor.window import keeper, places, style
from editor.window.autosave import Autosave
from editor.window.interrupting import Interrupts
from editor.window.main_window import MainWindow

WARM_UP = 2000
"""Milliseconds after which what takes long to begin is begun; the windows have been seen by then."""


class Program(QObject):
    """All windows. Invariant: a window is listed from when it is shown until it is closed.

    `draws_opened`: machines without places are drawn anew by the one who draws layouts (`Layouter`).
    """

    def __init__(self, application: QApplication, *, draws_opened: bool = False) -> None:
        super().__init__(application)
        self._application = application
        self._draws_opened = draws_opened
        self.windows: list[MainWindow] = []
        stored, self._notice = settings.read()
        style.apply(stored.theme)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    def open(self, path: Path | None) -> MainWindow:
        """A window with a file, or with the start page; a file that cannot be read is told about."""
        window = self._new_window()
        if path is None:
            window.show_start_page()
            window.show()
        else:
            if not self._read(window, path, as_copy=False):
                window.show_start_page()
            window.show()
        if self._notice:
            window.session.say(self._notice, lasts=True)
            self._notice = ""
        return window

    def _new_window(self) -> MainWindow:
        session = Session(files.new_document(), settings.load())
        window = MainWindow(session, self.open_from, self.quit, self._on_closed)
        window.layouter.draws_opened = self._draws_opened
        session.settings_changed.subscribe(lambda: self._on_settings(session))
        session.requested.subscribe(lambda request: self._on_requested(window, request))
        Autosave(session, window)
        self.windows.append(window)
        return window

    def _on_requested(self, window: MainWindow, request: Request) -> None:
        if isinstance(request, ProgramRequest):
            self._answer(window, request)

    def _answer(self, window: MainWindow, request: ProgramRequest) -> None:
        match request:
            case TakeTour():
                self._take_tour(window)
            case ShowSettings():
                self._show_settings(window)
            case _:
                assert_never(request)

    def _show_settings(self, window: MainWindow) -> None:
        from editor.window.settings_dialog import SettingsDialog  # noqa: PLC0415 - the start needs no dialog

        SettingsDialog(window.session, window.desktop.edit_keys, window).open()

    def _take_tour(self, asked_in: MainWindow) -> None:
        """Take the tour where it is shown already, else in a window with nothing in it: this one or another."""
        shown = next((each for each in self.windows if each.guide.is_taken), None)
        window = shown or (asked_in if asked_in.is_blank else self._new_window())
        window.show_canvas()
        window.show()
        window.activateWindow()
        window.guide.begin()

    def open_from(self, window: MainWindow, path: Path | None, as_copy: bool) -> None:
        """What a window's commands ask for: in that window while it is blank, else in another."""
        if path is not None and not as_copy:
            shown = next((each for each in self.windows if _shows(each, path)), None)
            if shown is not None:
                shown.raise_()
                shown.activateWindow()
                return
        target = window if window.is_blank else self._new_window()
        if path is None:
            target.show_canvas()
        elif not self._read(target, path, as_copy=as_copy, asked_in=window):
            if target is not window:
                target.close()
            return
        target.show()

    def _read(
        self, window: MainWindow, path: Path, *, as_copy: bool, asked_in: MainWindow | None = None
    ) -> bool:
        """Show a file in a window, or tell why not in the window that stays; whether it is shown."""
        try:
            document = files.open_document(path, FontMeasure())
        except EditorError as error:
            # told when the loop runs, so that the window is there first
            message = str(error)
            teller = asked_in or window
            QTimer.singleShot(0, teller, lambda: teller.desktop.tell(f"{path.name} was not opened", message))
            return False
        if as_copy:
            document.path = None
            document.stamps = Stamps()
        else:
            stored = settings.load().with_recent(path)
            settings.store(stored)
            window.session.set_settings(stored)
        window.session.replace_document(document)
        window.session.say("; ".join(document.notices) or f"Opened {path.name}", lasts=bool(document.notices))
        return True

    def offer_recovery(self) -> None:
        """Ask about work that a crash left, when there is any."""
        window = self.windows[0]
        keeper.offer(recovery.orphans(), window.desktop, lambda found: self._show_recovered(window, found))

    def _show_recovered(self, window: MainWindow, found: Recovered) -> None:
        path = found.document.path
        same = (each for each in self.windows if path is not None and _shows(each, path))
        saved = next((each for each in same if not each.session.document.is_modified), None)
        target = saved or (window if window.is_blank else self._new_window())
        told = target.keeper.show(found)
        title = found.document.title
        target.session.say("; ".join((f"Recovered {title}. Save it to keep it.", *found.notices, *told)))
        target.show()

    def warm_up(self) -> None:
        """Have the one who draws layouts made ready, so that the first one asked for comes at once."""
        if self.windows:
            self.windows[0].layouter.warm_up()

    def quit(self) -> None:
        """Close all windows until one of them stays."""
        for window in list(self.windows):
            if not window.close():
                return
        self._application.quit()

    def _on_closed(self, window: MainWindow) -> None:
        if window in self.windows:
            self.windows.remove(window)
            collecting.release()
            state, geometry = places.saved(window)
            path = window.session.document.path
            if path is not None:
                self._remember_closed(path)
            if window.start is None or window.stack.currentWidget() is not window.start:
                settings.store(replace(settings.load(), window=state, geometry=geometry))

    def _remember_closed(self, path: Path) -> None:
        stored = settings.load().with_closed(path)
        settings.store(stored)
        for window in self.windows:
            window.session.set_settings(stored)

    def _on_settings(self, session: Session) -> None:
        style.apply(session.settings.theme)
        for window in self.windows:
            if window.session.settings != session.settings:
                window.session.set_settings(session.settings)

    def _follow_system(self) -> None:
        style.apply(settings.load().theme)
        for window in self.windows:
            window.session.settings_changed.emit()


def _shows(window: MainWindow, path: Path) -> bool:
    own = window.session.document.path
    return own is not None and os.path.realpath(own) == os.path.realpath(path)


def run(paths: Sequence[Path]) -> int:
    """Show a window for each file, or the start page; returns the exit code when the last one is closed."""
    application = make_application()
    _log_to_file()
    sys.excepthook = on_bug
    Interrupts(application)
    program = Program(application, draws_opened=True)
    for path in paths or (None,):
        program.open(path)
    # when the loop runs, so that the windows are there first
    QTimer.singleShot(0, program, program.offer_recovery)
    QTimer.singleShot(WARM_UP, program, program.warm_up)
    return application.exec()


def make_application() -> QApplication:
    """The application, in the one style that looks alike everywhere."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    application = QApplication(["statechart-editor"])
    application.setApplicationName("statechart-editor")
    application.setApplicationDisplayName("Statechart Editor")
    application.setDesktopFileName("statechart-editor")
    application.setWindowIcon(QIcon(str(resources.path("statechart-editor.svg"))))
    application.setStyle("Fusion")
    return application


def _log_to_file() -> None:
    path = settings.log_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = logging.FileHandler(path, delay=True, encoding="utf-8")
        logging.basicConfig(
            handlers=[handler], level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s"
        )
    except OSError:
        logging.basicConfig(level=logging.WARNING)


def on_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Write down what should not have happened and say so calmly; the window stays."""
    if issubclass(kind, KeyboardInterrupt):
        QApplication.quit()
        return
    logging.critical("A mistake of the program", exc_info=(kind, error, trace))
    if QApplication.instance() is None or QApplication.activeModalWidget() is not None:
        return
    box = QMessageBox(QApplication.activeWindow())
    box.setWindowTitle("Something went wrong")
    box.setText("Something went wrong in the editor")
    box.setInformativeText(
        "This is our mistake. Your machine is still here; save it to be safe. Help > Report a problem has the "
        f"details, which are in {settings.log_path()} as well."
    )
    box.open()

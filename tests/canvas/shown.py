"""A canvas in a window of its own that has the keyboard, as tests that type and click want it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from editor.canvas.camera import Camera
from editor.canvas.view import ChartView
from editor.document.document import Document
from editor.document.settings import Settings
from editor.session import Session


@contextmanager
def shown(session: Session, qtbot: QtBot, width: int = 1000, height: int = 700) -> Iterator[ChartView]:
    """The view, until the test is over; it is hidden first, so that nothing is typed into what goes."""
    window = QWidget()
    qtbot.addWidget(window)
    made = ChartView(session, parent=window)
    made.resize(width, height)
    window.resize(width, height)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield made
    window.hide()


def looked_at(
    document: Document,
    qtbot: QtBot,
    camera: Camera,
    *,
    settings: Settings | None = None,
    width: int = 800,
    height: int = 600,
) -> ChartView:
    """A view without a window that was painted once, when all is brought into sight, and is then looked at closely."""
    made = ChartView(Session(document, settings))
    qtbot.addWidget(made)
    made.resize(width, height)
    made.viewport().grab()
    made.look(camera)
    return made

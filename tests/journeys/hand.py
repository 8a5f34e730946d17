"""A hand on a window: real mouse and keys, each of them counted as a gesture.

A click, a double click, a drag and a key pressed, with whatever is held, count one each. Words that are typed count
nothing, as every program wants the same of them; signs between them (brackets, slashes) count one each.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.geometry import Point
from editor.model import queries
from editor.window.main_window import MainWindow
from tests.journeys.hands import LEFT, MIDDLE, RIGHT, Hands


class Hand:
    """Draws in one window; `gestures` says what was done, in words."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.view = window.view
        self.gestures: list[str] = []
        self._hands = Hands(window)
        for button in (LEFT, MIDDLE, RIGHT):
            # QTest takes what was held in another window as held here: after its double click, and by other hands
            QTest.mouseRelease(self.view.viewport(), button)
            self._hands.release(self.view.viewport(), QPoint(2, 2), button)

    # where things are

    def state(self, path: str) -> str:
        """The id of a state."""
        found = queries.find_path(self.window.session.document.chart, path)
        assert found is not None, path
        return found

    def spot(self, path: str) -> QPoint:
        """A place on a state that is no other's: its name."""
        rect = self.view.picture.rect(self.state(path))
        assert rect is not None
        is_open = self.window.session.document.chart.has_children(self.state(path))
        return self.place(Point(rect.center.x, rect.y + 12) if is_open else rect.center)

    def pill(self, event: str) -> QPoint:
        """The label of the first transition with an event."""
        chart = self.window.session.document.chart
        id = next(each.id for each in chart.transitions.values() if each.trigger.text == event)
        route = self.view.picture.route(id)
        assert route is not None
        return self.place(route.label.center)

    def place(self, point: Point) -> QPoint:
        """A place of the chart on the canvas."""
        return self.view.to_view(point).toPoint()

    def handle(self, path: str, side: str) -> QPoint:
        """The handle on a side of a state that the pointer is over."""
        self.point(self.spot(path))
        found = next(
            each for each in self.view.handles if each.hit.kind.name == "CONNECT" and each.hit.handle == side
        )
        place = self.place(found.at)
        assert self.view.viewport().childAt(place) is None, "a field covers the handle"
        return place

    # gestures

    def point(self, place: QPoint) -> None:
        """Move the pointer, which is no gesture."""
        self._hands.move(self.view.viewport(), place)

    def click(self, place: QPoint, what: str) -> None:
        """Click on the canvas."""
        self.gestures.append(f"click {what}")
        self._hands.click(self.view.viewport(), place)
        self._hands.settle()

    def drag(self, start: QPoint, end: QPoint, what: str) -> None:
        """Press, move and let go."""
        self.gestures.append(f"drag {what}")
        port, way = self.view.viewport(), end - start
        self._hands.press(port, start)
        for share in (0.1, 0.4, 0.7, 1.0):
            self._hands.move(port, start + QPoint(round(way.x() * share), round(way.y() * share)))
        self._hands.release(port, end)
        self._hands.settle()

    def press(self, keys: str) -> None:
        """Press a key, with what is held, where the keyboard is."""
        self.gestures.append(keys)
        self._hands.keys(keys)
        self._hands.settle()

    def write(self, words: str) -> None:
        """Type words where the keyboard is."""
        self._hands.type(words)

    def sign(self, sign: str) -> None:
        """Type a sign between words."""
        self.gestures.append(sign)
        self.write(sign)

    def answering(self, answer: Callable[[], None]) -> None:
        """Have a dialog answered that the next gesture opens and waits for."""

        def once_open() -> None:
            modal = QApplication.activeModalWidget()
            if modal is None or not modal.isActiveWindow():
                QTimer.singleShot(5, once_open)
            else:
                answer()

        QTimer.singleShot(0, once_open)

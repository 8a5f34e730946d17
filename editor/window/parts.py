"""Going about the window by keys: canvas, panels, toolbar and status, each where one was in it before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import shiboken6
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QStackedWidget, QStatusBar, QToolBar, QToolButton, QWidget

from editor.window.docks import LazyDock


class Parts:
    """The parts of a window in the order in which one goes through them; those that are not seen are passed over."""

    def __init__(
        self,
        stack: QStackedWidget,
        canvas: QWidget,
        breadcrumb: QWidget,
        docks: Mapping[str, LazyDock],
        toolbar: QToolBar,
        status: QStatusBar,
    ) -> None:
        self._stack = stack
        self._canvas = canvas
        self._breadcrumb = breadcrumb
        self._docks = docks
        self._toolbar = toolbar
        self._status = status
        self._left: dict[QWidget, QWidget] = {}
        for each in toolbar.findChildren(QToolButton):
            if not each.text() and not each.accessibleName() and each.defaultAction() is None:
                each.setAccessibleName("More tools")  # Qt's own, where the window is too narrow for all
            each.setFocusPolicy(
                Qt.FocusPolicy.TabFocus
            )  # by keys alone: a click leaves the keyboard where it is

    def go(self, *, is_back: bool = False) -> None:
        """Give the keyboard to the next part that can have it, or to the one before."""
        parts = [part for part in self._all() if _is_seen(part) and self._goal(part) is not None]
        if not parts:
            return
        focus = QApplication.focusWidget()
        here = next((part for part in parts if focus is not None and _holds(part, focus)), None)
        if here is not None and focus is not None:
            self._left[here] = focus
        step = -1 if is_back else 1
        place = parts.index(here) if here is not None else (0 if is_back else -1)
        goal = self._goal(parts[(place + step) % len(parts)])
        if goal is not None:
            goal.setFocus(Qt.FocusReason.BacktabFocusReason if is_back else Qt.FocusReason.TabFocusReason)

    def _all(self) -> Iterator[QWidget]:
        yield self._breadcrumb  # which stands on the stack
        yield self._stack
        yield from self._docks.values()
        yield self._toolbar
        yield self._status

    def _goal(self, part: QWidget) -> QWidget | None:
        """Where one was in a part, or what in it comes first; None where nothing can have the keyboard."""
        left = self._left.get(part)
        if left is not None and shiboken6.isValid(left) and left in _ring(part):
            return left
        if part is self._stack and self._stack.currentWidget() is self._canvas:
            return self._canvas
        return next(iter(_ring(part)), None)


def _is_seen(part: QWidget) -> bool:
    """Whether it is shown, and not behind another tab: Qt puts such a dock beside the window, shown as it is."""
    window = part.window()
    place = QRect(part.mapTo(window, QPoint(0, 0)), part.size())
    return part.isVisible() and window.rect().intersects(place)


def _holds(part: QWidget, widget: QWidget) -> bool:
    return part is widget or part.isAncestorOf(widget)


def _ring(part: QWidget) -> list[QWidget]:
    """What in a part takes the keyboard, in the order in which it was made, which is that of Tab.

    Not by the chain of Qt: to walk along it takes other widgets of the window for gone, in Qt for Python 6.11.
    """
    return [each for each in part.findChildren(QWidget) if _takes_keys(each)]


def _takes_keys(widget: QWidget) -> bool:
    has_tab = bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
    return has_tab and widget.focusProxy() is None and widget.isVisible() and widget.isEnabled()

"""The first sight of a chart that was opened: all of it, before anybody sees it or does anything to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject

if TYPE_CHECKING:
    from editor.canvas.view import ChartView

_LEAST = 50
"""A canvas of this width, in pixels, or less has no place in its window yet."""
_BY_HAND = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.Wheel,
    QEvent.Type.NativeGesture,
    QEvent.Type.TouchBegin,
    QEvent.Type.TabletPress,
    QEvent.Type.ContextMenu,
    QEvent.Type.ShortcutOverride,
    QEvent.Type.KeyPress,
    QEvent.Type.InputMethod,
    QEvent.Type.DragEnter,
)


class FirstSight(QObject):
    """Fits the view to a chart once: when it is first painted, or when a hand is quicker than that.

    A busy computer paints late. Were the chart fitted after a hand had reached it, all would go from under the hand,
    and the field would close in which a name is being typed.
    """

    def __init__(self, view: ChartView) -> None:
        super().__init__(view)
        self._view = view
        self._is_due = self._is_seen = False

    def wait(self) -> None:
        """A chart was opened; what is seen of it is decided later, when the canvas has its size."""
        self._is_seen = False
        if not self._is_due:
            self._is_due = True
            for each in (self._view, self._view.viewport()):
                each.installEventFilter(self)

    def come(self) -> None:
        """Fit it now, unless that was done; a canvas that has no size yet waits on."""
        if self._is_due and self._view.viewport().width() > _LEAST:
            self._is_due = False
            for each in (self._view, self._view.viewport()):
                each.removeEventFilter(self)
            self._view.fit()

    def hurry(self) -> None:
        """Something is done to the chart: fit it now where it is about to be painted."""
        if self._view.isVisible():
            self.come()

    def tell(self) -> None:
        """It was painted: `seen` tells so, the first time."""
        if not self._is_seen:
            self._is_seen = True
            self._view.seen.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See hands come; everything goes on."""
        if event.type() in _BY_HAND:
            self.hurry()
        return False

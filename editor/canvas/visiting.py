"""Going back and forth between the places of a chart that one jumped from, as the camera and the selection were there.

Whatever a jump is, its beginning is told before the camera moves: `session.revealed`, what is asked to be seen, what
was looked at from the palette. Going about by hand is none.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from editor.canvas.camera import Camera
from editor.document.visits import Place

if TYPE_CHECKING:
    from editor.canvas.view import ChartView


class Visiting(QObject):
    """Keeps the visits of a view's document, and goes to them."""

    def __init__(self, view: ChartView) -> None:
        super().__init__(view)
        self._view = view
        self._chosen = view.session.selection.ids
        self._before: tuple[str, ...] | None = None
        self._level = self._left = view.session.alone.value
        # what is selected and brought into sight at once is one jump
        self._calm = QTimer(self, singleShot=True, interval=0)
        self._calm.timeout.connect(self._forget)
        view.session.selection_changed.subscribe(self._on_selection_changed)
        view.session.alone.changed.subscribe(self._on_alone_changed)
        view.session.document_replaced.subscribe(self._forget)
        view.session.revealed.subscribe(self.jump_to)

    def _on_selection_changed(self) -> None:
        if self._before is None:
            self._before = self._chosen
        self._chosen = self._view.session.selection.ids
        self._calm.start()

    def _on_alone_changed(self) -> None:
        self._level = self._view.session.alone.value
        self._calm.start()

    def _forget(self) -> None:
        self._before, self._chosen = None, self._view.session.selection.ids
        self._level = self._left = self._view.session.alone.value

    def here(self) -> Place:
        """What is looked at, with what was selected before anything was a moment ago."""
        chosen = self._before if self._before is not None else self._chosen
        return self._place(chosen)._replace(alone=self._left)

    def _place(self, ids: tuple[str, ...]) -> Place:
        view, size = self._view, self._view.viewport().size()
        middle = view.camera.to_chart(size.width() / 2, size.height() / 2)
        return Place(middle, view.zoom, ids, view.session.alone.value)

    def jump(self, deed: Callable[[], object]) -> None:
        """Do what takes one elsewhere; from where one was one may come back."""
        place = self.here()
        deed()
        self.leave(place)

    def jump_to(self, *ids: str) -> None:
        """Bring elements into sight, from where one may come back."""
        self.jump(lambda: self._view.reveal(*ids))

    def leave(self, place: Place, *, is_moved: bool = False) -> None:
        """One was at a place and went elsewhere, unless that is where one is; `is_moved`: the camera is on its way."""
        self._before, self._left = None, self._level
        if is_moved or not place.is_like(self._place(self._view.session.selection.ids)):
            self._view.session.document.visits.leave(place)

    def go(self, by: int) -> None:
        """Go back for -1, forward for 1."""
        view, document = self._view, self._view.session.document
        place = document.visits.go(by, self._place(view.session.selection.ids), document.has)
        if place is None:
            view.session.say("There is no place to go back to." if by < 0 else "There is no place ahead.")
            return
        view.session.alone.put(place.alone)
        view.session.selection.replace(place.ids)
        self._before, self._left = None, self._level
        size = view.viewport().size()
        view.show_camera(Camera(place.zoom).centered(place.middle, size.width(), size.height()))

"""Lifting: what is dragged is drawn over the base image, which then need not be painted anew for every move."""

from __future__ import annotations

from editor.canvas.base_image import BaseImage
from editor.canvas.painter import ChartPainter
from editor.canvas.picture import GROWN
from editor.document.document import Document
from editor.model.changes import BendsChange, BoxChange, Changes, NoteChange

MOST = 40
"""States beyond which painting them for every frame would cost more than it saves."""

_PLACES = BoxChange | BendsChange | NoteChange


class Lifting:
    """Lifts what a gesture drags, and puts it down when the gesture has ended.

    Invariant: while something is lifted the base shows neither it nor its transitions, at no place.
    """

    def __init__(self, document: Document, painter: ChartPainter, base: BaseImage) -> None:
        self._document = document
        self._painter = painter
        self._base = base

    def follow(self, changes: Changes) -> None:
        """Lift what these changes move; to be called before the picture shows them."""
        document = self._document
        if not document.is_in_gesture or self._painter.lifted:
            return
        selected = set(document.selection.ids)
        moved = [each.id for each in changes if isinstance(each, _PLACES) and each.id in selected]
        states, _ = self._painter.picture.with_inside(moved)
        if moved and len(states) <= MOST:
            self._painter.lift(moved)
            self._spoil()

    def put_down(self) -> None:
        """Put back what is lifted when the gesture has ended."""
        if self._painter.lifted and not self._document.is_in_gesture:
            self._spoil()
            self._painter.lift(())

    def _spoil(self) -> None:
        picture = self._painter.picture
        for id in self._painter.lifted:
            line = picture.transitions.get(id)
            aside = picture.asides.places.get(id)
            if aside is not None:
                self._base.spoil(aside)
            if line is not None:
                self._base.spoil(line.area)
            elif (rect := picture.rect(id)) is not None:
                self._base.spoil(rect.grown(GROWN))

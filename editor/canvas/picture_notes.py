"""The notes of a picture: drawn over the chart, and so the first to be hit."""

from __future__ import annotations

from collections.abc import Callable

from editor.canvas.shapes import NoteShape
from editor.geometry import Point, Rect
from editor.layout.index import GridIndex
from editor.model.changes import Changes, NoteChange
from editor.model.diagram import Diagram, Note

EDGE = 4.0
"""Chart units around a note in which it is drawn, with its border."""


class NoteLayer:
    """The notes of a diagram by id, or those in places that are seen. Invariant: after `show`, those it has."""

    def __init__(self, diagram: Diagram, is_seen: Callable[[Rect], bool] | None = None) -> None:
        self._diagram = diagram
        self._seen = is_seen
        self.shapes: dict[str, NoteShape] = {}
        self.index = GridIndex()
        for note in diagram.notes.values():
            if self._is_seen(note):
                self._put(note)

    @property
    def is_partial(self) -> bool:
        """Whether not all notes are drawn."""
        return self._seen is not None

    def show(self, changes: Changes) -> list[tuple[str, Rect]]:
        """Follow changes; the notes that look different now, and where."""
        dirty: list[tuple[str, Rect]] = []
        for change in changes:
            if not isinstance(change, NoteChange):
                continue
            for record in (change.old, change.new):
                if record is not None and self._is_seen(record):
                    dirty.append((change.id, record.rect.grown(EDGE)))
            if change.new is not None and self._is_seen(change.new):
                self._put(change.new)
            elif self.shapes.pop(change.id, None) is not None:
                self.index.remove(change.id)
        return dirty

    def _is_seen(self, note: Note) -> bool:
        return self._seen is None or self._seen(note.rect)

    def _put(self, note: Note) -> None:
        former = self.shapes.get(note.id)
        shape = NoteShape(id=note.id, rect=note.rect, text=note.text, tint=note.tint)
        is_alike = former is not None and (former.text, former.rect.width) == (note.text, note.width)
        if former is not None and is_alike and former.tint == note.tint:
            shape.near = former.near  # what is prepared does not depend on the place
        self.shapes[note.id] = shape
        x, y, width, height = note.rect
        self.index.put(note.id, (x, y, x + width, y + height))

    def meeting(self, area: tuple[float, float, float, float]) -> list[NoteShape]:
        """The notes that meet an area (left, top, right, bottom), the lowest first."""
        notes = self._diagram.notes
        found = [id for id in self.index.meeting(*area) if id in notes]
        return [self.shapes[id] for id in sorted(found, key=lambda id: notes[id].rank)]

    def at(self, point: Point) -> str | None:
        """The topmost note at a place; None for none."""
        found = self.meeting((point.x, point.y, point.x, point.y)) if self.shapes else []
        return found[-1].id if found else None

    def inside(self, rect: Rect) -> list[str]:
        """The notes that lie wholly inside a rectangle."""
        found = self.meeting((rect.x, rect.y, rect.right, rect.bottom)) if self.shapes else []
        return [shape.id for shape in found if rect.encloses(shape.rect)]

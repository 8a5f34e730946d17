"""Notes by hand: the tool that makes them, and dragging them and their sides."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from editor.document import notes
from editor.document.undo import Edit
from editor.geometry import Point, Rect
from editor.layout.sticking import to_grid
from editor.tools.base import Button, Dragging, Modifier, Phase, PointerInput, Scene, Tool, travelled
from editor.tools.snap import Snapping, grid_of
from editor.tools.stretch import Stretch

_HOLD = 16.0
"""Chart units of a note that stay on what is looked at alone."""


class NoteMoving(Dragging):
    """Notes are dragged: always computed from where they started. With Alt held at the press a copy is dragged."""

    def __init__(
        self, scene: Scene, pointer: PointerInput, then: Callable[[Scene], Phase], before: tuple[str, ...]
    ) -> None:
        diagram = scene.document.diagram
        ids = notes.chosen(diagram, scene.selection.ids)
        self.copies = bool(pointer.modifiers & Modifier.ALT)
        verb = "Duplicate" if self.copies else "Move"
        super().__init__(scene, pointer, then, before, f"{verb} {notes.named(len(ids))}")
        if self.copies:
            edit, made = notes.duplicate(diagram, ids, Point(0, 0))
            self.gesture.apply(edit)
            ids = list(made.values())
            scene.selection.replace(ids)
        self.starts = {id: diagram.notes[id] for id in ids}
        around = Rect.around(note.rect for note in self.starts.values())
        others = [note.rect for id, note in diagram.notes.items() if id not in self.starts]
        self.snapping = Snapping(scene.surface, around, others)
        scene.surface.set_cursor("move")

    def move(self, pointer: PointerInput) -> Phase | None:
        """Move the notes along."""
        dx, dy = self.snapping.dragged(self.start, pointer, copies=self.copies)
        dx, dy = kept_in_sight(self.scene, [note.rect for note in self.starts.values()], dx, dy)
        diagram = self.scene.document.diagram
        self.gesture.apply(Edit("Move", notes.moved(diagram, self.starts, dx, dy)))
        return None

    def exit(self) -> None:
        """Take the lines away."""
        self.scene.surface.show_snaps(())
        self.scene.surface.set_cursor("arrow")


def kept_in_sight(scene: Scene, rects: Iterable[Rect], dx: float, dy: float) -> tuple[float, float]:
    """The way to go instead with notes, so that each of them reaches into what is looked at alone, and is seen."""
    frame = scene.surface.rect(scene.ground)
    for rect in rects if frame is not None else ():
        assert frame is not None
        dx = min(max(dx, frame.x + _HOLD - rect.right), frame.right - _HOLD - rect.x)
        dy = min(max(dy, frame.y + _HOLD - rect.bottom), frame.bottom - _HOLD - rect.y)
    return dx, dy


class NoteResizing(Dragging):
    """A side or a corner of a note is dragged; it stays as high as its text.

    The keys mean what they mean for states: Alt about the middle, Shift in proportion, Ctrl without the grid.
    """

    def __init__(self, scene: Scene, pointer: PointerInput, then: Callable[[Scene], Phase]) -> None:
        super().__init__(scene, pointer, then, tuple(scene.selection.ids), "Resize note")
        self.note = scene.document.diagram.notes[self.id]

    def move(self, pointer: PointerInput) -> Phase | None:
        """Give the note the size that the pointer shows."""
        surface, held = self.scene.surface, pointer.modifiers
        stretch = Stretch(
            self.note.rect,
            self.start.hit.handle,
            is_centered=bool(held & Modifier.ALT),
            is_kept=bool(held & Modifier.SHIFT),
        )
        step = grid_of(surface, free=bool(held & Modifier.CTRL))
        rough = self.note.rect
        right, bottom = stretch.side_x > 0, stretch.side_y > 0
        x, y = rough.right if right else rough.x, rough.bottom if bottom else rough.y
        dx = to_grid(x + pointer.at.x - self.start.at.x, step) - x
        dy = to_grid(y + pointer.at.y - self.start.at.y, step) - y
        rect = stretch.to(dx, dy)
        height = surface.note_height(self.note.text, max(rect.width, notes.LEAST[0]))
        self.gesture.restart()
        self.gesture.apply(notes.resized(self.scene.document.diagram, self.id, rect, height))
        return None


class Writing(Phase):
    """Waiting for the place of a note."""

    def press(self, pointer: PointerInput) -> Phase | None:
        """Begin its rectangle here."""
        return Drawing(self.scene, pointer) if pointer.button is Button.LEFT else None

    def move(self, pointer: PointerInput) -> Phase | None:
        """Show that a press begins one."""
        self.scene.surface.set_cursor("cross")
        return None


class Drawing(Phase):
    """The rectangle of a note is drawn; a click alone gives it its usual size. Then its text is written."""

    scrolls = True

    def __init__(self, scene: Scene, pointer: PointerInput) -> None:
        super().__init__(scene)
        self.start = pointer

    def move(self, pointer: PointerInput) -> Phase | None:
        """Show the rectangle."""
        if travelled(self.start, pointer):
            self.scene.surface.show_band(Rect.between(self.start.at, pointer.at))
        return None

    def release(self, pointer: PointerInput) -> Phase | None:
        """Write what it says."""
        surface = self.scene.surface
        rect = Rect.between(self.start.at, pointer.at)
        x, y = (to_grid(each, surface.grid) for each in (rect.x, rect.y))
        width, height = notes.USUAL
        if travelled(self.start, pointer):
            width = max(to_grid(rect.width, surface.grid), notes.LEAST[0])
            height = max(to_grid(rect.height, surface.grid), notes.LEAST[1])
        surface.show_band(None)
        surface.put_back()
        drawn = Rect(x, y, width, height)
        surface.write_note(drawn.moved(*kept_in_sight(self.scene, [drawn], 0, 0)))
        return Writing(self.scene)

    def exit(self) -> None:
        """Take the rectangle away."""
        self.scene.surface.show_band(None)


class NoteTool(Tool):
    """Makes notes."""

    hint = (
        "Click where a note is to be, or draw its rectangle; then write it in Markdown. Escape ends the text."
    )

    def first(self) -> Phase:
        """Waiting for a press."""
        return Writing(self.scene)

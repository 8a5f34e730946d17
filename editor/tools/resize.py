"""Dragging a side or a corner of a state."""

from __future__ import annotations

from collections.abc import Callable

from editor.document import edits
from editor.tools.base import Modifier, Phase, PointerInput, Scene
from editor.tools.snap import reach_of
from editor.tools.snap_sides import SideSnapping
from editor.tools.stretch import Stretch


class Resizing(Phase):
    """A side or corner of a state is dragged; it never gets smaller than what it holds.

    With Alt the opposite side goes the other way, with Shift the proportions stay, with Ctrl nothing sticks.
    """

    scrolls = True

    def __init__(self, scene: Scene, pointer: PointerInput, then: Callable[[Scene], Phase]) -> None:
        super().__init__(scene)
        self.then = then
        self.start = pointer
        self.id = pointer.hit.id
        self.box = scene.document.diagram.boxes[self.id]
        self.snapping = SideSnapping(scene, self.id, self.box.rect)
        self.gesture = scene.document.gesture(f"Resize “{scene.document.chart.states[self.id].key}”")

    def move(self, pointer: PointerInput) -> Phase | None:
        """Give the state the size that the pointer shows."""
        dx, dy = pointer.at.x - self.start.at.x, pointer.at.y - self.start.at.y
        held = pointer.modifiers
        stretch = Stretch(
            self.box.rect,
            self.start.hit.handle,
            is_centered=bool(held & Modifier.ALT),
            is_kept=bool(held & Modifier.SHIFT),
        )
        rect = self.snapping.snapped(stretch, dx, dy, reach_of(pointer), free=bool(held & Modifier.CTRL))
        self.gesture.restart()
        document, surface = self.scene.document, self.scene.surface
        self.gesture.apply(
            edits.resize(document.chart, document.diagram, self.id, rect, measure=surface.measure)
        )
        self.snapping.show(stretch, free=bool(held & Modifier.CTRL))
        return None

    def release(self, pointer: PointerInput) -> Phase | None:
        """Keep the size."""
        self.gesture.commit()
        return self.then(self.scene)

    def cancel(self) -> None:
        """Put everything back exactly."""
        self.gesture.cancel()

    def exit(self) -> None:
        """Take the lines and the size away."""
        self.scene.surface.show_snaps(())
        self.scene.surface.show_drop(None)

"""Dragging the dot of an initial transition inside its state."""

from __future__ import annotations

from collections.abc import Callable

from editor.document import edits
from editor.tools.base import Modifier, Phase, PointerInput, Scene
from editor.tools.snap import Snapping


class DotMoving(Phase):
    """An initial dot is dragged; it stays in its state, beside what is in it.

    `before` is what was selected before the press.
    """

    def __init__(
        self, scene: Scene, pointer: PointerInput, then: Callable[[Scene], Phase], before: tuple[str, ...]
    ) -> None:
        super().__init__(scene)
        self.before = before
        self.then = then
        self.start = pointer
        self.id = pointer.hit.id
        path = scene.surface.path(self.id)
        self.dot = path[0] if path else pointer.at
        holder = scene.document.chart.transitions[self.id].source
        self.snapping = Snapping.of_place(scene, self.dot, holder)
        self.gesture = scene.document.gesture("Move initial dot")
        scene.surface.set_cursor("move")

    def move(self, pointer: PointerInput) -> Phase | None:
        """Put the dot where the pointer shows, or as near to it as there is room."""
        way = pointer.at.x - self.start.at.x, pointer.at.y - self.start.at.y
        dx, dy = self.snapping.snapped(*way, free=bool(pointer.modifiers & Modifier.ALT))
        document, measure = self.scene.document, self.scene.surface.measure
        self.gesture.apply(
            edits.place_initial(
                document.chart, document.diagram, self.id, self.dot.moved(dx, dy), measure=measure
            )
        )
        return None

    def release(self, pointer: PointerInput) -> Phase | None:
        """Keep the place."""
        self.gesture.commit()
        return self.then(self.scene)

    def cancel(self) -> None:
        """Put the dot back exactly, and select what was selected before."""
        self.gesture.cancel()
        self.scene.select(self.before)

    def exit(self) -> None:
        """Take the lines away."""
        self.scene.surface.show_snaps(())
        self.scene.surface.set_cursor("arrow")

"""Dragging the dot of an initial transition inside its state."""

from __future__ import annotations

from collections.abc import Callable

from editor.document import edits
from editor.tools.base import Dragging, Phase, PointerInput, Scene
from editor.tools.snap import Snapping, lets_go, reach_of


class DotMoving(Dragging):
    """An initial dot is dragged; it stays in its state, beside what is in it."""

    def __init__(
        self, scene: Scene, pointer: PointerInput, then: Callable[[Scene], Phase], before: tuple[str, ...]
    ) -> None:
        super().__init__(scene, pointer, then, before, "Move initial dot")
        path = scene.surface.path(self.id)
        self.dot = path[0] if path else pointer.at
        holder = scene.document.chart.transitions[self.id].source
        self.snapping = Snapping.of_place(scene, self.dot, holder)
        scene.surface.set_cursor("move")

    def move(self, pointer: PointerInput) -> Phase | None:
        """Put the dot where the pointer shows, or as near to it as there is room."""
        way = pointer.at.x - self.start.at.x, pointer.at.y - self.start.at.y
        dx, dy = self.snapping.snapped(*way, reach_of(pointer), free=lets_go(pointer))
        document, measure = self.scene.document, self.scene.surface.measure
        self.gesture.apply(
            edits.place_initial(
                document.chart, document.diagram, self.id, self.dot.moved(dx, dy), measure=measure
            )
        )
        return None

    def exit(self) -> None:
        """Take the lines away."""
        self.scene.surface.show_snaps(())
        self.scene.surface.set_cursor("arrow")

"""Dragging a side or a corner of a state."""

from __future__ import annotations

from collections.abc import Callable

from editor.document import edits
from editor.geometry import GRID, Rect
from editor.tools.base import Modifier, Phase, PointerInput, Scene
from editor.tools.snap import to_grid


class Resizing(Phase):
    """A side or corner of a state is dragged; it never gets smaller than what it holds."""

    scrolls = True

    def __init__(self, scene: Scene, pointer: PointerInput, then: Callable[[Scene], Phase]) -> None:
        super().__init__(scene)
        self.then = then
        self.start = pointer
        self.id = pointer.hit.id
        self.box = scene.document.diagram.boxes[self.id]
        self.gesture = scene.document.gesture(f"Resize “{scene.document.chart.states[self.id].key}”")

    def move(self, pointer: PointerInput) -> Phase | None:
        """Give the state the size that the pointer shows."""
        dx, dy = pointer.at.x - self.start.at.x, pointer.at.y - self.start.at.y
        is_free = bool(pointer.modifiers & Modifier.ALT) or not self.scene.surface.is_snapping
        rect = resized(self.box.rect, self.start.hit.handle, dx, dy, self.scene.surface.grid, free=is_free)
        self.gesture.restart()
        document = self.scene.document
        self.gesture.apply(
            edits.resize(document.chart, document.diagram, self.id, rect, measure=self.scene.surface.measure)
        )
        return None

    def release(self, pointer: PointerInput) -> Phase | None:
        """Keep the size."""
        self.gesture.commit()
        return self.then(self.scene)

    def cancel(self) -> None:
        """Put everything back exactly."""
        self.gesture.cancel()


def resized(rect: Rect, handle: str, dx: float, dy: float, grid: float = GRID, *, free: bool = False) -> Rect:
    """The rectangle with the sides of `handle` (`n`, `se`, ...) moved; to the grid unless `free`."""
    left, top, right, bottom = rect.x, rect.y, rect.right, rect.bottom

    def place(value: float) -> float:
        return value if free else to_grid(value, grid)

    if "w" in handle:
        left = min(place(left + dx), right - 8)
    if "e" in handle:
        right = max(place(right + dx), left + 8)
    if "n" in handle:
        top = min(place(top + dy), bottom - 8)
    if "s" in handle:
        bottom = max(place(bottom + dy), top + 8)
    return Rect(left, top, right - left, bottom - top)

"""Dragging a stretch of a transition, or its label."""

from __future__ import annotations

from collections.abc import Callable

from editor.document import edits
from editor.geometry import Point
from editor.tools.base import Phase, PointerInput, Scene
from editor.tools.snap import to_grid


class LabelMoving(Phase):
    """The label of a transition is dragged along and off its path; `before` was selected before the press."""

    def __init__(
        self, scene: Scene, pointer: PointerInput, then: Callable[[Scene], Phase], before: tuple[str, ...]
    ) -> None:
        super().__init__(scene)
        self.before = before
        self.then = then
        self.start = pointer
        self.gesture = scene.document.gesture("Move label")

    def move(self, pointer: PointerInput) -> Phase | None:
        """Put the label's middle where the pointer shows."""
        document = self.scene.document
        label = self.scene.surface.label_place(
            self.start.hit.id, pointer.at.x - self.start.at.x, pointer.at.y - self.start.at.y
        )
        if label is not None:
            self.gesture.apply(edits.place_label(document.chart, document.diagram, self.start.hit.id, label))
        return None

    def release(self, pointer: PointerInput) -> Phase | None:
        """Keep the place."""
        self.gesture.commit()
        return self.then(self.scene)

    def cancel(self) -> None:
        """Put the label back, and select what was selected before."""
        self.gesture.cancel()
        self.scene.select(self.before)


class Bending(Phase):
    """A stretch of a transition is dragged; the way points it gets are kept as placed by hand.

    It is the one whose handle was pressed, else the one that is nearest. `before` was selected before the press.
    """

    def __init__(
        self, scene: Scene, pointer: PointerInput, then: Callable[[Scene], Phase], before: tuple[str, ...]
    ) -> None:
        super().__init__(scene)
        self.before = before
        self.then = then
        self.start = pointer
        self.id = pointer.hit.id
        self.points = scene.surface.path(self.id)
        handle = pointer.hit.handle
        self.stretch = int(handle) if handle else nearest_stretch(self.points, pointer.at)
        self.gesture = scene.document.gesture("Bend transition")

    def move(self, pointer: PointerInput) -> Phase | None:
        """Shift the stretch across its own direction."""
        dx, dy = pointer.at.x - self.start.at.x, pointer.at.y - self.start.at.y
        points = shifted(self.points, self.stretch, dx, dy)
        document = self.scene.document
        self.gesture.apply(edits.set_bends(document.chart, document.diagram, self.id, points))
        return None

    def release(self, pointer: PointerInput) -> Phase | None:
        """Keep the bends."""
        self.gesture.commit()
        return self.then(self.scene)

    def cancel(self) -> None:
        """Put the transition back as it ran, and select what was selected before."""
        self.gesture.cancel()
        self.scene.select(self.before)


def nearest_stretch(points: tuple[Point, ...], at: Point) -> int:
    """The number of the segment of a path that is nearest to a place."""

    def way(stretch: int) -> float:
        a, b = points[stretch], points[stretch + 1]
        x = min(max(at.x, min(a.x, b.x)), max(a.x, b.x))
        y = min(max(at.y, min(a.y, b.y)), max(a.y, b.y))
        return (x - at.x) ** 2 + (y - at.y) ** 2

    return min(range(len(points) - 1), key=way)


def shifted(points: tuple[Point, ...], stretch: int, dx: float, dy: float) -> tuple[Point, ...]:
    """The way points of a path (its ends left out) after its segment number `stretch` moved across itself.

    A first or last segment is split near its end, so that the end stays where it is.
    """
    a, b = points[stretch], points[stretch + 1]
    is_level = abs(a.y - b.y) <= abs(a.x - b.x)
    to_a = Point(a.x, to_grid(a.y + dy, 4)) if is_level else Point(to_grid(a.x + dx, 4), a.y)
    to_b = Point(b.x, to_a.y) if is_level else Point(to_a.x, b.y)
    before = list(points[1:stretch]) if stretch > 0 else []
    after = list(points[stretch + 2 : -1])
    return (*before, to_a, to_b, *after)

"""Dragging a stretch of a transition, one of its way points, or its label."""

from __future__ import annotations

from collections.abc import Callable

from editor.document import edits, way_points
from editor.geometry import GRID, Point, Rect
from editor.layout.sticking import to_grid
from editor.model.elements import is_unresolved
from editor.tools.base import Dragging, Phase, PointerInput, Scene
from editor.tools.snap import grid_of, lets_go

_STUB = 20.0
_CORNER = 8.0


class LabelMoving(Dragging):
    """The label of a transition is dragged along and off its path."""

    def __init__(
        self, scene: Scene, pointer: PointerInput, then: Callable[[Scene], Phase], before: tuple[str, ...]
    ) -> None:
        super().__init__(scene, pointer, then, before, "Move label")

    def move(self, pointer: PointerInput) -> Phase | None:
        """Put the label's middle where the pointer shows."""
        document = self.scene.document
        label = self.scene.surface.label_place(
            self.id, pointer.at.x - self.start.at.x, pointer.at.y - self.start.at.y
        )
        if label is not None:
            self.gesture.apply(edits.place_label(document.chart, document.diagram, self.id, label))
        return None


class Bending(Dragging):
    """A stretch of a transition is dragged; the way points it gets are kept as placed by hand.

    It is the one whose handle was pressed, else the one that is nearest.
    """

    def __init__(
        self, scene: Scene, pointer: PointerInput, then: Callable[[Scene], Phase], before: tuple[str, ...]
    ) -> None:
        super().__init__(scene, pointer, then, before, "Bend transition")
        self.points = scene.surface.path(self.id)
        handle = pointer.hit.handle
        self.stretch = int(handle) if handle else nearest_stretch(self.points, pointer.at)

    def move(self, pointer: PointerInput) -> Phase | None:
        """Shift the stretch across its own direction."""
        dx, dy = pointer.at.x - self.start.at.x, pointer.at.y - self.start.at.y
        document, surface = self.scene.document, self.scene.surface
        transition = document.chart.transitions[self.id]
        target = next((each for each in transition.targets if not is_unresolved(each)), "")
        ends = surface.rect(transition.source), surface.rect(target)
        step = grid_of(surface, free=lets_go(pointer)) / 2
        points = shifted(self.points, self.stretch, dx, dy, ends, step)
        self.gesture.apply(edits.set_bends(document.chart, document.diagram, self.id, points))
        return None


class WayMoving(Dragging):
    """A way point that was placed by hand is dragged, any way; the stretches that meet there go along."""

    def __init__(
        self, scene: Scene, pointer: PointerInput, then: Callable[[Scene], Phase], before: tuple[str, ...]
    ) -> None:
        super().__init__(scene, pointer, then, before, "Bend transition")
        document = scene.document
        self.points = way_points.by_hand(document.chart, document.diagram, self.id)

    def move(self, pointer: PointerInput) -> Phase | None:
        """Put the point where the pointer shows, on the grid."""
        document, number = self.scene.document, int(self.start.hit.handle)
        dx, dy = pointer.at.x - self.start.at.x, pointer.at.y - self.start.at.y
        step = grid_of(self.scene.surface, free=lets_go(pointer)) / 2
        x, y = self.points[number].moved(dx, dy)
        points = carried(self.points, number, Point(to_grid(x, step), to_grid(y, step)))
        self.gesture.apply(edits.set_bends(document.chart, document.diagram, self.id, points))
        return None


def carried(points: tuple[Point, ...], number: int, goal: Point) -> tuple[Point, ...]:
    """Way points with one of them elsewhere; those in one line with it stay so, and stretches stay straight."""
    made = list(points)
    made[number] = goal
    for way in (-1, 1):
        at, here = number + way, points[number]
        is_upright = 0 <= at < len(points) and points[at].x == here.x
        while 0 <= at < len(points):
            if is_upright and points[at].x == here.x:
                made[at] = Point(goal.x, points[at].y)
            elif not is_upright and points[at].y == here.y:
                made[at] = Point(points[at].x, goal.y)
            else:
                break
            at += way
    return tuple(made)


def nearest_stretch(points: tuple[Point, ...], at: Point) -> int:
    """The number of the segment of a path that is nearest to a place."""

    def way(stretch: int) -> float:
        a, b = points[stretch], points[stretch + 1]
        x = min(max(at.x, min(a.x, b.x)), max(a.x, b.x))
        y = min(max(at.y, min(a.y, b.y)), max(a.y, b.y))
        return (x - at.x) ** 2 + (y - at.y) ** 2

    return min(range(len(points) - 1), key=way)


def shifted(
    points: tuple[Point, ...],
    stretch: int,
    dx: float,
    dy: float,
    ends: tuple[Rect | None, Rect | None] = (None, None),
    step: float = GRID / 2,
) -> tuple[Point, ...]:
    """The way points of a path (its ends left out) after its segment number `stretch` moved across itself.

    A first or last segment slides along the side of the state that it ends at (`ends`: those at source and target);
    beyond that side it is split near its end, which then stays where it is. It comes to a line of a grid of `step`;
    to a whole number for 0.
    """
    a, b = points[stretch], points[stretch + 1]
    is_level = abs(a.y - b.y) <= abs(a.x - b.x)
    goal = to_grid(a.y + dy, step) if is_level else to_grid(a.x + dx, step)
    is_first, is_last = stretch == 0, stretch == len(points) - 2
    slides = (
        is_first and _slides(ends[0], a, goal, is_level=is_level),
        is_last and _slides(ends[1], b, goal, is_level=is_level),
    )
    if all(slides):
        return (_across(Point((a.x + b.x) / 2, (a.y + b.y) / 2), goal, is_level=is_level),)
    stub = min(_STUB, (abs(a.x - b.x) + abs(a.y - b.y)) // 3)
    moved: list[Point] = []
    for end, other, is_outer, is_sliding in ((a, b, is_first, slides[0]), (b, a, is_last, slides[1])):
        if not is_outer:
            moved.append(_across(end, goal, is_level=is_level))
        elif not is_sliding:
            near = _toward(end, other, stub)
            both = [near, _across(near, goal, is_level=is_level)]
            moved += both if end is a else both[::-1]
    return (*points[1:stretch], *moved, *points[stretch + 2 : -1])


def _across(point: Point, goal: float, *, is_level: bool) -> Point:
    return Point(point.x, goal) if is_level else Point(goal, point.y)


def _toward(start: Point, end: Point, way: float) -> Point:
    length = abs(end.x - start.x) + abs(end.y - start.y)
    share = way / length if length else 0.0
    return Point(start.x + (end.x - start.x) * share, start.y + (end.y - start.y) * share)


def _slides(rect: Rect | None, end: Point, goal: float, *, is_level: bool) -> bool:
    """Whether a segment that ends at a side of a state still meets that side, off its corners."""
    if rect is None:
        return False
    if is_level:
        return end.x in (rect.x, rect.right) and rect.y + _CORNER <= goal <= rect.bottom - _CORNER
    return end.y in (rect.y, rect.bottom) and rect.x + _CORNER <= goal <= rect.right - _CORNER

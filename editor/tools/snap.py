"""Where a dragged state or dot sticks: to the grid, and to the edges and middles of its neighbours."""

from __future__ import annotations

from collections.abc import Callable, Collection

from editor.geometry import Point, Rect
from editor.tools.base import Scene, Surface

GRID = 8.0
REACH = 5.0
"""Chart units within which an edge sticks to another."""
_MOST = 200


def to_grid(value: float, step: float = GRID) -> float:
    """The nearest line of the grid."""
    return round(value / step) * step


class Snapping:
    """The lines of the neighbours, gathered once when a drag begins."""

    def __init__(self, surface: Surface, start: Rect | None, neighbours: list[Rect]) -> None:
        self.surface = surface
        self.start = start
        self.neighbours = neighbours

    @classmethod
    def of_states(cls, scene: Scene, ids: list[str]) -> Snapping:
        """For states that are dragged: the states beside them, when all have one parent."""
        chart = scene.document.chart
        rects = [rect for id in ids if (rect := scene.surface.rect(id)) is not None]
        parents = {chart.states[id].parent for id in ids}
        parent = next(iter(parents)) if len(parents) == 1 else None
        return cls(scene.surface, Rect.around(rects), _inside(scene, parent, ids) if parent else [])

    @classmethod
    def of_place(cls, scene: Scene, at: Point, holder: str) -> Snapping:
        """For a place inside a state: the states that are in it."""
        return cls(scene.surface, Rect(at.x, at.y, 0, 0), _inside(scene, holder, ()))

    def snapped(self, dx: float, dy: float, *, free: bool) -> tuple[float, float]:
        """The way to go instead: to a neighbour's line where one is near, else to the grid; unchanged when `free`."""
        if free or self.start is None:
            self.surface.show_snaps(())
            return dx, dy
        moved = self.start.moved(dx, dy)
        by_x = self._near(moved, lambda rect: (rect.x, rect.center.x, rect.right)) if dx else None
        by_y = self._near(moved, lambda rect: (rect.y, rect.center.y, rect.bottom)) if dy else None
        x = dx + by_x if by_x is not None else _step(self.start.x, dx)
        y = dy + by_y if by_y is not None else _step(self.start.y, dy)
        self._show(self.start.moved(x, y), is_x=by_x is not None, is_y=by_y is not None)
        return x, y

    def _near(self, moved: Rect, lines: Callable[[Rect], tuple[float, float, float]]) -> float | None:
        ways = [
            there - here
            for rect in self.neighbours
            for here, there in zip(lines(moved), lines(rect), strict=True)
            if abs(there - here) <= REACH
        ]
        return min(ways, key=abs, default=None)

    def _show(self, moved: Rect, *, is_x: bool, is_y: bool) -> None:
        segments: list[tuple[Point, Point]] = []
        for rect in self.neighbours:
            both = moved.united(rect)
            for here, there in (
                (moved.x, rect.x),
                (moved.center.x, rect.center.x),
                (moved.right, rect.right),
            ):
                if is_x and abs(here - there) < 0.5:
                    segments.append((Point(there, both.y), Point(there, both.bottom)))
            for here, there in (
                (moved.y, rect.y),
                (moved.center.y, rect.center.y),
                (moved.bottom, rect.bottom),
            ):
                if is_y and abs(here - there) < 0.5:
                    segments.append((Point(both.x, there), Point(both.right, there)))
        self.surface.show_snaps(segments)


def _inside(scene: Scene, parent: str, without: Collection[str]) -> list[Rect]:
    """The rectangles of the first states inside one."""
    return [
        rect
        for each in scene.document.chart.children(parent)[:_MOST]
        if each.id not in without and (rect := scene.surface.rect(each.id)) is not None
    ]


def _step(start: float, way: float) -> float:
    if not way:
        return 0.0
    return to_grid(start + way) - start

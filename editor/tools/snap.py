"""Where a dragged state or dot sticks: to the grid, to the edges and middles of its neighbours, to equal gaps."""

from __future__ import annotations

from collections.abc import Collection

from editor.geometry import Point, Rect
from editor.layout import gaps
from editor.layout.sticking import Lines, columns, nearest, offers, rows, to_grid
from editor.tools.base import Modifier, PointerInput, Scene, Surface

REACH = 5.0
"""Screen pixels within which an edge sticks to another, however near or far the chart is seen."""
_MOST = 200


def lets_go(pointer: PointerInput) -> bool:
    """Whether the keys that are held say that nothing sticks; Alt says so too where it means nothing else."""
    return bool(pointer.modifiers & (Modifier.CTRL | Modifier.ALT))


def reach_of(pointer: PointerInput) -> float:
    """Chart units within which an edge sticks to another, as the chart is seen."""
    return REACH / pointer.scale


def grid_of(surface: Surface, *, free: bool = False) -> float:
    """The grid that something is put on now; 0 for none, when `free` or when nothing is to stick."""
    return 0.0 if free or not surface.is_snapping else surface.grid


class Snapping:
    """The lines of the neighbours, gathered once when a drag begins."""

    def __init__(self, surface: Surface, start: Rect | None, neighbours: list[Rect]) -> None:
        self.surface = surface
        self.start = start
        self.neighbours = neighbours
        self.columns = [columns(rect) for rect in neighbours]
        self.rows = [rows(rect) for rect in neighbours]
        self.turned = [gaps.turned(rect) for rect in neighbours]

    @classmethod
    def of_states(cls, scene: Scene, ids: list[str]) -> Snapping:
        """For states that are dragged: the states beside them, when all have one parent."""
        chart = scene.document.chart
        rects = [rect for id in ids if (rect := scene.surface.rect(id)) is not None]
        parents = {chart.states[id].parent for id in ids}
        parent = next(iter(parents)) if len(parents) == 1 else None
        return cls(scene.surface, Rect.around(rects), inside(scene, parent, ids) if parent else [])

    @classmethod
    def of_place(cls, scene: Scene, at: Point, holder: str) -> Snapping:
        """For a place inside a state: the states that are in it."""
        return cls(scene.surface, Rect(at.x, at.y, 0, 0), inside(scene, holder, ()))

    @classmethod
    def of_new(cls, scene: Scene, parent: str, size: tuple[float, float]) -> Snapping:
        """For a state of a size that is not there yet, from the corner of the chart: the states in its parent."""
        return cls(scene.surface, Rect(0, 0, *size), inside(scene, parent, ()))

    def dragged(self, start: PointerInput, pointer: PointerInput, *, copies: bool) -> tuple[float, float]:
        """The way to go with what is dragged: along one axis with Shift, past everything with what `lets_go`.

        When `copies`, Alt has said that already, and Ctrl alone lets go.
        """
        dx, dy = pointer.at.x - start.at.x, pointer.at.y - start.at.y
        if pointer.modifiers & Modifier.SHIFT:
            dx, dy = (dx, 0.0) if abs(dx) >= abs(dy) else (0.0, dy)
        free = bool(pointer.modifiers & Modifier.CTRL) if copies else lets_go(pointer)
        return self.snapped(dx, dy, reach_of(pointer), free=free)

    def snapped(self, dx: float, dy: float, reach: float, *, free: bool) -> tuple[float, float]:
        """The way to go instead: to a neighbour's line or an equal gap within reach, else to the grid.

        It leads to whole numbers alone when `free`, or when nothing is to stick.
        """
        if self.start is None:
            return dx, dy
        if free or not self.surface.is_snapping:
            self.surface.show_snaps(())
            return _step(self.start.x, dx, 0), _step(self.start.y, dy, 0)
        moved = self.start.moved(dx, dy)
        by_x = by_y = None
        if dx:
            by_x = nearest(columns(moved), self.columns, offers(moved, self.neighbours, reach), reach)
        if dy:
            by_y = nearest(rows(moved), self.rows, offers(gaps.turned(moved), self.turned, reach), reach)
        x = dx + by_x if by_x is not None else _step(self.start.x, dx, self.surface.grid)
        y = dy + by_y if by_y is not None else _step(self.start.y, dy, self.surface.grid)
        self._show(self.start.moved(x, y), is_x=by_x is not None, is_y=by_y is not None)
        return x, y

    def _show(self, moved: Rect, *, is_x: bool, is_y: bool) -> None:
        segments: list[tuple[Point, Point]] = []
        found: list[gaps.Gap] = []
        if is_x:
            for place, there in _met(columns(moved), self.columns):
                both = moved.united(self.neighbours[place])
                segments.append((Point(there, both.y), Point(there, both.bottom)))
            found += _equal(moved, self.neighbours)
        if is_y:
            for place, there in _met(rows(moved), self.rows):
                both = moved.united(self.neighbours[place])
                segments.append((Point(both.x, there), Point(both.right, there)))
            found += map(gaps.gap_turned, _equal(gaps.turned(moved), self.turned))
        self.surface.show_snaps(segments, found)


def inside(scene: Scene, parent: str, without: Collection[str]) -> list[Rect]:
    """The rectangles of the first states inside one."""
    return [
        rect
        for each in scene.document.chart.children(parent)[:_MOST]
        if each.id not in without and (rect := scene.surface.rect(each.id)) is not None
    ]


def _equal(rect: Rect, others: list[Rect]) -> list[gaps.Gap]:
    return gaps.equal(rect, gaps.beside(rect, others)) if rect.width else []


def _met(own: Lines, others: list[Lines]) -> list[tuple[int, float]]:
    """The lines that meet their like, and whose they are."""
    return [
        (place, there)
        for place, lines in enumerate(others)
        for here, there in zip(own, lines, strict=True)
        if abs(here - there) < 0.5
    ]


def _step(start: float, way: float, grid: float) -> float:
    return to_grid(start + way, grid) - start if way else 0.0

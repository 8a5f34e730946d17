"""Where a dragged side of a state sticks: to lines and sizes of its neighbours, to equal gaps, to the grid."""

from __future__ import annotations

from editor.geometry import Point, Rect
from editor.layout import gaps
from editor.layout.sticking import columns, to_grid
from editor.model import queries
from editor.tools.base import Scene
from editor.tools.snap import inside
from editor.tools.stretch import Stretch

_BESIDE = 10.0
"""Chart units between a rectangle and the line that tells its width or height."""
_MOST = 2
"""Neighbours of the same width or height that are shown: the nearest ones."""


class SideSnapping:
    """The neighbours of a state that is sized, gathered once when a side of it is taken.

    `box` is its rectangle in its parent. Regions fill their state together and have no neighbours here.
    """

    def __init__(self, scene: Scene, id: str, box: Rect) -> None:
        chart, surface = scene.document.chart, scene.surface
        self.surface, self.id = surface, id
        parent = chart.states[id].parent
        self.neighbours = inside(scene, parent, (id,)) if parent and not queries.is_region(chart, id) else []
        start = surface.rect(id) or box
        self.origin = Point(start.x - box.x, start.y - box.y)
        own = [each.moved(-self.origin.x, -self.origin.y) for each in self.neighbours]
        self._near, self._turned = own, [gaps.turned(each) for each in own]

    def snapped(self, stretch: Stretch, dx: float, dy: float, reach: float, *, free: bool) -> Rect:
        """The rectangle to take, in the parent: to a line, a size or an equal gap within reach, else to the grid.

        It comes to whole numbers alone when `free`, or when nothing is to stick.
        """
        lead = stretch.leads(dx, dy)
        if free or not self.surface.is_snapping:
            reach = 0.0
        rough = stretch.to(dx, dy, lead)
        if stretch.side_x and (lead == "x" or not stretch.is_kept):
            dx += self._correction(stretch, rough, self._near, reach)
        if stretch.side_y and (lead == "y" or not stretch.is_kept):
            dy += self._correction(turned(stretch), gaps.turned(rough), self._turned, reach)
        found = stretch.to(dx, dy, lead)
        return _even(found) if stretch.is_kept else found

    def _correction(self, stretch: Stretch, rough: Rect, others: list[Rect], reach: float) -> float:
        """How much farther along x the dragged side goes to where it sticks; without reach that is whole numbers."""
        side = stretch.side_x
        edge = rough.right if side > 0 else rough.x
        if reach:
            places = _places(stretch, rough, others, reach)
            near = min((each - edge for each in places if abs(each - edge) <= reach), key=abs, default=None)
            if near is not None:
                return near
        return to_grid(edge, self.surface.grid if reach else 0.0) - edge

    def show(self, stretch: Stretch, *, free: bool) -> None:
        """Show the size that the state has now, and what it has in common with its neighbours."""
        rect = self.surface.rect(self.id)
        if rect is None:
            return
        self.surface.show_drop(None, f"{round(rect.width, 1):g} × {round(rect.height, 1):g}")
        if free or not self.surface.is_snapping:
            self.surface.show_snaps(())
            return
        lines: list[tuple[Point, Point]] = []
        found: list[gaps.Gap] = []
        if stretch.side_x or stretch.is_kept:
            lines += _lines(stretch, rect, self.neighbours)
            found += _gaps(rect, self.neighbours)
        if stretch.side_y or stretch.is_kept:
            flat, others = gaps.turned(rect), [gaps.turned(each) for each in self.neighbours]
            lines += [
                (Point(start.y, start.x), Point(end.y, end.x))
                for start, end in _lines(turned(stretch), flat, others)
            ]
            found += map(gaps.gap_turned, _gaps(flat, others))
        self.surface.show_snaps(lines, found)


def turned(stretch: Stretch) -> Stretch:
    """x and y exchanged."""
    handle = stretch.handle.translate(str.maketrans("nwse", "wnes"))
    return stretch._replace(rect=gaps.turned(stretch.rect), handle=handle)


def _places(stretch: Stretch, rough: Rect, others: list[Rect], reach: float) -> list[float]:
    """Where the dragged side along x may stick."""
    side, rect = stretch.side_x, stretch.rect
    found = [place for each in others for place in columns(each)]
    if stretch.is_centered:
        found += [rect.center.x + side * each.width / 2 for each in others]
    else:
        fixed = rect.x if side > 0 else rect.right
        found += [2 * each.center.x - fixed for each in others]
        found += [fixed + side * each.width for each in others]
    edge = rough.right if side > 0 else rough.x
    lane = gaps.beside(rough, others)
    found += [edge + way for way in gaps.side_offers(rough, lane, reach, side)]
    still = rect.center.x if stretch.is_centered else rect.x if side > 0 else rect.right
    return [place for place in found if (place - still) * side > 0]


def _lines(stretch: Stretch, rect: Rect, others: list[Rect]) -> list[tuple[Point, Point]]:
    """One upright line for each place where a dragged side, or the middle, meets a side or middle of others."""
    edges = [rect.x] * (stretch.side_x < 0 or stretch.is_centered or not stretch.side_x)
    edges += [rect.right] * (stretch.side_x > 0 or stretch.is_centered or not stretch.side_x)
    found: dict[float, Rect] = {}
    for each in others:
        pairs = [(edge, there) for edge in edges for there in columns(each)]
        for here, there in (*pairs, (rect.center.x, each.center.x)):
            if abs(here - there) < gaps.SAME:
                found[here] = found.get(here, rect).united(each)
    return [(Point(there, both.y), Point(there, both.bottom)) for there, both in found.items()]


def _gaps(rect: Rect, others: list[Rect]) -> list[gaps.Gap]:
    return gaps.equal(rect, gaps.beside(rect, others)) + _alike(rect, others)


def _alike(rect: Rect, others: list[Rect]) -> list[gaps.Gap]:
    """The widths of a rectangle and of the nearest that are as wide, below each; empty for none."""
    same = [each for each in others if abs(each.width - rect.width) < gaps.SAME]
    near = sorted(same, key=lambda each: _way(each, rect))[:_MOST]
    return [
        gaps.Gap(Point(each.x, each.bottom + _BESIDE), Point(each.right, each.bottom + _BESIDE))
        for each in ((rect, *near) if near else ())
    ]


def _way(a: Rect, b: Rect) -> float:
    return abs(a.center.x - b.center.x) + abs(a.center.y - b.center.y)


def _even(rect: Rect) -> Rect:
    """With sides at whole numbers."""
    x, y = round(rect.x), round(rect.y)
    return Rect(x, y, round(rect.right) - x, round(rect.bottom) - y)

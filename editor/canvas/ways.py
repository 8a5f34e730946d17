"""The ways that states would go from where they are to where a proposal has them; only those that tell something."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from math import hypot

from editor.canvas.picture import Picture
from editor.geometry import Point, Rect
from editor.model.chart import Chart

LEAST = 4.0
"""Pixels below which a way is too short to be seen."""
OWN = 24.0
"""Pixels by which a state has to leave what is around it for a way of its own, where that goes somewhere, too."""
SMALL = 12.0
"""Pixels below which outline and arrow of a state cover it; what is around it has both."""

Way = tuple[Point, Point]


def ways(
    before: Picture, after: Picture, ids: Iterable[str], moved: Collection[str], zoom: float
) -> list[Way]:
    """From where to where arrows lead for some of what is `moved`; `zoom`: pixels a chart unit.

    A state that goes along with what is around it has none: one arrow tells of all of them; so it does of those that
    are too small to be told apart. They end at the border of the place they lead to, as its name stands inside.
    """
    found: list[Way] = []
    for id in ids:
        old, new = before.rect(id), after.rect(id)
        if old is None or new is None:
            continue
        dx, dy = _corner_moves(old, new)
        around = _parent(after.chart, id)
        least = LEAST
        if around in moved:
            was, comes = before.rect(around), after.rect(around)
            if was is not None and comes is not None:
                along = _corner_moves(was, comes)
                if along != (0.0, 0.0) and _is_tiny(new, zoom):
                    continue
                dx, dy, least = dx - along[0], dy - along[1], OWN if along != (0.0, 0.0) else LEAST
        way = _between(old, new)
        if hypot(dx, dy) * zoom >= least and hypot(way[1].x - way[0].x, way[1].y - way[0].y) * zoom >= LEAST:
            found.append(way)
    return found


def is_outlined(picture: Picture, id: str, moved: Collection[str], zoom: float) -> bool:
    """Whether one of the `moved` has an outline at this zoom: not what is tiny and in something that has one."""
    rect = picture.rect(id)
    if rect is None:
        return False
    return not _is_tiny(rect, zoom) or _parent(picture.chart, id) not in moved


def _is_tiny(rect: Rect, zoom: float) -> bool:
    return min(rect.width, rect.height) * zoom < SMALL


def _parent(chart: Chart, id: str) -> str:
    return chart.states[id].parent or ""


def _corner_moves(old: Rect, new: Rect) -> tuple[float, float]:
    return new.x - old.x, new.y - old.y


def _between(old: Rect, new: Rect) -> Way:
    """From the middle of a place to the border of another; from corner to corner where they lie on each other."""
    start = old.center
    return (Point(old.x, old.y), Point(new.x, new.y)) if new.contains(start) else (start, new.border(start))

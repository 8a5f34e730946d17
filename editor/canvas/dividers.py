"""The line between two regions, as a thing to take: dragging it resizes the one and the other."""

from __future__ import annotations

from editor.canvas.picture import Picture
from editor.geometry import Point, Rect
from editor.model.queries import is_region
from editor.tools.base import Hit, HitKind

_TOUCH = 2.0


def divider_at(picture: Picture, region: str, at: Point, reach: float) -> Hit | None:
    """A hit on the side of a region that another one touches there; None where there is no such side."""
    chart = picture.chart
    own = picture.rect(region)
    parent = chart.states[region].parent
    if own is None or parent is None or not is_region(chart, region):
        return None
    others = [
        rect
        for child in chart.children(parent)
        if child.id != region and is_region(chart, child.id) and (rect := picture.rect(child.id)) is not None
    ]
    for side, way in _ways(own, at).items():
        if way <= reach and any(_touches(side, own, rect, at) for rect in others):
            return Hit(kind=HitKind.RESIZE, id=region, handle=side)
    return None


def _ways(own: Rect, at: Point) -> dict[str, float]:
    """How far a place is from each side."""
    return {
        "s": abs(at.y - own.bottom), "n": abs(at.y - own.y), "e": abs(at.x - own.right), "w": abs(at.x - own.x),
    }  # fmt: skip


def _touches(side: str, own: Rect, other: Rect, at: Point) -> bool:
    """Whether another region lies at a side, at this height or breadth."""
    gaps = {
        "s": other.y - own.bottom, "n": other.bottom - own.y, "e": other.x - own.right, "w": other.right - own.x,
    }  # fmt: skip
    is_level = side in "sn"
    is_beside = other.x <= at.x <= other.right if is_level else other.y <= at.y <= other.bottom
    return abs(gaps[side]) <= _TOUCH and is_beside

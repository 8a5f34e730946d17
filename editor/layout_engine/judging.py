"""How good a drawing is, so that the best of several is taken: what a reader would call a fault, then crossings."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from editor.geometry import Rect
from editor.layout.index import GridIndex
from editor.layout_engine.drawing import Drawing, Path
from editor.layout_engine.labels import LabelPlaces
from editor.layout_engine.plan import Plan

_LYING = 8.0
_NEAR = 2.0


def judged(plan: Plan, drawing: Drawing) -> tuple[int, int]:
    """Labels that lie on something; how often lines cross each other or lie on each other. Less is better."""
    places = LabelPlaces(plan, drawing)
    bad = sum(1 for id, label in drawing.labels.items() if places.cost(id, label))
    return bad, crossings(drawing.routes)


def crossings(routes: Mapping[str, Path]) -> int:
    """How often lines cross each other, or lie on each other."""
    index = GridIndex()
    stretches: dict[str, tuple[Rect, str]] = {}
    for id, route in routes.items():
        for number, (a, b) in enumerate(pairwise(route)):
            rect = Rect.between(a, b)
            stretches[f"{number} {id}"] = rect, id
            index.put(f"{number} {id}", (rect.x, rect.y, rect.right, rect.bottom))
    return sum(
        _met(rect, stretches[other][0])
        for key, (rect, id) in stretches.items()
        for other in index.meeting(rect.x - _NEAR, rect.y - _NEAR, rect.right + _NEAR, rect.bottom + _NEAR)
        if key < other and stretches[other][1] != id
    )


def _met(one: Rect, other: Rect) -> bool:
    """Whether two stretches cross, or lie on each other for a while."""
    if (one.width > one.height) == (other.width > other.height):
        width = min(one.right, other.right) - max(one.x, other.x)
        height = min(one.bottom, other.bottom) - max(one.y, other.y)
        return max(width, height) > _LYING
    level, upright = (one, other) if one.width > one.height else (other, one)
    return level.x < upright.x < level.right and upright.y < level.y < upright.bottom

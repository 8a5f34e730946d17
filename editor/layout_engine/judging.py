"""How good a drawing is, so that the best of several is taken: what a reader would call a fault, then crossings."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from editor.geometry import Rect
from editor.layout_engine.drawing import Drawing, Path
from editor.layout_engine.labels import LabelPlaces
from editor.layout_engine.plan import NodeKind, Plan
from editor.layout_engine.raster import Raster

_LYING = 8.0
_NEAR = 2.0
_IN = 1.0


def judged(plan: Plan, drawing: Drawing) -> tuple[int, int]:
    """Labels that lie on something and lines through states; how often lines cross or lie on each other.

    Less is better.
    """
    places = LabelPlaces(plan, drawing)
    bad = sum(1 for id, label in drawing.labels.items() if places.cost(id, label))
    return bad + throughs(plan, drawing), crossings(drawing.routes)


def throughs(plan: Plan, drawing: Drawing) -> int:
    """How often a line runs through a box that is not around one of its ends, nor an end."""
    index = Raster()
    for node in plan.nodes.values():
        own = drawing.rects.get(node.id)
        if own is not None and node.kind not in (NodeKind.ROOT, NodeKind.DOT):
            rect = node.card(own)
            index.put(node.id, (rect.x + _IN, rect.y + _IN, rect.right - _IN, rect.bottom - _IN))
    count = 0
    for edge in plan.edges:
        met: set[str] = set()
        for a, b in pairwise(drawing.routes.get(edge.id, ())):
            rect = Rect.between(a, b)
            met.update(index.meeting(rect.x, rect.y, rect.right, rect.bottom))
        if met:
            count += len(met.difference(plan.line(edge.source), plan.line(edge.target)))
    return count


def crossings(routes: Mapping[str, Path]) -> int:
    """How often lines cross each other, or lie on each other."""
    index = Raster()
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

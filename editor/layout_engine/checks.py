"""What a drawing must be before it is used; cheap enough to be always on."""

from __future__ import annotations

from itertools import pairwise
from math import isfinite

from editor.geometry import Point, Rect
from editor.layout_engine.drawing import Drawing
from editor.layout_engine.plan import Node, NodeKind, Plan

_NEAR = 4.0
_FAR = 1e7


def flaw(plan: Plan, drawing: Drawing) -> str | None:
    """What is wrong with a drawing; None for nothing.

    Every box has a rectangle of numbers inside that of its parent, off its siblings; every wanted line begins and ends
    at its boxes; every label that is wanted has a place.
    """
    for node in plan.nodes.values():
        rect = drawing.rects.get(node.id)
        if rect is None:
            return f"“{node.id}” has no place"
        if not all(isfinite(each) and abs(each) < _FAR for each in rect) or min(rect[2:]) < 0:
            return f"“{node.id}” has a place without sense"
    for node in plan.nodes.values():
        found = _flaw_inside(node, drawing)
        if found is not None:
            return found
    return _flaw_of_lines(plan, drawing)


def _flaw_inside(node: Node, drawing: Drawing) -> str | None:
    own = drawing.rects[node.id]
    rects = sorted(
        ((drawing.rects[child.id], child.id) for child in node.children if child.kind is not NodeKind.DOT),
    )
    for rect, id in rects:
        if node.kind is not NodeKind.ROOT and not own.grown(1).encloses(rect):
            return f"“{id}” lies outside of “{node.id}”"
    for number, (rect, id) in enumerate(rects):
        for other, beside in rects[number + 1 :]:
            if other.x >= rect.right - 1:
                break
            if rect.y < other.bottom - 1 and other.y < rect.bottom - 1:
                return f"“{id}” lies on “{beside}”"
    return None


def _flaw_of_lines(plan: Plan, drawing: Drawing) -> str | None:
    for edge in plan.edges:
        if not edge.is_wanted:
            continue
        route = drawing.routes.get(edge.id, ())
        if len(set(route)) < 2 or not all(isfinite(x) and isfinite(y) for x, y in route):
            return f"the line “{edge.id}” has no route"
        if any(a.x != b.x and a.y != b.y for a, b in pairwise(route)):
            return f"the line “{edge.id}” runs aslant"
        start = edge.start or drawing.rects[edge.source]
        if not on_border(start, route[0]) or not on_border(drawing.rects[edge.target], route[-1]):
            return f"the line “{edge.id}” does not end at its states"
        if edge.label[0] and edge.id not in drawing.labels:
            return f"the label of “{edge.id}” has no place"
    return None


def on_border(rect: Rect, at: Point) -> bool:
    """Whether a place lies on the border of a rectangle, or next to it."""
    inner = rect.grown(-_NEAR)
    is_deep = inner.x < at.x < inner.right and inner.y < at.y < inner.bottom
    return rect.grown(_NEAR).contains(at) and not is_deep

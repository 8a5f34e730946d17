"""Where initial arrows begin: where ELK kept room for the dot, else beside the target, whichever is most free."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from editor.geometry import Point, Rect
from editor.layout.frame import DOT, REACH, arrow
from editor.layout_engine.drawing import Drawing, whole
from editor.layout_engine.plan import Edge, NodeKind, Plan
from editor.layout_engine.raster import Raster

_BOX, _OUTSIDE, _LINE, _LABEL, _BEND = 40.0, 60.0, 8.0, 20.0, 3.0
_APART = 6.0


def place_dots(plan: Plan, drawing: Drawing) -> None:
    """Move dots whose arrow would run through something to a better place, if there is one."""
    moving = [
        edge
        for edge in plan.edges
        if plan.nodes[edge.source].kind is NodeKind.DOT
        and edge.source in drawing.rects
        and edge.source in plan.nodes[plan.parents[edge.source]].moving
    ]
    if not moving:
        return
    dots = {edge.source for edge in moving}
    boxes, lines = Raster(), Raster()
    for id, rect in drawing.rects.items():
        if id not in dots and plan.nodes[id].kind is not NodeKind.ROOT:
            boxes.put(id, _edges(rect))
    for id, route in drawing.routes.items():
        for number, (a, b) in enumerate(pairwise(route)):
            lines.put(f"{number} {id}", _edges(Rect.between(a, b)))
    for id, rect in drawing.labels.items():
        lines.put(f"label {id}", _edges(rect))
    forked = {id for id, count in Counter(edge.source for edge in moving).items() if count > 1}
    for edge in {edge.source: edge for edge in reversed(moving)}.values():
        rect = drawing.rects[edge.source]
        best = min(
            _places(rect, drawing.rects[edge.target]),
            key=lambda at: _cost(plan, drawing, edge, at, boxes, lines, is_forked=edge.source in forked),
        )
        drawing.rects[edge.source] = Rect(
            best.x - rect.width / 2, best.y - rect.height / 2, rect.width, rect.height
        )


def _places(dot: Rect, target: Rect) -> list[Point]:
    """Middles that a dot may have, the wanted ones first."""
    at = dot.center
    made = [at]
    inner = min(max(at.x, target.x + 12), target.right - 12) if target.width > 24 else target.center.x
    made.append(Point(whole(inner), at.y))
    middle = Point(whole(target.center.x), whole(target.center.y))
    for far in (REACH, REACH + 12):
        made += [
            Point(middle.x, target.y - far), Point(target.x + 20, target.y - far), Point(target.x - far, middle.y),
            Point(target.right + far, middle.y), Point(middle.x, target.bottom + far),
        ]  # fmt: skip
    return made


def _cost(
    plan: Plan,
    drawing: Drawing,
    edge: Edge,
    at: Point,
    boxes: Raster,
    lines: Raster,
    *,
    is_forked: bool,
) -> float:
    """What is wrong with a place for a dot, its arrow included; the canvas leads the arrows of one with several."""
    route = () if is_forked else arrow(at, drawing.rects[edge.target])
    spot = Rect(at.x - DOT, at.y - DOT, 2 * DOT, 2 * DOT).grown(_APART)
    around = set(plan.line(edge.target)) | set(plan.line(edge.source))
    own = plan.nodes[plan.parents[edge.source]]
    cost = 0.0 if is_forked else _BEND * (len(route) - 2)
    if own.kind is not NodeKind.ROOT:
        rect = drawing.rects[own.id]
        inside = Rect(rect.x, rect.y + own.header, rect.width, rect.height - own.header)
        cost += 0.0 if inside.encloses(spot) else _OUTSIDE
    cost += _BOX * sum(1 for id in boxes.meeting(*_edges(spot)) if id not in plan.line(own.id))
    met: set[str] = set()
    for a, b in pairwise(route):
        met |= {id for id in boxes.meeting(*_edges(Rect.between(a, b))) if id not in around}
        cost += _LINE * _others(lines, Rect.between(a, b).grown(3), edge.id)
    cost += _LABEL * _others(lines, spot, edge.id)
    return cost + _BOX * len(met)


def _others(lines: Raster, area: Rect, id: str) -> int:
    """How many stretches and labels of other lines meet an area."""
    return sum(1 for each in lines.meeting(*_edges(area)) if each.partition(" ")[2] != id)


def _edges(rect: Rect) -> tuple[float, float, float, float]:
    return rect.x, rect.y, rect.right, rect.bottom

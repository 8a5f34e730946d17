"""Places without any engine: the children of each container in rows, regions below each other. Cannot fail."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from editor.geometry import Rect
from editor.layout_engine import elk, regions
from editor.layout_engine.drawing import Drawing
from editor.layout_engine.plan import Node, NodeKind, Plan
from editor.layout_engine.pushing import kept

_APART = 40.0
_ASPECT = 1.5


def placed(plan: Plan) -> Drawing:
    """Rectangles alone: lines are left to the canvas."""
    sizes: dict[str, tuple[float, float]] = {}
    places: dict[str, Rect] = {}
    for node in reversed(list(plan.root.walk())):
        own: tuple[float, float] = (node.width, node.height)
        if node.children and node.kind is NodeKind.PARALLEL:
            made, own = regions.arranged(node, sizes, partial(_beside, node))
            places |= made
        elif node.children and len(node.moving) == len(node.children):
            states = in_rows(node, sizes)
            places |= states
            names = {child.id: child.name for child in node.children}
            right = max(rect.center.x + max(rect.width, names[id][0]) / 2 for id, rect in states.items())
            bottom = max(rect.bottom + names[id][1] for id, rect in states.items())
            own = max(own[0], right + elk.SIDE), max(own[1], bottom + elk.SIDE)
        elif node.children:
            made, own = kept(node, sizes, {})
            places |= made
        sizes[node.id] = own
    drawing = Drawing()
    for node in plan.root.walk():
        if node.id == plan.root.id:
            drawing.rects[node.id] = Rect(0, 0, *sizes[node.id])
            continue
        above = drawing.rects.get(plan.parents[node.id])
        if node.id in places and above is not None:
            drawing.rects[node.id] = places[node.id].moved(above.x, above.y)
    return drawing


def _beside(node: Node) -> regions.Stacks:
    """Every region in a column of its own."""
    return [[child.id] for child in node.children if child.kind is NodeKind.REGION]


def in_rows(node: Node, sizes: Mapping[str, tuple[float, float]]) -> dict[str, Rect]:
    """The children of a container in rows, in order, in about the shape of a screen."""
    left, top, _ = elk.inset(node)
    rooms = {child.id: child.room(sizes[child.id]) for child in node.children}
    area = sum((width + _APART) * (height + _APART) for width, height in rooms.values())
    most = (area * _ASPECT) ** 0.5
    made: dict[str, Rect] = {}
    x, y, tall = left, top, 0.0
    for child in node.children:
        width, height = rooms[child.id]
        if x > left and x + width > most:
            x, y, tall = left, y + tall + _APART, 0.0
        made[child.id] = child.within(x, y, sizes[child.id])
        x, tall = x + width + _APART, max(tall, height)
    return made

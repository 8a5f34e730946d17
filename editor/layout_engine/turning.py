"""Containers that flow the other way where the whole fits the view better so, as long chains of composites do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from editor.geometry import Rect
from editor.layout_engine import elk
from editor.layout_engine.drawing import Drawing
from editor.layout_engine.plan import Node, NodeKind, Plan

WORTH = 1.1
"""How many times smaller a view may be that shows the whole at the same scale, for a container to be turned."""
_TRIED = 2
"""How many containers are tried, the most promising first: each costs a call of ELK for all around it, too."""
_LEAST = 3
_GAP = 40.0


def height(drawing: Drawing, root: str, aspect: float) -> float:
    """How high the smallest view is in which the whole fits at its own size; its width is `aspect` times that."""
    rect = drawing.rects[root]
    return max(rect.width / aspect, rect.height, 1.0)


def promising(plan: Plan, drawing: Drawing, flows: Mapping[str, str], aspect: float) -> list[str]:
    """The containers to try, by how small the whole might become if one of them flowed the other way.

    `flows` tells which may be turned, and how they flow. What becomes of those around is guessed: they grow alike.
    """
    most = height(drawing, plan.root.id, aspect) / WORTH
    return [id for guess, id in guessed(plan, drawing, flows, aspect) if guess <= most][:_TRIED]


def guessed(plan: Plan, drawing: Drawing, flows: Mapping[str, str], aspect: float) -> list[tuple[float, str]]:
    """About how high the smallest view would be if one of some containers flowed the other way, the best first."""
    whole = drawing.rects[plan.root.id]
    labels = _labels(plan)
    found: list[tuple[float, str]] = []
    for id, flow in flows.items():
        size = _turned(plan.nodes[id], drawing, flow, labels.get(id, (0.0, 0.0)))
        if size is not None:
            own = drawing.rects[id]
            wide, high = whole.width + size[0] - own.width, whole.height + size[1] - own.height
            found.append((max(wide / aspect, high), id))
    return sorted(found)


def _labels(plan: Plan) -> dict[str, tuple[float, float]]:
    """The largest width and height of labels of lines that lie in each container."""
    found: dict[str, tuple[float, float]] = {}
    for edge in plan.edges:
        host, (width, height) = plan.host(edge), edge.label
        wide, high = found.get(host, (0.0, 0.0))
        found[host] = max(wide, width), max(high, height)
    return found


def _turned(
    node: Node, drawing: Drawing, flow: str, label: tuple[float, float]
) -> tuple[float, float] | None:
    """About how large a container would be that flowed the other way; None for one that has no chain."""
    boxes = [drawing.rects[each.id] for each in node.children if each.kind is not NodeKind.DOT]
    layers = list(_layers(boxes, flow))
    if len(layers) < _LEAST:
        return None
    own = drawing.rects[node.id]
    around_x = own.width - (max(each.right for each in boxes) - min(each.x for each in boxes))
    around_y = own.height - (max(each.bottom for each in boxes) - min(each.y for each in boxes))
    between = len(layers) - 1
    if flow == elk.DOWN:
        wide = sum(max(each.width for each in layer) for layer in layers) + between * (_GAP + label[0])
        high = max(sum(each.height for each in layer) + _GAP * (len(layer) - 1) for layer in layers)
    else:
        high = sum(max(each.height for each in layer) for layer in layers) + between * (_GAP + label[1])
        wide = max(sum(each.width for each in layer) + _GAP * (len(layer) - 1) for layer in layers)
    return wide + around_x, high + around_y


def _layers(boxes: list[Rect], flow: str) -> Iterator[list[Rect]]:
    """Boxes that stand beside each other, in the order of the flow."""
    spans = [
        (each.y, each.bottom, each) if flow == elk.DOWN else (each.x, each.right, each) for each in boxes
    ]
    layer: list[Rect] = []
    end = 0.0
    for first, last, box in sorted(spans, key=lambda span: span[:2]):
        if layer and first >= end:
            yield layer
            layer = []
        end = max(end, last) if layer else last
        layer.append(box)
    if layer:
        yield layer

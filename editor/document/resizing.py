"""Another size for a state, its regions and what is around it, worked out on boxes that are not written yet."""

from __future__ import annotations

from dataclasses import replace

from editor.document import regions
from editor.document.boxes import Boxes
from editor.geometry import Rect
from editor.layout import sizes
from editor.layout.sizes import Measure
from editor.model.elements import StateKind

_EDGE = 8.0
"""What a composite keeps free around what it holds; a parallel state keeps nothing."""


def resize(boxes: Boxes, id: str, rect: Rect, measure: Measure) -> None:
    """Give a state a rectangle within its parent, or the nearest to it that its text and what it holds allow."""
    rect = _with_border(boxes, id, rect, measure)
    box = boxes.get(id)
    if box is None:
        return
    before = regions.inside(boxes, id)
    boxes.stretch(id, _allowed(boxes, id, rect, measure))
    boxes.put(id, replace(boxes.get(id) or box, auto=False))
    regions.part(boxes, id, box.rect, measure)
    if boxes.chart.states[id].kind is StateKind.PARALLEL:
        regions.fill(boxes, id, box.rect, before, measure)


def _with_border(boxes: Boxes, id: str, rect: Rect, measure: Measure) -> Rect:
    """The rectangle as it is left to a region once the sides that are its parallel state's were moved with that."""
    box, sides = boxes.get(id), regions.outer_sides(boxes, id, measure)
    parent = boxes.chart.states[id].parent or ""
    around = boxes.get(parent)
    if box is None or around is None or not sides:
        return rect
    left = rect.x - box.x if "w" in sides else 0.0
    top = rect.y - box.y if "n" in sides else 0.0
    right = rect.right - box.rect.right if "e" in sides else 0.0
    bottom = rect.bottom - box.rect.bottom if "s" in sides else 0.0
    if not (left or top or right or bottom):
        return rect
    was = around.rect
    resize(boxes, parent, _sides(was.x + left, was.y + top, was.right + right, was.bottom + bottom), measure)
    now, own = boxes.get(parent) or around, boxes.get(id) or box
    moved = rect.moved(was.x - now.x, was.y - now.y)
    return _sides(
        own.x if left else moved.x,
        own.y if top else moved.y,
        own.rect.right if right else moved.right,
        own.rect.bottom if bottom else moved.bottom,
    )


def _allowed(boxes: Boxes, id: str, rect: Rect, measure: Measure) -> Rect:
    box = boxes.get(id)
    assert box is not None
    chart = boxes.chart
    is_parallel = chart.states[id].kind is StateKind.PARALLEL
    around = regions.least(boxes, id, measure) if is_parallel else boxes.around_inside(id)
    left, top, right, bottom = rect.x, rect.y, rect.right, rect.bottom
    if around is not None:
        edge = 0.0 if is_parallel else _EDGE
        header = sizes.header_height(chart, id, measure) + edge
        left = min(left, box.x + around.x - edge) if left != box.x else left
        top = min(top, box.y + around.y - header) if top != box.y else top
        right = max(right, box.x + around.right + edge)
        bottom = max(bottom, box.y + around.bottom + edge)
    width, height = sizes.state_size(chart, id, measure)
    if right - left < width:
        left, right = (right - width, right) if left != box.x else (left, left + width)
    if bottom - top < height:
        top, bottom = (bottom - height, bottom) if top != box.y else (top, top + height)
    return _sides(left, top, right, bottom)


def _sides(left: float, top: float, right: float, bottom: float) -> Rect:
    return Rect(left, top, right - left, bottom - top)

"""Regions beside each other: what happens to the others when one gets another size, or what is around all of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from editor.geometry import Rect
from editor.layout import sizes
from editor.layout.frame import EDGE
from editor.layout.sizes import Measure
from editor.model import queries

if TYPE_CHECKING:
    from editor.document.boxes import Boxes

TOUCH = 2.0
"""Chart units up to which two sides lie on each other."""
_AXES = (0, 1)


def part(boxes: Boxes, id: str, old: Rect, measure: Measure) -> None:
    """A region was resized from `old`: those at its sides follow, get smaller as far as they can, then give way."""
    box = boxes.get(id)
    if box is None or not queries.is_region(boxes.chart, id):
        return
    for axis in _AXES:
        (low, high), (new_low, new_high) = _span(old, axis), _span(box.rect, axis)
        if new_high != high:
            _follow(boxes, id, axis, high, new_high, measure, is_after=True)
        if new_low != low:
            _follow(boxes, id, axis, low, new_low, measure, is_after=False)


def _follow(
    boxes: Boxes, id: str, axis: int, was: float, now: float, measure: Measure, *, is_after: bool
) -> None:
    """Those after (or before) a side of a region when it goes from one place to another."""
    left_over = 0.0
    for other, rect in _others(boxes, id).items():
        low, high = _span(rect, axis)
        if abs((low if is_after else high) - was) > TOUCH or not _overlaps(boxes, id, rect, 1 - axis):
            continue
        first, last = _limits(boxes, other, axis, measure)
        if is_after:
            start = min(now, max(last, low))
            boxes.stretch(other, _spanned(rect, axis, start, high))
            left_over = max(left_over, now - start)
        else:
            end = max(now, min(first, high))
            boxes.stretch(other, _spanned(rect, axis, low, end))
            left_over = max(left_over, end - now)
    if left_over:
        shove(boxes, id, axis, min(was, now) if is_after else max(was, now), left_over, is_after=is_after)


def shove(boxes: Boxes, id: str, axis: int, border: float, way: float, *, is_after: bool) -> None:
    """Move all regions that lie wholly after (or before) a border out of the way."""
    for other, rect in _others(boxes, id).items():
        low, high = _span(rect, axis)
        box = boxes.get(other)
        if box is None or not (low >= border - TOUCH if is_after else high <= border + TOUCH):
            continue
        by = way if is_after else -way
        boxes.put(other, replace(box, x=box.x + by) if axis == 0 else replace(box, y=box.y + by))


def make_room(boxes: Boxes, id: str, old: Rect) -> None:
    """A region has grown from `old` to hold what is in it: those after and before it give way."""
    box = boxes.get(id)
    if box is None or not queries.is_region(boxes.chart, id):
        return
    for axis in _AXES:
        (low, high), (new_low, new_high) = _span(old, axis), _span(box.rect, axis)
        if new_high > high:
            shove(boxes, id, axis, high, new_high - high, is_after=True)
        if new_low < low:
            shove(boxes, id, axis, low, low - new_low, is_after=False)


def fill(boxes: Boxes, id: str, old: Rect, before: dict[str, Rect]) -> None:
    """A parallel state has another size: the regions that lay at its border (see `before`) still do."""
    box = boxes.get(id)
    if box is None:
        return
    for other, was in before.items():
        now = boxes.get(other)
        if now is None or not queries.is_region(boxes.chart, other):
            continue
        others = [rect for id, rect in before.items() if id != other]
        left, right, bottom = now.x, now.rect.right, now.rect.bottom
        if was.x <= TOUCH and _is_outer(was, others, 0, at_end=False):
            left = 0.0
        if was.right >= old.width - TOUCH and _is_outer(was, others, 0, at_end=True):
            right = box.width
        if was.bottom >= old.height - TOUCH and _is_outer(was, others, 1, at_end=True):
            bottom = box.height
        boxes.stretch(other, Rect(left, now.y, right - left, bottom - now.y))


def _is_outer(rect: Rect, others: list[Rect], axis: int, *, at_end: bool) -> bool:
    """Whether no other rectangle comes after this one, or before it, along an axis."""
    (low, high), (start, end) = _span(rect, 1 - axis), _span(rect, axis)
    for other in others:
        (other_low, other_high), (other_start, other_end) = _span(other, 1 - axis), _span(other, axis)
        is_beyond = other_start >= end - TOUCH if at_end else other_end <= start + TOUCH
        if is_beyond and low < other_high and other_low < high:
            return False
    return True


def inside(boxes: Boxes, id: str) -> dict[str, Rect]:
    """The rectangles of the children of a state, within it."""
    found = ((child.id, boxes.get(child.id)) for child in boxes.chart.children(id))
    return {child: box.rect for child, box in found if box is not None}


def _others(boxes: Boxes, id: str) -> dict[str, Rect]:
    parent = boxes.chart.states[id].parent
    return {other: rect for other, rect in inside(boxes, parent or "").items() if other != id}


def _overlaps(boxes: Boxes, id: str, rect: Rect, axis: int) -> bool:
    box = boxes.get(id)
    if box is None:
        return False
    (low, high), (other_low, other_high) = _span(box.rect, axis), _span(rect, axis)
    return low < other_high and other_low < high


def _limits(boxes: Boxes, id: str, axis: int, measure: Measure) -> tuple[float, float]:
    """The first place at which a region may end and the last at which it may begin, to hold its text and states."""
    box = boxes.get(id)
    assert box is not None
    low, high = _span(box.rect, axis)
    least = sizes.state_size(boxes.chart, id, measure)[axis]
    first, last = low + least, high - least
    around = boxes.around_inside(id)
    if around is not None:
        header = sizes.header_height(boxes.chart, id, measure) if axis else 0.0
        start, end = _span(around, axis)
        first, last = max(first, low + end + EDGE), min(last, low + start - header - EDGE)
    return first, last


def _span(rect: Rect, axis: int) -> tuple[float, float]:
    return (rect.y, rect.bottom) if axis else (rect.x, rect.right)


def _spanned(rect: Rect, axis: int, low: float, high: float) -> Rect:
    if axis:
        return Rect(rect.x, low, rect.width, high - low)
    return Rect(low, rect.y, high - low, rect.height)

"""Regions beside each other: what happens to the others when one gets another size, or what is around all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from editor.geometry import Rect
from editor.layout import sizes
from editor.layout.frame import EDGE
from editor.layout.sizes import Measure
from editor.model import queries
from editor.model.chart import Chart

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


def fill(boxes: Boxes, id: str, old: Rect, before: dict[str, Rect], measure: Measure) -> None:
    """A parallel state has another size: the regions that lay at its border (see `before`) still do."""
    box = boxes.get(id)
    if box is None:
        return
    header = sizes.header_height(boxes.chart, id, measure)
    for other, sides in _at_border(boxes, before, old, header).items():
        now = boxes.get(other)
        if now is None:
            continue
        left = 0.0 if "w" in sides else now.x
        top = header if "n" in sides else now.y
        right = box.width if "e" in sides else now.rect.right
        bottom = box.height if "s" in sides else now.rect.bottom
        boxes.stretch(other, Rect(left, top, right - left, bottom - top))


def outer_sides(boxes: Boxes, id: str, measure: Measure) -> str:
    """The sides of a region, of `nesw`, that are its parallel state's as well."""
    parent = boxes.chart.states[id].parent or ""
    around = boxes.get(parent)
    if around is None or parent == boxes.chart.root_id or not queries.is_region(boxes.chart, id):
        return ""
    header = sizes.header_height(boxes.chart, parent, measure)
    return _at_border(boxes, inside(boxes, parent), around.rect, header).get(id, "")


def least(boxes: Boxes, id: str, measure: Measure) -> Rect | None:
    """The smallest rectangle, within a parallel state, that it can have around its regions.

    Those at its border get smaller with it, as far as their text and their states let them.
    """
    box, rects = boxes.get(id), inside(boxes, id)
    if box is None or not rects:
        return None
    header = sizes.header_height(boxes.chart, id, measure)
    border = _at_border(boxes, rects, box.rect, header)
    found = []
    for other, rect in rects.items():
        sides = border.get(other, "")
        (left, right), (top, bottom) = _span(rect, 0), _span(rect, 1)
        (first_x, last_x), (first_y, last_y) = (_limits(boxes, other, axis, measure) for axis in _AXES)
        left, right = last_x if "w" in sides else left, first_x if "e" in sides else right
        top, bottom = last_y if "n" in sides else top, first_y if "s" in sides else bottom
        found.append((left, top, right, bottom))
    lefts, tops, rights, bottoms = zip(*found, strict=True)
    return Rect(min(lefts), min(tops), max(rights) - min(lefts), max(bottoms) - min(tops))


def place_for(
    boxes: Boxes, id: str, size: tuple[float, float], measure: Measure, without: Collection[str] = ()
) -> Rect | None:
    """Where a new region of a parallel state goes: over all its ground, or behind the others as those are arranged.

    The others are those it has now, `without` some. None for the machine itself, which has no ground of its own.
    """
    box = boxes.get(id)
    if box is None or id == boxes.chart.root_id:
        return None
    header = sizes.header_height(boxes.chart, id, measure)
    rects = [
        rect
        for each, rect in inside(boxes, id).items()
        if each not in without and queries.is_region(boxes.chart, each)
    ]
    all_of_them = Rect.around(rects)
    width, height = size
    if all_of_them is None:
        return Rect(0.0, header, max(width, box.width), max(height, box.height - header))
    low, top, right, bottom = all_of_them.x, all_of_them.y, all_of_them.right, all_of_them.bottom
    are_columns = len(rects) > 1 and all(
        a.right <= b.x + TOUCH or b.right <= a.x + TOUCH for a, b in combinations(rects, 2)
    )
    if are_columns:
        return Rect(right, top, max(width, box.width - right), all_of_them.height)
    return Rect(low, bottom, all_of_them.width, max(height, box.height - bottom))


def enter(boxes: Boxes, parent: str, ids: Sequence[str], measure: Measure) -> None:
    """States are regions of a parallel state from now on: they are put behind the others, with what is in them."""
    waiting = [id for id in ids if queries.is_region(boxes.chart, id)]
    while waiting:
        box = boxes.get(waiting[0])
        if box is not None:
            place = place_for(boxes, parent, (box.width, box.height), measure, waiting)
            if place is not None:
                rect = Rect(place.x, place.y, max(place.width, box.width), max(place.height, box.height))
                boxes.put(waiting[0], replace(box, x=rect.x, y=rect.y, width=rect.width, height=rect.height))
                boxes.fit(parent, measure)
        waiting = waiting[1:]


def leave(boxes: Boxes, before: Chart, ids: Iterable[str]) -> None:
    """Regions that a chart had are gone from their parallel states: others along a whole side of one take its ground.

    What is inside those stays where it is on the canvas.
    """
    gone: dict[str, list[Rect]] = {}
    for id in ids:
        parent, box = before.states[id].parent, boxes.diagram.boxes.get(id)
        if (
            parent is not None
            and parent in boxes.chart.states
            and box is not None
            and queries.is_region(before, id)
        ):
            gone.setdefault(parent, []).append(box.rect)
    for parent, left in gone.items():
        while left:
            taken = next((rect for rect in left if _take(boxes, parent, rect)), None)
            if taken is None:
                break
            left.remove(taken)


def _take(boxes: Boxes, parent: str, gone: Rect) -> bool:
    regions = {id: rect for id, rect in inside(boxes, parent).items() if queries.is_region(boxes.chart, id)}
    for axis, is_before in ((1, True), (0, True), (1, False), (0, False)):
        (start, end), (low, high) = _span(gone, axis), _span(gone, 1 - axis)
        along: dict[str, Rect] = {}
        for id, rect in regions.items():
            (other_start, other_end), (other_low, other_high) = _span(rect, axis), _span(rect, 1 - axis)
            touches = abs(other_end - start) <= TOUCH if is_before else abs(other_start - end) <= TOUCH
            if touches and other_low >= low - TOUCH and other_high <= high + TOUCH:
                along[id] = rect
        if along and sum(_length(rect, 1 - axis) for rect in along.values()) >= high - low - TOUCH * len(
            along
        ):
            for id, rect in along.items():
                other_start, other_end = _span(rect, axis)
                ends = (other_start, end) if is_before else (start, other_end)
                boxes.stretch(id, _spanned(rect, axis, *ends))
            return True
    return False


def _length(rect: Rect, axis: int) -> float:
    return rect.height if axis else rect.width


def _at_border(boxes: Boxes, rects: dict[str, Rect], around: Rect, header: float) -> dict[str, str]:
    """The sides, of `nesw`, on which each region lies at the border of its parallel state, with none beyond it."""
    found = {}
    for id, rect in rects.items():
        if not queries.is_region(boxes.chart, id):
            continue
        others = [other for each, other in rects.items() if each != id]
        sides = {
            "n": rect.y <= header + TOUCH and _is_outer(rect, others, 1, at_end=False),
            "e": rect.right >= around.width - TOUCH and _is_outer(rect, others, 0, at_end=True),
            "s": rect.bottom >= around.height - TOUCH and _is_outer(rect, others, 1, at_end=True),
            "w": rect.x <= TOUCH and _is_outer(rect, others, 0, at_end=False),
        }
        found[id] = "".join(side for side, is_there in sides.items() if is_there)
    return found


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

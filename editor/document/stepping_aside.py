"""States beside one that has grown step aside, so that it never covers them, and keep their places to each other."""

from __future__ import annotations

from collections.abc import Collection
from math import ceil
from typing import TYPE_CHECKING

from editor.document.clearing import clear_of
from editor.geometry import Rect
from editor.model import queries

if TYPE_CHECKING:
    from editor.document.boxes import Boxes

_KEPT = 64.0
"""What stays free between a state that grows and the next one, where so much was free: room for a label."""
_BETWEEN = 16.0
"""What stays free between states that step aside and what is behind them, likewise."""
_STEP = 8.0
"""States step aside by whole steps of the grid, so that what lay on it still does."""
_TOUCH = 2.0
_WAYS = ((1, 0), (0, 1), (-1, 0), (0, -1))


def make_room(
    boxes: Boxes, id: str, old: Rect, new: Rect | None = None, *, without: Collection[str] = ()
) -> None:
    """A state has grown from `old` to `new`, which is its box where none is given: states beside it that it would
    crowd or cover go on, and push those behind.

    What it covered before it grew stays where it is: somebody put it there. Regions have rules of their own. Those
    in `without` go on only where something else is pushed onto them.
    """
    box = boxes.get(id)
    if box is None or queries.is_region(boxes.chart, id):
        return
    new = new or box.rect
    if new == old:
        return
    others = boxes.beside(id)
    for way in _WAYS:
        _push(boxes, others, old, new, way, without)


def step_out(boxes: Boxes, id: str) -> None:
    """A state has been put around others: those that it covers and does not hold go out of it, the shortest way."""
    box = boxes.get(id)
    if box is None or queries.is_region(boxes.chart, id):
        return
    others = boxes.beside(id)
    for other in [each for each, rect in others.items() if rect.covers(box.rect)]:
        rect = others.pop(other)
        taken = [box.rect, *others.values()]
        new = clear_of(rect, taken)
        if new.covers(box.rect):
            # everywhere near is something else
            new = clear_of(Rect(rect.x, box.rect.bottom + _KEPT, rect.width, rect.height), taken)
        boxes.shift({other}, new.x - rect.x, new.y - rect.y)
        others[other] = new


def _push(
    boxes: Boxes,
    others: dict[str, Rect],
    old: Rect,
    new: Rect,
    way: tuple[int, int],
    without: Collection[str],
) -> None:
    """Move what a side of a state has come too near to, all by the same; `others` are brought up to date."""
    grown = _front(new, way) - _front(old, way)
    if grown <= 0:
        return
    by = 0.0
    moved: set[str] = set()
    for other, rect in others.items():
        free = -_front(rect, (-way[0], -way[1])) - _front(old, way)
        if other in without or free < -_TOUCH or not _in_lane(rect, new, way):
            continue
        missing = min(free, _KEPT) - (free - grown)
        if missing > 0:
            moved.add(other)
            by = max(by, missing)
    if not moved:
        return
    by = ceil(by / _STEP) * _STEP
    waiting = list(moved)
    while waiting:
        rect = others[waiting.pop()]
        swept = _swept(rect, way, by)
        behind = [
            other
            for other, each in others.items()
            if other not in moved and swept.covers(each) and not rect.covers(each)
        ]
        moved.update(behind)
        waiting += behind
    boxes.shift(moved, way[0] * by, way[1] * by)
    others.update({each: others[each].moved(way[0] * by, way[1] * by) for each in moved})


def _front(rect: Rect, way: tuple[int, int]) -> float:
    """How far a rectangle reaches in a direction."""
    return max(rect.x * way[0], rect.right * way[0]) + max(rect.y * way[1], rect.bottom * way[1])


def _in_lane(rect: Rect, other: Rect, way: tuple[int, int]) -> bool:
    """Whether one would meet the other if it went on in a direction."""
    if way[0]:
        return rect.y < other.bottom and other.y < rect.bottom
    return rect.x < other.right and other.x < rect.right


def _swept(rect: Rect, way: tuple[int, int], by: float) -> Rect:
    """What a rectangle passes over when it goes on, and the free space before it."""
    ahead = by + _BETWEEN
    return rect.united(rect.moved(way[0] * ahead, way[1] * ahead))

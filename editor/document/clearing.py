"""Where there is room: a rectangle moved off others, the shortest way."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from editor.geometry import Point, Rect

_GAP = 16.0
_FAR = 320.0
"""The distance to what a state gives way to, and the longest way it goes for that."""


def clear_of(wanted: Rect, taken: Iterable[Rect], least: Point | None = None) -> Rect:
    """The rectangle, moved the shortest way that takes it off all others; as it is where that way is too long.

    It does not go left of or above `least`, beyond which its parent has no room.
    """
    reach = wanted.grown(_FAR + _GAP)
    near = [rect for rect in taken if rect.intersects(reach)]
    if not any(wanted.covers(rect) for rect in near):
        return wanted
    xs = {wanted.x, *(rect.x - _GAP - wanted.width for rect in near), *(rect.right + _GAP for rect in near)}
    ys = {wanted.y, *(rect.y - _GAP - wanted.height for rect in near), *(rect.bottom + _GAP for rect in near)}
    ways = sorted(
        (abs(x - wanted.x) + abs(y - wanted.y), x, y)
        for x, y in product(xs, ys)
        if least is None or (x >= least.x and y >= least.y)
    )
    for way, x, y in ways:
        moved = Rect(x, y, wanted.width, wanted.height)
        if way > _FAR:
            break
        if not any(moved.covers(rect.grown(_GAP)) for rect in near):
            return moved
    return wanted

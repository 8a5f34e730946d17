"""Where a new state goes: to the pointer, or beside what already stands there."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from editor.geometry import Point, Rect
from editor.model.elements import StateKind
from editor.tools.base import Scene
from editor.tools.snap import to_grid

NEW_STATE = (120.0, 40.0)
"""Width and height of a state that is drawn new."""
_GAP = 16.0
_FAR = 320.0
"""The distance to what a state gives way to, and the longest way it goes for that."""
_LEFT, _TOP = 16.0, 48.0
"""What a composite keeps free of its children at its border and below its name."""


def place_for(scene: Scene, parent: str, at: Point, size: tuple[float, float]) -> Point:
    """The top left corner, inside the parent, of a new state whose middle is wanted at an absolute place."""
    chart, surface = scene.document.chart, scene.surface
    around = surface.rect(parent)
    origin = around or Rect(0, 0, 0, 0)
    width, height = size
    x, y = to_grid(at.x - origin.x - width / 2), to_grid(at.y - origin.y - height / 2)
    wanted = Rect(x + origin.x, y + origin.y, width, height)
    if chart.states[parent].kind is not StateKind.PARALLEL:
        rects = [surface.rect(child.id) for child in chart.children(parent)]
        least = None if around is None else Point(around.x + _LEFT, around.y + _TOP)
        wanted = clear_of(wanted, [rect for rect in rects if rect is not None], least)
    return Point(wanted.x - origin.x, wanted.y - origin.y)


def clear_of(wanted: Rect, taken: Iterable[Rect], least: Point | None = None) -> Rect:
    """The rectangle, moved the shortest way that takes it off all others; as it is where that way is too long.

    It does not go left of or above `least`, beyond which its parent has no room.
    """
    reach = wanted.grown(_FAR + _GAP)
    near = [rect for rect in taken if rect.intersects(reach)]
    if not any(_overlap(wanted, rect) for rect in near):
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
        if not any(_overlap(moved, rect.grown(_GAP)) for rect in near):
            return moved
    return wanted


def _overlap(a: Rect, b: Rect) -> bool:
    return a.x < b.right and b.x < a.right and a.y < b.bottom and b.y < a.bottom

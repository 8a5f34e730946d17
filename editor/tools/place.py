"""Where a new state goes: to the pointer, or beside what already stands there."""

from __future__ import annotations

from editor.document.clearing import clear_of
from editor.geometry import Point, Rect
from editor.model.elements import StateKind
from editor.tools.base import Scene
from editor.tools.snap import to_grid

NEW_STATE = (120.0, 40.0)
"""Width and height of a state that is drawn new."""
_LEFT, _TOP = 16.0, 48.0
"""What a composite keeps free of its children at its border and below its name."""


def place_for(scene: Scene, parent: str, at: Point, size: tuple[float, float]) -> Point:
    """The top left corner, inside the parent, of a new state whose middle is wanted at an absolute place."""
    chart, surface = scene.document.chart, scene.surface
    around = surface.rect(parent)
    origin = around or Rect(0, 0, 0, 0)
    width, height = size
    x = to_grid(at.x - origin.x - width / 2, surface.grid)
    y = to_grid(at.y - origin.y - height / 2, surface.grid)
    wanted = Rect(x + origin.x, y + origin.y, width, height)
    if chart.states[parent].kind is not StateKind.PARALLEL:
        rects = [surface.rect(child.id) for child in chart.children(parent)]
        least = None if around is None else Point(around.x + _LEFT, around.y + _TOP)
        wanted = clear_of(wanted, [rect for rect in rects if rect is not None], least)
    return Point(wanted.x - origin.x, wanted.y - origin.y)

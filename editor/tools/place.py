"""Where a new state goes: to the pointer, or beside what already stands there."""

from __future__ import annotations

from editor.document.clearing import clear_of
from editor.geometry import Point, Rect
from editor.layout.sticking import to_grid
from editor.model.elements import StateKind
from editor.tools.base import PointerInput, Scene
from editor.tools.snap import Snapping, grid_of, lets_go, reach_of

NEW_STATE = (96.0, 40.0)
"""Width and height of a state that is drawn new."""
_LEFT, _TOP = 16.0, 48.0
"""What a composite keeps free of its children at its border and below its name."""


def place_for(scene: Scene, parent: str, at: Point, size: tuple[float, float]) -> Point:
    """The top left corner, inside the parent, of a new state whose middle is wanted at an absolute place."""
    origin, grid = _origin(scene, parent), grid_of(scene.surface)
    x = to_grid(at.x - origin.x - size[0] / 2, grid)
    y = to_grid(at.y - origin.y - size[1] / 2, grid)
    found = _with_room(scene, parent, Rect(x + origin.x, y + origin.y, *size))
    return Point(found.x - origin.x, found.y - origin.y)


def spot_for(scene: Scene, parent: str, pointer: PointerInput, size: tuple[float, float]) -> Rect:
    """Where a new state would be put that a tool holds by its middle, absolute; shows what it sticks to."""
    snapping = Snapping.of_new(scene, parent, size)
    way = pointer.at.x - size[0] / 2, pointer.at.y - size[1] / 2
    wanted = Rect(*snapping.snapped(*way, reach_of(pointer), free=lets_go(pointer)), *size)
    found = _with_room(scene, parent, wanted)
    if found != wanted:
        scene.surface.show_snaps(())
    return found


def within(scene: Scene, parent: str, rect: Rect) -> Point:
    """The top left corner of an absolute rectangle, inside a state."""
    origin = _origin(scene, parent)
    return Point(rect.x - origin.x, rect.y - origin.y)


def _origin(scene: Scene, parent: str) -> Point:
    around = scene.surface.rect(parent)
    return Point(around.x, around.y) if around is not None else Point(0, 0)


def _with_room(scene: Scene, parent: str, wanted: Rect) -> Rect:
    """A rectangle moved off the states in a parent, and off its border; as it is where regions find their own place."""
    chart, surface = scene.document.chart, scene.surface
    if chart.states[parent].kind is StateKind.PARALLEL:
        return wanted
    around = surface.rect(parent)
    rects = [surface.rect(child.id) for child in chart.children(parent)]
    least = None if around is None else Point(around.x + _LEFT, around.y + _TOP)
    return clear_of(wanted, [rect for rect in rects if rect is not None], least)

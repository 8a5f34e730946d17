"""Places for new states among placed ones: beside those they are connected with, on none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from editor.geometry import Point, Rect
from editor.layout import auto_space
from editor.layout.auto_flow import parts
from editor.layout.auto_level import Level, Way
from editor.layout.auto_pack import packed
from editor.layout.auto_space import Places, grid

_GAP = 72.0
_TIGHT = 24.0
_MOST_SOUGHT = 60
_MOST_STEPS = 24


def beside_placed(level: Level, placed: Mapping[str, Rect], ways: Sequence[Way], room: Rect) -> Places:
    """Places for the states of a level within a room, as far as it reaches, off the placed ones.

    `ways` are all of the container's. What is connected with nothing placed stands in a block of its own.
    """
    taken = list(placed.values())
    near, far = _parted(level, placed, ways)
    found: Places = {}
    for part, others in near:
        found.update(_put(part, [placed[id] for id in others], taken, room))
    if far:
        found.update(_put(level.part(far), taken[-1:], taken, room))
    return found


def _parted(
    level: Level, placed: Mapping[str, Rect], ways: Sequence[Way]
) -> tuple[list[tuple[Level, list[str]]], list[str]]:
    """The connected parts with their placed neighbours, and the states that have none or are too many."""
    neighbours: dict[str, list[str]] = {id: [] for id in level.ids}
    for way in ways:
        for here, there in ((way.source, way.target), (way.target, way.source)):
            if here in neighbours and there in placed:
                neighbours[here].append(there)
    near: list[tuple[Level, list[str]]] = []
    far: list[str] = []
    for part in parts(level):
        others = [other for id in part.ids for other in neighbours[id]]
        if others and len(near) < _MOST_SOUGHT:
            near.append((part, list(dict.fromkeys(others))))
        else:
            far += part.ids
    return near, far


def _put(part: Level, others: Sequence[Rect], taken: list[Rect], room: Rect) -> Places:
    """Places for a block; what it covers counts as taken from here on."""
    block = packed(part)
    around = auto_space.bounds(part, block)
    corner = _free_corner(around.width, around.height, others, taken, room)
    taken.append(Rect(*corner, around.width, around.height))
    return {id: at.moved(*corner) for id, at in block.items()}


def _free_corner(
    width: float, height: float, others: Sequence[Rect], taken: Sequence[Rect], room: Rect
) -> Point:
    """The free corner nearest to the neighbours; below everything when no other is free."""
    whole = Rect.around(taken) or room
    middle = (Rect.around(others) or whole).center
    for gap in (_GAP, _TIGHT):
        corners = [
            corner
            for corner in _corners(width, height, [*others, whole], gap)
            if _is_free(Rect(*corner, width, height), taken, room, gap - 8)
        ]
        if corners:
            return min(corners, key=lambda at: _distance(Rect(at.x, at.y, width, height), middle))
    return Point(max(grid(whole.x), grid(room.x)), max(grid(whole.bottom + _TIGHT), grid(room.y)))


def _corners(width: float, height: float, others: Sequence[Rect], gap: float) -> Iterator[Point]:
    """Corners of a block right, below, left and above of rectangles, and further along each of these sides."""
    for other in others:
        level, upright = grid(other.center.y - height / 2 - 4), grid(other.center.x - width / 2 - 4)
        for step in range(_MOST_STEPS):
            for shift in (step * gap, -step * gap) if step else (0.0,):
                yield Point(grid(other.right + gap), level + shift)
                yield Point(upright + shift, grid(other.bottom + gap))
                yield Point(grid(other.x - gap - width) - 8, level + shift)
                yield Point(upright + shift, grid(other.y - gap - height) - 8)


def _is_free(rect: Rect, taken: Sequence[Rect], room: Rect, gap: float) -> bool:
    grown = rect.grown(gap)
    return room.encloses(rect) and not any(each.intersects(grown) for each in taken)


def _distance(rect: Rect, middle: Point) -> float:
    return abs(rect.center.x - middle.x) + abs(rect.center.y - middle.y)

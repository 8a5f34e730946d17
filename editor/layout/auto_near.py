"""Places for new states among placed ones: beside those they are connected with, on none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from editor.geometry import Point, Rect
from editor.layout import auto_space
from editor.layout.auto_flow import parts
from editor.layout.auto_level import Level, Size, Way
from editor.layout.auto_pack import packed
from editor.layout.auto_space import GRID, Places, grid

_GAP = 72.0
_TIGHT = 24.0
_AROUND_LABEL = 48.0
_LABEL = 28.0
_MOST_SOUGHT = 60
_MOST_STEPS = 24
_MOST_ALL_OVER = 32


def beside_placed(level: Level, placed: Mapping[str, Rect], ways: Sequence[Way], room: Rect) -> Places:
    """Places for the states of a level within a room, as far as it reaches, off the placed ones.

    `ways` are all of the container's. What is connected with nothing placed stands in a block of its own.
    """
    search = _Search(list(placed.values()), room)
    bridges = [way for way in ways if (way.source in placed) != (way.target in placed)]
    near, far = _parted(level, bridges)
    found: Places = {}
    for part, own in near:
        others = [placed[id] for id in dict.fromkeys(end for way in own for end in way.ends) if id in placed]
        room_between = max(way.label for way in own), _LABEL * len(own)
        found.update(search.put(part, others, room_between))
    if far:
        found.update(search.put(level.part(far), [], (0.0, 0.0)))
    return found


def _parted(level: Level, bridges: Sequence[Way]) -> tuple[list[tuple[Level, list[Way]]], list[str]]:
    """The connected parts with their ways to placed states, and the states that have none or are too many."""
    own: dict[str, list[Way]] = {id: [] for id in level.ids}
    for way in bridges:
        for end in way.ends:
            if end in own:
                own[end].append(way)
    near: list[tuple[Level, list[Way]]] = []
    far: list[str] = []
    for part in parts(level):
        found = [way for id in part.ids for way in own[id]]
        if found and len(near) < _MOST_SOUGHT:
            near.append((part, found))
        else:
            far += part.ids
    return near, far


class _Search:
    """Free places in a room; what is put somewhere counts as taken from then on."""

    def __init__(self, taken: list[Rect], room: Rect) -> None:
        self.taken = taken
        self.room = room

    def put(self, part: Level, others: Sequence[Rect], labels: Size) -> Places:
        """Places for a block beside other rectangles, with room for labels between."""
        block = packed(part)
        around = auto_space.bounds(part, block)
        gaps = max(_GAP, grid(labels[0] + _AROUND_LABEL)), max(_GAP, grid(labels[1] + _AROUND_LABEL))
        corner = self._free_corner(around, others, gaps)
        if corner is None and len(part.ids) > 1:
            return {
                id: at for one in part.ids for id, at in self.put(part.part([one]), others, labels).items()
            }
        corner = corner or self._below()
        self.taken.append(Rect(*corner, around.width, around.height))
        return {id: at.moved(*corner) for id, at in block.items()}

    def _below(self) -> Point:
        """A corner below everything: outside of the room when that is full."""
        whole = Rect.around(self.taken) or self.room
        return Point(grid(max(whole.x, self.room.x)), grid(max(whole.bottom + _TIGHT, self.room.y)))

    def _free_corner(self, block: Rect, others: Sequence[Rect], gaps: Size) -> Point | None:
        """The free corner nearest to the others; None when the room is full."""
        whole = Rect.around(self.taken) or self.room
        middle = (Rect.around(others) or whole).center
        beside = _corners(block, [*others, whole], gaps)
        tries = ((beside, _GAP), (_all_over(block, self.room), _TIGHT), (_all_over(block, self.room), GRID))
        for corners, gap in tries:
            for at in sorted(set(corners), key=lambda at: (_distance(at, block, middle), at)):
                if self._is_free(Rect(at.x, at.y, block.width, block.height), gap - 8):
                    return at
        return None

    def _is_free(self, rect: Rect, gap: float) -> bool:
        grown = rect.grown(gap)
        return self.room.encloses(rect) and not any(each.intersects(grown) for each in self.taken)


def _corners(block: Rect, others: Sequence[Rect], gaps: Size) -> Iterator[Point]:
    """Corners of a block right, below, left and above of rectangles, and further along each of these sides."""
    for other in others:
        level = grid(other.center.y - block.height / 2 - 4)
        upright = grid(other.center.x - block.width / 2 - 4)
        right, left = grid(other.right + gaps[0]), grid(other.x - gaps[0] - block.width) - 8
        below, above = grid(other.bottom + gaps[1]), grid(other.y - gaps[1] - block.height) - 8
        for step in range(1 - _MOST_STEPS, _MOST_STEPS):
            yield Point(right, level + step * _GAP)
            yield Point(left, level + step * _GAP)
            yield Point(upright + step * _GAP, below)
            yield Point(upright + step * _GAP, above)


def _all_over(block: Rect, room: Rect) -> Iterator[Point]:
    """Corners all over a room that ends somewhere, close to each other."""
    wide, tall = room.width - block.width, room.height - block.height
    if not 0 <= wide < float("inf") or not 0 <= tall < float("inf"):
        return
    for across in range(_MOST_ALL_OVER + 1):
        for down in range(_MOST_ALL_OVER + 1):
            x = room.x + wide * across / _MOST_ALL_OVER
            yield Point(x // GRID * GRID, (room.y + tall * down / _MOST_ALL_OVER) // GRID * GRID)


def _distance(at: Point, block: Rect, middle: Point) -> float:
    return abs(at.x + block.width / 2 - middle.x) + abs(at.y + block.height / 2 - middle.y)

"""What is drawn already, and what a path through it would cost: walls, lines, pills; knows only numbers."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from itertools import pairwise

from editor.geometry import Point, Rect
from editor.layout.index import GridIndex

Wall = tuple[float, float, float, float]
_Line = tuple[float, float, float, str]

CLEARANCE = 8.0
LANE = 14.0
BEND = 26.0
HIT = 4000.0
_CROSSING = 34.0
_BESIDE = 90.0
_ON_EACH_OTHER = 260.0
_PILL = 60.0
_BAND = 256.0
_FEW = 6
_NONE: list[_Line] = []


def wall(rect: Rect, margin: float = CLEARANCE) -> Wall:
    """The edges of a rectangle and a margin around it: left, top, right, bottom."""
    return rect.x - margin, rect.y - margin, rect.right + margin, rect.bottom + margin


def joined(one: Wall, other: Wall) -> Wall:
    """The area around two."""
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


class WallSet(tuple[Wall, ...]):
    """Walls, by what part of the drawing they stand in when there are many."""

    def __init__(self, walls: Iterable[Wall] = ()) -> None:
        self._rows: dict[int, list[Wall]] | None = None
        self._columns: dict[int, list[Wall]] = {}

    def at(self, a: Point, b: Point) -> Sequence[Wall]:
        """Those that a stretch may meet."""
        if len(self) <= _FEW:
            return self
        if self._rows is None:
            self._rows = {}
            for wall in self:
                for row in range(int(wall[1] // _BAND), int(wall[3] // _BAND) + 1):
                    self._rows.setdefault(row, []).append(wall)
                for column in range(int(wall[0] // _BAND), int(wall[2] // _BAND) + 1):
                    self._columns.setdefault(column, []).append(wall)
        if a.y == b.y:
            return self._rows.get(int(a.y // _BAND), ())
        return self._columns.get(int(a.x // _BAND), ())


class _Lines:
    """Stretches of one direction, sorted by where they lie, and again by what part of their way they pass."""

    def __init__(self) -> None:
        self.sorted: list[_Line] = []
        self._bands: dict[int, list[_Line]] = {}

    def add(self, line: _Line) -> None:
        insort(self.sorted, line)
        for band in range(int(line[1] // _BAND), int(line[2] // _BAND) + 1):
            insort(self._bands.setdefault(band, []), line)

    def remove(self, line: _Line) -> None:
        del self.sorted[bisect_left(self.sorted, line)]
        for band in range(int(line[1] // _BAND), int(line[2] // _BAND) + 1):
            lines = self._bands[band]
            del lines[bisect_left(lines, line)]

    def passing(self, at: float) -> list[_Line]:
        """Those that may pass a place along their way, sorted by where they lie."""
        return self._bands.get(int(at // _BAND), _NONE)


class Board:
    """The stretches of the paths found so far, by their direction and place, each with the key of its path; the pills.

    What lies near a stretch is looked up, so that a path costs the same on a large drawing as on a small one. Paths
    of a draft may lie on each other: only crossings count there.
    """

    def __init__(self, *, is_draft: bool = False) -> None:
        self._is_draft = is_draft
        self._level = _Lines()
        self._upright = _Lines()
        self._pills = GridIndex()

    def add(self, path: Sequence[Point], key: str) -> None:
        """Remember a path."""
        for a, b in pairwise(path):
            (self._level if a.y == b.y else self._upright).add(_line(a, b, key))

    def remove(self, path: Sequence[Point], key: str) -> None:
        """Forget a path that was added."""
        for a, b in pairwise(path):
            (self._level if a.y == b.y else self._upright).remove(_line(a, b, key))

    def put_pill(self, rect: Rect, key: str) -> None:
        """Remember the pill of a path, in place of the one it had."""
        self._pills.put(key, (rect.x, rect.y, rect.right, rect.bottom))

    def drop_pill(self, key: str) -> None:
        """Forget the pill of a path."""
        self._pills.remove(key)

    def pill(self, key: str) -> Wall:
        """The edges of the pill of a path."""
        return self._pills.bounds(key)

    def pills_met(self, area: Wall, key: str) -> list[str]:
        """The keys of other paths whose pills meet an area, in a fixed order."""
        return sorted(each for each in self._pills.meeting(*area) if each != key)

    def pills_near(self, area: Wall, key: str) -> WallSet:
        """The edges of those pills."""
        return WallSet(self._pills.bounds(each) for each in self.pills_met(area, key))

    def cost(
        self,
        path: Sequence[Point],
        walls: WallSet,
        key: str,
        *,
        base: float,
        best: float = float("inf"),
        pills: WallSet | None = None,
    ) -> float:
        """How bad a path is: a `base`, and its hits, crossings and company; stops counting beyond `best`.

        Paths with the same key may share their way: they are branches of one transition.
        """
        cost = base
        for a, b in pairwise(path):
            cost += hits(a, b, walls, best - cost)
            if cost >= best:
                return cost
        if pills:
            cost += _PILL * _met(path, pills)
        cost += self.crossings(path, key)
        if self._is_draft or cost >= best:
            return cost
        for a, b in pairwise(path):
            if a.y == b.y:
                cost += _company(a.y, min(a.x, b.x), max(a.x, b.x), self._level.sorted, key)
            else:
                cost += _company(a.x, min(a.y, b.y), max(a.y, b.y), self._upright.sorted, key)
        return cost

    def crossings(self, path: Sequence[Point], key: str) -> float:
        """What it costs that a path crosses others."""
        cost = 0.0
        for a, b in pairwise(path):
            if a.y == b.y:
                cost += _crossings(a.y, min(a.x, b.x), max(a.x, b.x), self._upright.passing(a.y), key)
            else:
                cost += _crossings(a.x, min(a.y, b.y), max(a.y, b.y), self._level.passing(a.x), key)
        return cost

    def crossed(self, path: Sequence[Point], key: str) -> int:
        """How many stretches of other paths a path crosses."""
        return round(self.crossings(path, key) / _CROSSING)

    def covered(self, rect: Rect, key: str) -> int:
        """How many stretches of other paths run below a rectangle."""
        left, top, right, bottom = rect.x - 1, rect.y - 1, rect.right + 1, rect.bottom + 1
        return _below(self._level.sorted, top, bottom, left, right, key) + _below(
            self._upright.sorted, left, right, top, bottom, key
        )


def _line(a: Point, b: Point, key: str) -> _Line:
    if a.y == b.y:
        return a.y, min(a.x, b.x), max(a.x, b.x), key
    return a.x, min(a.y, b.y), max(a.y, b.y), key


def _below(lines: Sequence[_Line], first: float, last: float, low: float, high: float, key: str) -> int:
    count = 0
    for at in range(bisect_left(lines, (first,)), len(lines)):
        place, start, end, each = lines[at]
        if place >= last:
            break
        if place > first and start < high and end > low and each != key:
            count += 1
    return count


def plain_cost(path: Sequence[Point]) -> float:
    """What a path costs when it is alone: its length and its bends."""
    cost = BEND * (len(path) - 2)
    ax, ay = path[0]
    for bx, by in path:
        cost += abs(ax - bx) + abs(ay - by)
        ax, ay = bx, by
    return cost


def hits(a: Point, b: Point, walls: WallSet, most: float = float("inf")) -> float:
    """What it costs that a stretch runs through walls, 0 when it meets none; stops counting beyond `most`."""
    x0, x1 = (a.x, b.x) if a.x < b.x else (b.x, a.x)
    y0, y1 = (a.y, b.y) if a.y < b.y else (b.y, a.y)
    cost = 0.0
    for left, top, right, bottom in walls.at(a, b):
        if x0 < right and x1 > left and y0 < bottom and y1 > top:
            cost += HIT + min(x1, right) - max(x0, left) + min(y1, bottom) - max(y0, top)
            if cost >= most:
                break
    return cost


def _met(path: Sequence[Point], pills: WallSet) -> int:
    """How many pills the stretches of a path run through."""
    count = 0
    for a, b in pairwise(path):
        x0, x1 = (a.x, b.x) if a.x < b.x else (b.x, a.x)
        y0, y1 = (a.y, b.y) if a.y < b.y else (b.y, a.y)
        for left, top, right, bottom in pills.at(a, b):
            if x0 < right and x1 > left and y0 < bottom and y1 > top:
                count += 1
    return count


def _company(at: float, low: float, high: float, beside: Sequence[_Line], key: str) -> float:
    """What it costs to run close beside other paths, or on them."""
    cost = 0.0
    last = at + LANE
    for number in range(bisect_left(beside, (at - LANE,)), len(beside)):
        other, start, end, each = beside[number]
        if other >= last:
            break
        if start < high and end > low and each != key:
            shared = min(end, high) - max(start, low)
            if shared > 4:
                way = abs(other - at)
                cost += (_ON_EACH_OTHER if way < 4 else _BESIDE * (1 - way / 20)) + shared * 0.2
    return cost


def _crossings(at: float, low: float, high: float, across: Sequence[_Line], key: str) -> float:
    cost = 0.0
    for number in range(bisect_left(across, (low,)), len(across)):
        other, start, end, each = across[number]
        if other >= high:
            break
        if start < at < end and other > low and each != key:
            cost += _CROSSING
    return cost

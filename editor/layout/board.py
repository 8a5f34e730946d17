"""What is drawn already, and what a path through it would cost: walls, lines, pills; knows only numbers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from editor.geometry import Point, Rect

Wall = tuple[float, float, float, float]

CLEARANCE = 8.0
LANE = 14.0
_BEND = 26.0
_HIT = 600.0
_CROSSING = 34.0
_BESIDE = 90.0
_ON_EACH_OTHER = 260.0


def wall(rect: Rect, margin: float = CLEARANCE) -> Wall:
    """The edges of a rectangle and a margin around it: left, top, right, bottom."""
    return rect.x - margin, rect.y - margin, rect.right + margin, rect.bottom + margin


class Board:
    """The stretches of the paths found so far, by their direction, each with the key of its path."""

    def __init__(self) -> None:
        self.level: list[tuple[float, float, float, str]] = []
        self.upright: list[tuple[float, float, float, str]] = []

    def add(self, path: Sequence[Point], key: str) -> None:
        """Remember a path."""
        for a, b in pairwise(path):
            if a.y == b.y:
                self.level.append((a.y, min(a.x, b.x), max(a.x, b.x), key))
            else:
                self.upright.append((a.x, min(a.y, b.y), max(a.y, b.y), key))

    def cost(self, path: Sequence[Point], walls: Sequence[Wall], best: float, key: str) -> float:
        """How bad a path is: its length, bends, hits, crossings and company; stops counting beyond `best`.

        Paths with the same key may share their way: they are branches of one transition.
        """
        cost = _BEND * (len(path) - 2)
        ax, ay = path[0]
        for bx, by in path:
            cost += abs(ax - bx) + abs(ay - by)
            ax, ay = bx, by
        for a, b in pairwise(path):
            if cost >= best:
                return cost
            cost += _hits(a, b, walls)
            if a.y == b.y:
                cost += _meetings(a.y, min(a.x, b.x), max(a.x, b.x), self.level, self.upright, key)
            else:
                cost += _meetings(a.x, min(a.y, b.y), max(a.y, b.y), self.upright, self.level, key)
        return cost

    def covered(self, rect: Rect, key: str) -> int:
        """How many stretches of other paths run below a rectangle."""
        left, top, right, bottom = rect.x - 3, rect.y - 3, rect.right + 3, rect.bottom + 3
        count = 0
        for y, low, high, each in self.level:
            if top < y < bottom and low < right and high > left and each != key:
                count += 1
        for x, low, high, each in self.upright:
            if left < x < right and low < bottom and high > top and each != key:
                count += 1
        return count


def _hits(a: Point, b: Point, walls: Sequence[Wall]) -> float:
    x0, x1 = (a.x, b.x) if a.x < b.x else (b.x, a.x)
    y0, y1 = (a.y, b.y) if a.y < b.y else (b.y, a.y)
    cost = 0.0
    for left, top, right, bottom in walls:
        if x0 < right and x1 > left and y0 < bottom and y1 > top:
            cost += _HIT + min(x1, right) - max(x0, left) + min(y1, bottom) - max(y0, top)
    return cost


def _meetings(
    at: float,
    low: float,
    high: float,
    beside: Sequence[tuple[float, float, float, str]],
    across: Sequence[tuple[float, float, float, str]],
    key: str,
) -> float:
    cost = 0.0
    for other, start, end, each in beside:
        way = other - at
        if -LANE < way < LANE and start < high and end > low and each != key:
            shared = min(end, high) - max(start, low)
            if shared > 4:
                cost += (_ON_EACH_OTHER if -4 < way < 4 else _BESIDE * (1 - abs(way) / 20)) + shared * 0.2
    for other, start, end, each in across:
        if low < other < high and start < at < end and each != key:
            cost += _CROSSING
    return cost

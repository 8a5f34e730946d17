"""Paths that trail after their ends: what can be drawn at once of many lines while a hand drags a state."""

from __future__ import annotations

from collections.abc import Sequence

from editor.geometry import Point
from editor.layout.paths import simplified


def trailed(path: Sequence[Point], start: Point, end: Point) -> tuple[Point, ...]:
    """A level and upright path whose first and last points went some way; the stretches at its ends go along.

    All between these stays. A straight one gets two corners in its middle where its ends are no longer in line.
    """
    points = list(path)
    is_level = points[0].y == points[1].y
    if len(points) == 2:
        return _parted(points[0].moved(*start), points[1].moved(*end), is_level=is_level)
    ends_level = points[-1].y == points[-2].y
    points[0], points[-1] = points[0].moved(*start), points[-1].moved(*end)
    points[1] = _beside(points[1], points[0], is_level=is_level)
    points[-2] = _beside(points[-2], points[-1], is_level=ends_level)
    return simplified(points)


def _beside(corner: Point, end: Point, *, is_level: bool) -> Point:
    """A corner, in line with the end beside it."""
    return Point(corner.x, end.y) if is_level else Point(end.x, corner.y)


def _parted(a: Point, b: Point, *, is_level: bool) -> tuple[Point, ...]:
    x, y = (a.x + b.x) / 2, (a.y + b.y) / 2
    middle = (Point(x, a.y), Point(x, b.y)) if is_level else (Point(a.x, y), Point(b.x, y))
    return simplified((a, *middle, b))

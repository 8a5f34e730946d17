"""Equal gaps: where a dragged rectangle is as far from its neighbours as they are from one another. Pure.

Everything is told for one direction, along x; for the other one the rectangles are `turned`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from editor.geometry import Point, Rect

SAME = 0.5
"""Chart units by which gaps may differ and be called equal."""


class Gap(NamedTuple):
    """A free stretch between two rectangles beside each other, from the end of one to the beginning of the next."""

    start: Point
    end: Point

    @property
    def length(self) -> float:
        """How wide it is, in chart units."""
        return abs(self.end.x - self.start.x) + abs(self.end.y - self.start.y)


def turned(rect: Rect) -> Rect:
    """x and y exchanged."""
    return Rect(rect.y, rect.x, rect.height, rect.width)


def gap_turned(gap: Gap) -> Gap:
    """x and y exchanged."""
    return Gap(Point(gap.start.y, gap.start.x), Point(gap.end.y, gap.end.x))


def beside(rect: Rect, others: Iterable[Rect]) -> list[Rect]:
    """Those of the others that a rectangle would meet if it were shifted along x, from the first to the last."""
    return sorted(each for each in others if each.y < rect.bottom and each.bottom > rect.y)


def offers(rect: Rect, lane: Sequence[Rect], reach: float) -> list[float]:
    """The ways along x, of at most `reach`, after which a gap beside the rectangle is as wide as another one.

    `lane` is as of `beside`.
    """
    middle = rect.center.x
    before = max((each.right for each in lane if each.center.x < middle), default=None)
    after = min((each.x for each in lane if each.center.x >= middle), default=None)
    widths = {gap.length for gap in _gaps(lane) if (gap.start.x, gap.end.x) != (before, after)}
    found: list[float] = []
    if before is not None:
        found += [before + width - rect.x for width in widths]
    if after is not None:
        found += [after - width - rect.right for width in widths]
    if before is not None and after is not None and after - before > rect.width:
        found.append((before + after - rect.width) / 2 - rect.x)
    return [way for way in found if abs(way) <= reach and equal(rect.moved(way, 0), lane)]


def side_offers(rect: Rect, lane: Sequence[Rect], reach: float, side: int) -> list[float]:
    """The ways of one side of a rectangle along x, as of `offers`; `side` is 1 for the right one, -1 for the left."""
    if side < 0:
        return [-way for way in side_offers(_mirrored(rect), sorted(map(_mirrored, lane)), reach, 1)]
    after = min((each.x for each in lane if each.x > rect.right - reach), default=None)
    if after is None:
        return []
    line = _gaps(sorted((*lane, rect)))
    ways = {after - gap.length - rect.right for gap in line if gap.end.x != after}
    return [
        way
        for way in ways
        if abs(way) <= reach and equal(Rect(rect.x, rect.y, rect.width + way, rect.height), lane)
    ]


def _mirrored(rect: Rect) -> Rect:
    return Rect(-rect.right, rect.y, rect.width, rect.height)


def equal(rect: Rect, lane: Sequence[Rect]) -> list[Gap]:
    """The gaps beside a rectangle that are as wide as others in its lane, and those others; empty for none."""
    line = _gaps(sorted((*lane, rect)))
    own = [gap for gap in line if gap.end.x == rect.x or gap.start.x == rect.right]
    return [gap for gap in line if any(_is_alike(gap, each) for each in (line if gap in own else own))]


def _is_alike(gap: Gap, other: Gap) -> bool:
    return gap is not other and abs(gap.length - other.length) < SAME


def _gaps(line: Sequence[Rect]) -> list[Gap]:
    """The free stretches between rectangles that are sorted by where they begin."""
    found: list[Gap] = []
    last = line[0] if line else Rect(0, 0, 0, 0)
    for after in line[1:]:
        if after.x > last.right:
            y = _level(last, after)
            found.append(Gap(Point(last.right, y), Point(after.x, y)))
        if after.right > last.right:
            last = after
    return found


def _level(one: Rect, other: Rect) -> float:
    """y of the middle of what two rectangles have in common across; that between them where they have nothing."""
    return (max(one.y, other.y) + min(one.bottom, other.bottom)) / 2

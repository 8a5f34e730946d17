"""Where paths end along the sides of states: in an order without crossings, apart, level where they can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from editor.geometry import Point, Rect
from editor.layout.paths import Side

GAP = 24.0
_LEAST = 10.0
FIRM = 1e6


@dataclass(slots=True, kw_only=True)
class End:
    """One end of a path on a side: the order it wants there, the place it would like, and the place it got."""

    rect: Rect
    side: Side
    order: tuple[float, ...] = ()
    wish: float = 0.0
    weight: float = 1.0
    place: float = 0.0
    is_round: bool = False

    @property
    def point(self) -> Point:
        """The place, on the border; on the circle for a ring."""
        rect, place = self.rect, self.place
        inset = 0.0
        if self.is_round:
            middle = rect.center.x if self.side.is_level else rect.center.y
            radius = rect.width / 2
            inset = radius - max(0.0, radius * radius - (place - middle) ** 2) ** 0.5
        if self.side.is_level:
            return Point(place, rect.y + inset if self.side is Side.TOP else rect.bottom - inset)
        return Point(rect.x + inset if self.side is Side.LEFT else rect.right - inset, place)

    @property
    def limits(self) -> tuple[float, float]:
        """The first and the last place on the side."""
        low = self.rect.x if self.side.is_level else self.rect.y
        length = self.rect.width if self.side.is_level else self.rect.height
        margin = min(12.0, length * 0.3)
        return low + margin, low + length - margin


def spread(ends: list[End]) -> None:
    """Give the ends of one side their places: as near as can be to their wishes, in order and apart.

    Firm ends are where they are: where the side is too crowded for even gaps, the others share what lies between.
    """
    ends.sort(key=lambda end: end.order)
    low, high = ends[0].limits
    _share(ends, low, high)
    if all(abs(end.place - end.wish) <= 0.5 for end in ends if end.weight >= FIRM):  # places are rounded
        return
    firm = [number for number, end in enumerate(ends) if end.weight >= FIRM]
    if any(ends[one].wish > ends[other].wish for one, other in pairwise(firm)):
        return  # in no order that could be kept
    for number in firm:
        ends[number].place = ends[number].wish
    for before, after in pairwise((-1, *firm, len(ends))):
        between = ends[before + 1 : after]
        first = ends[before].place if before >= 0 else None
        last = ends[after].place if after < len(ends) else None
        gap = _gap_beside(len(between), low, high, first, last)
        start = first + gap if first is not None else low
        end = last - gap if last is not None else high
        if between and start <= end:
            _share(between, start, end)


def _gap_beside(count: int, low: float, high: float, first: float | None, last: float | None) -> float:
    """What some ends keep off the firm ones before and after them, which is what they keep off each other."""
    start, end = low if first is None else first, high if last is None else last
    gaps = count + 1 if first is not None and last is not None else count
    return min(GAP, max(end - start, 0.0) / max(gaps, 1))


def _share(ends: list[End], low: float, high: float) -> None:
    """The same between two places, without regard for those beyond."""
    count = len(ends)
    gap = min(GAP, (high - low) / (count - 1)) if count > 1 else 0.0
    places = _monotone(
        [min(max(end.wish - number * gap, low), high - (count - 1) * gap) for number, end in enumerate(ends)],
        [end.weight for end in ends],
    )
    for number, (end, place) in enumerate(zip(ends, places, strict=True)):
        end.place = round((place + number * gap) * 2) / 2


def apart(wishes: Sequence[float], sizes: Sequence[float], gap: float) -> list[float]:
    """The middles of things in a row: as near as can be to their wishes, in their order, with a gap between them."""
    starts, at = [], 0.0
    for number, size in enumerate(sizes):
        at += (sizes[number - 1] + size) / 2 + gap if number else 0.0
        starts.append(at)
    free = _monotone(
        [wish - start for wish, start in zip(wishes, starts, strict=True)], [1.0 for _ in starts]
    )
    return [round(place + start, 1) for place, start in zip(free, starts, strict=True)]


def _monotone(wishes: Sequence[float], weights: Sequence[float]) -> list[float]:
    """The numbers nearest to the wishes that never fall (pool adjacent violators)."""
    pools: list[tuple[float, float, int]] = []
    for wish, weight in zip(wishes, weights, strict=True):
        value, mass, count = wish, weight, 1
        while pools and pools[-1][0] > value:
            before, other, number = pools.pop()
            value = (before * other + value * mass) / (other + mass)
            mass, count = mass + other, count + number
        pools.append((value, mass, count))
    return [value for value, _, count in pools for _ in range(count)]


def level(a: End, b: End, a_side: Sequence[End], b_side: Sequence[End]) -> bool:
    """Put two ends that face each other on one line, where their neighbours leave room."""
    low = max(a.limits[0], b.limits[0])
    high = min(a.limits[1], b.limits[1])
    for place in (a.place, b.place, round(a.place + b.place) / 2):
        if low <= place <= high and _is_free(place, a, a_side) and _is_free(place, b, b_side):
            a.place = b.place = place
            return True
    return False


def _is_free(place: float, end: End, side: Sequence[End]) -> bool:
    """Whether a place lies between the neighbours of an end, apart from both."""
    number = next(index for index, each in enumerate(side) if each is end)
    if end.weight >= FIRM and place != end.place:
        return False
    room = min(_LEAST, abs(end.limits[1] - end.limits[0]) / max(1, len(side) - 1))
    before = side[number - 1].place if number else float("-inf")
    after = side[number + 1].place if number + 1 < len(side) else float("inf")
    return before + room <= place <= after - room

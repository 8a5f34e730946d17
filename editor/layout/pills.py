"""Places for labels on their paths: off cards, headers, other labels and other lines, as far as can be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from editor.geometry import Point, Rect
from editor.layout.board import Board
from editor.layout.paths import length

Size = tuple[float, float]
_SHARES = (0.5, 0.38, 0.62, 0.25, 0.75)
_ASIDE = 14.0
_CROWDED = 60.0


def place_pills(
    wanted: Sequence[tuple[str, Sequence[Point], Size]],
    fixed: Sequence[Rect],
    cards: Sequence[Rect],
    board: Board,
) -> dict[str, Rect]:
    """A rectangle per key: the short paths choose first, then each once more, knowing all others."""
    found: dict[str, Rect] = {}
    solid = [_Solid(card, 5, 220) for card in cards] + [_Solid(rect, 4, 400) for rect in fixed]
    again = sorted(wanted, key=lambda each: length(each[1]))
    for _ in range(2):
        order, again = again, []
        for key, path, size in order:
            others = [_Solid(rect, 4, 400) for other, rect in found.items() if other != key]
            found[key], cost = _best(key, path, size, [*solid, *others], board)
            if cost > _CROWDED:
                again.append((key, path, size))
    return found


class _Solid:
    """A rectangle that labels keep off: its edges with a margin, and the weight of lying on it."""

    __slots__ = ("bottom", "left", "margin", "right", "top", "weight")

    def __init__(self, rect: Rect, margin: float, weight: float) -> None:
        self.left, self.top = rect.x - margin, rect.y - margin
        self.right, self.bottom = rect.right + margin, rect.bottom + margin
        self.margin, self.weight = margin, weight


def _best(
    key: str, path: Sequence[Point], size: Size, solid: Sequence[_Solid], board: Board
) -> tuple[Rect, float]:
    """The best rectangle and what it costs."""
    best, chosen = float("inf"), Rect(path[0].x, path[0].y, *size)
    reach = max(size)
    left, right = min(point.x for point in path) - reach, max(point.x for point in path) + reach
    top, bottom = min(point.y for point in path) - reach, max(point.y for point in path) + reach
    near = [
        each
        for each in solid
        if each.left < right and each.right > left and each.top < bottom and each.bottom > top
    ]
    for own, rect in sorted(_places(path, size), key=lambda each: each[0]):
        if own >= best:
            break
        cost = _overlaps(own, rect, near, best)
        if cost < best:
            cost += 26 * board.covered(rect, key)
        if cost < best:
            best, chosen = cost, rect
    return chosen, best


def _overlaps(cost: float, rect: Rect, near: Sequence[_Solid], best: float) -> float:
    """A cost with that of lying on anything near; stops counting beyond `best`."""
    x0, y0 = rect.x, rect.y
    x1, y1 = x0 + rect.width, y0 + rect.height
    for each in near:
        if x0 < each.right and x1 > each.left and y0 < each.bottom and y1 > each.top:
            width = min(x1, each.right) - max(x0, each.left)
            height = min(y1, each.bottom) - max(y0, each.top)
            touches = width < each.margin or height < each.margin
            cost += each.weight * (0.15 if touches else 1.0) + width * height / 20
            if cost >= best:
                break
    return cost


def _places(path: Sequence[Point], size: Size) -> Iterator[tuple[float, Rect]]:
    """Candidates with what each costs by itself."""
    width, height = size
    if len(path) == 5:
        middle = Point((path[1].x + path[2].x) / 2, path[1].y)
        yield -20, Rect(round(middle.x - width / 2), round(middle.y - height / 2), width, height)
    for a, b in pairwise(path):
        span = abs(a.x - b.x) + abs(a.y - b.y)
        is_level = a.y == b.y
        short = max(0.0, (width if is_level else height) + 24 - span)
        base = min(short, 60) * 0.9 + (12 if short else 0) + (0 if is_level else 10) - min(span, 240) * 0.04
        asides = (0.0,) if is_level else (0.0, width / 2 - _ASIDE, _ASIDE - width / 2)
        for share in _SHARES:
            x, y = a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share
            cost = base + abs(share - 0.5) * 24
            for aside in asides:
                rect = Rect(round(x + aside - width / 2), round(y - height / 2), width, height)
                yield cost + (6 if aside else 0), rect
            if is_level:
                for way in (-1, 1):
                    shifted = Rect(round(x - width / 2), round(y - height / 2 + 10 * way), width, height)
                    yield cost + 30, shifted

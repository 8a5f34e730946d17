"""Places for labels on their paths: off cards, headers, other labels and other lines, as far as can be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise
from operator import itemgetter

from editor.geometry import Point, Rect
from editor.layout.board import Board, Wall, joined
from editor.layout.index import GridIndex
from editor.layout.memory import Memory
from editor.layout.paths import length

Size = tuple[float, float]
Wanted = Mapping[str, tuple[Sequence[Point], Size]]
_SHARES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82)
_ASIDE = 14.0
_AWAY = (20.0, 28.0, 36.0, 44.0, 52.0, 60.0, 72.0, 84.0)
"""How far a pill that is wider than its stretch may stand above or below it, off the cards at both ends."""
_HEAD = 20.0
_TAIL = 12.0
_STRAIGHT = [(0.0, 0.0)]
_COST = itemgetter(0)
_OWN = 0.15
_LINE = 26.0
_ROUNDS = 3
_BESIDE = 16.0
_MOST_TRIED = 3
_CROWDED = 20.0
_CARD = (5.0, 220.0)
_PILL = (2.0, 400.0)


class PillPlaces:
    """Chooses places among what is there: solid cards, the lines and the other pills of a board."""

    def __init__(self, cards: Sequence[Rect], board: Board) -> None:
        self._board = board
        self.found: dict[str, Rect] = {}
        self._cards = GridIndex()
        for number, card in enumerate(cards):
            self._cards.put(f"{number:06}", (card.x, card.y, card.right, card.bottom))

    def put(self, key: str, path: Sequence[Point], size: Size) -> float:
        """Give the pill of a path the best place as things are; what that costs."""
        rect, cost = self._best(key, path, size)
        self.move(key, rect)
        return cost

    def move(self, key: str, rect: Rect) -> None:
        """Put the pill of a path to a place that is known."""
        self.found[key] = rect
        self._board.put_pill(rect, key)

    def arrange(self, wanted: Wanted, memory: Memory) -> Iterator[None]:
        """The pills of short paths choose first, then crowded ones again, then such as could change with another.

        One at each step.
        """
        again = sorted(wanted, key=lambda key: (length(wanted[key][0]), key))
        for number in range(_ROUNDS):
            stage = f"pills {number}"
            memory.enter((stage,), {key: wanted[key] for key in again})
            crowded = []
            for key in again:
                rect, cost = memory.step(stage, key, None, partial(self._choice, key, wanted))
                self.move(key, rect)
                if cost > _CROWDED:
                    crowded.append(key)
                yield
            again = crowded
        memory.enter(("changes",), {key: wanted[key] for key in again})
        for key in again:
            moved = memory.step("changes", key, None, partial(self._changes, key, wanted))
            for other, rect in moved:
                self.move(other, rect)
            yield

    def _choice(self, key: str, wanted: Wanted) -> tuple[tuple[Rect, float], Wall, list[Wall]]:
        found = self._best(key, *wanted[key])
        return found, reach(*wanted[key]), [edges(found[0])]

    def _changes(self, key: str, wanted: Wanted) -> tuple[tuple[tuple[str, Rect], ...], Wall, list[Wall]]:
        """What moves when a pill and one close to it take other places, if that is better."""
        around = edges(self.found[key].grown(_BESIDE))
        area = reach(*wanted[key])
        for other in [each for each in self._board.pills_met(around, key) if each in wanted][:_MOST_TRIED]:
            area = joined(area, reach(*wanted[other]))
            before = self.found[key], self.found[other]
            if self._change(key, other, wanted):
                moved = (key, self.found[key]), (other, self.found[other])
                return moved, area, [edges(rect) for rect in (*before, moved[0][1], moved[1][1])]
        return (), area, []

    def _change(self, key: str, other: str, wanted: Wanted) -> bool:
        """Let a pill take its place as if another was not there, and that one another place, if that is better."""
        before, beside = self.found[key], self.found[other]
        cost = self._cost(key, *wanted[key], before) + self._cost(other, *wanted[other], beside)
        self._board.drop_pill(other)
        self.put(key, *wanted[key])
        self.put(other, *wanted[other])
        changed = self._cost(key, *wanted[key], self.found[key]) + self._cost(
            other, *wanted[other], self.found[other]
        )
        if changed < cost - 1:
            return True
        self.move(key, before)
        self.move(other, beside)
        return False

    def _solid(self, key: str, path: Sequence[Point], size: Size) -> list[_Solid]:
        area = reach(path, size)
        cards = [self._cards.bounds(each) for each in sorted(self._cards.meeting(*area))]
        solid = [_grown(each, *_CARD) for each in cards]
        return solid + [_grown(each, *_PILL) for each in self._board.pills_near(area, key)]

    def _best(self, key: str, path: Sequence[Point], size: Size) -> tuple[Rect, float]:
        """The best rectangle, and what it costs."""
        board = self._board
        return _cheapest(path, size, self._solid(key, path, size), lambda rect: board.covered(rect, key))

    def _cost(self, key: str, path: Sequence[Point], size: Size, rect: Rect) -> float:
        """What a place costs as things are."""
        own = min((cost for cost, x, y in _places(path, size) if x == rect.x and y == rect.y), default=0.0)
        cost = _overlaps(own, rect, self._solid(key, path, size), float("inf"))
        return cost + _LINE * self._board.covered(rect, key)


def place_off(path: Sequence[Point], size: Size, walls: Sequence[Wall]) -> Rect:
    """The best place for the pill of a path that is alone among walls."""
    solid = [(*each, 0.0, _CARD[1]) for each in walls]
    return _cheapest(path, size, solid, _no_lines)[0]


def _no_lines(rect: Rect) -> float:
    return 0


def _cheapest(
    path: Sequence[Point], size: Size, solid: Sequence[_Solid], covered: Callable[[Rect], float]
) -> tuple[Rect, float]:
    """The best rectangle off what is solid and the lines that it would cover, and what it costs."""
    best, chosen = float("inf"), Rect(path[0].x, path[0].y, *size)
    for own, x, y in sorted(_places(path, size), key=_COST):
        if own >= best:
            break
        rect = Rect(x, y, *size)
        cost = _overlaps(own, rect, solid, best)
        if cost < best:
            cost += _LINE * covered(rect)
        if cost < best:
            best, chosen = cost, rect
    return chosen, best


def reach(path: Sequence[Point], size: Size) -> Wall:
    """The area that the choice of a pill's place depends on."""
    far = max(*size, _AWAY[-1])
    xs, ys = [point.x for point in path], [point.y for point in path]
    return min(xs) - far - _BESIDE, min(ys) - far - _BESIDE, max(xs) + far + _BESIDE, max(ys) + far + _BESIDE


def edges(rect: Rect) -> Wall:
    """Left, top, right and bottom."""
    return rect.x, rect.y, rect.right, rect.bottom


_Solid = tuple[float, float, float, float, float, float]


def _grown(edges: Wall, margin: float, weight: float) -> _Solid:
    """The edges of what labels keep off with a margin, the margin, and the weight of lying on it."""
    left, top, right, bottom = edges
    return left - margin, top - margin, right + margin, bottom + margin, margin, weight


def _overlaps(cost: float, rect: Rect, near: Sequence[_Solid], best: float) -> float:
    """A cost with that of lying on anything near; stops counting beyond `best`."""
    x0, y0, width, height = rect
    x1, y1 = x0 + width, y0 + height
    for left, top, right, bottom, margin, weight in near:
        if x0 < right and x1 > left and y0 < bottom and y1 > top:
            wide, tall = min(x1, right) - max(x0, left), min(y1, bottom) - max(y0, top)
            touches = wide < margin or tall < margin
            cost += weight * (_OWN if touches else 1.0) + wide * tall / 20
            if cost >= best:
                break
    return cost


def _places(path: Sequence[Point], size: Size) -> Iterator[tuple[float, float, float]]:
    """Left top corners with what each costs by itself, the cost first."""
    width, height = size
    left, top = width / 2, height / 2
    if len(path) == 5:
        yield -20, round((path[1].x + path[2].x) / 2 - left), round(path[1].y - top)
    for number, (a, b) in enumerate(pairwise(path)):
        span = abs(a.x - b.x) + abs(a.y - b.y)
        is_level = a.y == b.y
        along = width if is_level else height
        short = max(0.0, along + 24 - span)
        base = min(short, 60) * 0.9 + (12 if short else 0) + (0 if is_level else 10) - min(span, 240) * 0.04
        asides = _STRAIGHT if is_level and not short else _asides(width)
        for share in _SHARES:
            x, y = a.x + (b.x - a.x) * share - left, a.y + (b.y - a.y) * share - top
            middle = base + abs(share - 0.5) * 24
            cost = middle + _near_end(path, number, span, share, along)
            row = round(y)
            for aside, extra in asides:
                yield cost + extra, round(x + aside), row
            if is_level:
                yield cost + 30, round(x), round(y - 10)
                yield cost + 30, round(x), round(y + 10)
            if is_level and short:
                for away in _AWAY:
                    yield middle + 34 + away * 0.5, round(x), round(y - away)
                    yield middle + 34 + away * 0.5, round(x), round(y + away)


def _asides(width: float) -> list[tuple[float, float]]:
    """How far a pill may hang to either side of an upright stretch, with its line still below it; what each costs."""
    most = max(0.0, width / 2 - _ASIDE)
    steps = (most, -most, most / 2, -most / 2, most / 4, -most / 4, most * 3 / 4, -most * 3 / 4)
    return [*_STRAIGHT, *((step, 6 + abs(step) * 0.02) for step in steps)]


def _near_end(path: Sequence[Point], number: int, span: float, share: float, along: float) -> float:
    """What it costs to hide the head of a path, or that a line leaves its state."""
    cost = 0.0
    if number == len(path) - 2:
        cost += max(0.0, _HEAD - (span * (1 - share) - along / 2))
    if number == 0:
        cost += max(0.0, _TAIL - (span * share - along / 2)) * 0.5
    return cost

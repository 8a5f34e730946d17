"""The way around walls where no plain path is free: the shortest along the walls' edges with few bends.

A search along the lines that edges of walls and ends lie on (A*, with the bends counted as length), from any of
several starts to any of several ends.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from heapq import heappop, heappush

from editor.geometry import Point
from editor.layout.board import BEND, Wall
from editor.layout.paths import Side, simplified

Gate = tuple[Point, Side]
"""The place of an end, and the way that leads out of it."""

_OUT = 20.0
_ASIDE = 8.0
_MOST_STEPS = 6000
_Node = tuple[int, int, bool]


def way_around(
    starts: Sequence[Gate], ends: Sequence[Gate], walls: Sequence[Wall], cage: Wall
) -> tuple[int, int, tuple[Point, ...]] | None:
    """The numbers of the start and the end that were chosen and the path between; None where no way was found."""
    return _Maze(starts, ends, walls, cage).search()


def _out(gate: Gate) -> Point:
    (x, y), side = gate
    return Point(x + side.dx * _OUT, y + side.dy * _OUT)


class _Maze:
    def __init__(
        self, starts: Sequence[Gate], ends: Sequence[Gate], walls: Sequence[Wall], cage: Wall
    ) -> None:
        self.starts, self.ends = starts, ends
        self.walls = walls
        outside = [_out(gate) for gate in (*starts, *ends)]
        left, top, right, bottom = cage
        places = [point.x for point in outside]
        places += [x for wall in walls for x in (wall[0] - _ASIDE, wall[2] + _ASIDE) if left <= x <= right]
        self.xs = sorted(set(places))
        places = [point.y for point in outside]
        places += [y for wall in walls for y in (wall[1] - _ASIDE, wall[3] + _ASIDE) if top <= y <= bottom]
        self.ys = sorted(set(places))
        self._columns: dict[int, tuple[list[float], list[float]]] = {}
        self._rows: dict[int, tuple[list[float], list[float]]] = {}
        self.goals: dict[tuple[int, int], list[int]] = {}
        for number, gate in enumerate(ends):
            self.goals.setdefault(self._node(_out(gate)), []).append(number)
        self.low = min(_out(gate).x for gate in ends), min(_out(gate).y for gate in ends)
        self.high = max(_out(gate).x for gate in ends), max(_out(gate).y for gate in ends)

    def search(self) -> tuple[int, int, tuple[Point, ...]] | None:
        """The cheapest way, the first found among equal ones."""
        costs: dict[_Node, float] = {}
        came: dict[_Node, _Node | None] = {}
        first: dict[_Node, int] = {}
        queue: list[tuple[float, float, _Node]] = []
        for number, gate in enumerate(self.starts):
            if self._is_shut(gate):
                continue
            node = (*self._node(_out(gate)), not gate[1].is_level)
            if node not in costs:
                costs[node], came[node], first[node] = 0.0, None, number
                heappush(queue, (self._rest(node), 0.0, node))
        best: tuple[float, _Node, int] | None = None
        for _ in range(_MOST_STEPS):
            if not queue:
                break
            estimate, cost, node = heappop(queue)
            if best is not None and estimate >= best[0]:
                break
            if cost > costs[node]:
                continue
            for number in self.goals.get(node[:2], ()):
                gate = self.ends[number]
                whole = cost + (0.0 if node[2] is not gate[1].is_level else BEND)
                if (best is None or whole < best[0]) and not self._is_shut(gate):
                    best = whole, node, number
            for step, there in self._steps(node):
                if cost + step < costs.get(there, float("inf")):
                    costs[there], came[there] = cost + step, node
                    heappush(queue, (cost + step + self._rest(there), cost + step, there))
        if best is None:
            return None
        line: list[_Node] = [best[1]]
        while (before := came[line[-1]]) is not None:
            line.append(before)
        start, end = first[line[-1]], best[2]
        points = [Point(self.xs[column], self.ys[row]) for column, row, _ in reversed(line)]
        return start, end, simplified([self.starts[start][0], *points, self.ends[end][0]])

    def _node(self, point: Point) -> tuple[int, int]:
        return bisect_left(self.xs, point.x), bisect_left(self.ys, point.y)

    def _rest(self, node: _Node) -> float:
        """The least that is left to go."""
        x, y = self.xs[node[0]], self.ys[node[1]]
        return max(self.low[0] - x, x - self.high[0], 0.0) + max(self.low[1] - y, y - self.high[1], 0.0)

    def _steps(self, node: _Node) -> Iterator[tuple[float, _Node]]:
        """To the next lines either way; a turn on the spot is a step of its own."""
        column, row, is_level = node
        yield BEND, (column, row, not is_level)
        if is_level:
            x = self.xs[column]
            for there in (column - 1, column + 1):
                if 0 <= there < len(self.xs) and self._is_open(self._row(row), x, self.xs[there]):
                    yield abs(self.xs[there] - x), (there, row, True)
        else:
            y = self.ys[row]
            for there in (row - 1, row + 1):
                if 0 <= there < len(self.ys) and self._is_open(self._column(column), y, self.ys[there]):
                    yield abs(self.ys[there] - y), (column, there, False)

    def _row(self, row: int) -> tuple[list[float], list[float]]:
        found = self._rows.get(row)
        if found is None:
            y = self.ys[row]
            found = self._rows[row] = _merged(
                (left, right) for left, top, right, bottom in self.walls if top < y < bottom
            )
        return found

    def _column(self, column: int) -> tuple[list[float], list[float]]:
        found = self._columns.get(column)
        if found is None:
            x = self.xs[column]
            found = self._columns[column] = _merged(
                (wall[1], wall[3]) for wall in self.walls if wall[0] < x < wall[2]
            )
        return found

    def _is_open(self, shut: tuple[list[float], list[float]], a: float, b: float) -> bool:
        """Whether no wall of a line lies between two places on it."""
        low, high = (a, b) if a < b else (b, a)
        starts, ends = shut
        return bisect_right(ends, low) == bisect_left(starts, high)

    def _is_shut(self, gate: Gate) -> bool:
        """Whether a wall stands right before an end."""
        (x, y), (u, v) = gate[0], _out(gate)
        low, high = Point(min(x, u), min(y, v)), Point(max(x, u), max(y, v))
        return any(
            low.x < right and high.x > left and low.y < bottom and high.y > top
            for left, top, right, bottom in self.walls
        )


def _merged(pieces: Iterator[tuple[float, float]]) -> tuple[list[float], list[float]]:
    """The starts and ends of the united intervals, in order."""
    starts: list[float] = []
    ends: list[float] = []
    for low, high in sorted(pieces):
        if ends and low < ends[-1]:
            ends[-1] = max(ends[-1], high)
        else:
            starts.append(low)
            ends.append(high)
    return starts, ends

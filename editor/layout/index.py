"""GridIndex: which rectangles meet a place; pure Python, every operation as dear as what it touches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

Bounds: TypeAlias = tuple[float, float, float, float]
_Cell: TypeAlias = tuple[int, int, int]

CELL = 512.0


class GridIndex:
    """Things by id in buckets of (level, column, row); a thing's level has cells no smaller than the thing.

    So a thing reaches at most one cell further right and down than the cell of its corner, and a query looks one
    cell further left and up. Bounds are left, top, right, bottom.
    """

    def __init__(self) -> None:
        self._cells: dict[_Cell, dict[str, Bounds]] = {}
        self._where: dict[str, _Cell] = {}
        self._levels: dict[int, int] = {}
        """How many cells each level has."""

    def __len__(self) -> int:
        return len(self._where)

    def __contains__(self, id: str) -> bool:
        return id in self._where

    def put(self, id: str, bounds: Bounds) -> None:
        """Add a thing, or move it."""
        cell = _cell(bounds)
        former = self._where.get(id)
        if former == cell:
            self._cells[cell][id] = bounds
            return
        if former is not None:
            self.remove(id)
        self._where[id] = cell
        things = self._cells.get(cell)
        if things is None:
            self._cells[cell] = {id: bounds}
            self._levels[cell[0]] = self._levels.get(cell[0], 0) + 1
        else:
            things[id] = bounds

    def remove(self, id: str) -> None:
        """Drop a thing; nothing happens when it is not there."""
        cell = self._where.pop(id, None)
        if cell is None:
            return
        things = self._cells[cell]
        del things[id]
        if not things:
            del self._cells[cell]
            self._levels[cell[0]] -= 1
            if not self._levels[cell[0]]:
                del self._levels[cell[0]]

    def bounds(self, id: str) -> Bounds:
        """The bounds a thing was put with. Raises KeyError for an unknown id."""
        return self._cells[self._where[id]][id]

    def meeting(self, left: float, top: float, right: float, bottom: float) -> list[str]:
        """The ids of things that share a point with the area, in no order."""
        found: list[str] = []
        for things in self._near(left, top, right, bottom):
            for id, (x0, y0, x1, y1) in things.items():
                if x0 <= right and x1 >= left and y0 <= bottom and y1 >= top:
                    found.append(id)
        return found

    def has_any(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Whether anything shares a point with the area."""
        return any(
            x0 <= right and x1 >= left and y0 <= bottom and y1 >= top
            for things in self._near(left, top, right, bottom)
            for x0, y0, x1, y1 in things.values()
        )

    def extent(self) -> Bounds | None:
        """The bounds around everything; None when empty."""
        rows: Iterable[Bounds] = [row for things in self._cells.values() for row in things.values()]
        if not rows:
            return None
        lefts, tops, rights, bottoms = zip(*rows, strict=True)
        return min(lefts), min(tops), max(rights), max(bottoms)

    def _near(self, left: float, top: float, right: float, bottom: float) -> Iterator[dict[str, Bounds]]:
        cells = self._cells
        for level in self._levels:
            side = CELL * (1 << level)
            columns = range(int(left // side) - 1, int(right // side) + 1)
            rows = range(int(top // side) - 1, int(bottom // side) + 1)
            if len(columns) * len(rows) > len(cells):
                yield from [things for cell, things in cells.items() if cell[0] == level]
                continue
            for column in columns:
                for row in rows:
                    things = cells.get((level, column, row))
                    if things:
                        yield things


def _cell(bounds: Bounds) -> _Cell:
    left, top, right, bottom = bounds
    width, height = right - left, bottom - top
    size = width if width > height else height
    level = 0
    side = CELL
    while side < size:
        level += 1
        side *= 2
    return level, int(left // side), int(top // side)

"""Raster: which things of a drawing meet a place. Each is in every cell it touches: long ones cost no more to ask."""

from __future__ import annotations

from collections.abc import Iterator

from editor.layout.index import Bounds

_SIDE = 224.0
_Cell = tuple[int, int]


class Raster:
    """Things by id, as GridIndex has them; quicker to ask, and dearer to fill where things are large."""

    def __init__(self) -> None:
        self._cells: dict[_Cell, dict[str, Bounds]] = {}
        self._bounds: dict[str, Bounds] = {}

    def put(self, id: str, bounds: Bounds) -> None:
        """Add a thing, or move it. Bounds are left, top, right, bottom."""
        self.remove(id)
        self._bounds[id] = bounds
        for cell in _cells(bounds):
            self._cells.setdefault(cell, {})[id] = bounds

    def remove(self, id: str) -> None:
        """Drop a thing; nothing happens when it is not there."""
        bounds = self._bounds.pop(id, None)
        if bounds is not None:
            for cell in _cells(bounds):
                del self._cells[cell][id]

    def meeting(self, left: float, top: float, right: float, bottom: float) -> dict[str, Bounds]:
        """The things that share a point with the area, with their bounds."""
        found: dict[str, Bounds] = {}
        cells = self._cells
        # written out, since it is what most of the time of a drawing is spent on in Python
        rows = range(int(top // _SIDE), int(bottom // _SIDE) + 1)
        for column in range(int(left // _SIDE), int(right // _SIDE) + 1):
            for row in rows:
                things = cells.get((column, row))
                if things:
                    for id, bounds in things.items():
                        x0, y0, x1, y1 = bounds
                        if x0 <= right and x1 >= left and y0 <= bottom and y1 >= top:
                            found[id] = bounds
        return found


def _cells(bounds: Bounds) -> Iterator[_Cell]:
    left, top, right, bottom = bounds
    first, last = int(top // _SIDE), int(bottom // _SIDE)
    for column in range(int(left // _SIDE), int(right // _SIDE) + 1):
        for row in range(first, last + 1):
            yield column, row

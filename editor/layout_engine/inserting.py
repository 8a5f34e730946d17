"""Where a box may go that came into a container whose other boxes keep their places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from editor.geometry import Rect
from editor.layout_engine import elk
from editor.layout_engine.drawing import Path
from editor.layout_engine.nudging import with_name
from editor.layout_engine.plan import Node, NodeKind
from editor.layout_engine.pushing import overlap
from editor.layout_engine.raster import Raster

_BESIDE = 24.0
_OVER = 44.0
"""How far from another box one may stand, and from one above or below where a label is to be between."""
_CLEAR = 20.0
_FAR, _WRITTEN, _CROSSED, _GROWN, _PUSHED, _AGAINST = 1.0, 60.0, 40.0, 0.5, 90.0, 30.0
"""What a place costs for each unit of the way to a neighbour, each label and line it lies on, each unit that the
container grows, each box that has to go, and for lying upstream of where the line comes from."""
_MOST = 40


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A box at the other end of a line; `is_before`: the line comes from it. `label`: the width of what is on it."""

    id: str
    is_before: bool
    label: float


@dataclass(frozen=True, slots=True)
class Inside:
    """What is in a container, in its coordinates: the routes of lines, and labels."""

    routes: Sequence[Path]
    labels: Sequence[Rect]


def spots(
    node: Node, new: Node, size: tuple[float, float], neighbours: Sequence[Neighbour], inside: Inside
) -> list[Rect]:
    """Places for a new box in a container, the more promising first. Some lie on others, which have to give way."""
    return _Spots(node, new, size, neighbours, inside).best()


class _Spots:
    def __init__(
        self,
        node: Node,
        new: Node,
        size: tuple[float, float],
        neighbours: Sequence[Neighbour],
        inside: Inside,
    ) -> None:
        self._node = node
        self._new = new
        self._size = size
        self._boxes = {
            child.id: with_name(child, child.place) for child in node.children if child.place is not None
        }
        self._states = [
            self._boxes[child.id]
            for child in node.children
            if child.place is not None and child.kind is not NodeKind.DOT
        ]
        self._near = [each for each in neighbours if each.id in self._boxes]
        self._lines = Raster()
        for one, route in enumerate(inside.routes):
            for number, (a, b) in enumerate(pairwise(route)):
                self._lines.put(f"{one} {number}", Rect.between(a, b).bounds)
        self._labels = Raster()
        for number, label in enumerate(inside.labels):
            self._labels.put(str(number), label.bounds)

    def best(self) -> list[Rect]:
        """The cheapest places, each some way from those before it."""
        found = sorted((self._cost(x, y), x, y) for x, y in {(round(x), round(y)) for x, y in self._places()})
        made: list[Rect] = []
        for _, x, y in found:
            if all(abs(each.x - x) + abs(each.y - y) > 30 for each in made):
                made.append(Rect(x, y, *self._size))
            if len(made) == _MOST:
                break
        return made

    def _places(self) -> list[tuple[float, float]]:
        """Corners that line up with what is there, none beyond the borders to the left and above."""
        left, top, _ = elk.inset(self._node)
        width, height = self._new.room(self._size)
        aside = max((each.label for each in self._near), default=0.0) + _BESIDE
        columns, rows = {left}, {top}
        for rect in self._states:
            columns |= {rect.x, rect.right + _BESIDE, rect.right + aside, rect.x - width - _BESIDE}
            columns |= {rect.x - width - aside, rect.center.x - width / 2}
            rows |= {rect.y, rect.bottom + _BESIDE, rect.bottom + _OVER, rect.y - height - _BESIDE}
            rows |= {rect.y - height - _OVER, rect.center.y - height / 2}
        return [(x, y) for x in columns for y in rows if x >= left and y >= top]

    def _cost(self, x: float, y: float) -> float:
        width, height = self._new.room(self._size)
        rect = Rect(x, y, width, height)
        wide = rect.grown(_CLEAR)
        cost = 0.0
        cost += _PUSHED * sum(overlap(wide, other) for other in self._boxes.values())
        lines = self._lines.meeting(x - 8, y - 8, rect.right + 8, rect.bottom + 8)
        cost += _CROSSED * len({each.partition(" ")[0] for each in lines})
        cost += _WRITTEN * len(self._labels.meeting(x - 6, y - 6, rect.right + 6, rect.bottom + 6))
        for near in self._near:
            other = self._boxes[near.id]
            dx = max(other.x - rect.right, x - other.right, 0.0)
            dy = max(other.y - rect.bottom, y - other.bottom, 0.0)
            cost += _FAR * (dx + dy) + 0.2 * (
                abs(other.center.x - rect.center.x) + abs(other.center.y - rect.center.y)
            )
            if near.is_before and rect.bottom <= other.y:
                cost += _AGAINST
        own = self._node.place
        if own is not None:
            _, _, side = elk.inset(self._node)
            cost += _GROWN * max(0.0, rect.right + side - own.width)
            cost += _GROWN * max(0.0, rect.bottom + side - own.height)
        return cost

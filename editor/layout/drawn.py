"""What is drawn, to be looked at by place and by id: what the rules of the drawing ask, whoever drew it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Protocol

from editor.geometry import Point, Rect
from editor.layout.frame import Frame
from editor.layout.index import Bounds, GridIndex
from editor.layout.routing import Route
from editor.layout.sizes import Measure
from editor.model.chart import Chart

Stretch = tuple[Point, Point]


class Shown(Protocol):
    """A drawing. Lines are those that lead from state to state and are drawn as they will stay: no sketches."""

    @property
    def chart(self) -> Chart:
        """What is drawn."""

    @property
    def measure(self) -> Measure:
        """Sizes of texts."""

    def card(self, id: str) -> Rect | None:
        """The absolute rectangle of a state; None where it is not drawn."""

    def line(self, id: str) -> Route | None:
        """The route of a line; None where there is none."""

    def states_at(self, area: Bounds) -> list[str]:
        """The states that meet an area, in no order."""

    def lines_at(self, area: Bounds) -> list[str]:
        """The lines whose bounds, labels included, meet an area, in no order."""

    def ids(self) -> Iterable[str]:
        """All states and lines."""


class Drawn:
    """A drawing made of routes that were found for it."""

    def __init__(self, frame: Frame, routes: Mapping[str, Route]) -> None:
        self.chart = frame.chart
        self.measure = frame.measure
        self._cards = {id: card for id in frame.chart.states if (card := frame.card(id)) is not None}
        self._lines = {id: found for id, found in routes.items() if not found.ends_inside and found.paths}
        self._state_index, self._line_index = GridIndex(), GridIndex()
        for id, card in self._cards.items():
            self._state_index.put(id, (card.x, card.y, card.right, card.bottom))
        for id, found in self._lines.items():
            self._line_index.put(id, bounds(found))

    def card(self, id: str) -> Rect | None:
        """The rectangle of a state."""
        return self._cards.get(id)

    def line(self, id: str) -> Route | None:
        """The route of a line."""
        return self._lines.get(id)

    def states_at(self, area: Bounds) -> list[str]:
        """The states that meet an area."""
        return self._state_index.meeting(*area)

    def lines_at(self, area: Bounds) -> list[str]:
        """The lines that meet an area."""
        return self._line_index.meeting(*area)

    def ids(self) -> Iterable[str]:
        """All states and lines."""
        return (*self._cards, *self._lines)


def bounds(found: Route) -> Bounds:
    """The bounds around all paths of a route and its label."""
    points = [point for path in found.paths for point in path]
    if found.label.width:
        points += [Point(found.label.x, found.label.y), Point(found.label.right, found.label.bottom)]
    xs, ys = [point.x for point in points], [point.y for point in points]
    return min(xs), min(ys), max(xs), max(ys)


def stretches(found: Route) -> Iterator[Stretch]:
    """The straight pieces of all paths of a route."""
    for path in found.paths:
        yield from pairwise(path)


def box(stretch: Stretch) -> Bounds:
    """The bounds of a straight piece."""
    (x0, y0), (x1, y1) = stretch
    if x1 < x0:
        x0, x1 = x1, x0
    return (x0, y0, x1, y1) if y0 <= y1 else (x0, y1, x1, y0)


def meets(rect: Rect, stretch: Stretch) -> bool:
    """Whether a straight piece touches a rectangle or runs through it."""
    left, top, right, bottom = box(stretch)
    x, y, width, height = rect
    return left <= x + width and x <= right and top <= y + height and y <= bottom


def cross(one: Bounds, other: Bounds) -> bool:
    """Whether two straight pieces, one level and one upright, cross within both; told by their bounds."""
    return _is_across(one, other) or _is_across(other, one)


def _is_across(level: Bounds, upright: Bounds) -> bool:
    return level[0] < upright[0] < level[2] and upright[1] < level[1] < upright[3]

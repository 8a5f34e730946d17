"""What the engine draws: rectangles, routes and labels in absolute coordinates, as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import floor
from typing import Any

from editor.geometry import Point, Rect

Path = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """Room that a container keeps for the label of a line that crosses borders: the line is routed through it.

    `host`: the container. `enter` and `leave`: the sides where the line may begin and end to be under its label, as
    letters of T, B, L and R.
    """

    host: str
    rect: Rect
    enter: str
    leave: str

    def moved(self, x: float, y: float) -> Lane:
        """The same elsewhere."""
        return Lane(self.host, self.rect.moved(x, y), self.enter, self.leave)


@dataclass(slots=True)
class Drawing:
    """Rectangles of boxes, routes of lines from border to border, rectangles of labels; by their ids."""

    rects: dict[str, Rect] = field(default_factory=dict)
    routes: dict[str, Path] = field(default_factory=dict)
    labels: dict[str, Rect] = field(default_factory=dict)

    def to_data(self) -> dict[str, Any]:
        """As JSON has it."""
        return {"rects": self.rects, "routes": self.routes, "labels": self.labels}

    @classmethod
    def from_data(cls, data: Any) -> Drawing:
        """What `to_data` made.

        Raises:
            ValueError: it is nothing like it.
        """
        try:
            return cls(
                {str(id): Rect(*map(float, each)) for id, each in data["rects"].items()},
                {
                    str(id): tuple(Point(float(x), float(y)) for x, y in each)
                    for id, each in data["routes"].items()
                },
                {str(id): Rect(*map(float, each)) for id, each in data["labels"].items()},
            )
        except (TypeError, KeyError, AttributeError, ValueError) as error:
            raise ValueError(f"no drawing: {error}") from None


def whole(value: float) -> float:
    """The nearest whole number, halves up, so that boxes and the ends of lines at them are moved alike."""
    return float(floor(value + 0.5))


def straightened(points: list[tuple[float, float]]) -> Path:
    """A route on whole numbers whose stretches are level or upright, where they nearly are."""
    made: list[Point] = []
    for x, y in points:
        point = Point(whole(x), whole(y))
        if made:
            last = made[-1]
            level, upright = abs(point.x - last.x) > 1, abs(point.y - last.y) > 1
            if not level and not upright:
                continue
            if not level:
                point = Point(last.x, point.y)
            elif not upright:
                point = Point(point.x, last.y)
            else:  # a stretch between them was too short to be one
                made.append(Point(point.x, last.y))
        made.append(point)
    return without_flat(made)


def without_flat(points: Sequence[Point]) -> Path:
    """A route of level and upright stretches without the points in the middle of straight ones."""
    made: list[Point] = []
    for point in points:
        if made and made[-1] == point:
            continue
        if len(made) > 1 and (made[-2].x == made[-1].x == point.x or made[-2].y == made[-1].y == point.y):
            made.pop()
        made.append(point)
    return tuple(made)

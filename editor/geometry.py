"""Points and rectangles in chart units (device-independent pixels at 100 %), y down; knows nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

GRID = 8.0
"""The distance between lines of the grid, which is drawn, and which hands and keys move things along."""


class Point(NamedTuple):
    """A place, or the way from one place to another."""

    x: float
    y: float

    def moved(self, dx: float, dy: float) -> Point:
        """This point, shifted."""
        return Point(self.x + dx, self.y + dy)


class Rect(NamedTuple):
    """A rectangle by its top left corner and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """x of the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """y of the bottom edge."""
        return self.y + self.height

    @property
    def center(self) -> Point:
        """The middle."""
        return Point(self.x + self.width / 2, self.y + self.height / 2)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom, as indices take them."""
        return self.x, self.y, self.right, self.bottom

    def contains(self, point: Point) -> bool:
        """Whether the point lies inside or on the edge."""
        return self.x <= point.x <= self.right and self.y <= point.y <= self.bottom

    def border(self, toward: Point) -> Point:
        """Where the line from the middle to a point leaves; the point itself where it lies inside."""
        middle = self.center
        dx, dy = toward.x - middle.x, toward.y - middle.y
        shares = [half / abs(d) for half, d in ((self.width / 2, dx), (self.height / 2, dy)) if d]
        share = min([*shares, 1.0])
        return middle.moved(dx * share, dy * share)

    def encloses(self, other: Rect) -> bool:
        """Whether the other lies wholly inside."""
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def intersects(self, other: Rect) -> bool:
        """Whether the two share a point."""
        return (
            self.x <= other.right
            and other.x <= self.right
            and self.y <= other.bottom
            and other.y <= self.bottom
        )

    def covers(self, other: Rect) -> bool:
        """Whether the two share an area; sides that meet do not count."""
        return (
            self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom
        )

    def moved(self, dx: float, dy: float) -> Rect:
        """This rectangle, shifted."""
        return Rect(self.x + dx, self.y + dy, self.width, self.height)

    def grown(self, margin: float) -> Rect:
        """This rectangle, larger by `margin` on each side."""
        return Rect(self.x - margin, self.y - margin, self.width + 2 * margin, self.height + 2 * margin)

    def united(self, other: Rect) -> Rect:
        """The smallest rectangle around both."""
        x, y = min(self.x, other.x), min(self.y, other.y)
        return Rect(x, y, max(self.right, other.right) - x, max(self.bottom, other.bottom) - y)

    @staticmethod
    def between(a: Point, b: Point) -> Rect:
        """The rectangle with these two corners, in any order."""
        return Rect(min(a.x, b.x), min(a.y, b.y), abs(a.x - b.x), abs(a.y - b.y))

    @staticmethod
    def around(rects: Iterable[Rect]) -> Rect | None:
        """The smallest rectangle around all of them; None for none."""
        found: Rect | None = None
        for rect in rects:
            found = rect if found is None else found.united(rect)
        return found

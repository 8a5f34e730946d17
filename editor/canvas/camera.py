"""Camera: which part of the chart a viewport shows, and how large. Arithmetic alone; knows no widget."""

from __future__ import annotations

from typing import NamedTuple

from editor.geometry import Point, Rect

LEAST_ZOOM, MOST_ZOOM = 0.02, 8.0
MARGIN = 48.0
"""Pixels kept free around what is to be seen whole."""
STRIDE = 8
"""Pixels that an arrow key moves what is seen by, for each unit that it would move a state by."""
_LEAST_ROOM = 50.0


class Camera(NamedTuple):
    """`zoom` is device-independent pixels per chart unit; `x`, `y` are where the chart's origin is in the viewport.

    The origin lies on whole pixels after each move, so that what was painted can be shifted.
    """

    zoom: float = 1.0
    x: float = 0.0
    y: float = 0.0

    def to_chart(self, x: float, y: float) -> Point:
        """A place of the viewport in chart units."""
        return Point((x - self.x) / self.zoom, (y - self.y) / self.zoom)

    def to_view(self, at: Point) -> Point:
        """A place of the chart in the viewport."""
        return Point(at.x * self.zoom + self.x, at.y * self.zoom + self.y)

    def rect_to_view(self, rect: Rect) -> Rect:
        """A rectangle of the chart in the viewport."""
        corner = self.to_view(Point(rect.x, rect.y))
        return Rect(corner.x, corner.y, rect.width * self.zoom, rect.height * self.zoom)

    def seen(self, width: float, height: float) -> Rect:
        """The part of the chart that a viewport of this size shows."""
        corner = self.to_chart(0.0, 0.0)
        return Rect(corner.x, corner.y, width / self.zoom, height / self.zoom)

    def zoomed(self, zoom: float, x: float, y: float) -> Camera:
        """Another zoom, within the bounds; a place of the viewport shows what it showed."""
        return self.holding(self.to_chart(x, y), zoom, x, y)

    def holding(self, at: Point, zoom: float, x: float, y: float) -> Camera:
        """Another zoom, within the bounds; a place of the viewport shows a place of the chart."""
        zoom = _bounded(zoom)
        return Camera(zoom, round(x - at.x * zoom), round(y - at.y * zoom))

    def panned(self, dx: float, dy: float) -> Camera:
        """What is seen moved by whole pixels."""
        return Camera(self.zoom, self.x + round(dx), self.y + round(dy))

    def centered(self, at: Point, width: float, height: float) -> Camera:
        """A place of the chart in the middle of a viewport of this size."""
        x, y = width / 2 - at.x * self.zoom, height / 2 - at.y * self.zoom
        return Camera(self.zoom, round(x), round(y))

    def revealing(self, rect: Rect, width: float, height: float) -> Camera:
        """A rectangle of the chart brought into a viewport of this size by the shortest way, without zooming.

        What is in sight in part, and larger than the viewport, is left where it is; what is out of sight and fits comes
        to the middle. What is out of sight and larger is shown whole from farther away.
        """
        seen, room = self.rect_to_view(rect), Rect(0, 0, width, height)
        if room.encloses(seen):
            return self
        if not room.intersects(seen):
            fits = seen.width <= width and seen.height <= height
            return (
                self.centered(rect.center, width, height)
                if fits
                else self.showing(rect, width, height, self.zoom)
            )
        return self.panned(_shortest(seen.x, seen.right, width), _shortest(seen.y, seen.bottom, height))

    def showing(self, rect: Rect, width: float, height: float, closest: float) -> Camera:
        """All of a rectangle of the chart in a viewport of this size, at a zoom of at most `closest`."""
        room = max(width - 2 * MARGIN, _LEAST_ROOM), max(height - 2 * MARGIN, _LEAST_ROOM)
        zoom = min(room[0] / max(rect.width, 1), room[1] / max(rect.height, 1), closest)
        return Camera(_bounded(zoom)).centered(rect.center, width, height)


def _shortest(start: float, end: float, length: float) -> float:
    """How far a stretch is moved to lie inside of a length, with a margin if there is room; 0 if it is longer."""
    if end - start > length or (start >= 0 and end <= length):
        return 0.0
    margin = min(MARGIN, (length - (end - start)) / 2)
    return margin - start if start < 0 else length - margin - end


def _bounded(zoom: float) -> float:
    return min(max(zoom, LEAST_ZOOM), MOST_ZOOM)

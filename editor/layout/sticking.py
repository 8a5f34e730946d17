"""What a rectangle sticks to: the edges and middles of those beside it, and gaps that become equal. Pure."""

from __future__ import annotations

from typing import TypeAlias

from editor.geometry import GRID, Rect
from editor.layout import gaps

Lines: TypeAlias = tuple[float, float, float]
"""Both edges and the middle of a rectangle, in one direction."""


def to_grid(value: float, step: float = GRID) -> float:
    """The nearest line of a grid; the nearest whole number where there is none, which is `step` 0."""
    return round(value / step) * step if step else float(round(value))


def columns(rect: Rect) -> Lines:
    """x of the left edge, the middle and the right edge."""
    return rect.x, rect.x + rect.width / 2, rect.x + rect.width


def rows(rect: Rect) -> Lines:
    """y of the top, the middle and the bottom."""
    return rect.y, rect.y + rect.height / 2, rect.y + rect.height


def nearest(own: Lines, others: list[Lines], offers: list[float], reach: float) -> float | None:
    """The shortest way from a line to its like, or of those offered, within reach; a line where both are as near."""
    ways = [there - here for lines in others for here, there in zip(own, lines, strict=True)]
    return min((way for way in (*ways, *offers) if abs(way) <= reach), key=abs, default=None)


def offers(rect: Rect, others: list[Rect], reach: float) -> list[float]:
    """The ways along x to equal gaps; none for a dot, which has no sides."""
    return gaps.offers(rect, gaps.beside(rect, others), reach) if rect.width else []

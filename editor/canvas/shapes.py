"""What the picture holds of each state and transition: absolute geometry, and room for what the painter prepares."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from editor.geometry import Point, Rect
from editor.layout.index import Bounds
from editor.layout.routing import Route
from editor.layout.sizes import PillPart, pill_parts
from editor.model.chart import Chart
from editor.model.elements import Transition
from editor.model.queries import stays

if TYPE_CHECKING:
    from editor.canvas.markdown import MarkdownText
    from editor.canvas.theme import Theme

REACH = 12.0
NEAR = 0.45
"""Device pixels a chart unit from which every state and transition is drawn by itself, with its texts."""
SHAPE = 0.12
"""Device pixels a chart unit from which states have borders and, at a constant size, names."""


@dataclass(slots=True, kw_only=True)
class StateShape:
    """A drawn state. `level`: how many cards it stands on; `near`: what the painter prepared, None until first seen."""

    id: str
    rect: Rect
    level: int
    is_region: bool = False
    is_leaf: bool = True
    is_collapsed: bool = False
    tint: int | None = None
    near: object | None = None


def alike(a: StateShape, b: StateShape) -> bool:
    """Whether two states are drawn alike, as far as their own outline goes."""
    return (a.rect, a.level, a.is_region, a.is_leaf, a.is_collapsed, a.tint) == (
        b.rect,
        b.level,
        b.is_region,
        b.is_leaf,
        b.is_collapsed,
        b.tint,
    )


@dataclass(slots=True, kw_only=True)
class TransitionShape:
    """A drawn transition and its bounds; `told` is what is drawn besides its route, None until that is first seen."""

    id: str
    route: Route
    bounds: Bounds = field(default=(0.0, 0.0, 0.0, 0.0))
    near: object | None = None
    told: Told | None = None

    @property
    def area(self) -> Rect:
        """The bounds as a rectangle."""
        left, top, right, bottom = self.bounds
        return Rect(left, top, right - left, bottom - top)


@dataclass(slots=True, kw_only=True)
class NoteShape:
    """A drawn note; `near`: what the painter prepared, by theme."""

    id: str
    rect: Rect
    text: str
    tint: int | None = None
    near: dict[Theme, MarkdownText] = field(default_factory=dict)


Told: TypeAlias = tuple[tuple[PillPart, ...], bool]


def told(chart: Chart, transition: Transition) -> Told:
    """What a transition is drawn by besides its route, some of which depends on others: its label, which has its rank
    among alternatives and the names of states that its guard asks for; and whether it stays in its state.
    """
    return pill_parts(chart, transition), stays(chart, transition)


def route_bounds(route: Route) -> Bounds:
    """The bounds of a route with its heads and its pill."""
    xs = [point.x for path in route.paths for point in path]
    ys = [point.y for path in route.paths for point in path]
    label = route.label
    if label.width:
        xs += (label.x, label.right)
        ys += (label.y, label.bottom)
    if not xs:
        return 0.0, 0.0, 0.0, 0.0
    return min(xs) - REACH, min(ys) - REACH, max(xs) + REACH, max(ys) + REACH


def distance(point: Point, path: tuple[Point, ...]) -> float:
    """How far a place is from a polyline of axis-parallel or slanted segments."""
    best = float("inf")
    for a, b in pairwise(path):
        dx, dy = b.x - a.x, b.y - a.y
        length = dx * dx + dy * dy
        share = 0.0 if not length else ((point.x - a.x) * dx + (point.y - a.y) * dy) / length
        share = min(1.0, max(0.0, share))
        x, y = a.x + share * dx - point.x, a.y + share * dy - point.y
        best = min(best, x * x + y * y)
    return float(best**0.5)

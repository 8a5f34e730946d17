"""Sketches: cheap routes of a large chart, good enough far away, until what comes near is routed with care."""

from __future__ import annotations

from collections.abc import Mapping

from editor.canvas.shapes import StateShape
from editor.geometry import Point, Rect
from editor.layout.routing import NOTHING, Route
from editor.model.elements import Transition, TriggerKind

REACH = 48.0
_ROOT = Rect(8, 8, 12, 12)


def sketch(transition: Transition, states: Mapping[str, StateShape]) -> Route | None:
    """A path with at most two corners from border to border; None where an end is not drawn."""
    target = states.get(transition.targets[0]) if transition.targets else None
    source = states.get(transition.source)
    if target is None:
        return None if source is None or transition.is_pseudo else _stub(source.rect)
    end = target.rect
    if transition.trigger.kind is TriggerKind.INITIAL:
        middle = end.y + end.height / 2
        return Route(((Point(end.x - 28, middle), Point(end.x, middle)),), NOTHING)
    return Route((_between(_ROOT if source is None else source.rect, end),), NOTHING)


def _stub(rect: Rect) -> Route:
    y = rect.bottom - 12
    return Route(((Point(rect.right - 24, y), Point(rect.right - 12, y)),), NOTHING, True)


def _between(a: Rect, b: Rect) -> tuple[Point, ...]:
    ax, ay, bx, by = a.x + a.width / 2, a.y + a.height / 2, b.x + b.width / 2, b.y + b.height / 2
    if b.x >= a.right or a.x >= b.right:
        start, end = (a.right, b.x) if b.x >= a.right else (a.x, b.right)
        middle = (start + end) / 2
        return Point(start, ay), Point(middle, ay), Point(middle, by), Point(end, by)
    start, end = (a.bottom, b.y) if by >= ay else (a.y, b.bottom)
    middle = (start + end) / 2
    return Point(ax, start), Point(ax, middle), Point(bx, middle), Point(bx, end)

"""Sketches: cheap routes of a large chart, good enough far away, until what comes near is routed with care."""

from __future__ import annotations

from collections.abc import Mapping

from editor.canvas.shapes import REACH, StateShape, TransitionShape
from editor.geometry import Point, Rect
from editor.layout.routing import NOTHING, Route
from editor.model.elements import Transition, TriggerKind

ROOM = 48.0
"""How far beyond a sketch the careful route may reach that replaces it."""
_MARGIN = REACH + ROOM
_ROOT = Rect(8, 8, 12, 12)


def sketch(transition: Transition, states: Mapping[str, StateShape]) -> TransitionShape | None:
    """A path to each target, with at most two corners from border to border; None where no end is drawn."""
    source = states.get(transition.source)
    ends = [target.rect for id in transition.targets if (target := states.get(id)) is not None]
    paths: tuple[tuple[Point, ...], ...]
    if not ends:
        if source is None or transition.is_pseudo:
            return None
        paths = (_stub(source.rect),)
    elif transition.trigger.kind is TriggerKind.INITIAL:
        first = _arrow(ends[0])
        dot = Rect(*first[0], 0, 0)
        paths = (first, *(_between(dot, end) for end in ends[1:]))
    else:
        start = _ROOT if source is None else source.rect
        paths = tuple(_between(start, end) for end in ends)
    # the corners lie between the ends
    xs = [path[each].x for path in paths for each in (0, -1)]
    ys = [path[each].y for path in paths for each in (0, -1)]
    bounds = (min(xs) - _MARGIN, min(ys) - _MARGIN, max(xs) + _MARGIN, max(ys) + _MARGIN)
    return TransitionShape(id=transition.id, route=Route(paths, NOTHING, not ends), bounds=bounds)


def _stub(rect: Rect) -> tuple[Point, ...]:
    y = rect.bottom - 12
    return Point(rect.right - 24, y), Point(rect.right - 12, y)


def _arrow(end: Rect) -> tuple[Point, ...]:
    middle = end.y + end.height / 2
    return Point(end.x - 28, middle), Point(end.x, middle)


def _between(a: Rect, b: Rect) -> tuple[Point, ...]:
    (a_left, a_top, a_width, a_height), (b_left, b_top, b_width, b_height) = a, b
    ax, ay, bx, by = a_left + a_width / 2, a_top + a_height / 2, b_left + b_width / 2, b_top + b_height / 2
    a_right, b_right = a_left + a_width, b_left + b_width
    if b_left >= a_right or a_left >= b_right:
        start, end = (a_right, b_left) if b_left >= a_right else (a_left, b_right)
        middle = (start + end) / 2
        return Point(start, ay), Point(middle, ay), Point(middle, by), Point(end, by)
    start, end = (a_top + a_height, b_top) if by >= ay else (a_top, b_top + b_height)
    middle = (start + end) / 2
    return Point(ax, start), Point(ax, middle), Point(bx, middle), Point(bx, end)

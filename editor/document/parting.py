"""States that come to cover others when they are lined up or spread go apart again, the other way.

What covered each other before stays so: somebody put it there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from editor.document import folded
from editor.document.boxes import Boxes
from editor.document.clearing import clear_of
from editor.geometry import Point, Rect
from editor.layout.sizes import Measure
from editor.model import queries

_KEPT = 64.0
"""What stays free between states that go apart, where so much was free before: room for a label."""


def part(boxes: Boxes, ids: Iterable[str], *, is_level: bool, measure: Measure) -> None:
    """Some states have been moved: of those that cover each other now one goes on, across where `is_level`, else down.

    They keep the order that they had that way. What stands beside them and is covered steps aside.
    """
    chart = boxes.chart
    moved = list(ids)
    for parent in dict.fromkeys(chart.states[id].parent or chart.root_id for id in moved):
        free = [child.id for child in chart.children(parent) if not queries.is_region(chart, child.id)]
        old = {
            id: folded.drawn(chart, box) for id in free if (box := boxes.diagram.boxes.get(id)) is not None
        }
        chosen = [id for id in moved if id in old and (chart.states[id].parent or chart.root_id) == parent]
        _apart(boxes, chosen, old, is_level=is_level)
        _aside(boxes, parent, chosen, old, measure)


def _apart(boxes: Boxes, ids: Collection[str], old: Mapping[str, Rect], *, is_level: bool) -> None:
    """Push those that were moved off each other."""
    placed: list[str] = []
    for id in sorted(ids, key=lambda each: (_place(old[each], is_level), _place(old[each], not is_level))):
        before = [other for other in placed if not old[id].covers(old[other])]
        while (
            by := _way(_now(boxes, id), id, {each: _now(boxes, each) for each in before}, old, is_level)
        ) > 0:
            boxes.shift([id], by if is_level else 0.0, 0.0 if is_level else by)
        placed.append(id)


def _way(now: Rect, id: str, before: Mapping[str, Rect], old: Mapping[str, Rect], is_level: bool) -> float:
    """How far a state has to go on from those before it."""
    return max(
        (
            _place(rect, is_level) + _length(rect, is_level) + min(_gap(old[id], old[each]), _KEPT)
            - _place(now, is_level)
            for each, rect in before.items()
            if now.covers(rect)
        ),
        default=0.0,
    )  # fmt: skip


def _aside(
    boxes: Boxes, parent: str, ids: Collection[str], old: Mapping[str, Rect], measure: Measure
) -> None:
    """Let others step off those that were moved, the shortest way that is free."""
    ground = boxes.ground(parent, measure)
    least = Point(ground.x, ground.y) if ground is not None else None
    for other in old:
        rect = _now(boxes, other)
        met = [each for each in ids if _now(boxes, each).covers(rect) and not old[each].covers(old[other])]
        if other in ids or not met:
            continue
        taken = [_now(boxes, each) for each in old if each != other]
        new = clear_of(rect, taken, least)
        if any(new.covers(_now(boxes, each)) for each in met):
            # everywhere near is something else
            bottom = max(each.bottom for each in taken)
            new = Rect(rect.x, bottom + _KEPT, rect.width, rect.height)
        boxes.shift([other], new.x - rect.x, new.y - rect.y)


def _now(boxes: Boxes, id: str) -> Rect:
    """Where a state is drawn within its parent."""
    box = boxes.get(id)
    return folded.drawn(boxes.chart, box) if box is not None else Rect(0, 0, 0, 0)


def _place(rect: Rect, is_level: bool) -> float:
    return rect.x if is_level else rect.y


def _length(rect: Rect, is_level: bool) -> float:
    return rect.width if is_level else rect.height


def _gap(a: Rect, b: Rect) -> float:
    """What is free between two rectangles, the way on which it is more."""
    return max(a.x - b.right, b.x - a.right, a.y - b.bottom, b.y - a.bottom, 0.0)

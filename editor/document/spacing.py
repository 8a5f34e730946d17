"""Space between states made or taken away: all that lies beyond a line in a container goes on by as much.

Everything is told along one axis: x where `is_level`, else y. Places are those within the container.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from editor.document import notes
from editor.document.boxes import Boxes, moved_bends
from editor.document.undo import Edit
from editor.errors import ChartError
from editor.geometry import GRID, Point, Rect
from editor.layout.frame import EDGE
from editor.layout.sizes import Measure
from editor.model import queries
from editor.model.chart import Chart
from editor.model.diagram import Bends, Diagram
from editor.model.elements import StateKind

_SAME = 0.5
"""Chart units that a side may lie before the line and count as on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beyond:
    """What lies beyond a line in a container, and how far it can be pulled back at most until it would touch.

    `around`: the rectangle around its states, on the canvas.
    """

    container: str
    line: float
    is_level: bool
    ids: tuple[str, ...]
    written: tuple[str, ...]
    has_dot: bool
    around: Rect | None
    most: float

    def limited(self, by: float) -> float:
        """How far all of it goes when it is pushed by so much, or pulled if that is less than nothing."""
        return max(by, -self.most)


def container_at(chart: Chart, diagram: Diagram, id: str | None, top: str | None = None) -> str:
    """The container that is meant by a place on a state: that state if it holds others and shows them, or what does.

    `top`: what is looked at alone, which shows what it holds in any case. Regions fill their parallel state, which
    therefore is none itself.
    """
    here = id
    while here is not None and here != chart.root_id:
        box = diagram.boxes.get(here)
        is_open = chart.has_children(here) and box is not None and (here == top or not box.collapsed)
        if is_open and chart.states[here].kind is not StateKind.PARALLEL:
            return here
        here = chart.states[here].parent
    return chart.root_id


def beyond(
    chart: Chart, diagram: Diagram, container: str, line: float, *, is_level: bool, measure: Measure
) -> Beyond:
    """What begins at a line or beyond it; what the line runs through stays."""
    boxes = Boxes(chart, diagram)
    rects = {
        child.id: box.rect for child in chart.children(container) if (box := boxes.get(child.id)) is not None
    }
    ids = tuple(id for id, rect in rects.items() if _start(rect, is_level) >= line - _SAME)
    origin = boxes.origin(container)
    around = Rect.around(rects[id] for id in ids)
    own = diagram.boxes.get(container)
    dot = own.initial if own is not None else None
    ground = boxes.ground(container, measure)
    going = frozenset(ids)
    stays = [rect for id, rect in rects.items() if id not in going]
    has_dot = dot is not None and _along(dot, is_level) >= line - _SAME
    most = _most([rects[id] for id in ids], stays, is_level)
    if ground is not None and around is not None:
        # to the side a composite keeps more free, or it would grow
        least = _start(ground, is_level) + (EDGE if is_level else 0.0)
        most = min(most, max(_start(around, is_level) - least, 0.0))
    if has_dot and dot is not None and ground is not None:
        most = min(most, max(_along(dot, is_level) - _start(ground, is_level), 0.0))
    return Beyond(
        container=container,
        line=line,
        is_level=is_level,
        ids=ids,
        written=_written(chart, diagram, container, line + _along(origin, is_level), is_level),
        has_dot=has_dot,
        around=around.moved(*origin) if around is not None else None,
        most=most,
    )


def holder(chart: Chart, diagram: Diagram, ids: Iterable[str]) -> str | None:
    """The parent of some states before which space can be made; None where they are of several, or are regions."""
    chosen = _boxed(chart, diagram, ids)
    parents = {chart.states[id].parent for id in chosen}
    if len(parents) != 1 or any(queries.is_region(chart, id) for id in chosen):
        return None
    return parents.pop()


def before(
    chart: Chart, diagram: Diagram, ids: Sequence[str], *, is_level: bool, measure: Measure
) -> Beyond | None:
    """What lies beyond the first side of some states of one parent, they too; None where they are not of one."""
    container = holder(chart, diagram, ids)
    if container is None:
        return None
    line = min(_start(diagram.boxes[id].rect, is_level) for id in _boxed(chart, diagram, ids))
    return beyond(chart, diagram, container, line, is_level=is_level, measure=measure)


def _boxed(chart: Chart, diagram: Diagram, ids: Iterable[str]) -> list[str]:
    return [id for id in ids if id in diagram.boxes and id in chart.states and id != chart.root_id]


def space(chart: Chart, diagram: Diagram, found: Beyond, by: float, *, measure: Measure) -> Edit:
    """All that lies beyond a line pushed on, or pulled back by as much as there is; its container grows to hold it.

    Raises:
        ChartError: there is nothing, or it would touch what is before it at once.
    """
    if not found.ids and not found.written:
        raise ChartError("Nothing lies beyond this line.")
    way = found.limited(by)
    if by < 0 and not way:
        raise ChartError("There is no space to take away: it would touch what stays.")
    dx, dy = (way, 0.0) if found.is_level else (0.0, way)
    boxes = Boxes(chart, diagram)
    for id in found.ids:
        box = diagram.boxes[id]
        boxes.put(id, replace(box, x=box.x + dx, y=box.y + dy))
    _shift_bends(boxes, found, dx, dy)
    own = boxes.get(found.container)
    if found.has_dot and own is not None and own.initial is not None:
        boxes.put(own.id, replace(own, initial=own.initial.moved(dx, dy)))
    boxes.fit(found.container, measure)
    written = {id: diagram.notes[id] for id in found.written}
    changes = (*boxes.changes(), *notes.moved(diagram, written, dx, dy))
    return Edit("Insert space" if way > 0 else "Remove space", changes)


def _shift_bends(boxes: Boxes, found: Beyond, dx: float, dy: float) -> None:
    """Bends in the container go along where they lie beyond the line, and all of those between what goes."""
    moved = frozenset(found.ids)
    boxes.carry_bends(moved, dx, dy)
    stays = _staying(boxes, found)
    for id, bends in boxes.diagram.bends.items():
        transition = boxes.chart.transitions.get(id)
        if id in boxes.new_bends or transition is None or not bends.points:
            continue
        if queries.container(boxes.chart, transition) == found.container:
            boxes.put_bends(id, _shifted(bends, found, stays, dx, dy))


def _staying(boxes: Boxes, found: Beyond) -> list[Rect]:
    """The states in the container that stay."""
    ids = [child.id for child in boxes.chart.children(found.container) if child.id not in found.ids]
    return [box.rect for id in ids if (box := boxes.get(id)) is not None]


def _shifted(bends: Bends, found: Beyond, stays: list[Rect], dx: float, dy: float) -> Bends:
    """Bends of which those beyond the line went along; none is pulled into a state that stays before it."""
    moved = moved_bends(bends, dx, dy).points
    points = tuple(
        _held(old, new, stays, found.is_level) if _along(old, found.is_level) >= found.line - _SAME else old
        for old, new in zip(bends.points, moved, strict=True)
    )
    return replace(bends, points=points)


def _held(old: Point, new: Point, stays: list[Rect], is_level: bool) -> Point:
    """Where a bend goes that is pulled: beside the last state on its way that stays, at most."""
    here, there = _along(old, is_level), _along(new, is_level)
    across = old.y if is_level else old.x
    ends = [
        _end(rect, is_level)
        for rect in stays
        if _start(rect, not is_level) <= across <= _end(rect, not is_level) and _end(rect, is_level) <= here
    ]
    place = max([there, *(min(end + GRID, here) for end in ends)]) if there < here else there
    return Point(place, new.y) if is_level else Point(new.x, place)


def _most(moved: Iterable[Rect], stays: list[Rect], is_level: bool) -> float:
    """How far rectangles can be pulled before one of them would touch one that stays."""
    most = float("inf")
    ends = sorted(stays, key=lambda rect: -_end(rect, is_level))
    for rect in sorted(moved, key=lambda each: _start(each, is_level)):
        for other in ends:
            free = _start(rect, is_level) - _end(other, is_level) - GRID
            if free >= most:
                break
            if _in_lane(rect, other, is_level) and free >= -GRID:
                most = max(free, 0.0)
    return most


def _written(chart: Chart, diagram: Diagram, container: str, line: float, is_level: bool) -> tuple[str, ...]:
    """The notes beyond a line of the canvas that lie within a container."""
    boxes = Boxes(chart, diagram)
    box = diagram.boxes.get(container)
    room = None
    if container != chart.root_id and box is not None:
        room = Rect(*boxes.origin(container), box.width, box.height)
    return tuple(
        note.id
        for note in diagram.notes.values()
        if _start(note.rect, is_level) >= line - _SAME and (room is None or room.encloses(note.rect))
    )


def _start(rect: Rect, is_level: bool) -> float:
    return rect.x if is_level else rect.y


def _end(rect: Rect, is_level: bool) -> float:
    return rect.right if is_level else rect.bottom


def _along(point: Point, is_level: bool) -> float:
    return point.x if is_level else point.y


def _in_lane(rect: Rect, other: Rect, is_level: bool) -> bool:
    """Whether one would meet the other on its way along the axis."""
    if is_level:
        return rect.y < other.bottom and other.y < rect.bottom
    return rect.x < other.right and other.x < rect.right

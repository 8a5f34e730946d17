"""The planner that makes one transition straight: its bends go, and if need be one of its ends is moved a little."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from math import copysign, floor

from editor.document import edits
from editor.document.boxes import Boxes
from editor.document.steps import Steps
from editor.document.undo import Edit
from editor.errors import ChartError
from editor.geometry import GRID, Point, Rect
from editor.layout import routing
from editor.layout.frame import Frame
from editor.layout.sizes import Measure
from editor.model import labels, queries
from editor.model.changes import BendsChange
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.elements import Transition, TriggerKind, is_unresolved

_CORNER = 12.0
"""What a straight line keeps off the corners of its ends."""
_LEAST = 24.0
"""The shortest straight line, which still has room for its head."""
_APART = 14.0
"""What it keeps off lines beside it that were placed by hand."""
_HOLD = 0.25
"""Where along it the point is that holds a straight line: off its middle, where its label is read."""
_STEP = 4.0
_BESIDE = 8.0
"""What a state that is moved for it keeps off others."""

Span = tuple[float, float]


def can_be_straight(chart: Chart, id: str) -> bool:
    """Whether a transition is of a kind that can be straight: from a state to one other."""
    made = chart.transitions.get(id)
    return (
        made is not None
        and made.trigger.kind is not TriggerKind.INITIAL
        and len(made.targets) == 1
        and made.targets[0] != made.source
        and made.source != chart.root_id
        and not is_unresolved(made.targets[0])
    )


def straighten(chart: Chart, diagram: Diagram, id: str, *, measure: Measure) -> Edit:
    """One transition made straight, by the least that does it.

    First its bends are left out; then it is led straight where there is a free way between its ends; then one of
    these is moved sideways, as little as gives such a way, where it has the room.

    Raises:
        ChartError: it cannot be straight, or is already; the message says why.
    """
    if not can_be_straight(chart, id):
        raise ChartError("Only a transition from one state to another can be straight.")
    frame = Frame(chart, diagram, measure)
    made = chart.transitions[id]
    start, end = frame.rect(made.source), frame.rect(made.targets[0])
    if start is None or end is None or start.intersects(end):
        raise ChartError("A transition between states that lie in or on each other cannot be straight.")
    if _is_straight(chart, diagram, id, measure):
        raise ChartError("This transition is straight already.")
    title = f"Straighten {labels.label_text(chart, made) or 'transition'}"
    for dx, dy, moved in ((0.0, 0.0, ""), *_shifts(frame, made, start, end)):
        steps = Steps(chart, diagram)
        if moved:
            steps.make(_moved(chart, diagram, moved, dx, dy).changes)
        if _led_straight(steps, id, measure):
            return steps.edit(title)
    raise ChartError("There is no straight way between its ends: something stands there, or they lie askew.")


def _is_straight(chart: Chart, diagram: Diagram, id: str, measure: Measure) -> bool:
    bends = diagram.bends.get(id)
    is_quick = len(chart.transitions) > routing.PROMPT
    if is_quick and (bends is None or not bends.points):
        return False  # to know, one would have to wait for all others: it is led straight then
    found = routing.route(chart, diagram, [id], measure, quick=is_quick).get(id)
    return found is not None and len(found.paths[0]) == 2


def _led_straight(steps: Steps, id: str, measure: Measure) -> bool:
    """Make a transition straight where its ends are; whether that can be done."""
    chart, diagram = steps.chart, steps.diagram
    frame = Frame(chart, diagram, measure)
    made = chart.transitions[id]
    free = next((points for points in _ways(frame, made) if _is_free(frame, made, points)), None)
    if free is None:
        return False
    bends = diagram.bends.get(id)
    if bends is not None and bends.points:
        kept = replace(bends, points=()) if bends.label is not None or bends.extra else None
        freed = Steps(chart, diagram)
        freed.make([BendsChange(id, bends, kept)])
        if _is_straight(freed.chart, freed.diagram, id, measure):
            steps.make(freed.edit("").changes)
            return True
    elif _is_straight(chart, diagram, id, measure):
        return True
    a, b = free
    point = Point(a.x + (b.x - a.x) * _HOLD, a.y + (b.y - a.y) * _HOLD)
    steps.make(edits.set_bends(chart, diagram, id, [point]).changes)
    return True


def _ways(frame: Frame, made: Transition) -> Iterator[tuple[Point, Point]]:
    """Straight lines between the ends of a transition, the one in the middle first."""
    start, end = frame.rect(made.source), frame.rect(made.targets[0])
    if start is None or end is None:
        return
    for is_level in (True, False):
        between = _between(start, end, is_level)
        low, high = _shared(frame, made, start, end, is_level)
        if between is None or low > high:
            continue
        middle = (low + high) / 2
        # the grid where there is one, as what lies beside it does
        middle = min(max(round(middle / _STEP) * _STEP, low), high)
        for number in range(int((high - low) / _STEP) + 1):
            for way in (1, -1) if number else (1,):
                place = middle + way * number * _STEP
                if low <= place <= high:
                    a, b = between
                    yield (
                        (Point(a, place), Point(b, place))
                        if is_level
                        else (
                            Point(place, a),
                            Point(place, b),
                        )
                    )


def _between(start: Rect, end: Rect, is_level: bool) -> Span | None:
    """Where a straight line begins and ends along its way; None where the two are too close."""
    (low, high), (other_low, other_high) = _span(start, is_level), _span(end, is_level)
    if other_low - high >= _LEAST:
        return high, other_low
    return (low, other_high) if low - other_high >= _LEAST else None


def _span(rect: Rect, is_level: bool) -> Span:
    return (rect.x, rect.right) if is_level else (rect.y, rect.bottom)


def _room(frame: Frame, id: str, rect: Rect, is_level: bool) -> Span:
    """Where on the side of a state a line may end: off its corners, and in the middle of a ring."""
    low, high = _span(rect, not is_level)
    middle = (low + high) / 2
    is_narrow = frame.is_round(id) or high - low <= 2 * _CORNER
    return (middle, middle) if is_narrow else (low + _CORNER, high - _CORNER)


def _shared(frame: Frame, made: Transition, start: Rect, end: Rect, is_level: bool) -> Span:
    """Where across its way a line may be so that both ends have room for it; nowhere when it ends before it begins."""
    (low, high) = _room(frame, made.source, start, is_level)
    (other_low, other_high) = _room(frame, made.targets[0], end, is_level)
    return max(low, other_low), min(high, other_high)


def _is_free(frame: Frame, made: Transition, line: tuple[Point, Point]) -> bool:
    """Whether a line runs through no state, and close beside no other line that was placed by hand."""
    a, b = line
    around = Rect.between(a, b)
    if any(rect.intersects(around) for rect in _strange(frame, made)):
        return False
    by_hand = [id for id, bends in frame.diagram.bends.items() if bends.points and id != made.id]
    wide = around.grown(_APART - 1)
    for found in routing.route(frame.chart, frame.diagram, by_hand, frame.measure, quick=True).values():
        for path in found.paths:
            for c, d in pairwise(path):
                if (a.y == b.y) == (c.y == d.y) and wide.intersects(Rect.between(c, d)):
                    return False
    return True


def _strange(frame: Frame, made: Transition) -> Iterator[Rect]:
    """The outermost states that have nothing to do with a transition."""
    chart = frame.chart
    related = {id for end in (made.source, made.targets[0]) for id in queries.lineage(chart, end)}
    ends = {made.source, made.targets[0]}
    for id in related - ends:
        for child in chart.children(id):
            if child.id not in related and (card := frame.card(child.id)) is not None:
                yield card
    for id in ends:
        card, ring = frame.card(id), frame.rect(id)
        if card is not None and ring is not None and frame.is_round(id):
            card = Rect(card.x, ring.bottom, card.width, card.bottom - ring.bottom)  # its name
        if card is not None:
            yield card.grown(-1)


def _shifts(frame: Frame, made: Transition, start: Rect, end: Rect) -> list[tuple[float, float, str]]:
    """Ways to move one of the ends that give a straight line room, the shortest first."""
    found: list[tuple[float, float, str]] = []
    for is_level in (True, False):
        if _between(start, end, is_level) is None:
            continue
        rooms = {
            made.source: _room(frame, made.source, start, is_level),
            made.targets[0]: _room(frame, made.targets[0], end, is_level),
        }
        for id, other in ((made.source, made.targets[0]), (made.targets[0], made.source)):
            for way in _least(rooms[id], rooms[other]):
                dx, dy = (0.0, way) if is_level else (way, 0.0)
                if _may_go(frame, id, other, dx, dy):
                    found.append((dx, dy, id))
                    break
    return sorted(found, key=lambda each: abs(each[0]) + abs(each[1]))


def _least(own: Span, other: Span) -> list[float]:
    """How far a span has to go to meet another: by whole steps of the grid where that does it, else as far as it is."""
    way = other[0] - own[1] if own[1] < other[0] else other[1] - own[0]
    if own[1] >= other[0] and own[0] <= other[1]:
        return []
    steps = copysign(GRID * -floor(-abs(way) / GRID), way)
    is_met = own[0] + steps <= other[1] and own[1] + steps >= other[0]
    return [steps, way] if is_met else [way]


def _may_go(frame: Frame, id: str, other: str, dx: float, dy: float) -> bool:
    """Whether a state has the room to go: within its parent, and off those beside it."""
    chart = frame.chart
    parent = chart.states[id].parent
    card = frame.card(id)
    if card is None or parent is None or queries.is_region(chart, id):
        return False
    if queries.is_descendant(chart, other, id):
        return False
    moved = card.moved(dx, dy)
    ground = Boxes(chart, frame.diagram).ground(parent, frame.measure)
    origin = frame.origin(parent)
    if ground is not None and not ground.moved(*origin).encloses(moved):
        return False
    near = moved.united(card).grown(_BESIDE - 1)
    beside = (frame.card(child.id) for child in chart.children(parent) if child.id != id)
    return not any(rect is not None and rect.intersects(near) for rect in beside)


def _moved(chart: Chart, diagram: Diagram, id: str, dx: float, dy: float) -> Edit:
    boxes = Boxes(chart, diagram)
    box = boxes.get(id)
    if box is not None:
        boxes.put(id, replace(box, x=box.x + dx, y=box.y + dy, auto=False))
        boxes.carry_bends([id], dx, dy)
    return Edit("Move", tuple(boxes.changes()))

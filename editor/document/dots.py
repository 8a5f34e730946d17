"""Planners of where initial dots are: placed by hand inside their state, carried along, or left to themselves again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from editor.document.boxes import Boxes
from editor.document.undo import Edit
from editor.geometry import Point, Rect
from editor.layout import sizes
from editor.layout.frame import EDGE, Frame
from editor.layout.sizes import Measure
from editor.model import queries
from editor.model.changes import AnyChange, BoxChange, TransitionChange
from editor.model.chart import Chart
from editor.model.diagram import Box, Diagram
from editor.model.elements import Transition, TriggerKind, is_unresolved

_HEAD = 20.0
"""Chart units between a dot and the state it leads to: room for the arrow's head."""


def is_initial(chart: Chart, id: str) -> bool:
    """Whether an id is that of an initial transition."""
    return id in chart.transitions and chart.transitions[id].trigger.kind is TriggerKind.INITIAL


def place_of(chart: Chart, diagram: Diagram, id: str, measure: Measure) -> Point | None:
    """Where the dot of an initial transition is, within the state it belongs to; None where none is drawn."""
    transition = chart.transitions[id]
    frame = Frame(chart, diagram, measure)
    path = frame.initial(transition)
    if path is None:
        return None
    origin = frame.origin(transition.source)
    return path[0].moved(-origin.x, -origin.y)


def placing(chart: Chart, diagram: Diagram, id: str, at: Point | None, measure: Measure) -> Edit:
    """The dot of an initial transition at a place within its state, or as near to it as there is room.

    It stays inside the state, below its name, and beside the states in it. None leaves its place to the routing.
    """
    holder = chart.transitions[id].source
    old = diagram.boxes.get(holder)
    if at is not None:
        at = _beside(at, _room(chart, diagram, holder, measure), _cards(chart, diagram, id))
        at = Point(round(at.x), round(at.y))
    return Edit("Move initial dot", _change(chart, old, holder, at))


def _change(chart: Chart, old: Box | None, holder: str, at: Point | None) -> tuple[BoxChange, ...]:
    if holder != chart.root_id:
        return (BoxChange(holder, old, replace(old, initial=at)),) if old is not None else ()
    # The machine itself is not drawn: its box holds nothing but the dot.
    new = replace(old or Box(id=holder, x=0, y=0, width=0, height=0), initial=at)
    return (BoxChange(holder, old, None if at is None and not new.extra else new),)


def given_up(chart: Chart, diagram: Diagram, changes: Sequence[AnyChange]) -> list[AnyChange]:
    """Changes, with what follows for dots: one whose arrow goes, and gets no successor, has no place any more."""
    arrows = [change for change in changes if isinstance(change, TransitionChange)]
    lost = [
        each.old.source for each in arrows if each.old is not None and each.new is None and _begins(each.old)
    ]
    kept = {each.new.source for each in arrows if each.new is not None and _begins(each.new)}
    found = list(changes)
    for holder in lost:
        boxes = [each.new for each in changes if isinstance(each, BoxChange) and each.id == holder]
        box = boxes[-1] if boxes else diagram.boxes.get(holder)
        if holder not in kept and box is not None and box.initial is not None:
            found += _change(chart, box, holder, None)
    return found


def _begins(transition: Transition) -> bool:
    return transition.trigger.kind is TriggerKind.INITIAL


def _room(chart: Chart, diagram: Diagram, holder: str, measure: Measure) -> Rect | None:
    """Where a dot may be, within its state; None for anywhere, as on the open canvas."""
    box = diagram.boxes.get(holder)
    if box is None or holder == chart.root_id:
        return None
    top = sizes.header_height(chart, holder, measure) + EDGE
    width, height = max(box.width - 2 * EDGE, 0.0), max(box.height - top - EDGE, 0.0)
    return Rect(EDGE, min(top, box.height / 2), width, height)


def _cards(chart: Chart, diagram: Diagram, id: str) -> list[Rect]:
    """What a dot keeps off: the states beside it with an edge, and further off the one that it leads to."""
    transition = chart.transitions[id]
    boxes = Boxes(chart, diagram)
    origin = boxes.origin(transition.source)
    targets = {each for each in transition.targets if not is_unresolved(each)}
    inside = {child.id for child in chart.children(transition.source)}
    found = []
    for each in inside | targets:
        box = diagram.boxes.get(each)
        if box is not None:
            corner = boxes.origin(each)
            rect = Rect(corner.x - origin.x, corner.y - origin.y, box.width, box.height)
            found.append(rect.grown(_HEAD if each in targets else EDGE))
    return found


def _beside(at: Point, room: Rect | None, cards: list[Rect]) -> Point:
    """The nearest place in the room and on no card; in a crowd on one, where there is none."""
    if room is not None:
        at = Point(min(max(at.x, room.x), room.right), min(max(at.y, room.y), room.bottom))
    inside = [card for card in cards if _covers(card, at)]
    xs = [at.x, *(x for card in inside for x in (card.x, card.right))]
    ys = [at.y, *(y for card in inside for y in (card.y, card.bottom))]
    free = [
        place
        for place in (Point(x, y) for x in xs for y in ys)
        if (room is None or room.contains(place)) and not any(_covers(card, place) for card in cards)
    ]
    return min(free, key=lambda place: (place.x - at.x) ** 2 + (place.y - at.y) ** 2, default=at)


def _covers(card: Rect, at: Point) -> bool:
    return card.x < at.x < card.right and card.y < at.y < card.bottom


def carried(chart: Chart, diagram: Diagram, moved: Iterable[str], selected: Iterable[str]) -> dict[str, Box]:
    """The boxes whose dots, placed by hand, go along when states are moved, by the id of their state.

    A dot goes along when its arrow is selected as well, or when all that its state holds is moved.
    """
    ids, chosen = set(moved), set(selected)
    found: dict[str, Box] = {}
    for holder in {chart.states[id].parent for id in ids}:
        box = diagram.boxes.get(holder or "")
        initial = queries.initial_transition(chart, holder) if holder is not None else None
        if box is None or box.initial is None or initial is None:
            continue
        if initial.id in chosen or all(child.id in ids for child in chart.children(box.id)):
            found[box.id] = box
    return found


def carry(boxes: Boxes, starts: Mapping[str, Box], dx: float, dy: float) -> None:
    """Shift dots from where they started."""
    for id, start in starts.items():
        box = boxes.get(id)
        if box is not None and start.initial is not None:
            boxes.put(id, replace(box, initial=start.initial.moved(dx, dy)))

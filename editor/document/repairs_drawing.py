"""Repairs of what is hard to read in a drawing: each changes one thing, near where it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from editor.document import edits
from editor.document.boxes import Boxes
from editor.document.clearing import clear_of
from editor.document.repair import Fix, Spot
from editor.document.straightening import can_be_straight, straighten
from editor.document.undo import Edit
from editor.errors import ChartError
from editor.geometry import Point, Rect
from editor.layout import legible, paths, sizes
from editor.layout.drawn import Drawn, Shown, meets, stretches
from editor.layout.frame import Frame
from editor.layout.routing import PROMPT, Route, route
from editor.model import queries
from editor.model.changes import BendsChange
from editor.model.diagram import Label

_SHARES = tuple(share / 20 for share in (10, 9, 11, 8, 12, 7, 13, 6, 14, 5, 15, 4, 16, 3, 17, 2, 18))
"""Where along its line a label is tried, from the middle on."""
_ASIDE = 14.0
"""Chart units between a line and a label beside it."""
_BARE = 12.0
"""Chart units that a label on its line leaves bare at each end, so that the head is seen."""
_OFF = 12.0
"""What a state that steps aside keeps off the line that ran through it."""
_AROUND = 200.0
"""Chart units around a line within which others are looked at, where a chart is too large to look at all."""


def through_state(spot: Spot) -> Iterator[Fix]:
    """The line is routed anew or made straight, or what it runs through steps aside."""
    yield from _anew(spot)
    drawn = _drawn(spot)
    found = drawn.line(spot.problem.element)
    if found is None:
        return
    off = [Rect.between(*each).grown(_OFF) for each in stretches(found)]
    for id in legible.passed_states(drawn, spot.transition, found):
        if not queries.is_region(spot.chart, id):
            title = f"Move “{spot.chart.states[id].key}” out of the way"
            yield Fix("aside", title, partial(_stepped, spot, id, off))


def crossing(spot: Spot) -> Iterator[Fix]:
    """The line is routed anew or made straight."""
    yield from _anew(spot)


def label_overlap(spot: Spot) -> Iterator[Fix]:
    """The label is put where nothing is."""
    yield Fix("label", "Move the label", lambda: _label_moved(spot))
    yield from _label_let_go(spot)


def label_far(spot: Spot) -> Iterator[Fix]:
    """The label goes back to its line."""
    yield from _label_let_go(spot)
    yield Fix("label", "Put the label on its line", lambda: _label_moved(spot))


def states_overlap(spot: Spot) -> Iterator[Fix]:
    """The state steps aside."""
    yield Fix("aside", f"Let “{spot.state.key}” step aside", lambda: _stepped(spot, spot.state.id, ()))


def outside_parent(spot: Spot) -> Iterator[Fix]:
    """What is around it grows to hold it."""
    parent = spot.state.parent
    if parent is not None:
        yield Fix("fit", f"Let “{spot.chart.states[parent].key}” hold it", lambda: _held(spot, parent))


def text_cut(spot: Spot) -> Iterator[Fix]:
    """The state grows to its text."""
    yield Fix("grow", "Make it as large as its text", lambda: _grown(spot))


FIXES: Mapping[str, Callable[[Spot], Iterator[Fix]]] = {
    "line-through-state": through_state,
    "crossing-lines": crossing,
    "many-bends": crossing,
    "label-overlap": label_overlap,
    "label-far": label_far,
    "states-overlap": states_overlap,
    "outside-parent": outside_parent,
    "text-cut": text_cut,
}


def _anew(spot: Spot) -> Iterator[Fix]:
    """What can be done to a line itself."""
    chart, diagram, id = spot.chart, spot.diagram, spot.problem.element
    bends = diagram.bends.get(id)
    if bends is not None and bends.points:
        yield Fix("route", "Clear bends of this transition", lambda: edits.clear_bends(chart, diagram, [id]))
    if can_be_straight(chart, id):
        yield Fix(
            "straighten", "Straighten the line", lambda: straighten(chart, diagram, id, measure=spot.measure)
        )


def _drawn(spot: Spot) -> Shown:
    """The drawing around a line: as it is shown; else all of it where that is small, or what is attached to the states
    near the line.
    """
    if spot.shown is not None:
        return spot.shown
    chart, frame = spot.chart, Frame(spot.chart, spot.diagram, spot.measure)
    if len(chart.transitions) <= PROMPT:
        return Drawn(frame, route(chart, spot.diagram, None, spot.measure))
    transition = spot.transition
    ends = [frame.card(id) for id in (transition.source, *transition.targets) if id in chart.states]
    around = Rect.around(card for card in ends if card is not None) or Rect(0, 0, 0, 0)
    area = around.grown(_AROUND)
    near = [id for id in chart.states if (card := frame.card(id)) is not None and card.intersects(area)]
    ids = {each.id for id in near for each in (*chart.outgoing(id), *chart.incoming(id))}
    return Drawn(frame, route(chart, spot.diagram, {*ids, transition.id}, spot.measure, quick=True))


def _route(spot: Spot, drawn: Shown) -> Route:
    found = drawn.line(spot.problem.element)
    if found is None:
        raise ChartError("The transition is not drawn.")
    return found


def _stepped(spot: Spot, id: str, off: Iterable[Rect]) -> Edit:
    """A state moved the shortest way off those beside it, and off rectangles of the canvas; its parent holds it."""
    boxes = Boxes(spot.chart, spot.diagram)
    box, parent = boxes.get(id), spot.chart.states[id].parent
    if box is None or parent is None or queries.is_region(spot.chart, id):
        raise ChartError("It cannot be moved.")
    origin = boxes.origin(parent)
    taken = [rect.moved(-origin.x, -origin.y) for rect in off]
    taken += [
        other.rect
        for child in spot.chart.children(parent)
        if child.id != id and (other := boxes.get(child.id)) is not None
    ]
    ground = boxes.ground(parent, spot.measure)
    new = clear_of(box.rect, taken, Point(ground.x, ground.y) if ground is not None else None)
    if new == box.rect:
        raise ChartError("There is no room near.")
    boxes.put(id, replace(box, x=new.x, y=new.y, auto=False))
    boxes.carry_bends([id], new.x - box.x, new.y - box.y)
    boxes.fit(parent, spot.measure)
    return Edit("Step aside", tuple(boxes.changes()))


def _held(spot: Spot, parent: str) -> Edit:
    """A state grown until it holds what reaches out of it."""
    boxes = Boxes(spot.chart, spot.diagram)
    boxes.fit(parent, spot.measure)
    return Edit("Fit", tuple(boxes.changes()))


def _grown(spot: Spot) -> Edit:
    """A state grown until it holds its text; the sides of regions are moved as a hand would move them."""
    boxes = Boxes(spot.chart, spot.diagram)
    box = boxes.get(spot.state.id)
    if box is not None and queries.is_region(spot.chart, box.id):
        width, height = sizes.state_size(spot.chart, box.id, spot.measure)
        rect = Rect(box.x, box.y, max(box.width, width), max(box.height, height))
        return edits.resize(spot.chart, spot.diagram, box.id, rect, measure=spot.measure)
    boxes.fit_text(spot.state.id, spot.measure)
    boxes.fit(spot.state.id, spot.measure)
    boxes.fit(spot.state.parent, spot.measure)
    return Edit("Fit", tuple(boxes.changes()))


def _label_let_go(spot: Spot) -> Iterator[Fix]:
    """The label is left to the routing, where a hand had put it."""
    id = spot.problem.element
    bends = spot.diagram.bends.get(id)
    if bends is not None and bends.label is not None:
        kept = replace(bends, label=None) if bends.points or bends.extra else None
        yield Fix(
            "release", "Let the label find its place", lambda: Edit("", (BendsChange(id, bends, kept),))
        )


def _label_moved(spot: Spot) -> Edit:
    """The label at the first place along its line, on it or beside it, where it covers nothing and no end of the line.

    Raises:
        ChartError: there is none.
    """
    drawn = _drawn(spot)
    found = _route(spot, drawn)
    own, path = found.label, found.paths[0]
    for dx, dy in _offsets(own):
        for share in _SHARES:
            at = paths.along(path, share).moved(dx, dy)
            label = Rect(at.x - own.width / 2, at.y - own.height / 2, own.width, own.height)
            if (dx or dy) and any(meets(label, each) for each in stretches(found)):
                continue
            if not (dx or dy) and any(label.grown(_BARE).contains(end) for end in _ends(found)):
                continue
            if not _is_taken(spot, drawn, label):
                place = Label(along=share, dx=dx, dy=dy)
                return edits.place_label(spot.chart, spot.diagram, spot.problem.element, place)
    raise ChartError("There is no room for the label near its line.")


def _ends(route: Route) -> Iterator[Point]:
    """Where a line begins and where its heads are."""
    for path in route.paths:
        yield path[0]
        yield path[-1]


def _offsets(label: Rect) -> list[tuple[float, float]]:
    """On the line, beside it, and as far off the cards at its ends as it does not seem to belong elsewhere."""
    off = int(label.height / 2 + legible.FAR)
    across, down = round(label.width / 2 + _ASIDE / 2), round(label.height / 2 + _ASIDE / 2)
    return [(0, 0), (0, -down), (0, down), (across, 0), (-across, 0), (0, -off), (0, off)]


def _is_taken(spot: Spot, drawn: Shown, label: Rect) -> bool:
    """Whether a label would cover something there, or lie close to it."""
    id, near = spot.problem.element, label.grown(2)
    return bool(
        legible.states_under(drawn, spot.transition, near)
        or legible.labels_under(drawn, id, near)
        or legible.lines_under(drawn, id, near)
    )

"""The paths of transitions: orthogonal, from border to border, with a place for the label. Numbers to numbers.

Ends are spread along the sides of states, in the order of where the other ends are, so that no two lie on each
other; what is drawn depends on the chart and the diagram alone, never on what was drawn before.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import dataclass

from editor.geometry import Point, Rect
from editor.layout import careful, sizes
from editor.layout.bit_by_bit import finished
from editor.layout.choices import Choices
from editor.layout.frame import Frame
from editor.layout.memory import Memory
from editor.layout.quick import Quick
from editor.layout.sizes import Measure
from editor.layout.wires import Near
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.elements import TriggerKind


@dataclass(frozen=True, slots=True)
class Route:
    """A path per target in absolute coordinates, and the rectangle of the label.

    `ends_inside`: the transition changes no state and ends in a small square inside its source.
    """

    paths: tuple[tuple[Point, ...], ...]
    label: Rect
    ends_inside: bool = False


NOTHING = Rect(0, 0, 0, 0)
CAREFUL = 600
"""Transitions up to which all are routed with care, each knowing all others: a second of work once, which a window does
bit by bit; an edit costs what it touches."""
PROMPT = 200
"""Transitions up to which one may wait for that: a few tenths of a second."""


def as_drawn(chart: Chart, diagram: Diagram, ids: Iterable[str] | None, measure: Measure) -> dict[str, Route]:
    """Routes of some transitions, or of all, as they are on the canvas where nothing is folded."""
    return route(chart, diagram, ids, measure, quick=len(chart.transitions) > CAREFUL)


def route(
    chart: Chart,
    diagram: Diagram,
    ids: Iterable[str] | None,
    measure: Measure,
    *,
    quick: bool = False,
    memory: Memory | None = None,
    near: Near | None = None,
    choices: Choices | None = None,
) -> dict[str, Route]:
    """Routes of some transitions, or of all; those whose ends have no box are left out.

    `quick`: by rules of thumb, so that a route depends on nothing but the states around its ends and what shares a side
    with it; `near` gives the ids of the states that meet an area, if there is an index of them; `choices` has what was
    chosen before and still holds. Else each is
    chosen with care among many, knowing all others, whichever of them are asked for. What a `memory` of the drawing
    before has is not sought again; the result is the same.
    """
    steps = routing(chart, diagram, ids, measure, quick=quick, memory=memory, near=near, choices=choices)
    return finished(steps)


def routing(
    chart: Chart,
    diagram: Diagram,
    ids: Iterable[str] | None,
    measure: Measure,
    *,
    quick: bool = False,
    memory: Memory | None = None,
    near: Near | None = None,
    choices: Choices | None = None,
) -> Generator[None, None, dict[str, Route]]:
    """The same, a little at each step; nothing may change between two steps."""
    frame = Frame(chart, diagram, measure)
    wanted = list(chart.transitions) if ids is None else [id for id in ids if id in chart.transitions]
    all_routes = {} if quick or not wanted else (yield from careful.routing(frame, memory))
    by_rule = Quick(frame, near, choices)
    found: dict[str, Route] = {}
    for id in wanted:
        transition = chart.transitions[id]
        if sizes.is_row(transition):
            row = frame.row(transition)
            if row is not None:
                found[id] = Route((row[0],), row[1], True)
            continue
        if quick and transition.trigger.kind is not TriggerKind.INITIAL:
            yield from by_rule.choosing(transition)
        made = by_rule.route(transition) if quick else all_routes.get(id)
        if made is not None:
            found[id] = Route(*made)
        if quick:
            yield  # what is led by way points takes no choosing, but many of them take their time
    return found

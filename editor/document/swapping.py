"""The planner that has two states take each other's place: centre to centre, each as large as it was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from editor.document import edits, folded, stepping_aside
from editor.document.aligning import movable
from editor.document.boxes import Boxes
from editor.document.steps import Steps
from editor.document.undo import Edit
from editor.errors import ChartError
from editor.geometry import Rect
from editor.layout.sizes import Measure
from editor.model import queries
from editor.model.chart import Chart
from editor.model.diagram import Diagram


def pair(chart: Chart, ids: Iterable[str]) -> tuple[str, str] | None:
    """The two states that are meant by some; None where they are not two beside each other that can be moved."""
    found = movable(chart, ids)
    if len(found) != 2 or chart.states[found[0]].parent != chart.states[found[1]].parent:
        return None
    return found[0], found[1]


def swap(chart: Chart, diagram: Diagram, ids: Iterable[str], *, measure: Measure) -> Edit:
    """Two states with their places exchanged; the transitions that lead to and from them are routed anew.

    What is near a place that gets the larger of the two steps aside, as it does from a state that grows. Collapsed ones
    count as their cards.

    Raises:
        ChartError: they are not two states of one parent that can be moved.
    """
    both = pair(chart, ids)
    boxes = Boxes(chart, diagram)
    one, other = (boxes.get(id) for id in both) if both is not None else (None, None)
    if both is None or one is None or other is None:
        raise ChartError("Select two states of the same parent; regions stay where they are.")
    first, second = folded.drawn(chart, one), folded.drawn(chart, other)
    placed: list[tuple[str, Rect, Rect, str]] = []
    for box, rect, place, without in ((one, first, second, other.id), (other, second, first, one.id)):
        x, y = place.center.x - rect.width / 2, place.center.y - rect.height / 2
        boxes.put(box.id, replace(box, x=x, y=y, auto=False))
        boxes.carry_bends([box.id], x - box.x, y - box.y)
        placed.append((box.id, place, Rect(x, y, rect.width, rect.height), without))
    for id, old, new, without in placed:
        stepping_aside.make_room(boxes, id, old, new, without=(without,))
    boxes.fit(chart.states[one.id].parent, measure)
    steps = Steps(chart, diagram)
    steps.make(boxes.changes())
    attached = [id for id in queries.attached(chart, both) if edits.is_placed(chart, steps.diagram, id)]
    steps.make(edits.clear_bends(chart, steps.diagram, attached).changes)
    return steps.edit(f"Swap “{chart.states[both[0]].key}” and “{chart.states[both[1]].key}”")

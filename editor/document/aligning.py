"""States lined up, spread evenly, made as large as one another; and composites folded to their card."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from editor.document import folded, parting, resizing, stepping_aside
from editor.document.boxes import Boxes
from editor.document.steps import outermost
from editor.document.undo import Edit
from editor.errors import ChartError
from editor.geometry import Rect
from editor.layout.sizes import Measure
from editor.model import queries
from editor.model.chart import Chart
from editor.model.diagram import Diagram

SIDES = ("left", "center", "right", "top", "middle", "bottom")
"""What states are aligned by: `center` across, `middle` up and down."""
_LEAST_SPREAD = 3


def movable(chart: Chart, ids: Iterable[str]) -> list[str]:
    """Of some states those that can be put somewhere else: the outermost ones, but no regions."""
    return [id for id in outermost(chart, ids) if not queries.is_region(chart, id)]


def align(chart: Chart, diagram: Diagram, ids: Iterable[str], side: str, *, measure: Measure) -> Edit:
    """States with one of `SIDES` on a line: the outermost of their sides, or the middle of them all.

    Those that would cover each other then go apart along the line; what else would be covered steps aside.

    Raises:
        ChartError: there are less than two that can be moved.
    """
    boxes = Boxes(chart, diagram)
    rects = _rects(boxes, ids, 2, "aligned")
    around = Rect.around(rects.values()) or Rect(0, 0, 0, 0)
    goals = {
        "left": around.x, "center": around.center.x, "right": around.right,
        "top": around.y, "middle": around.center.y, "bottom": around.bottom,
    }  # fmt: skip
    for id, rect in rects.items():
        places = {
            "left": rect.x, "center": rect.center.x, "right": rect.right,
            "top": rect.y, "middle": rect.center.y, "bottom": rect.bottom,
        }  # fmt: skip
        way = goals[side] - places[side]
        is_level = side in SIDES[:3]
        _shift(boxes, id, way if is_level else 0.0, 0.0 if is_level else way)
    parting.part(boxes, rects, is_level=side not in SIDES[:3], measure=measure)
    return _edit(boxes, rects, f"Align {len(rects)} states", measure)


def distribute(
    chart: Chart, diagram: Diagram, ids: Iterable[str], *, is_level: bool, measure: Measure
) -> Edit:
    """States with equal gaps between them, across or up and down; the first and the last stay.

    Those that would cover each other then go apart the other way; what else would be covered steps aside.

    Raises:
        ChartError: there are less than three that can be moved.
    """
    boxes = Boxes(chart, diagram)
    rects = _rects(boxes, ids, _LEAST_SPREAD, "distributed")
    row = sorted(rects, key=lambda id: rects[id].center.x if is_level else rects[id].center.y)
    starts = {id: rect.x if is_level else rect.y for id, rect in rects.items()}
    lengths = {id: rect.width if is_level else rect.height for id, rect in rects.items()}
    room = starts[row[-1]] - starts[row[0]] - sum(lengths[id] for id in row[:-1])
    gap, place = room / (len(row) - 1), starts[row[0]]
    for before, id in pairwise(row):
        place += lengths[before] + gap
        if id != row[-1]:
            way = round(place - starts[id])
            _shift(boxes, id, way if is_level else 0.0, 0.0 if is_level else way)
    parting.part(boxes, rects, is_level=not is_level, measure=measure)
    return _edit(boxes, rects, f"Distribute {len(rects)} states", measure)


def same_size(
    chart: Chart,
    diagram: Diagram,
    ids: Sequence[str],
    *,
    width: bool = True,
    height: bool = True,
    measure: Measure,
) -> Edit:
    """States as wide and as high as the one that was selected last, as far as their texts and contents allow.

    A collapsed one may be that one; it keeps its own size, as its card follows from what it says.

    Raises:
        ChartError: there are less than two that can be sized, or all are collapsed.
    """
    boxes = Boxes(chart, diagram)
    rects = _rects(boxes, ids, 2, "made the same size")
    model = rects[next(id for id in reversed(ids) if id in rects)]
    open_ones = [id for id in rects if not folded.is_small(chart, diagram.boxes[id])]
    if not open_ones:
        raise ChartError("Expand the collapsed states first: their cards have a size of their own.")
    for id in open_ones:
        box = boxes.get(id)
        if box is not None:
            size = model.width if width else box.width, model.height if height else box.height
            resizing.resize(boxes, id, Rect(box.x, box.y, *size), measure)
    return _edit(boxes, rects, f"Make {len(rects)} states the same size", measure)


def fold(chart: Chart, diagram: Diagram, ids: Iterable[str], *, is_folded: bool) -> Edit:
    """Composites that show their card alone, or what is in them again.

    Their size is kept meanwhile, though the card takes less room. Nothing is moved by it, but for what was put into
    that room: that goes out of it when a composite is opened.
    """
    found = foldable(chart, diagram, ids, is_folded=is_folded)
    boxes = Boxes(chart, diagram)
    for id in found:
        boxes.put(id, replace(diagram.boxes[id], collapsed=is_folded))
    for id in () if is_folded else found:
        stepping_aside.step_out(boxes, id)
    verb = "Collapse" if is_folded else "Expand"
    name = f"“{chart.states[found[0]].key}”" if len(found) == 1 else f"{len(found)} states"
    return Edit(f"{verb} {name}", tuple(boxes.changes()))


def foldable(chart: Chart, diagram: Diagram, ids: Iterable[str], *, is_folded: bool) -> list[str]:
    """Of some states the composites that are not folded yet, or that are."""
    return [
        id
        for id in ids
        if id in chart.states
        and id != chart.root_id
        and chart.has_children(id)
        and (box := diagram.boxes.get(id)) is not None
        and box.collapsed is not is_folded
    ]


def _rects(boxes: Boxes, ids: Iterable[str], least: int, done: str) -> dict[str, Rect]:
    """Where the states are drawn on the canvas that something is done with."""
    found: dict[str, Rect] = {}
    for id in movable(boxes.chart, ids):
        box = boxes.get(id)
        if box is not None:
            at, card = boxes.origin(id), folded.drawn(boxes.chart, box)
            found[id] = Rect(at.x, at.y, card.width, card.height)
    if len(found) < least:
        raise ChartError(
            f"Select at least {least} states that are to be {done}; regions stay where they are."
        )
    return found


def _shift(boxes: Boxes, id: str, dx: float, dy: float) -> None:
    box = boxes.get(id)
    if box is not None and (dx or dy):
        boxes.put(id, replace(box, x=box.x + dx, y=box.y + dy, auto=False))
        boxes.carry_bends([id], dx, dy)


def _edit(boxes: Boxes, ids: Iterable[str], label: str, measure: Measure) -> Edit:
    for parent in dict.fromkeys(boxes.chart.states[id].parent for id in ids):
        boxes.fit(parent, measure)
    return Edit(label, tuple(boxes.changes()))

"""The planner that puts states where they would stick if they were dragged: on lines of neighbours, in equal gaps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from editor.document import folded
from editor.document.aligning import movable
from editor.document.boxes import Boxes
from editor.document.steps import named
from editor.document.undo import Edit
from editor.errors import ChartError
from editor.geometry import GRID, Rect
from editor.layout import gaps
from editor.layout.sizes import Measure
from editor.layout.sticking import columns, nearest, offers, rows, to_grid
from editor.model.chart import Chart
from editor.model.diagram import Diagram

REACH = 1.5 * GRID
"""Chart units that a state goes at most to what it sticks to."""
_MOST = 200
"""Neighbours that are looked at: those nearest."""


def snap(chart: Chart, diagram: Diagram, ids: Iterable[str], *, measure: Measure) -> Edit:
    """States put on the nearest lines and into the nearest equal gaps within reach, else on the grid.

    One after the other, as one reads: each sticks to what is not to be moved and to those before it. None goes onto
    another or out of its parent for it.

    Raises:
        ChartError: there are none that can be moved.
    """
    boxes = Boxes(chart, diagram)
    chosen = [id for id in movable(chart, ids) if boxes.get(id) is not None]
    if not chosen:
        raise ChartError("Select the states that are to be put in line; regions stay where they are.")
    waiting = sorted(chosen, key=lambda id: (diagram.boxes[id].y, diagram.boxes[id].x))
    while waiting:
        id = waiting[0]
        _snap_one(boxes, id, waiting, measure)
        waiting = waiting[1:]
    return Edit(f"Snap {named(chart, chosen)}", tuple(boxes.changes()))


def _snap_one(boxes: Boxes, id: str, waiting: Sequence[str], measure: Measure) -> None:
    box = boxes.get(id)
    parent = boxes.chart.states[id].parent
    if box is None or parent is None:
        return
    beside = {other: _drawn(boxes, other, each) for other, each in boxes.beside(id).items()}
    rect, left_out = folded.drawn(boxes.chart, box), set(waiting)
    near = sorted(
        (each for other, each in beside.items() if other not in left_out), key=lambda each: _way(each, rect)
    )[:_MOST]
    dx = nearest(columns(rect), [columns(each) for each in near], offers(rect, near, REACH), REACH)
    turned = [gaps.turned(each) for each in near]
    dy = nearest(rows(rect), [rows(each) for each in near], offers(gaps.turned(rect), turned, REACH), REACH)
    x = dx if dx is not None else to_grid(rect.x) - rect.x
    y = dy if dy is not None else to_grid(rect.y) - rect.y
    ground = boxes.ground(parent, measure)
    for way in ((x, y), (x, 0.0), (0.0, y)):
        if any(way) and _is_allowed(rect, rect.moved(*way), list(beside.values()), ground):
            boxes.put(id, replace(box, x=box.x + way[0], y=box.y + way[1], auto=False))
            boxes.carry_bends([id], *way)
            return


def _drawn(boxes: Boxes, id: str, rect: Rect) -> Rect:
    """What is seen of a state that lies in a rectangle."""
    box = boxes.get(id)
    return folded.drawn(boxes.chart, box) if box is not None else rect


def _is_allowed(old: Rect, new: Rect, beside: Sequence[Rect], ground: Rect | None) -> bool:
    """Whether a move puts a state neither out of its parent nor onto what it was beside."""
    if ground is not None and ground.encloses(old) and not ground.encloses(new):
        return False
    return not any(_overlap(new, each) and not _overlap(old, each) for each in beside)


def _overlap(a: Rect, b: Rect) -> bool:
    return a.x < b.right and b.x < a.right and a.y < b.bottom and b.y < a.bottom


def _way(a: Rect, b: Rect) -> float:
    return abs(a.center.x - b.center.x) + abs(a.center.y - b.center.y)

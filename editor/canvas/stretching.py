"""Sizes by keys: right and bottom side of the selected state or note; of a transition, the place of its label."""

from __future__ import annotations

from typing import TYPE_CHECKING

from editor.canvas.stubs import ELSEWHERE
from editor.canvas.surface import label_at
from editor.document import edits, notes
from editor.document.undo import Edit
from editor.geometry import Rect
from editor.model.changes import net
from editor.model.elements import StateKind

if TYPE_CHECKING:
    from editor.canvas.view import ChartView


def stretch(view: ChartView, dx: float, dy: float) -> None:
    """Make what is selected larger or smaller, or move its label. Many in a row are one step to undo."""
    document = view.session.document
    [id] = view.session.selection.ids
    if view.picture.stubs.has(id):
        view.session.say(ELSEWHERE)
        return
    edit = _edit(view, id, dx, dy)
    if edit is None:
        view.session.say("This has a size of its own, which cannot be changed.")
    elif net(edit.changes):
        document.apply(edit, merge_key=("stretch", id))
        view.session.say(edit.label)
    else:
        view.session.say("It cannot get smaller than what it holds.")


def _edit(view: ChartView, id: str, dx: float, dy: float) -> Edit | None:
    """What makes it so; None where nothing of that kind can be done."""
    document, surface = view.session.document, view.surface
    chart, diagram = document.chart, document.diagram
    if id in chart.transitions:
        route = view.picture.route(id)
        if route is None or not route.paths or not route.label.width:
            return None
        label = label_at(route.paths[0], route.label.center.moved(dx, dy))
        return edits.place_label(chart, diagram, id, label)
    if id in diagram.notes:
        rect = _larger(diagram.notes[id].rect, dx, dy)
        height = surface.note_height(diagram.notes[id].text, max(rect.width, notes.LEAST[0]))
        return notes.resized(diagram, id, rect, height)
    if id not in diagram.boxes or chart.states[id].kind not in (StateKind.NORMAL, StateKind.PARALLEL):
        return None
    rect = _larger(diagram.boxes[id].rect, dx, dy)
    return edits.resize(chart, diagram, id, rect, measure=surface.measure)


def _larger(rect: Rect, dx: float, dy: float) -> Rect:
    return Rect(rect.x, rect.y, rect.width + dx, rect.height + dy)

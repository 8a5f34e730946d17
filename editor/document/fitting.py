"""States grown to the text that an edit gives them: names, lines, and the labels of transitions that stand inside."""

from __future__ import annotations

from editor.document.boxes import Boxes
from editor.document.undo import Edit
from editor.layout.sizes import Measure
from editor.model.changes import StateChange, TransitionChange, apply_to_diagram, net
from editor.model.chart import Chart
from editor.model.diagram import Diagram


def fitted(chart: Chart, diagram: Diagram, edit: Edit, measure: Measure) -> Edit:
    """The same edit, with the boxes of what it changes, and of all around them, large enough for their text.

    What changes nothing grows nothing either, so that looking at a text and leaving it is no step.
    """
    changes = net(edit.changes)
    if not changes:
        return edit
    after, places = chart.copy(), diagram.copy()
    after.apply(changes)
    apply_to_diagram(places, edit.changes)
    boxes = Boxes(after, places)
    for id in _concerned(edit):
        if id not in after.states or id == after.root_id or boxes.get(id) is None:
            continue
        boxes.fit_text(id, measure)
        boxes.fit(id, measure)
    return Edit(edit.label, net((*edit.changes, *boxes.changes())))


def _concerned(edit: Edit) -> list[str]:
    """The states whose text may be longer now, inner ones as they come."""
    found: dict[str, None] = {}
    for change in edit.changes:
        if isinstance(change, StateChange) and change.new is not None:
            found[change.id] = None
        elif isinstance(change, TransitionChange) and change.new is not None:
            found[change.new.source] = None
    return list(found)

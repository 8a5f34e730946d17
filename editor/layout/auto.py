"""Places for states that have none; never fails, never moves what is placed."""

from __future__ import annotations

from editor.layout.sizes import Measure
from editor.model.chart import Chart
from editor.model.diagram import Diagram


def place(chart: Chart, measure: Measure) -> Diagram:
    """A diagram for a chart that has none."""
    return complete(chart, Diagram(), measure)


def complete(chart: Chart, diagram: Diagram, measure: Measure) -> Diagram:
    """The diagram with a box for every state; boxes that are there stay where they are."""
    missing = [id for id in chart.states if id != chart.root_id and id not in diagram.boxes]
    if not missing:
        return diagram
    from editor.layout.auto_fill import fill  # noqa: PLC0415 - a file with its places is opened without all this

    made = diagram.copy()
    fill(chart, made, measure, missing)
    return made

"""Drawings by graphlay, whose native code holds Python's lock for as long as it takes: made in a process of their own.

That process is handed what it needs as Python keeps it; what comes back is plain data, and is checked.
"""

from __future__ import annotations

import base64
import pickle
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

from editor.layout import auto
from editor.layout.sizes import Measure
from editor.layout_engine import leading
from editor.layout_engine.drawing import Drawing
from editor.model.chart import Chart
from editor.model.diagram import Box, Diagram


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """What is wanted: places for the states of a chart without one in the diagram, and routes for some `lines`."""

    chart: Chart
    diagram: Diagram
    lines: tuple[str, ...]
    measure: Measure

    def to_data(self) -> dict[str, Any]:
        """As it goes to the process.

        Raises:
            ValueError: the measure is of no use elsewhere.
        """
        try:
            data = pickle.dumps(self, pickle.HIGHEST_PROTOCOL)
        except (pickle.PicklingError, TypeError, AttributeError, RecursionError) as error:
            raise ValueError(f"what it needs cannot be sent: {error}") from None
        return {"sketch": base64.b64encode(data).decode("ascii")}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Sketch:
        """What `to_data` made; for that process alone, as it believes whatever it is told."""
        made = pickle.loads(base64.b64decode(data["sketch"]))
        if not isinstance(made, cls):
            raise TypeError("no sketch")
        return made


def sketched(sketch: Sketch) -> Drawing:
    """The rectangles of the states that had none, each in that of its parent; routes and labels of lines."""
    chart, before = sketch.chart, sketch.diagram
    done = auto.complete(chart, before, sketch.measure)
    made = leading.routed(chart, done, sketch.lines, sketch.measure)
    made.rects = {id: box.rect for id, box in done.boxes.items() if id not in before.boxes}
    return made


def taken(sketch: Sketch, drawing: Drawing) -> Diagram:
    """The diagram with the states of a drawing in it.

    Raises:
        ValueError: it leaves out states, or has numbers without sense.
    """
    made = sketch.diagram.copy()
    chart = sketch.chart
    for id in [id for id in chart.states if id != chart.root_id and id not in made.boxes]:
        rect = drawing.rects.get(id)
        if rect is None:
            raise ValueError(f"“{id}” has no place")
        made.put_box(id, Box(id=id, x=rect.x, y=rect.y, width=rect.width, height=rect.height, auto=True))
    unknown = (drawing.routes.keys() | drawing.labels.keys()) - set(sketch.lines)
    if unknown:
        raise ValueError(f"the line “{min(unknown)}” was not asked for")
    points = [each for route in drawing.routes.values() for point in route for each in point]
    sizes = [each for label in drawing.labels.values() for each in label]
    if not all(map(isfinite, points + sizes)) or not all(len(each) > 1 for each in drawing.routes.values()):
        raise ValueError("a line has a route without sense")
    return made


def led(sketch: Sketch, diagram: Diagram, drawing: Drawing) -> Diagram:
    """The diagram with the lines of a drawing led along their routes."""
    return leading.written(sketch.chart, diagram, drawing, sketch.measure)

"""Random drawings, and what must hold of every one of them after something was arranged."""

from __future__ import annotations

from itertools import combinations

from editor.document.boxes import Boxes
from editor.document.document import Document
from editor.geometry import Rect
from editor.model import queries
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from tests.layout.charts import placed, random_chart

TOUCH = 0.5


def drawing(seed: int, states: int = 14, transitions: int = 10) -> Document:
    """A document of nested states that the layout has placed."""
    made = random_chart(seed, states, transitions)
    return Document(made, placed(made))


def rect(made: Document, id: str) -> Rect:
    """Where a state is on the canvas."""
    return rect_in(made.chart, made.diagram, id)


def rect_in(chart: Chart, diagram: Diagram, id: str) -> Rect:
    """The same, in a chart and a diagram that are in no document."""
    box = diagram.boxes[id]
    return Rect(*Boxes(chart, diagram).origin(id), box.width, box.height)


def rects(made: Document) -> dict[str, Rect]:
    """Where all states are on the canvas."""
    return {id: rect(made, id) for id in made.diagram.boxes if id != made.chart.root_id}


def outside(made: Document) -> set[str]:
    """The states that reach out of the one around them."""
    found = set()
    for id in made.diagram.boxes:
        parent = made.chart.states[id].parent if id in made.chart.states else None
        if parent is None or parent == made.chart.root_id:
            continue
        if not rect(made, parent).grown(TOUCH).encloses(rect(made, id)):
            found.add(id)
    return found


def covering(made: Document) -> set[frozenset[str]]:
    """The pairs of states beside each other that cover each other; regions that share a side do not."""
    found = set()
    for state in made.chart.states.values():
        children = [child.id for child in made.chart.children(state.id) if child.id in made.diagram.boxes]
        for one, other in combinations(children, 2):
            a, b = rect(made, one), rect(made, other).grown(-TOUCH)
            if a.x < b.right and b.x < a.right and a.y < b.bottom and b.y < a.bottom:
                found.add(frozenset((one, other)))
    return found


def free(made: Document) -> list[str]:
    """The states that can be put somewhere else: no regions, nor the machine itself."""
    chart = made.chart
    return [id for id in chart.states if id != chart.root_id and not queries.is_region(chart, id)]

"""Whether the rules of the drawing are to be heard of a machine, and what they say about one that is in no window."""

from __future__ import annotations

from editor.layout.drawn import Drawn
from editor.layout.frame import Frame
from editor.layout.legibility import Legibility
from editor.layout.routing import as_drawn
from editor.layout.sizes import Measure
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.problems import Problem

LEAST = 20
"""States from which a drawing is so large that nobody sees all of it at once."""


def is_wanted(setting: str, chart: Chart, diagram: Diagram) -> bool:
    """Whether the drawing is checked, by the setting: `on`, `off`, or `auto`.

    By itself that is so for large drawings that the layout made: whoever placed the states sees what they do.
    """
    if setting != "auto":
        return setting == "on"
    if len(chart.states) <= LEAST:
        return False
    by_hand = sum(not box.auto for box in diagram.boxes.values())
    return 2 * by_hand < len(diagram.boxes)


def check(chart: Chart, diagram: Diagram, measure: Measure) -> tuple[Problem, ...]:
    """All that is hard to read in the drawing of a machine, as the canvas would draw it."""
    shown = Drawn(Frame(chart, diagram, measure), as_drawn(chart, diagram, None, measure))
    legibility = Legibility(shown)
    legibility.look()
    return legibility.problems()

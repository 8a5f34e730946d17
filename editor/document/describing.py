"""The planner of descriptions: what is said about a state, a transition or the machine, for people alone."""

from __future__ import annotations

from dataclasses import replace

from editor.document import edits
from editor.document.undo import Edit
from editor.layout.sizes import Measure
from editor.model.chart import Chart
from editor.model.diagram import Diagram

LABEL = "Change description"


def description(chart: Chart, id: str) -> str:
    """What is said about an element; empty for nothing, and for what has no description."""
    record = chart.states.get(id) or chart.transitions.get(id)
    return (record.description or "") if record is not None else ""


def describe(chart: Chart, diagram: Diagram, id: str, text: str, *, measure: Measure) -> Edit:
    """An element with another description, none for an empty text; a state grows to it.

    Blank lines around it mean nothing: where only these differ, nothing is changed.
    """
    wanted = text.strip() or None
    if (wanted or "") == description(chart, id).strip():
        return Edit(LABEL, ())
    if id in chart.states:
        new = replace(chart.states[id], description=wanted)
        return edits.set_state(chart, diagram, new, measure=measure, label=LABEL)
    return edits.set_transition(chart, replace(chart.transitions[id], description=wanted), label=LABEL)


def can_describe(chart: Chart, id: str) -> bool:
    """Whether something can be said about an element; of an initial or default arrow there is nothing to say."""
    transition = chart.transitions.get(id)
    return id in chart.states or (transition is not None and not transition.is_pseudo)

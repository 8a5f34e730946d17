"""Planners one after the other: each sees what those before it leave, and all of them become one edit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from editor.document.undo import Edit
from editor.model import queries
from editor.model.changes import AnyChange, apply_to_diagram, net
from editor.model.chart import Chart
from editor.model.diagram import Diagram


class Steps:
    """A chart and a diagram that planners are carried out on; what they were made from stays as it is."""

    def __init__(self, chart: Chart, diagram: Diagram) -> None:
        self.chart = chart.copy()
        self.diagram = diagram.copy()
        self._made: list[AnyChange] = []

    def make(self, changes: Iterable[AnyChange]) -> None:
        """Make changes, all of them or none.

        Raises:
            ChartError: they would break the chart.
        """
        made = net(changes)
        self.chart.apply(made)
        apply_to_diagram(self.diagram, made)
        self._made += made

    def edit(self, label: str) -> Edit:
        """All that was made, as one edit."""
        return Edit(label, net(self._made))


def outermost(chart: Chart, ids: Iterable[str]) -> list[str]:
    """Of these the states that lie in no other of them, in document order; neither transitions nor the machine."""
    chosen = {id for id in ids if id in chart.states and id != chart.root_id}
    top = {id for id in chosen if not any(state.id in chosen for state in chart.ancestors(id))}
    if len(top) <= 1:
        return list(top)
    return [state.id for state in queries.document_order(chart) if state.id in top]


def named(chart: Chart, ids: Sequence[str]) -> str:
    """States in the words of a label: the name of one, the number of many."""
    return f"“{chart.states[ids[0]].key}”" if len(ids) == 1 else f"{len(ids)} states"

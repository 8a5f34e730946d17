"""Repairs as planners see them: where a problem stands, and what a fix is called and does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from editor.document import edits
from editor.document.undo import Edit
from editor.layout.drawn import Shown
from editor.layout.sizes import Measure
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.elements import State, Transition
from editor.model.problems import Problem


@dataclass(frozen=True, slots=True)
class Fix:
    """A deed with its title for people; `kind` is the same for all problems of a rule. `plan` may raise EditorError."""

    kind: str
    title: str
    plan: Callable[[], Edit]


@dataclass(frozen=True, slots=True)
class Spot:
    """A problem in its chart."""

    chart: Chart
    diagram: Diagram
    problem: Problem
    measure: Measure
    shown: Shown | None = None
    """The drawing of just this chart and diagram, where there is one."""

    @property
    def state(self) -> State:
        """The state that the problem is about, or the source of the transition."""
        element = self.problem.element
        transition = self.chart.transitions.get(element)
        return self.chart.states[element if transition is None else transition.source]

    @property
    def transition(self) -> Transition:
        """The transition that the problem is about."""
        return self.chart.transitions[self.problem.element]

    @property
    def parts(self) -> list[str]:
        """The field with the keys and positions inside."""
        return self.problem.field.split(".")

    def delete(self, title: str) -> Fix:
        """The fix that deletes the element."""
        return Fix("delete", title, lambda: edits.delete(self.chart, self.diagram, [self.problem.element]))

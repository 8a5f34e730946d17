"""What can be done about a problem with one click: repairs, each a whole edit, for one problem or for all of a kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from editor.document import repairs_drawing, repairs_keys, repairs_names, repairs_states, repairs_transitions
from editor.document.repair import Fix, Spot
from editor.document.undo import Edit
from editor.errors import EditorError
from editor.layout.drawn import Shown
from editor.layout.sizes import Measure
from editor.model.changes import AnyChange, apply_to_diagram, net
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.problems import Problem

_FIXES: Mapping[str, Callable[[Spot], Iterator[Fix]]] = {
    **repairs_states.FIXES,
    **repairs_transitions.FIXES,
    **repairs_names.FIXES,
    **repairs_keys.FIXES,
    **repairs_drawing.FIXES,
}


_SELDOM = ("wrong-type",)
"""Rules of whose problems only those can be repaired that tell what was meant."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One way out of a problem. `kind` is the same for the same deed about other problems of the rule."""

    kind: str
    title: str
    edit: Edit


def is_repairable(rule: str) -> bool:
    """Whether there are repairs for problems of a rule, most of the time."""
    return rule in _FIXES and rule not in _SELDOM


def repairs(
    chart: Chart, diagram: Diagram, problem: Problem, measure: Measure, shown: Shown | None = None
) -> tuple[Repair, ...]:
    """What can be done about a problem of this chart, the best first; nothing where it does not hold any more.

    `shown` is how chart and diagram are drawn, where they are.
    """
    found = []
    for fix in _fixes(Spot(chart, diagram, problem, measure, shown)):
        edit = _planned(fix)
        if edit is not None:
            found.append(Repair(fix.kind, fix.title, edit))
    return tuple(found)


def repair_all(
    chart: Chart,
    diagram: Diagram,
    problems: Iterable[Problem],
    kind: str,
    measure: Measure,
    shown: Shown | None = None,
) -> tuple[Edit, int]:
    """One edit that repairs many problems of a rule in the same way, and how many of them it is about.

    Each is planned on what the ones before it leave; those that are gone with another one are passed over.
    """
    after, drawn = chart.copy(), diagram.copy()
    changes: list[AnyChange] = []
    count, title = 0, "Repair"
    for problem in problems:
        for fix in _fixes(Spot(after, drawn, problem, measure, None if changes else shown)):
            edit = _planned(fix) if fix.kind == kind else None
            if edit is not None:
                after.apply(edit.changes)
                apply_to_diagram(drawn, edit.changes)
                changes += edit.changes
                count, title = count + 1, fix.title
                break
    label = title if count == 1 else f"{_plural(kind)} ({count})"
    return Edit(label, net(changes)), count


def _fixes(spot: Spot) -> Iterator[Fix]:
    chart, problem = spot.chart, spot.problem
    is_there = problem.element in chart.states or problem.element in chart.transitions
    if problem.rule in _FIXES and (is_there or problem.element == chart.info.id):
        yield from _FIXES[problem.rule](spot)


def _planned(fix: Fix) -> Edit | None:
    try:
        edit = fix.plan()
    except EditorError:  # it cannot be done here, so it is not offered
        return None
    changes = net(edit.changes)
    return Edit(fix.title, changes) if changes else None


def _plural(kind: str) -> str:
    return f"Repair: {kind}"

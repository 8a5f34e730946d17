"""What leads out of a state and into it, in the order in which it is evaluated, and where to."""

from __future__ import annotations

from editor.model.chart import Chart
from editor.model.elements import Transition, is_unresolved


def out_of(chart: Chart, state: str) -> list[str]:
    """The transitions of a state in the order in which they are evaluated; where its inside begins comes last."""
    return [each.id for each in sorted(chart.outgoing(state), key=lambda each: each.is_pseudo)]


def into(chart: Chart, state: str) -> list[str]:
    """The transitions that lead to a state."""
    return [each.id for each in sorted(chart.incoming(state), key=_rank)]


def _rank(transition: Transition) -> tuple[bool, str, float]:
    return transition.is_pseudo, transition.source, transition.order


def far_end(chart: Chart, id: str, *, is_into: bool) -> str:
    """Where a transition leads to, or, for `is_into`, where it comes from; empty where that is nowhere."""
    found = chart.transitions.get(id)
    if found is None:
        return ""
    if is_into:
        return found.source if found.source != chart.root_id else ""
    return next((each for each in found.targets if not is_unresolved(each)), "")

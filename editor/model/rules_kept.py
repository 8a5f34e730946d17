"""Which of the problems that the reader of a file told still hold, now that the chart may have changed."""

from __future__ import annotations

from editor.model.chart import Chart
from editor.model.elements import Extra
from editor.model.mending import can_be_mended
from editor.model.problems import Problem


def still_holds(chart: Chart, problem: Problem) -> bool:
    """Whether what was wrong when the file was read can still be wrong.

    The rules look for references that name nothing themselves. A key that is not known is gone when its record no
    longer has it; one inside of a guard or an action when that is another one, or says what was meant.
    """
    if problem.rule == "unknown-state":
        return False
    element = problem.element
    if element not in chart.states and element not in chart.transitions and element != chart.info.id:
        return False
    if problem.now is not None:
        return can_be_mended(chart, problem)
    if problem.rule != "unknown-key":
        return True
    extra = extra_at(chart, element, problem.field)
    return extra is None or problem.field.rpartition(".")[2] in dict(extra)


def extra_at(chart: Chart, element: str, field: str) -> Extra | None:
    """The unknown keys of the record that a field leads into; None where none are kept."""
    parts = field.split(".")
    record = chart.states.get(element) or chart.transitions.get(element)
    if record is None:
        return None
    if len(parts) == 1:
        return record.extra
    state, number = chart.states.get(element), invoke_at(parts)
    if state is None or number is None:
        return None
    return state.invokes[number].extra if number < len(state.invokes) else ()


def invoke_at(parts: list[str]) -> int | None:
    """Which invocation a field leads right into, written as a list or alone; None for none."""
    if parts[0] != "invoke" or len(parts) not in (2, 3):
        return None
    return 0 if len(parts) == 2 else int(parts[1]) if parts[1].isdigit() else None

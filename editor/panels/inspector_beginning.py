"""Where a composite begins, and where a history leads that remembers nothing: a choice in the form."""

from __future__ import annotations

from collections.abc import Sequence

from editor.document import edits
from editor.document.undo import Edit
from editor.errors import ChartError
from editor.model import queries
from editor.model.chart import Chart
from editor.model.elements import State, StateKind, is_unresolved, unresolved_text
from editor.panels.form import Form


def _inside(chart: Chart, id: str) -> list[State]:
    state = chart.states[id]
    if not state.kind.is_history:
        found: Sequence[State] = chart.children(id)
    elif state.parent is not None:
        found = queries.descendants(chart, state.parent)
    else:
        found = ()
    return [each for each in found if not each.kind.is_history]


def beginnings(chart: Chart, id: str) -> list[tuple[str, str]]:
    """The ids and names of what a state can begin in; for a history, of what its default can be."""
    state = chart.states[id]
    around = state.parent if state.kind.is_history else id
    start = len(queries.keys(chart, around)) if around is not None else 0
    return [(each.id, ".".join(queries.keys(chart, each.id)[start:])) for each in _inside(chart, id)]


def beginning(chart: Chart, id: str) -> str:
    """The first target of the initial or default transition of a state; nothing where there is none."""
    is_history = chart.states[id].kind.is_history
    find = queries.default_transition if is_history else queries.initial_transition
    found = find(chart, id)
    return found.targets[0] if found is not None and found.targets else ""


def has_row(chart: Chart, id: str) -> bool:
    """Whether there is something to choose for a state."""
    kind = chart.states[id].kind
    return (kind is StateKind.NORMAL or kind.is_history) and bool(_inside(chart, id))


class Beginning:
    """The row of a form for the initial transition of a composite, or the default transition of a history."""

    def __init__(self, form: Form, id: str) -> None:
        self.form = form
        self.id = id
        self._is_history = form.chart.states[id].kind.is_history
        if has_row(form.chart, id):
            title = "Without a past it leads to" if self._is_history else "Begins in"
            form.choice("begins", title, self._options, self._read, self._write)

    def _options(self) -> list[tuple[str, str]]:
        """What it can be, with what it is now where that is something else."""
        options = beginnings(self.form.chart, self.id)
        if self._is_history:
            options.insert(0, ("", "Where its parent begins"))
        now = self._read()
        if now not in dict(options):
            options.insert(0, (now, self._name(now)))
        return options

    def _read(self) -> str:
        return beginning(self.form.chart, self.id)

    def _name(self, target: str) -> str:
        """What a target is called that is not among the options: deeper, elsewhere, unknown or none."""
        if not target:
            return "The first, none is given"
        if is_unresolved(target):
            return unresolved_text(target)
        return queries.dotted_path(self.form.chart, target)

    def _write(self, target: str) -> Edit:
        chart, diagram = self.form.chart, self.form.session.document.diagram
        if not self._is_history:
            if not target:
                raise ChartError("Choose the state that it begins in.")
            return edits.set_initial(chart, diagram, target)
        default = queries.default_transition(chart, self.id)
        if target:
            return edits.connect(chart, diagram, self.id, (target,))[0]
        return edits.delete(chart, diagram, [default.id] if default is not None else [])

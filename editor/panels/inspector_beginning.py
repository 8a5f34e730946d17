"""Where a composite begins, and where a history leads that remembers nothing: a choice in the form."""

from __future__ import annotations

from editor.document import edits
from editor.document.undo import Edit
from editor.errors import ChartError
from editor.model import queries
from editor.model.chart import Chart
from editor.model.elements import StateKind, is_unresolved, unresolved_text
from editor.panels.form import Form


def beginnings(chart: Chart, id: str) -> list[tuple[str, str]]:
    """The ids and names of what a state can begin in; for a history, of what its default can be."""
    state = chart.states[id]
    if state.kind.is_history:
        inside = queries.descendants(chart, state.parent) if state.parent is not None else []
        start = len(queries.keys(chart, state.parent)) if state.parent is not None else 0
    else:
        inside, start = chart.children(id), len(queries.keys(chart, id))
    return [
        (each.id, ".".join(queries.keys(chart, each.id)[start:]))
        for each in inside
        if not each.kind.is_history
    ]


def beginning(chart: Chart, id: str) -> str:
    """The first target of the initial or default transition of a state; nothing where there is none."""
    is_history = chart.states[id].kind.is_history
    find = queries.default_transition if is_history else queries.initial_transition
    found = find(chart, id)
    return found.targets[0] if found is not None and found.targets else ""


def shape(chart: Chart, id: str) -> tuple[object, ...]:
    """What the row of a state is made for: its options, and the present one where it is not among them."""
    options, now = beginnings(chart, id), beginning(chart, id)
    return tuple(options), "" if now in dict(options) else now, bool(now)


class Beginning:
    """The row of a form for the initial transition of a composite, or the default transition of a history."""

    def __init__(self, form: Form, id: str) -> None:
        self.form = form
        self.id = id
        state = form.chart.states[id]
        self._is_history = state.kind.is_history
        options = beginnings(form.chart, id)
        if not options or not (state.kind is StateKind.NORMAL or state.kind.is_history):
            return
        if self._is_history:
            options.insert(0, ("", "Where its parent begins"))
        now = self._read()
        if now not in {value for value, _ in options}:
            options.insert(0, (now, self._name(now)))
        title = "Without a past it leads to" if self._is_history else "Begins in"
        form.choice("begins", title, options, self._read, self._write)

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

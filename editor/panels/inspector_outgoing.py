"""The transitions of a state, or of the machine, in its form: a click selects one, a button adds one."""

from __future__ import annotations

from functools import partial

from editor.document import edits
from editor.document.fitting import fitted
from editor.formats.native_names import spell_target
from editor.model import labels
from editor.model.chart import Chart
from editor.model.elements import Transition
from editor.panels.fields import MEASURE
from editor.panels.form import Form
from editor.panels.making import made

_MOST = 20


def _text(chart: Chart, transition: Transition) -> str:
    """The label of a transition, and where it leads."""
    targets = ", ".join(spell_target(chart, transition, each) for each in transition.targets)
    text = labels.label_text(chart, transition)
    return f"{text} → {targets}" if targets else text


class Outgoing:
    """Buttons of a form for the transitions of a state, in the order they are tried."""

    def __init__(self, form: Form, id: str) -> None:
        self.form = form
        self.id = id
        form.heading("Transitions")
        found = [each for each in form.chart.outgoing(id) if not each.is_pseudo]
        for each in found[:_MOST]:
            form.button(each.id, _text(form.chart, each), partial(self._select, each.id), kind="transition")
        if len(found) > _MOST:
            form.hint("transitions", f"{len(found) - _MOST} more are on the canvas.")
        form.button("transition.add", "Add transition", self._add, sign="add")

    def _select(self, id: str) -> None:
        self.form.session.selection.replace([id])
        self.form.session.reveal(id)

    def _add(self) -> None:
        """A transition that stays in the state, selected: its fields say what it answers and where it leads."""
        document = self.form.session.document
        edit, id = edits.connect(document.chart, document.diagram, self.id, ())
        if made(self.form.session, lambda: fitted(document.chart, document.diagram, edit, MEASURE)):
            self.form.session.selection.replace([id])

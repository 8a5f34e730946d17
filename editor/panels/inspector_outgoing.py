"""The transitions of a state, or of the machine, in its form: a click selects one, a button adds one."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QPushButton

from editor.document import edits
from editor.document.fitting import fitted
from editor.formats.native_names import spell_target
from editor.model import labels
from editor.model.chart import Chart
from editor.panels.elided import ElidedButton
from editor.panels.fields import MEASURE
from editor.panels.form import Form
from editor.panels.icons import icon
from editor.panels.making import made

_MOST = 20


def outgoing(chart: Chart, id: str) -> list[tuple[str, str]]:
    """The transitions of a state in the order they are tried, each with its label and where it leads."""
    found: list[tuple[str, str]] = []
    for transition in chart.outgoing(id):
        if not transition.is_pseudo:
            targets = ", ".join(spell_target(chart, transition, each) for each in transition.targets)
            text = labels.label_text(chart, transition)
            found.append((transition.id, f"{text} → {targets}" if targets else text))
    return found


class Outgoing:
    """Buttons of a form for the transitions of a state; the form is made anew when one of them changes."""

    def __init__(self, form: Form, id: str) -> None:
        self.form = form
        self.id = id
        form.heading("Transitions")
        rows = outgoing(form.chart, id)
        for each, text in rows[:_MOST]:
            self._button(each, text, partial(self._select, each))
        if len(rows) > _MOST:
            form.hint(f"{len(rows) - _MOST} more are on the canvas.")
        self._button("transition.add", "Add transition", self._add).setIcon(icon("add"))

    def _button(self, name: str, text: str, deed: object) -> QPushButton:
        button = ElidedButton(text)
        button.setObjectName("flat")
        button.clicked.connect(deed)
        self.form.buttons[name] = button
        self.form.column.addWidget(button)
        return button

    def _select(self, id: str, *_: object) -> None:
        self.form.session.selection.replace([id])
        self.form.session.reveal(id)

    def _add(self, *_: object) -> None:
        """A transition that stays in the state, selected: its fields say what it answers and where it leads."""
        document = self.form.session.document
        edit, id = edits.connect(document.chart, document.diagram, self.id, ())
        if made(self.form.session, lambda: fitted(document.chart, document.diagram, edit, MEASURE)):
            self.form.session.selection.replace([id])

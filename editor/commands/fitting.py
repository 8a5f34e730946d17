"""Composites made as large as what they hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from editor.commands.registry import Command, Desktop
from editor.document import enclosing
from editor.layout.sizes import TableMeasure
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.session import Session

MEASURE = TableMeasure()
_Meant = Callable[[Chart, Diagram, Iterable[str], str | None], list[str]]


def fit(meant: _Meant, session: Session, desktop: Desktop) -> None:
    """Fit the composites that the selection means to what they hold."""
    document = session.document
    parents = meant(document.chart, document.diagram, session.selection.ids, session.alone.value)
    edit = enclosing.fit(document.chart, document.diagram, parents, measure=MEASURE)
    document.apply(edit)
    session.say(f"{edit.label}." if edit.changes else "It fits already.")


def _can_fit(meant: _Meant, session: Session) -> bool:
    document = session.document
    return bool(meant(document.chart, document.diagram, session.selection.ids, session.alone.value))


COMMANDS = (
    Command(
        id="arrange.fit", title="Fit to contents", run=partial(fit, enclosing.parents_of), menu="Arrange", group=4,
        when=partial(_can_fit, enclosing.parents_of), shortcuts=("Ctrl+Shift+F",),
        tip="Make the selected composites, or the ones around the selected states, as large as what they hold",
    ),
    Command(
        id="arrange.fitAll", title="Fit all around", run=partial(fit, enclosing.around), menu="Arrange", group=4,
        when=partial(_can_fit, enclosing.around),
        tip="Make every composite around the selection as large as what it holds, from the inside out",
    ),
)  # fmt: skip

"""Looking at one composite or region alone, and at what is around it again. Changes no document."""

from __future__ import annotations

from functools import partial

from editor.commands.registry import Command, ask_for
from editor.document import alone
from editor.requests import LeaveAlone, OpenAlone
from editor.session import Session


def _can_open(session: Session) -> bool:
    ids, document = session.selection.ids, session.document
    is_one = len(ids) == 1 and ids[0] != session.alone.value
    return is_one and alone.can_open(document.chart, document.diagram, ids[0])


def is_alone(session: Session) -> bool:
    """Whether one composite or region is seen, and nothing around it."""
    return session.alone.value is not None


COMMANDS = (
    Command(
        id="view.alone", title="Open alone", run=partial(ask_for, OpenAlone()), menu="View", when=_can_open,
        shortcuts=("O",), on_canvas=True, tip="The selected composite or region fills the canvas, nothing else is seen",
    ),
    Command(
        id="view.up", title="Go up one level", run=partial(ask_for, LeaveAlone()), menu="View", when=is_alone,
        shortcuts=("U",), on_canvas=True, tip="See what is around the composite that is seen alone",
    ),
    Command(
        id="view.whole", title="Show the whole chart", run=partial(ask_for, LeaveAlone(is_all=True)), menu="View",
        when=is_alone, shortcuts=("Shift+U",), on_canvas=True,
    ),
)  # fmt: skip

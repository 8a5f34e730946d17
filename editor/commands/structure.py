"""Duplicate, group, dissolve: what is done to the structure of several states at once."""

from __future__ import annotations

from editor.commands.registry import Command, Desktop
from editor.document import copying
from editor.document.steps import outermost
from editor.layout.sizes import TableMeasure
from editor.session import Session

MEASURE = TableMeasure()


def duplicate(session: Session, desktop: Desktop) -> None:
    """Copy the selected states, with all inside, beside themselves, and select the copies."""
    document = session.document
    ids = session.selection.ids
    left = copying.left_out(document.chart, ids)
    edit, copies = copying.duplicate(document.chart, document.diagram, ids, measure=MEASURE)
    document.apply(edit)
    session.selection.replace(copies.values())
    for id in copies.values():
        session.reveal(id)
    done = edit.label.replace("Duplicate", "Duplicated", 1)
    rest = {0: "", 1: " A transition that leads out was left out."}
    session.say(f"{done}.{rest.get(left, f' {left} transitions that lead out were left out.')}")


def has_states(session: Session) -> bool:
    """Whether a state is selected."""
    return bool(outermost(session.document.chart, session.selection.ids))


COMMANDS = (
    Command(
        id="edit.duplicate", title="Duplicate", run=duplicate, menu="Edit", group=3, when=has_states,
        shortcuts=("Ctrl+D",), tip="Copy the selected states with all inside; Alt+drag does the same by hand",
    ),
)  # fmt: skip

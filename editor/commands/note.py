"""Notes and descriptions, which are written on the canvas."""

from __future__ import annotations

from editor.commands.registry import Command, Desktop
from editor.document import describing, notes, selecting
from editor.geometry import GRID, Rect
from editor.requests import Describe, EditLabel, WriteNote
from editor.session import Session

_AWAY = 3 * GRID


def add(session: Session, desktop: Desktop) -> None:
    """Begin a note to the right of what is selected, else at the pointer, else in the middle of what is seen."""
    document = session.document
    width, height = notes.USUAL
    places = selecting.rects(document.chart, document.diagram)
    places |= {id: note.rect for id, note in document.diagram.notes.items()}
    chosen = Rect.around(places[id] for id in session.selection.ids if id in places)
    pointed = desktop.pointed()
    if chosen is not None:
        x, y = chosen.right + _AWAY, chosen.y
    elif pointed.at is not None:
        x, y = pointed.at
    else:
        x, y = pointed.middle.x - width / 2, pointed.middle.y - height / 2
    session.ask(WriteNote(Rect(float(round(x)), float(round(y)), width, height)))


def edit(session: Session, desktop: Desktop) -> None:
    """Write the selected note in place."""
    session.ask(EditLabel(session.selection.ids[0]))


def has_note(session: Session) -> bool:
    """Whether one note is selected, and nothing else."""
    ids = session.selection.ids
    return len(ids) == 1 and ids[0] in session.document.diagram.notes


def describe(session: Session, desktop: Desktop) -> None:
    """Write the description of the selected element, or of the machine, on the canvas."""
    session.ask(Describe())


def can_describe(session: Session) -> bool:
    """Whether one state or transition is selected that can be described, or nothing, which means the machine."""
    ids, chart = session.selection.ids, session.document.chart
    return not ids or (len(ids) == 1 and describing.can_describe(chart, ids[0]))


COMMANDS = (
    Command(
        id="edit.describe", title="Describe", run=describe, menu="Edit", group=4, when=can_describe,
        shortcuts=("D",), on_canvas=True,
        tip="Write what there is to say about the selected element, or about the machine where none is selected",
    ),
    Command(
        id="note.add", title="Add note", run=add, menu="Edit", group=4,
        tip="A text in Markdown beside what is selected, or at the pointer; it means nothing to the machine",
    ),
    Command(
        id="note.edit", title="Edit note", run=edit, menu="Edit", group=4, when=has_note,
        tip="Write the text of the selected note; so do a double click and Return",
    ),
)  # fmt: skip

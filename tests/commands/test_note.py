from __future__ import annotations

from pathlib import Path

from editor.commands.finding import Finder, Kind
from editor.commands.registry import PLAIN, Pointed
from editor.commands.table import COMMANDS
from editor.document import notes
from editor.geometry import Point, Rect
from editor.requests import EditLabel, Request, WriteNote
from editor.session import Session
from tests.commands.desk import FakeDesktop, id_of, session_on

PLACE = Rect(0, -200, 200, 96)


def invoke(session: Session, desktop: FakeDesktop, id: str) -> None:
    assert COMMANDS[id].when(session), id
    COMMANDS[id].run(session, desktop)


def put(session: Session, text: str = "why", rect: Rect = PLACE) -> str:
    edit, id = notes.add(session.document.diagram, rect, text)
    session.document.apply(edit)
    session.selection.replace([id])
    return id


def test_a_note_begins_beside_what_is_selected_else_where_one_points(
    session: Session, desktop: FakeDesktop
) -> None:
    asked: list[Request] = []
    session.requested.subscribe(asked.append)
    width, height = notes.USUAL
    desktop.pointer = Pointed(middle=Point(800, 600))
    invoke(session, desktop, "note.add")
    desktop.pointer = Pointed(middle=Point(800, 600), at=Point(30, 40))
    invoke(session, desktop, "note.add")
    closed = id_of(session, "closed")
    session.selection.replace([closed])
    invoke(session, desktop, "note.add")
    box = session.document.diagram.boxes[closed].rect
    assert asked == [
        WriteNote(Rect(800 - width / 2, 600 - height / 2, width, height)),
        WriteNote(Rect(30, 40, width, height)),
        WriteNote(Rect(box.right + 24, box.y, width, height)),
    ]


def test_the_selected_note_is_written(session: Session, desktop: FakeDesktop) -> None:
    asked: list[Request] = []
    session.requested.subscribe(asked.append)
    assert not COMMANDS["note.edit"].when(session)
    id = put(session)
    invoke(session, desktop, "note.edit")
    invoke(session, desktop, "edit.rename")
    assert asked == [EditLabel(id), EditLabel(id)]


def test_a_note_is_deleted_and_brought_back(session: Session, desktop: FakeDesktop) -> None:
    id = put(session)
    invoke(session, desktop, "edit.delete")
    assert session.status == "Deleted note. Ctrl+Z brings it back."
    invoke(session, desktop, "edit.undo")
    assert session.selection.ids == (id,)


def test_notes_are_moved_by_keys_in_one_step(session: Session, desktop: FakeDesktop) -> None:
    id = put(session)
    for _ in range(3):
        invoke(session, desktop, "edit.nudgeRight")
    step = session.settings.spacing
    assert session.document.diagram.notes[id].x == 3 * step
    session.document.undo()
    assert session.document.diagram.notes[id].x == 0


def test_notes_are_duplicated_alone_and_with_states(session: Session, desktop: FakeDesktop) -> None:
    id, closed = put(session), id_of(session, "closed")
    invoke(session, desktop, "edit.duplicate")
    assert session.status == "Duplicated note."
    assert len(session.document.diagram.notes) == 2
    session.selection.replace([closed, id])
    invoke(session, desktop, "edit.duplicate")
    assert len(session.document.diagram.notes) == 3
    assert len(session.selection.ids) == 2
    session.document.undo()
    assert len(session.document.diagram.notes) == 2


def test_notes_go_through_the_clipboard_into_another_machine(
    session: Session, desktop: FakeDesktop, tmp_path: Path
) -> None:
    put(session, "# Why")
    invoke(session, desktop, "edit.cut")
    assert session.status == "Cut note. Ctrl+Z brings it back."
    assert not session.document.diagram.notes
    assert desktop.clipboard(PLAIN) == "# Why"
    other = session_on(tmp_path)
    invoke(other, desktop, "edit.paste")
    [copy] = other.document.diagram.notes.values()
    assert (copy.text, copy.rect.center) == ("# Why", desktop.pointer.middle)
    assert other.selection.ids == (copy.id,)
    assert other.status == "Pasted note."


def test_a_note_is_pasted_a_little_aside_in_its_own_machine(session: Session, desktop: FakeDesktop) -> None:
    id = put(session)
    invoke(session, desktop, "edit.copy")
    assert session.status == "Copied note."
    invoke(session, desktop, "edit.paste")
    [copy] = session.selection.ids
    assert copy != id
    assert session.document.diagram.notes[copy].rect != PLACE


def test_a_note_is_found_by_what_it_says(session: Session) -> None:
    id = put(session, "# Why it waits\n\nThe payment service answers late.")
    for query in ("why it", "payment late"):
        offer = next(each for each in Finder(session, COMMANDS.all).find(query) if each.kind is Kind.NOTE)
        assert (offer.title, offer.elements) == ("Why it waits", (id,))


def test_all_commands_can_be_asked_and_invoked_with_a_note_selected(
    session: Session, desktop: FakeDesktop
) -> None:
    id = put(session)
    invoke(session, desktop, "edit.all")
    assert id in session.selection.ids
    names = (
        "edit.parent",
        "edit.child",
        "edit.next",
        "edit.previous",
        "edit.goOn",
        "edit.none",
        "select.around",
    )
    for name in (*names, "select.others", "view.selection", "select.left", "edit.copy_picture", "edit.group"):
        session.selection.replace([id])
        if COMMANDS[name].when(session):
            COMMANDS[name].run(session, desktop)
    session.selection.replace([id])
    for command in COMMANDS.all:
        assert command.when(session) in (True, False), command.id
        for choice in command.choices(session) if command.choices and command.when(session) else ():
            assert choice.title

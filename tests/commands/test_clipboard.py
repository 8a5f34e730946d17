from __future__ import annotations

from pathlib import Path

import pytest

from editor.commands.registry import PLAIN, Pointed
from editor.commands.table import COMMANDS
from editor.document import clips, files
from editor.errors import FormatError
from editor.formats import native
from editor.geometry import Point
from editor.model import queries
from editor.session import Session
from tests.commands.desk import FakeDesktop, id_of, session_on


def invoke(session: Session, desktop: FakeDesktop, id: str) -> None:
    assert COMMANDS[id].when(session), id
    COMMANDS[id].run(session, desktop)


def select(session: Session, *paths: str) -> None:
    session.selection.replace([id_of(session, path) for path in paths])


def selected(session: Session) -> list[str]:
    return [queries.dotted_path(session.document.chart, id) for id in session.selection.ids]


def middle_of(session: Session, path: str) -> Point:
    id = id_of(session, path)
    chart, diagram = session.document.chart, session.document.diagram
    origin = diagram.absolute(queries.lineage(chart, id)[:-1])
    return diagram.boxes[id].rect.center.moved(origin.x, origin.y)


def test_copy_and_paste_beside_the_original_again_and_again(session: Session, desktop: FakeDesktop) -> None:
    select(session, "closed")
    invoke(session, desktop, "edit.copy")
    assert session.status == "Copied “closed”."
    for number in (2, 3):
        invoke(session, desktop, "edit.paste")
        assert selected(session) == [f"closed {number}"]
        assert session.status == "Pasted “closed”."
    assert session.document.undo_stack.undo_label == "Paste “closed”"


def test_paste_goes_into_the_selected_state(session: Session, desktop: FakeDesktop) -> None:
    select(session, "opened.wide")
    invoke(session, desktop, "edit.copy")
    select(session, "closed")
    invoke(session, desktop, "edit.paste")
    assert selected(session) == ["closed.wide"]
    invoke(session, desktop, "edit.paste")
    assert selected(session) == ["closed.wide 2"]


def test_paste_goes_to_the_pointer_and_into_the_composite_there(
    session: Session, desktop: FakeDesktop
) -> None:
    select(session, "closed")
    invoke(session, desktop, "edit.copy")
    session.selection.replace([])
    desktop.pointer = Pointed(middle=Point(0, 0), at=Point(900, 700))
    invoke(session, desktop, "edit.paste")
    assert abs(middle_of(session, "closed 2").x - 900) <= 8
    session.selection.replace([])
    desktop.pointer = Pointed(
        middle=Point(0, 0), at=middle_of(session, "opened.ajar"), state=id_of(session, "opened.ajar")
    )
    invoke(session, desktop, "edit.paste")
    assert selected(session) == ["opened.closed"]


def test_paste_over_what_was_copied_goes_beside_it(session: Session, desktop: FakeDesktop) -> None:
    select(session, "opened.ajar")
    invoke(session, desktop, "edit.copy")
    desktop.pointer = Pointed(
        middle=Point(0, 0), at=middle_of(session, "opened.ajar"), state=id_of(session, "opened.ajar")
    )
    invoke(session, desktop, "edit.paste")
    assert selected(session) == ["opened.ajar 2"]


def test_in_another_document_paste_goes_into_the_middle(
    session: Session, desktop: FakeDesktop, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    other = session_on(tmp_path / "other")
    select(session, "opened")
    invoke(session, desktop, "edit.copy")
    invoke(other, desktop, "edit.paste")
    assert selected(other) == ["opened 2"]
    center = middle_of(other, "opened 2")
    assert abs(center.x - 800) <= 8
    assert abs(center.y - 600) <= 8
    assert other.status == "Pasted “opened”. A transition that leads out was left out."


def test_the_clipboard_holds_yaml_for_other_programs(session: Session, desktop: FakeDesktop) -> None:
    select(session, "opened.ajar", "opened.wide")
    invoke(session, desktop, "edit.copy")
    assert native.read(desktop.copied[PLAIN]).problems == ()
    assert "PUSH: wide" in desktop.copied[PLAIN]
    del desktop.copied[clips.MIME]
    session.selection.replace([])
    invoke(session, desktop, "edit.paste")
    assert selected(session) == ["ajar", "wide"]


def test_what_another_version_copied_is_read_as_text(session: Session, desktop: FakeDesktop) -> None:
    desktop.copied = {clips.MIME: '{"version": 99}', PLAIN: "fresh: {}"}
    invoke(session, desktop, "edit.paste")
    assert selected(session) == ["fresh"]


def test_a_text_that_holds_no_states_changes_nothing(session: Session, desktop: FakeDesktop) -> None:
    desktop.copied = {PLAIN: "a:\n  b: [\n"}
    before = dict(session.document.chart.states)
    with pytest.raises(FormatError, match=r"^\d+:\d+: "):
        invoke(session, desktop, "edit.paste")
    assert dict(session.document.chart.states) == before
    assert not session.document.is_modified


def test_cut_is_one_step_and_taking_it_back_saves_the_same_bytes(
    session: Session, desktop: FakeDesktop
) -> None:
    path = session.document.path
    assert path is not None
    files.save(session.document)
    before = path.read_bytes(), files.layout_path(path).read_bytes()
    select(session, "opened")
    invoke(session, desktop, "edit.cut")
    assert queries.find_path(session.document.chart, "opened") is None
    assert session.document.undo_stack.undo_label == "Cut 3 states and 5 transitions"
    session.document.undo()
    files.save(session.document, force=True)
    assert (path.read_bytes(), files.layout_path(path).read_bytes()) == before
    session.document.redo()
    invoke(session, desktop, "edit.paste")
    assert selected(session) == ["opened"]


def test_a_picture_shows_what_is_selected_else_all(session: Session, desktop: FakeDesktop) -> None:
    invoke(session, desktop, "edit.copy_picture")
    select(session, "opened")
    invoke(session, desktop, "edit.copy_picture")
    assert [len(keys) for keys in desktop.pictures] == [5, 4]
    assert session.status == "Copied “opened” as a picture."

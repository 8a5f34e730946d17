from __future__ import annotations

from pathlib import Path

from editor.commands.table import COMMANDS
from editor.model import queries
from editor.requests import EditLabel
from editor.session import Session
from tests.commands.desk import FakeDesktop, id_of, session_on


def invoke(session: Session, desktop: FakeDesktop, id: str) -> None:
    assert COMMANDS[id].when(session), id
    COMMANDS[id].run(session, desktop)


def test_a_duplicate_is_selected_and_what_it_lacks_is_told(session: Session, desktop: FakeDesktop) -> None:
    session.selection.replace([id_of(session, "opened"), id_of(session, "opened.wide")])
    invoke(session, desktop, "edit.duplicate")
    assert session.selection.ids == (id_of(session, "opened 2"),)
    assert queries.find_path(session.document.chart, "opened 2.wide") is not None
    assert session.status == "Duplicated “opened”. A transition that leads out was left out."
    session.document.undo()
    assert queries.find_path(session.document.chart, "opened 2") is None


def test_only_states_are_duplicated(session: Session) -> None:
    assert not COMMANDS["edit.duplicate"].when(session)
    session.selection.replace(list(session.document.chart.transitions))
    assert not COMMANDS["edit.duplicate"].when(session)


def test_what_is_grouped_is_named_at_once_and_can_be_dissolved(
    session: Session, desktop: FakeDesktop
) -> None:
    chart, asked = session.document.chart, []
    session.requested.subscribe(asked.append)
    ids = [id_of(session, "closed"), id_of(session, "opened")]
    session.selection.replace(ids)
    invoke(session, desktop, "edit.group")
    assert asked == [EditLabel(id_of(session, "group"))]
    assert session.status == "Group 2 states as “group”."
    invoke(session, desktop, "edit.dissolve")
    assert set(session.selection.ids) == set(ids)
    assert chart.states[ids[0]].parent == chart.root_id
    assert session.status == "Dissolve “group”."


def test_a_state_without_states_inside_is_not_dissolved(session: Session) -> None:
    session.selection.replace([id_of(session, "closed")])
    assert not COMMANDS["edit.dissolve"].when(session)


def test_regions_change_places_and_are_merged(tmp_path: Path, desktop: FakeDesktop) -> None:
    text = "initial: p\nstates: {p: {type: parallel, states: {a: {initial: x, states: {x: {}}}, b: {}}}}"
    session = session_on(tmp_path, text)
    session.selection.replace([id_of(session, "p.a")])
    assert not COMMANDS["edit.regionBefore"].when(session)
    invoke(session, desktop, "edit.regionBehind")
    assert session.status == "Move region “a” behind “b”."
    session.document.undo()
    session.selection.replace([id_of(session, "p.a"), id_of(session, "p.b")])
    invoke(session, desktop, "edit.mergeRegions")
    assert queries.find_path(session.document.chart, "p.a.b") is not None
    assert "Only one of its states" in session.status

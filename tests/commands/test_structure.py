from __future__ import annotations

from editor.commands.table import COMMANDS
from editor.model import queries
from editor.session import Session
from tests.commands.desk import FakeDesktop, id_of


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

from __future__ import annotations

from editor.commands.parts import COMMANDS
from editor.requests import AddLine, EditPart, Request
from editor.session import Session
from tests.commands.desk import FakeDesktop, id_of, transition_of


def possible(session: Session, *ids: str) -> set[str]:
    session.selection.replace(ids)
    return {command.id for command in COMMANDS if command.when(session)}


LINES = {"line.entry", "line.exit", "line.invoke"}


def test_lines_are_added_to_one_state_or_to_the_machine(session: Session) -> None:
    assert possible(session) == LINES
    assert possible(session, id_of(session, "closed")) == LINES
    assert possible(session, id_of(session, "closed"), id_of(session, "opened")) == set()
    assert possible(session, session.document.chart.root_id) == LINES


def test_parts_of_a_label_are_edited_in_one_transition(session: Session) -> None:
    opens, waits = transition_of(session, "closed"), transition_of(session, "opened.wide")
    assert possible(session, opens) == {"label.guard", "label.actions"}
    assert possible(session, waits) == {"label.guard", "label.actions", "label.delay"}
    assert possible(session, opens, waits) == set()
    initial = next(each.id for each in session.document.chart.transitions.values() if each.is_pseudo)
    assert possible(session, initial) == set()


def test_they_ask_the_canvas_for_the_part(session: Session, desktop: FakeDesktop) -> None:
    asked: list[Request] = []
    session.requested.subscribe(asked.append)
    for command in COMMANDS:
        command.run(session, desktop)
    assert asked == [
        AddLine("entry"), AddLine("exit"), AddLine("invoke"), EditPart("guard"), EditPart("actions"), EditPart("delay"),
    ]  # fmt: skip

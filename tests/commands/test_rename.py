from __future__ import annotations

from pathlib import Path

from editor.commands import rename
from editor.commands.finding import Finder
from editor.commands.table import COMMANDS
from editor.requests import Find, Request
from editor.session import Session
from tests.commands.desk import FakeDesktop, id_of, session_on, transition_of

TEXT = """\
initial: a
context: {n: 0}
states:
  a: {on: {GO: {target: b, guard: n > 0}}}
  b: {on: {GO: a}}
"""


def test_the_names_in_what_is_selected_are_offered(tmp_path: Path) -> None:
    session = session_on(tmp_path, TEXT)
    session.selection.replace([transition_of(session, "a")])
    assert [each.title for each in rename.choices(session)] == ["Event “GO”…", "Context key “n”…"]
    session.selection.replace([])
    titles = [each.title for each in rename.choices(session)]
    assert titles[:3] == ["State “a”…", "Event “GO”…", "State “b”…"]


def test_what_would_change_is_shown_and_then_done_in_one_step(tmp_path: Path, desktop: FakeDesktop) -> None:
    session = session_on(tmp_path, TEXT)
    (tmp_path / "door.scenario.yaml").write_text("[]", encoding="utf-8")
    session.selection.replace([transition_of(session, "b")])
    desktop.answers = ["START"]
    COMMANDS["edit.renameEverywhere"].run(session, desktop)
    assert desktop.asked == [("Rename event “GO”", ("GO",))]
    [review] = desktop.reviews
    assert [each.text for each in review.places] == [
        "a · GO:  GO [n > 0]  →  START [n > 0]",
        "b · GO:  GO  →  START",
    ]
    assert review.remarks == ["door.scenario.yaml stays as it is."]
    assert session.status == "Rename event “GO” to “START”, in 2 places. Ctrl+Z takes it back."
    session.document.undo()
    assert not session.document.undo_stack.can_undo


def test_of_several_names_the_palette_offers_each(tmp_path: Path, desktop: FakeDesktop) -> None:
    session = session_on(tmp_path, TEXT)
    session.selection.replace([transition_of(session, "a")])
    asked: list[Request] = []
    session.requested.subscribe(asked.append)
    COMMANDS["edit.renameEverywhere"].run(session, desktop)
    assert asked == [Find("=")]
    found = Finder(session, COMMANDS.all).find("=")
    assert [each.title for each in found] == ["Rename event “GO”…", "Rename context key “n”…"]
    assert found[1].command is not None
    desktop.answers = ["total"]
    found[1].command.run(session, desktop)
    assert session.document.chart.info.context == {"total": 0}


def test_any_name_can_be_renamed_from_the_palette(tmp_path: Path, desktop: FakeDesktop) -> None:
    session = session_on(tmp_path, TEXT)
    [found] = [each for each in Finder(session, COMMANDS.all).find("rename event go") if "GO" in each.title]
    assert found.command is not None
    desktop.answers = ["START"]
    found.command.run(session, desktop)
    assert session.status == "Rename event “GO” to “START”, in 2 places. Ctrl+Z takes it back."


def test_what_is_refused_or_given_up_changes_nothing(session: Session, desktop: FakeDesktop) -> None:
    session.selection.replace([id_of(session, "closed")])
    for answer in ("opened", None):
        desktop.answers = [answer]
        COMMANDS["edit.renameEverywhere"].run(session, desktop)
    assert "beside it already" in desktop.reviews[0].problem
    assert not session.document.undo_stack.can_undo


def test_a_place_may_be_left_out(tmp_path: Path, desktop: FakeDesktop) -> None:
    session = session_on(tmp_path, TEXT)
    session.selection.replace([transition_of(session, "b")])
    desktop.answers, desktop.left_out = ["START"], ["a · GO"]
    COMMANDS["edit.renameEverywhere"].run(session, desktop)
    assert session.status == "Rename event “GO” to “START”, in one place. Ctrl+Z takes it back."
    assert desktop.reviews[-1].remarks == [
        "“GO” stays in one place: “GO” and “START” are two events from then on."
    ]
    events = {each.trigger.text for each in session.document.chart.transitions.values() if each.trigger.text}
    assert events == {"GO", "START"}


def test_a_place_that_is_gone_to_is_selected_and_nothing_is_renamed(
    tmp_path: Path, desktop: FakeDesktop
) -> None:
    session = session_on(tmp_path, TEXT)
    session.selection.replace([transition_of(session, "b")])
    desktop.answers = desktop.places = [transition_of(session, "a")]
    desktop.answers = [*desktop.answers]
    COMMANDS["edit.renameEverywhere"].run(session, desktop)
    assert session.selection.ids == (transition_of(session, "a"),)
    assert not session.document.undo_stack.can_undo

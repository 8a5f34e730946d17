from __future__ import annotations

from pathlib import Path

import pytest

from editor.commands.registry import Pointed
from editor.commands.table import COMMANDS
from editor.document import edits
from editor.geometry import Point
from editor.model import queries
from editor.model.elements import StateKind
from editor.requests import EditLabel, Request, RevealSelection
from editor.session import Session
from tests.commands.desk import FakeDesktop, id_of, session_on, transition_of


def invoke(session: Session, desktop: FakeDesktop, id: str) -> None:
    assert COMMANDS[id].when(session), id
    COMMANDS[id].run(session, desktop)


def test_delete_tells_what_went_away_and_how_to_get_it_back(session: Session, desktop: FakeDesktop) -> None:
    session.selection.replace([id_of(session, "opened")])
    invoke(session, desktop, "edit.delete")
    assert queries.find_path(session.document.chart, "opened") is None
    assert "Ctrl+Z" in session.status
    invoke(session, desktop, "edit.undo")
    assert queries.find_path(session.document.chart, "opened.wide") is not None
    invoke(session, desktop, "edit.redo")
    assert queries.find_path(session.document.chart, "opened") is None


def test_nothing_selected_leaves_nothing_to_do(session: Session) -> None:
    for id in ("edit.delete", "edit.rename", "edit.parent", "edit.none", "edit.undo"):
        assert not COMMANDS[id].when(session), id


def test_select_all_takes_the_outermost_states(session: Session, desktop: FakeDesktop) -> None:
    invoke(session, desktop, "edit.all")
    assert set(session.selection.ids) == {id_of(session, "closed"), id_of(session, "opened")}
    invoke(session, desktop, "edit.none")
    assert session.selection.ids == ()


def test_selecting_goes_up_and_down_and_along(session: Session, desktop: FakeDesktop) -> None:
    session.selection.replace([id_of(session, "opened.ajar")])
    invoke(session, desktop, "edit.next")
    assert session.selection.ids == (id_of(session, "opened.wide"),)
    invoke(session, desktop, "edit.parent")
    assert session.selection.ids == (id_of(session, "opened"),)
    invoke(session, desktop, "edit.child")
    assert session.selection.ids == (id_of(session, "opened.ajar"),)
    session.selection.replace([transition_of(session, "closed")])
    invoke(session, desktop, "edit.parent")
    assert session.selection.ids == (id_of(session, "closed"),)


def test_nudges_in_a_row_are_one_step_to_undo(session: Session, desktop: FakeDesktop) -> None:
    id = id_of(session, "closed")
    before = session.document.diagram.boxes[id]
    session.selection.replace([id])
    invoke(session, desktop, "edit.nudgeRight")
    invoke(session, desktop, "edit.nudgeRight")
    invoke(session, desktop, "edit.fineDown")
    after = session.document.diagram.boxes[id]
    assert (after.x - before.x, after.y - before.y) == (16, 1)
    invoke(session, desktop, "edit.undo")
    assert session.document.diagram.boxes[id] == before
    assert session.status == "Undone: Nudge"
    invoke(session, desktop, "edit.redo")
    assert session.status == "Done again: Nudge"


def test_an_initial_dot_is_nudged_and_routed_anew(session: Session, desktop: FakeDesktop) -> None:
    document = session.document
    holder = id_of(session, "opened")
    initial = queries.initial_transition(document.chart, holder)
    assert initial is not None
    before = document.diagram.boxes[holder]
    session.selection.replace([initial.id])
    assert not COMMANDS["edit.route"].when(session)
    invoke(session, desktop, "edit.nudgeDown")
    invoke(session, desktop, "edit.nudgeDown")
    assert document.diagram.boxes[holder].initial is not None
    invoke(session, desktop, "edit.route")
    assert document.diagram.boxes[holder] == before
    assert not COMMANDS["edit.route"].when(session)
    invoke(session, desktop, "edit.undo")
    invoke(session, desktop, "edit.undo")
    assert not document.undo_stack.can_undo


def test_a_transition_that_was_bent_is_routed_anew(session: Session, desktop: FakeDesktop) -> None:
    document, id = session.document, transition_of(session, "closed")
    document.apply(edits.set_bends(document.chart, document.diagram, id, [Point(5, 300), Point(90, 300)]))
    session.selection.replace([id])
    invoke(session, desktop, "edit.route")
    assert id not in document.diagram.bends


def test_bends_of_several_transitions_are_cleared_as_one_step(session: Session, desktop: FakeDesktop) -> None:
    document = session.document
    ids = [each.id for each in document.chart.transitions.values() if not each.is_pseudo][:3]
    for id in ids[:2]:
        document.apply(edits.set_bends(document.chart, document.diagram, id, [Point(5, 300), Point(90, 300)]))
    session.selection.replace(ids[2:])
    assert not COMMANDS["edit.route"].when(session)
    session.selection.replace(ids)
    assert COMMANDS["edit.route"].when(session)
    assert COMMANDS["edit.route"].title == "Clear bends"
    invoke(session, desktop, "edit.route")
    assert not document.diagram.bends
    assert document.undo_stack.undo_label == "Clear bends"
    invoke(session, desktop, "edit.undo")
    assert set(document.diagram.bends) == set(ids[:2])


def test_making_a_state_final_and_back(session: Session, desktop: FakeDesktop) -> None:
    id = id_of(session, "opened.wide")
    session.selection.replace([id])
    invoke(session, desktop, "edit.final")
    assert session.document.chart.states[id].kind is StateKind.FINAL
    checked = COMMANDS["edit.final"].checked
    assert checked is not None
    assert checked(session)
    invoke(session, desktop, "edit.final")
    assert session.document.chart.states[id].kind is StateKind.NORMAL


def test_making_a_state_initial(session: Session, desktop: FakeDesktop) -> None:
    id = id_of(session, "opened.wide")
    session.selection.replace([id])
    invoke(session, desktop, "edit.initial")
    initial = queries.initial_transition(session.document.chart, id_of(session, "opened"))
    assert initial is not None
    assert initial.targets == (id,)


def test_rename_asks_the_canvas_for_its_field(session: Session, desktop: FakeDesktop) -> None:
    asked: list[Request] = []
    session.requested.subscribe(asked.append)
    id = id_of(session, "closed")
    session.selection.replace([id])
    invoke(session, desktop, "edit.rename")
    assert asked == [EditLabel(id)]


def test_adding_regions(session: Session, desktop: FakeDesktop) -> None:
    asked: list[Request] = []
    session.requested.subscribe(asked.append)
    chart, id = session.document.chart, id_of(session, "closed")
    session.selection.replace([id])
    invoke(session, desktop, "edit.parallel")
    invoke(session, desktop, "edit.region")
    [first] = chart.children(id)
    assert session.selection.ids == (first.id,)
    invoke(session, desktop, "edit.region")
    assert [child.key for child in chart.children(id)] == ["region", "region2"]
    made = [child.id for child in chart.children(id)]
    assert asked == [RevealSelection(), EditLabel(made[0]), RevealSelection(), EditLabel(made[1])]
    boxes = session.document.diagram.boxes
    upper, lower = (boxes[child.id].rect for child in chart.children(id))
    assert (upper.x, upper.bottom, upper.right) == (lower.x, lower.y, lower.right)
    invoke(session, desktop, "edit.undo")
    assert chart.children(id) == [first]


@pytest.mark.parametrize(
    ("pointed", "parent", "regions"),
    [("closed", "closed", 2), ("opened.one.ajar", "opened", 3), ("opened", "opened", 3), ("", "", 0)],
)
def test_a_region_is_put_where_the_pointer_is(
    tmp_path: Path, desktop: FakeDesktop, pointed: str, parent: str, regions: int
) -> None:
    inside = "{type: parallel, states: {one: {states: {ajar: {}}}, two: {}}}"
    text = f"initial: closed\nstates: {{closed: {{}}, opened: {inside}}}"
    session = session_on(tmp_path, text)
    before = len(session.document.chart.states)
    desktop.pointer = Pointed(middle=Point(0, 0), state=id_of(session, pointed) if pointed else None)
    invoke(session, desktop, "edit.region")
    if parent:
        assert len(session.document.chart.children(id_of(session, parent))) == regions
    else:
        assert len(session.document.chart.states) == before
        assert "point at it" in session.status


def test_what_happened_is_said_until_the_next_edit(session: Session, desktop: FakeDesktop) -> None:
    session.selection.replace([id_of(session, "opened.wide")])
    invoke(session, desktop, "edit.delete")
    assert session.status.startswith("Deleted “wide”")
    session.selection.replace([id_of(session, "closed")])
    assert session.status
    invoke(session, desktop, "edit.nudgeRight")
    assert session.status == ""
    session.say("The disk is full.", lasts=True)
    invoke(session, desktop, "edit.nudgeRight")
    assert session.status == "The disk is full."


def test_making_the_initial_state_initial_says_that_it_is(session: Session, desktop: FakeDesktop) -> None:
    steps = len(session.document.undo_stack.steps)
    session.selection.replace([id_of(session, "closed")])
    invoke(session, desktop, "edit.initial")
    assert session.status == "“closed” is initial already."
    assert len(session.document.undo_stack.steps) == steps

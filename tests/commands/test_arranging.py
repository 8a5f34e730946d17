from __future__ import annotations

from editor.commands.table import COMMANDS
from editor.model import queries
from editor.requests import Find, Request
from editor.session import Session
from tests.commands.desk import FakeDesktop, id_of


def invoke(session: Session, desktop: FakeDesktop, id: str) -> None:
    assert COMMANDS[id].when(session), id
    COMMANDS[id].run(session, desktop)


def test_what_is_selected_is_aligned_and_told(session: Session, desktop: FakeDesktop) -> None:
    assert not COMMANDS["arrange.left"].when(session)
    session.selection.replace([id_of(session, "closed"), id_of(session, "opened")])
    invoke(session, desktop, "arrange.left")
    boxes = session.document.diagram.boxes
    assert boxes[id_of(session, "closed")].x == boxes[id_of(session, "opened")].x
    assert session.status == "Align 2 states."
    invoke(session, desktop, "arrange.left")
    assert session.status == "Nothing is to be changed."


def test_three_are_needed_to_distribute(session: Session) -> None:
    session.selection.replace([id_of(session, "closed"), id_of(session, "opened")])
    assert not COMMANDS["arrange.across"].when(session)


def test_a_composite_is_folded_and_opened_by_key(session: Session, desktop: FakeDesktop) -> None:
    session.selection.replace([id_of(session, "opened")])
    assert not COMMANDS["arrange.expand"].when(session)
    invoke(session, desktop, "arrange.collapse")
    assert session.document.diagram.boxes[id_of(session, "opened")].collapsed
    assert not COMMANDS["arrange.collapse"].when(session)
    invoke(session, desktop, "arrange.expand")
    assert not session.document.diagram.boxes[id_of(session, "opened")].collapsed


def test_a_state_is_moved_out_of_the_one_around_it(session: Session, desktop: FakeDesktop) -> None:
    id = id_of(session, "opened.wide")
    session.selection.replace([id])
    invoke(session, desktop, "arrange.out")
    assert session.document.chart.states[id].parent == session.document.chart.root_id
    assert session.selection.ids == (id,)
    assert not COMMANDS["arrange.out"].when(session)
    session.document.undo()
    assert queries.find_path(session.document.chart, "opened.wide") == id


def test_ways_to_arrange_are_offered_by_name(session: Session, desktop: FakeDesktop) -> None:
    from editor.commands.finding import Finder

    asked: list[Request] = []
    session.requested.subscribe(asked.append)
    invoke(session, desktop, "arrange.any")
    [request] = asked
    assert isinstance(request, Find)
    found = [offer.id for offer in Finder(session, COMMANDS.all).find(request.query)]
    wanted = {
        "left",
        "center",
        "right",
        "top",
        "middle",
        "bottom",
        "across",
        "down",
        "width",
        "height",
        "size",
    }
    assert {f"arrange.{each}" for each in wanted} <= set(found)
    assert "arrange.any" not in found


def test_all_children_and_siblings_are_selected(session: Session, desktop: FakeDesktop) -> None:
    chart = session.document.chart
    session.selection.replace([id_of(session, "opened")])
    invoke(session, desktop, "select.children")
    assert set(session.selection.ids) == {each.id for each in chart.children(id_of(session, "opened"))}
    session.selection.replace([id_of(session, "closed")])
    invoke(session, desktop, "select.siblings")
    assert set(session.selection.ids) == {each.id for each in chart.children(chart.root_id)}

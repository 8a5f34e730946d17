from __future__ import annotations

from pathlib import Path

import pytest

from editor.commands.table import COMMANDS
from editor.model import queries
from editor.requests import Pan, Request
from editor.session import Session
from tests.commands.desk import FakeDesktop, id_of, session_on, transition_of

TEXT = """
initial: a
states:
  a: {tags: [slow], on: {GO: b, STOP: c}}
  b: {tags: [slow, big], on: {GO: c}}
  c: {initial: x, states: {x: {on: {GO: y}}, y: {type: final}}}
  f: {type: final}
"""


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return session_on(tmp_path, TEXT)


def invoke(session: Session, desktop: FakeDesktop, id: str) -> None:
    assert COMMANDS[id].when(session), id
    COMMANDS[id].run(session, desktop)


def choose(session: Session, desktop: FakeDesktop, title: str) -> None:
    choices = COMMANDS["select.like"].choices
    assert choices is not None
    [found] = [choice for choice in choices(session) if choice.title == title]
    found.run(session, desktop)


def select(session: Session, *paths: str) -> None:
    session.selection.replace([id_of(session, path) for path in paths])


def states(session: Session) -> set[str]:
    chart = session.document.chart
    return {queries.dotted_path(chart, id) for id in session.selection.ids if id in chart.states}


def arrows(session: Session) -> list[tuple[str, str]]:
    chart = session.document.chart
    own = [chart.transitions[id] for id in session.selection.ids if id in chart.transitions]
    return sorted((queries.dotted_path(chart, each.source), each.trigger.text) for each in own)


@pytest.mark.parametrize(
    ("title", "path", "wanted"),
    [
        ("Of the same kind", "f", {"f", "c.y"}),
        ("Of the same kind", "a", {"a", "b", "c.x"}),
        ("With a same tag", "a", {"a", "b"}),
        ("Of the same colour", "a", {"a", "b", "c", "c.x", "c.y", "f"}),
    ],
)
def test_states_that_are_alike(
    session: Session, desktop: FakeDesktop, title: str, path: str, wanted: set[str]
) -> None:
    select(session, path)
    choose(session, desktop, title)
    assert states(session) == wanted


def test_transitions_with_the_same_event(session: Session, desktop: FakeDesktop) -> None:
    session.selection.replace([transition_of(session, "a")])
    choose(session, desktop, "With the same event")
    assert arrows(session) == [("a", "GO"), ("b", "GO"), ("c.x", "GO")]


def test_tags_are_offered_where_there_are_some(session: Session) -> None:
    select(session, "f")
    choices = COMMANDS["select.like"].choices
    assert choices is not None
    assert [choice.title for choice in choices(session)] == ["Of the same kind", "Of the same colour"]


def test_what_leads_in_and_out(session: Session, desktop: FakeDesktop) -> None:
    select(session, "b")
    invoke(session, desktop, "select.outgoing")
    assert arrows(session) == [("b", "GO")]
    select(session, "b")
    invoke(session, desktop, "select.incoming")
    assert arrows(session) == [("a", "GO")]
    select(session, "c")
    invoke(session, desktop, "select.attached")
    assert arrows(session) == [("a", "STOP"), ("b", "GO"), ("c", ""), ("c.x", "GO")]
    assert session.status == "4 selected"


def test_nothing_of_a_kind_leaves_the_selection(session: Session, desktop: FakeDesktop) -> None:
    select(session, "f")
    invoke(session, desktop, "select.outgoing")
    assert states(session) == {"f"}
    assert session.status == "There is nothing of that kind."


def test_all_others_and_the_states_around(session: Session, desktop: FakeDesktop) -> None:
    invoke(session, desktop, "select.others")
    assert states(session) == {"a", "b", "c", "f"}
    select(session, "a", "f")
    invoke(session, desktop, "select.others")
    assert states(session) == {"b", "c"}
    select(session, "c.x", "a")
    invoke(session, desktop, "select.around")
    assert states(session) == {"c", "a"}
    session.selection.replace([transition_of(session, "c.x")])
    invoke(session, desktop, "select.around")
    assert states(session) == {"c.x"}


def place(session: Session, **corners: tuple[int, int]) -> None:
    diagram = session.document.diagram
    for key, (x, y) in corners.items():
        box = diagram.boxes[id_of(session, key)]
        diagram.put_box(box.id, type(box)(id=box.id, x=x, y=y, width=box.width, height=box.height))


def test_walking_goes_to_what_is_next_on_the_canvas(session: Session, desktop: FakeDesktop) -> None:
    place(session, a=(0, 0), b=(400, 20), c=(0, 400), f=(420, 500))
    for way, wanted in (
        ("left", "a"),
        ("right", "b"),
        ("down", "f"),
        ("left", "c"),
        ("up", "a"),
        ("up", "a"),
    ):
        invoke(session, desktop, f"select.{way}")
        assert states(session) == {wanted}, way


def test_arrow_keys_move_what_is_seen_where_nothing_can_be_moved(
    session: Session, desktop: FakeDesktop
) -> None:
    asked: list[Request] = []
    session.requested.subscribe(asked.append)
    invoke(session, desktop, "edit.nudgeRight")
    invoke(session, desktop, "edit.fineUp")
    assert asked == [Pan(8, 0), Pan(0, -1)]
    assert not session.document.is_modified

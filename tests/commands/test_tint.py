from __future__ import annotations

from editor.commands.finding import Finder
from editor.commands.registry import Choice
from editor.commands.table import COMMANDS
from editor.session import Session
from tests.commands.desk import FakeDesktop, id_of, transition_of


def shades(session: Session) -> list[Choice]:
    choices = COMMANDS["state.tint"].choices
    assert choices is not None
    return list(choices(session))


def pick(session: Session, desktop: FakeDesktop, title: str) -> None:
    next(each for each in shades(session) if each.title == title).run(session, desktop)


def test_several_states_get_a_colour_in_one_step(session: Session, desktop: FakeDesktop) -> None:
    boxes = session.document.diagram.boxes
    ids = [id_of(session, "closed"), id_of(session, "opened")]
    session.selection.replace([*ids, transition_of(session, "closed")])
    pick(session, desktop, "6 Blue")
    assert [boxes[id].tint for id in ids] == [6, 6]
    assert session.status == "Colour 6 Blue."
    assert session.document.undo_stack.undo_label == "Colour 6 Blue"
    session.document.undo()
    assert [boxes[id].tint for id in ids] == [None, None]
    session.document.redo()
    pick(session, desktop, "No colour")
    assert [boxes[id].tint for id in ids] == [None, None]


def test_eight_colours_have_a_number_and_a_name_each(session: Session) -> None:
    session.selection.replace([id_of(session, "closed")])
    titles = [each.title for each in shades(session)]
    assert titles[0] == "No colour"
    assert [title.split()[0] for title in titles[1:]] == list("12345678")
    assert len({title.split()[1] for title in titles[1:]}) == 8


def test_the_colour_that_all_selected_states_have_is_marked(session: Session, desktop: FakeDesktop) -> None:
    closed, opened = id_of(session, "closed"), id_of(session, "opened")
    session.selection.replace([closed])
    pick(session, desktop, "4 Green")
    assert [each.title for each in shades(session) if each.is_chosen] == ["4 Green"]
    session.selection.replace([closed, opened])
    assert not any(each.is_chosen for each in shades(session))


def test_colours_are_found_by_their_names(session: Session, desktop: FakeDesktop) -> None:
    session.selection.replace([id_of(session, "closed")])
    offer = Finder(session, COMMANDS.all).find(">violet")[0]
    assert offer.title == "Colour: 7 Violet"
    assert offer.command is not None
    offer.command.run(session, desktop)
    assert session.document.diagram.boxes[id_of(session, "closed")].tint == 7


def test_transitions_have_no_colour(session: Session) -> None:
    session.selection.replace([transition_of(session, "closed")])
    assert not COMMANDS["state.tint"].when(session)

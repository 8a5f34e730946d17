"""Transitions followed by keys on the canvas of a real window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from editor.document import edits
from editor.document.looking import Look
from editor.window.main_window import MainWindow
from tests.commands.desk import id_of, transition_of

pytestmark = pytest.mark.usefixtures("still")


@pytest.fixture
def following(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """The ways out of `opened` are followed, by its key."""
    window.view.setFocus()
    window.session.selection.replace([id_of(window.session, "opened")])
    qtbot.waitUntil(window.actions_.by_id["view.follow"].isEnabled)
    qtbot.keyClick(window.view, Qt.Key.Key_W)
    assert window.session.looking.look is Look.WAYS
    return window


def press(window: MainWindow, qtbot: QtBot, *keys: Qt.Key) -> tuple[str, ...]:
    for key in keys:
        qtbot.keyClick(window.view, key)
    return window.session.selection.ids


def test_the_first_way_out_is_selected_and_a_bar_tells_of_it(following: MainWindow) -> None:
    session, strip = following.session, following.strips.lens
    assert session.selection.ids == (transition_of(session, "opened"),)
    assert strip.isVisible()
    assert strip.name.text() == "Out of opened"
    assert strip.count.text() == "1 of 2"
    assert "Return" in session.status


def test_arrows_go_through_the_ways_and_nothing_is_moved(following: MainWindow, qtbot: QtBot) -> None:
    session = following.session
    hits = session.looking.hits
    assert press(following, qtbot, Qt.Key.Key_Down) == (hits[1],)
    assert press(following, qtbot, Qt.Key.Key_Down) == (hits[0],)
    assert press(following, qtbot, Qt.Key.Key_Up) == (hits[1],)
    assert not session.document.undo_stack.can_undo


def test_left_shows_what_leads_in_and_right_what_leads_out(following: MainWindow, qtbot: QtBot) -> None:
    session, strip = following.session, following.strips.lens
    assert press(following, qtbot, Qt.Key.Key_Left) == (transition_of(session, "closed"),)
    assert strip.name.text() == "Into opened"
    press(following, qtbot, Qt.Key.Key_Right)
    assert strip.name.text() == "Out of opened"


def test_return_goes_on_and_backspace_back(following: MainWindow, qtbot: QtBot) -> None:
    session, document = following.session, following.session.document
    start = session.selection.ids
    assert press(following, qtbot, Qt.Key.Key_Return) == (transition_of(session, "closed"),)
    assert following.strips.lens.name.text() == "Out of closed"
    assert press(following, qtbot, Qt.Key.Key_Return)[0] in session.looking.hits
    assert following.strips.lens.name.text() == "Out of opened"
    press(following, qtbot, Qt.Key.Key_Backspace)
    assert following.strips.lens.name.text() == "Out of closed"
    assert press(following, qtbot, Qt.Key.Key_Backspace) == start
    assert document.chart.transitions[start[0]].source == id_of(session, "opened")
    assert following.view.labelling.editor is None
    assert not document.undo_stack.can_undo


def test_where_one_goes_is_brought_into_sight(following: MainWindow, qtbot: QtBot) -> None:
    view, session = following.view, following.session
    view.set_zoom(4.0)
    view.reveal(session.selection.ids[0])
    press(following, qtbot, Qt.Key.Key_Return)
    rect = view.rect_of(id_of(session, "closed"))
    assert rect is not None
    assert view.viewport().rect().intersects(view.rect_to_view(rect))


def test_where_nothing_leads_on_it_says_so(following: MainWindow, qtbot: QtBot) -> None:
    session, document = following.session, following.session.document
    lines = [id for id, line in document.chart.transitions.items() if line.source == id_of(session, "closed")]
    document.apply(edits.delete(document.chart, document.diagram, lines))
    assert press(following, qtbot, Qt.Key.Key_Return) == (id_of(session, "closed"),)
    assert following.strips.lens.count.text() == "No transitions"
    press(following, qtbot, Qt.Key.Key_Return)
    assert session.status.startswith("There is nowhere to go on to")


def test_escape_ends_it_and_leaves_the_transition_selected(following: MainWindow, qtbot: QtBot) -> None:
    chosen = following.session.selection.ids
    assert press(following, qtbot, Qt.Key.Key_Escape) == chosen
    assert following.session.looking.look is Look.NONE
    assert not following.strips.lens.isVisible()
    assert following.session.status == ""
    press(following, qtbot, Qt.Key.Key_Return)
    assert following.view.labelling.editor is not None, "keys mean again what they did"


def test_selecting_something_else_ends_it(following: MainWindow) -> None:
    following.session.selection.replace([id_of(following.session, "closed")])
    assert following.session.looking.look is Look.NONE


def test_it_goes_on_from_a_transition_that_is_selected(window: MainWindow, qtbot: QtBot) -> None:
    window.session.selection.replace([transition_of(window.session, "opened.ajar")])
    window.actions_.refresh()
    window.actions_.by_id["view.follow"].trigger()
    assert window.session.looking.at == transition_of(window.session, "opened.ajar")
    assert window.strips.lens.name.text() == "Out of ajar"


def test_a_way_that_is_deleted_is_not_followed(following: MainWindow) -> None:
    session, document = following.session, following.session.document
    at = session.looking.at
    document.apply(edits.delete(document.chart, document.diagram, [at]))
    assert at not in session.looking.hits


def test_a_state_that_is_deleted_ends_it(following: MainWindow) -> None:
    session, document = following.session, following.session.document
    document.apply(edits.delete(document.chart, document.diagram, [id_of(session, "opened")]))
    assert session.looking.look is Look.NONE

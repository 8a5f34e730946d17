from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from editor.canvas.theme import color, dimmed
from editor.commands import lensing
from editor.document import edits
from editor.document.looking import Look
from editor.document.undo import Edit
from editor.geometry import Point
from editor.model.changes import BoxChange, TransitionChange
from editor.window.main_window import MainWindow
from tests.commands.desk import id_of, transition_of

pytestmark = pytest.mark.usefixtures("still")

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def lit(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """The event OPEN is lit up, by a key on its transition."""
    window.view.setFocus()
    window.session.selection.replace([transition_of(window.session, "closed")])
    qtbot.waitUntil(window.actions_.by_id["lens.event"].isEnabled)
    qtbot.keyClick(window.view, Qt.Key.Key_L)
    assert window.strips.lens.isVisible()
    return window


def ground_of(window: MainWindow, id: str) -> str:
    """The colour of a card just inside of its left border."""
    view = window.view
    rect = view.rect_of(id)
    assert rect is not None
    at = view.to_view(Point(rect.x + 4, rect.center.y)).toPoint()
    return str(view.grab().toImage().pixelColor(at).name())


def test_an_event_lights_up_its_transitions_and_their_ends(lit: MainWindow) -> None:
    session, strip = lit.session, lit.strips.lens
    line = transition_of(session, "closed")
    assert session.looking.kept == {line, id_of(session, "closed"), id_of(session, "opened")}
    assert strip.name.text() == "Event OPEN"
    assert strip.count.text() == "1 of 1"


def test_all_else_is_dimmed_and_what_is_lit_up_is_not(window: MainWindow, qtbot: QtBot) -> None:
    window.view.set_zoom(1.0)
    window.view.fit()
    paths = ("closed", "opened.ajar", "opened.wide")
    before = {path: ground_of(window, id_of(window.session, path)) for path in paths}
    window.actions_.by_id["lens.events"].trigger()
    choices = {each.title: each for each in window.actions_.commands["lens.events"].choices(window.session)}  # type: ignore[misc]
    choices["PUSH"].run(window.session, window.desktop)
    after = {path: ground_of(window, id_of(window.session, path)) for path in paths}
    assert after["opened.ajar"] == before["opened.ajar"]
    assert after["opened.wide"] == before["opened.wide"]
    theme = window.view.theme
    assert before["closed"] == color(theme.leaves[0]).name()
    assert after["closed"] == color(dimmed(theme).leaves[0]).name()
    window.session.looking.end()
    assert {path: ground_of(window, id_of(window.session, path)) for path in paths} == before


def test_escape_on_the_canvas_ends_it_first(lit: MainWindow, qtbot: QtBot) -> None:
    chosen = lit.session.selection.ids
    qtbot.keyClick(lit.view, Qt.Key.Key_Escape)
    assert not lit.strips.lens.isVisible()
    assert not lit.view.painter.is_dimmed
    assert lit.session.selection.ids == chosen
    qtbot.keyClick(lit.view, Qt.Key.Key_Escape)
    assert lit.session.selection.ids == ()


def test_the_key_again_ends_it(lit: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(lit.view, Qt.Key.Key_L)
    assert lit.session.looking.look is Look.NONE
    assert not lit.strips.lens.isVisible()


def test_next_and_previous_go_through_its_transitions(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    document = session.document
    other = document.chart.transitions[transition_of(session, "closed")]
    renamed = replace(other, trigger=replace(other.trigger, text="PUSH"))
    document.apply(Edit("Change", (TransitionChange(other.id, other, renamed),)))
    lensing.light("PUSH", session)
    assert window.strips.lens.count.text() == "2 transitions"
    window.strips.lens.forward.click()
    assert session.looking.at == other.id
    window.strips.lens.forward.click()
    assert session.looking.at == transition_of(session, "opened.ajar")
    window.strips.lens.back.click()
    assert session.looking.at == other.id


def test_it_follows_edits_and_undo(lit: MainWindow) -> None:
    session, document = lit.session, lit.session.document
    line = transition_of(session, "closed")
    document.apply(edits.delete(document.chart, document.diagram, [line]))
    assert session.looking.hits == ()
    assert lit.strips.lens.count.text() == "No transitions"
    document.undo()
    assert session.looking.hits == (line,)


def test_what_is_unrelated_to_the_selection_is_dimmed_while_that_is_wanted(
    window: MainWindow, qtbot: QtBot
) -> None:
    session, view = window.session, window.view
    view.setFocus()
    session.selection.replace([])
    qtbot.keyClick(view, Qt.Key.Key_L, SHIFT)
    assert window.strips.lens.isVisible()
    assert not view.painter.is_dimmed, "with nothing selected there is nothing to be unrelated to"
    session.selection.replace([id_of(session, "closed")])
    assert view.painter.is_dimmed
    assert session.looking.kept is not None
    assert id_of(session, "opened") in session.looking.kept
    assert id_of(session, "opened.ajar") not in session.looking.kept
    session.selection.replace([id_of(session, "opened.ajar")])
    assert id_of(session, "opened.ajar") in session.looking.kept
    assert window.actions_.commands["lens.related"].checked(session)  # type: ignore[misc]
    qtbot.keyClick(view, Qt.Key.Key_L, SHIFT)
    assert not view.painter.is_dimmed


def test_what_is_hidden_is_lit_up_by_the_collapsed_state_around_it(window: MainWindow) -> None:
    session, document = window.session, window.session.document
    outer = id_of(session, "opened")
    box = document.diagram.boxes[outer]
    document.apply(Edit("Collapse", (BoxChange(outer, box, replace(box, collapsed=True)),)))
    session.selection.replace([id_of(session, "opened.wide")])
    window.actions_.by_id["lens.related"].trigger()
    lights = window.view.overlay.lights
    assert lights is not None
    assert lights.kept is not None
    assert outer in lights.kept


def test_find_takes_its_place(lit: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(lit.view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert lit.strips.find.isVisible()
    assert not lit.strips.lens.isVisible()
    assert not lit.view.painter.is_dimmed


def test_a_run_and_a_lens_dim_until_both_have_ended(lit: MainWindow, qtbot: QtBot) -> None:
    lit.actions_.by_id["simulate.toggle"].trigger()
    assert lit.session.is_running
    lit.session.looking.end()
    assert lit.view.painter.is_dimmed
    lit.actions_.by_id["simulate.toggle"].trigger()
    assert not lit.view.painter.is_dimmed


def test_the_menu_of_a_transition_offers_it(window: MainWindow) -> None:
    menu = window.element_menu.menu_of(transition_of(window.session, "closed"))
    assert menu is not None
    assert "Light up the event" in [action.text() for action in menu.actions()]

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from editor.document import files
from editor.document.looking import Look
from editor.document.text_index import Part
from editor.document.undo import Edit
from editor.model.changes import BoxChange, StateChange
from editor.window.find_bar import CALM, FindBar
from editor.window.main_window import MainWindow
from tests.charts import opened
from tests.commands.desk import id_of, transition_of

pytestmark = pytest.mark.usefixtures("still")

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def bar(window: MainWindow, qtbot: QtBot) -> FindBar:
    window.view.setFocus()
    qtbot.keyClick(window.view, Qt.Key.Key_F, CTRL)
    made = window.strips.find
    assert made.isVisible()
    assert made.field.hasFocus()
    return made


def hits(window: MainWindow) -> list[str]:
    return list(window.session.looking.hits)


def test_what_holds_the_text_lights_up_with_every_key(window: MainWindow, bar: FindBar, qtbot: QtBot) -> None:
    session, view = window.session, window.view
    qtbot.keyClicks(bar.field, "o")
    assert id_of(session, "closed") in hits(window)
    qtbot.keyClicks(bar.field, "p")
    opened_ = id_of(session, "opened")
    assert hits(window) == [transition_of(session, "closed"), opened_]
    assert bar.count.text() == "1 of 2"
    assert view.overlay.lights is not None
    assert view.overlay.lights.drawn == {opened_, transition_of(session, "closed")}
    assert not session.selection.ids


def test_return_goes_on_and_shift_return_back_around_the_ends(
    window: MainWindow, bar: FindBar, qtbot: QtBot
) -> None:
    qtbot.keyClicks(bar.field, "op")
    qtbot.waitUntil(window.actions_.by_id["find.next"].isEnabled)
    for key, held, said in (
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "2 of 2"),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "1 of 2"),
        (Qt.Key.Key_Return, SHIFT, "2 of 2"),
        (Qt.Key.Key_F3, SHIFT, "1 of 2"),
        (Qt.Key.Key_F3, Qt.KeyboardModifier.NoModifier, "2 of 2"),
    ):
        qtbot.keyClick(bar.field, key, held)
        assert bar.count.text() == said
    assert bar.field.text() == "op"


def test_escape_closes_with_the_last_one_selected_and_the_keys_given_back(
    window: MainWindow, bar: FindBar, qtbot: QtBot
) -> None:
    qtbot.keyClicks(bar.field, "wide")
    qtbot.keyClick(bar.field, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert window.view.hasFocus()
    assert window.session.selection.ids == (id_of(window.session, "opened.wide"),)
    assert window.session.looking.look is Look.NONE
    assert window.view.overlay.lights is None
    assert not window.view.overlay.lit


def test_escape_on_the_canvas_closes_it_too(window: MainWindow, bar: FindBar, qtbot: QtBot) -> None:
    qtbot.keyClicks(bar.field, "ajar")
    window.view.setFocus()
    qtbot.keyClick(window.view, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert window.session.selection.ids == (id_of(window.session, "opened.ajar"),)


def test_nothing_moves_for_what_is_in_sight_and_what_is_not_is_brought_there(
    window: MainWindow, bar: FindBar, qtbot: QtBot
) -> None:
    view = window.view
    view.set_zoom(1.0)
    view.fit()
    before = view.camera
    qtbot.keyClicks(bar.field, "closed")
    assert view.camera == before
    view.pan(-5000, 0)
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    rect = view.rect_of(id_of(window.session, "closed"))
    assert rect is not None
    seen = view.rect_to_view(rect)
    assert view.viewport().rect().contains(seen)
    assert not bar.geometry().intersects(seen)


def test_letters_are_text_there_and_other_keys_none_for_the_canvas(
    window: MainWindow, bar: FindBar, qtbot: QtBot
) -> None:
    qtbot.keyClicks(bar.field, "stv1")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown):
        qtbot.keyClick(bar.field, key)
    assert bar.field.text() == "stv1"
    assert bar.count.text() == "No match"
    assert window.session.tool_id == "select"
    assert not window.session.document.undo_stack.can_undo


def test_it_is_narrowed_to_a_part_by_its_menu(window: MainWindow, bar: FindBar, qtbot: QtBot) -> None:
    qtbot.keyClicks(bar.field, "op")
    actions = {action.text(): action for action in bar.narrow.menu().actions()}
    assert list(actions) == [
        "Everywhere", "Names", "Events", "Guards", "Actions", "Services", "Descriptions", "Tags", "Notes",
    ]  # fmt: skip
    actions["Names"].trigger()
    assert (bar.part, bar.narrow.text()) == (Part.NAME, "Names")
    assert hits(window) == [id_of(window.session, "opened")]
    actions["Everywhere"].trigger()
    assert len(hits(window)) == 2


def test_the_key_again_selects_the_text_for_another(window: MainWindow, bar: FindBar, qtbot: QtBot) -> None:
    qtbot.keyClicks(bar.field, "op")
    qtbot.keyClick(bar.field, Qt.Key.Key_Escape)
    qtbot.keyClick(window.view, Qt.Key.Key_F, CTRL)
    assert bar.field.selectedText() == "op"
    assert len(hits(window)) == 2
    qtbot.keyClick(bar.field, Qt.Key.Key_F, CTRL)
    assert bar.isVisible()
    qtbot.keyClicks(bar.field, "aj")
    assert bar.field.text() == "aj"


def test_it_follows_edits_undo_and_redo(window: MainWindow, bar: FindBar, qtbot: QtBot) -> None:
    document = window.session.document
    qtbot.keyClicks(bar.field, "portal")
    assert bar.count.text() == "No match"
    state = document.chart.states[id_of(window.session, "closed")]
    document.apply(Edit("Rename", (StateChange(state.id, state, replace(state, key="portal")),)))
    qtbot.waitUntil(lambda: hits(window) == [state.id], timeout=20 * CALM)
    document.undo()
    qtbot.waitUntil(lambda: not hits(window), timeout=20 * CALM)


def test_what_a_collapsed_state_hides_is_shown_by_that_state(
    window: MainWindow, bar: FindBar, qtbot: QtBot
) -> None:
    document = window.session.document
    outer = id_of(window.session, "opened")
    box = document.diagram.boxes[outer]
    document.apply(Edit("Collapse", (BoxChange(outer, box, replace(box, collapsed=True)),)))
    qtbot.keyClicks(bar.field, "wide")
    lights = window.view.overlay.lights
    assert lights is not None
    assert set(lights.places.values()) == {outer}
    assert bar.count.text().startswith("1 of")


def test_rows_of_the_outline_are_marked(window: MainWindow, bar: FindBar, qtbot: QtBot) -> None:
    outline = window.docks["outline"].panel
    assert outline is not None
    qtbot.keyClicks(bar.field, "op")
    model = outline.model
    marked = {
        path: model.index_of(id_of(window.session, path)).data(Qt.ItemDataRole.FontRole)
        for path in ("closed", "opened", "opened.ajar")
    }
    assert marked["opened"].underline()
    assert marked["closed"].underline(), "it is where a transition leaves that holds the text"
    assert marked["opened.ajar"] is None
    qtbot.keyClick(bar.field, Qt.Key.Key_Escape)
    assert model.index_of(id_of(window.session, "opened")).data(Qt.ItemDataRole.FontRole) is None


def test_marks_are_painted_over_the_canvas_and_in_the_minimap(
    window: MainWindow, bar: FindBar, qtbot: QtBot
) -> None:
    view = window.view
    before = view.grab().toImage()
    qtbot.keyClicks(bar.field, "wide")
    assert view.grab().toImage() != before
    view.minimap.show()
    view.minimap.draw()
    with_marks = view.minimap.grab().toImage()
    window.session.looking.end()
    assert view.minimap.grab().toImage() != with_marks


def test_another_document_ends_it(window: MainWindow, bar: FindBar, qtbot: QtBot) -> None:
    qtbot.keyClicks(bar.field, "op")
    window.session.replace_document(opened("id: other\ninitial: a\nstates: {a: {}}\n"))
    assert not bar.isVisible()
    assert window.view.overlay.lights is None


def test_a_click_on_the_bar_is_none_on_the_canvas(window: MainWindow, bar: FindBar, qtbot: QtBot) -> None:
    window.session.selection.replace([id_of(window.session, "closed")])
    QTest.mouseClick(bar.count, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(bar.count, Qt.MouseButton.LeftButton)
    assert window.session.selection.ids == (id_of(window.session, "closed"),)
    assert not window.session.document.undo_stack.can_undo


def test_the_file_does_not_hear_of_it(window: MainWindow, bar: FindBar, qtbot: QtBot) -> None:
    path = window.session.document.path
    assert path is not None
    before = path.read_text(encoding="utf-8")
    qtbot.keyClicks(bar.field, "op")
    files.save(window.session.document, path)
    assert path.read_text(encoding="utf-8") == before

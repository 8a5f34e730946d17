from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from editor.commands.finding import Kind, Offer
from editor.document import files, notes, settings
from editor.geometry import Rect
from editor.window.app import Program
from editor.window.finder import OFFER, FinderBox
from editor.window.main_window import MainWindow
from tests.commands.desk import id_of, transition_of
from tests.window.conftest import inspector_line

pytestmark = pytest.mark.usefixtures("still")

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def box(window: MainWindow, qtbot: QtBot) -> FinderBox:
    window.view.setFocus()
    qtbot.keyClick(window.view, Qt.Key.Key_K, CTRL)
    assert window.finder.isVisible()
    return window.finder


def shown(box: FinderBox) -> list[str]:
    return [offer.title for offer in box.model.offers]


def current(box: FinderBox) -> str:
    return str(box.list.currentIndex().data())


def type_in(box: FinderBox, text: str, qtbot: QtBot, key: Qt.Key | None = None) -> None:
    qtbot.keyClicks(box.field, text)
    if key is not None:
        qtbot.keyClick(box.field, key)


def test_a_command_is_done_by_typing_it(window: MainWindow, box: FinderBox, qtbot: QtBot) -> None:
    type_in(box, "sel all", qtbot, Qt.Key.Key_Return)
    assert not box.isVisible()
    assert len(window.session.selection.ids) > 1
    assert window.view.hasFocus()


def test_both_keys_open_it_and_the_same_key_closes_it(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window.view, Qt.Key.Key_P, CTRL | SHIFT)
    assert window.finder.isVisible()
    qtbot.keyClick(window.finder.field, Qt.Key.Key_P, CTRL)
    assert window.finder.field.text() == "@"
    qtbot.keyClick(window.finder.field, Qt.Key.Key_K, CTRL)
    assert window.finder.field.text() == ""
    qtbot.keyClick(window.finder.field, Qt.Key.Key_K, CTRL)
    assert not window.finder.isVisible()


def test_letters_and_digits_are_text_there(window: MainWindow, box: FinderBox, qtbot: QtBot) -> None:
    type_in(box, "t1v", qtbot)
    assert box.field.text() == "t1v"
    assert window.session.tool_id == "select"


def test_go_to_state_walks_lights_up_and_returns(window: MainWindow, qtbot: QtBot) -> None:
    view, session = window.view, window.session
    view.pan(5000, 0)
    home = view.camera
    qtbot.keyClick(view, Qt.Key.Key_P, CTRL)
    box = window.finder
    assert shown(box) == ["closed", "opened", "ajar", "wide"]
    qtbot.keyClick(box.field, Qt.Key.Key_Down)
    assert view.overlay.lit == {id_of(session, "opened")}
    assert view.camera != home
    assert session.selection.ids == ()
    qtbot.keyClick(box.field, Qt.Key.Key_Escape)
    assert view.camera == home
    assert view.overlay.lit == frozenset()
    assert not box.isVisible()


def test_return_goes_to_a_state_and_selects_it(window: MainWindow, qtbot: QtBot) -> None:
    view, session = window.view, window.session
    view.pan(5000, 0)
    qtbot.keyClick(view, Qt.Key.Key_P, CTRL)
    type_in(window.finder, "wid", qtbot, Qt.Key.Key_Return)
    wide = id_of(session, "opened.wide")
    assert session.selection.ids == (wide,)
    rect = view.rect_of(wide)
    assert rect is not None
    assert view.viewport().rect().contains(view.rect_to_view(rect))
    assert view.overlay.lit == frozenset()


def test_an_event_leads_to_its_transitions(window: MainWindow, box: FinderBox, qtbot: QtBot) -> None:
    type_in(box, "#push", qtbot, Qt.Key.Key_Return)
    assert window.session.selection.ids == (transition_of(window.session, "opened.ajar"),)


def test_walking_goes_around(box: FinderBox, qtbot: QtBot) -> None:
    first = current(box)
    qtbot.keyClick(box.field, Qt.Key.Key_Up)
    assert current(box) == shown(box)[-1]
    qtbot.keyClick(box.field, Qt.Key.Key_Down)
    assert current(box) == first


def test_what_cannot_be_done_says_why_and_stays(window: MainWindow, box: FinderBox, qtbot: QtBot) -> None:
    type_in(box, ">redo", qtbot, Qt.Key.Key_Return)
    assert box.isVisible()
    assert window.session.status == "Redo: nothing to redo."
    assert "Nothing to redo" in box.list.currentIndex().data(Qt.ItemDataRole.ToolTipRole)


def test_what_was_chosen_last_is_offered_first(window: MainWindow, box: FinderBox, qtbot: QtBot) -> None:
    type_in(box, ">zoom in", qtbot, Qt.Key.Key_Return)
    qtbot.keyClick(window.view, Qt.Key.Key_K, CTRL)
    assert shown(box)[0] == "Zoom in"


def test_tools_and_panels_are_commands_too(window: MainWindow, box: FinderBox, qtbot: QtBot) -> None:
    type_in(box, ">tool final", qtbot, Qt.Key.Key_Return)
    assert window.session.tool_id == "final"
    qtbot.keyClick(window.view, Qt.Key.Key_K, CTRL)
    type_in(box, ">panel problems", qtbot, Qt.Key.Key_Return)
    assert window.docks["problems"].isVisible()


def test_every_action_of_the_menus_is_offered_with_its_keys(window: MainWindow, box: FinderBox) -> None:
    actions = window.actions_
    offered = {offer.id: box._keys(offer) for offer in box._finder.find(">")} if box._finder else {}
    for menu in window.menus.values():
        for action in menu.actions():
            if action.isSeparator() or action.menu() is not None:
                continue
            ids = [id for id, each in actions.by_id.items() if each is action]
            ids += [f"dock.{id}" for id, dock in window.docks.items() if dock.toggleViewAction() is action]
            [id] = ids
            assert id in offered, action.text()
            keys = action.shortcut().toString(action.shortcut().SequenceFormat.NativeText)
            assert offered[id] == keys


def test_a_field_that_was_typed_into_keeps_its_text(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    session.selection.replace([id_of(session, "closed")])
    field = inspector_line(window, qtbot, "closed")
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "shut")
    qtbot.keyClick(field, Qt.Key.Key_P, CTRL | SHIFT)
    assert window.finder.field.hasFocus()
    assert id_of(session, "shut")


def test_leaving_the_field_closes_it(window: MainWindow, box: FinderBox) -> None:
    window.view.setFocus()
    assert not box.isVisible()
    assert window.view.hasFocus()


def test_a_click_chooses(window: MainWindow, box: FinderBox, qtbot: QtBot) -> None:
    type_in(box, "@ajar", qtbot)
    place = box.list.visualRect(box.model.index(0, 0)).center()
    qtbot.mouseClick(box.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.session.selection.ids == (id_of(window.session, "opened.ajar"),)


def test_nothing_found_is_said(box: FinderBox, qtbot: QtBot) -> None:
    type_in(box, "xqzxq", qtbot, Qt.Key.Key_Return)
    assert box.none.isVisible()
    assert not box.list.isVisible()
    assert box.isVisible()


@pytest.mark.parametrize("size", [(1280, 800), (900, 600), (500, 320)])
def test_it_stays_inside_of_the_window(
    window: MainWindow, box: FinderBox, size: tuple[int, int], qtbot: QtBot
) -> None:
    window.resize(*size)
    qtbot.waitUntil(lambda: window.rect().contains(box.geometry()))


def test_it_works_on_the_start_page(program: Program, qtbot: QtBot) -> None:
    window = program.open(None)
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    box = window.finder
    type_in(box, "circuit", qtbot)
    offer = box.list.currentIndex().data(OFFER)
    qtbot.keyClick(box.field, Qt.Key.Key_Return)
    assert offer.kind.value == "Example"
    assert window.stack.currentWidget() is window.view
    assert len(window.session.document.chart.states) > 1


def test_another_document_closes_it(window: MainWindow, box: FinderBox) -> None:
    window.session.replace_document(files.new_document())
    assert not box.isVisible()


def test_choices_are_offered_first_after_a_restart_as_well(
    window: MainWindow, box: FinderBox, program: Program, qtbot: QtBot
) -> None:
    type_in(box, "sel all", qtbot, Qt.Key.Key_Return)
    box.open()
    type_in(box, "@closed", qtbot, Qt.Key.Key_Return)
    assert settings.load().chosen == ("edit.all",)  # a state is of its document alone
    other = program.open(None)
    other.finder.open()
    assert shown(other.finder)[0] == "Select all"
    type_in(other.finder, "grid", qtbot, Qt.Key.Key_Return)
    assert len(settings.load().chosen) == 2
    window.finder.open()
    assert shown(window.finder)[:2] == ["closed", "Select all"]
    assert "rid" in shown(window.finder)[2]


@pytest.mark.parametrize("kind", [each for each in Kind if each is not Kind.COMMAND])
def test_whatever_is_found_has_an_icon_even_if_it_is_gone_by_then(box: FinderBox, kind: Kind) -> None:
    box.model.show([Offer("gone", kind, "what it is called", "where it stands")])
    found = box.model.index(0, 0).data(Qt.ItemDataRole.DecorationRole)
    assert not found.isNull()
    box.list.viewport().repaint()  # an exception in there fails the test


def test_a_note_is_found_and_gone_to(window: MainWindow, box: FinderBox, qtbot: QtBot) -> None:
    document = window.session.document
    edit, id = notes.add(document.diagram, Rect(900, 500, 200, 96), "remember the milk")
    document.apply(edit)
    box.close_box()
    qtbot.keyClick(window.view, Qt.Key.Key_K, CTRL)
    type_in(box, "milk", qtbot)
    box.list.viewport().repaint()
    assert "milk" in current(box)
    qtbot.keyClick(box.field, Qt.Key.Key_Return)
    assert document.selection.ids == (id,)

"""Back and forward between places, in a real window with real keys and buttons."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from editor.canvas.camera import Camera
from editor.document import edits
from editor.requests import FitAll, FitSelection, GoBack, GoForward, RevealSelection
from editor.window.main_window import MainWindow
from tests.charts import opened
from tests.commands.desk import id_of

pytestmark = pytest.mark.usefixtures("still")

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def far(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """A window that looks at open ground, with the first state selected."""
    window.view.setFocus()
    window.session.selection.replace([id_of(window.session, "closed")])
    window.view.set_zoom(1.0)
    window.view.pan(-3000, 200)
    qtbot.wait(1)
    return window


def there(window: MainWindow) -> tuple[Camera, tuple[str, ...]]:
    return window.view.camera, window.session.selection.ids


def by_palette(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window.view, Qt.Key.Key_P, CTRL)
    qtbot.keyClicks(window.finder.field, "wide")
    qtbot.keyClick(window.finder.field, Qt.Key.Key_Return)


def by_walking_in_the_palette(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window.view, Qt.Key.Key_P, CTRL)
    for _ in range(3):
        qtbot.keyClick(window.finder.field, Qt.Key.Key_Down)
    qtbot.keyClick(window.finder.field, Qt.Key.Key_Return)


def by_find(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window.view, Qt.Key.Key_F, CTRL)
    qtbot.keyClicks(window.strips.find.field, "wide")
    qtbot.keyClick(window.strips.find.field, Qt.Key.Key_Escape)


def by_outline(window: MainWindow, qtbot: QtBot) -> None:
    outline = window.docks["outline"].panel
    assert outline is not None
    index = outline.model.index_of(id_of(window.session, "opened.wide"))
    rect = outline.tree.visualRect(index)
    QTest.mouseClick(outline.tree.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())


def by_fit(window: MainWindow, qtbot: QtBot) -> None:
    window.session.ask(FitAll())


def by_zoom(window: MainWindow, qtbot: QtBot) -> None:
    window.session.ask(FitSelection())


@pytest.mark.parametrize(
    "jump", [by_palette, by_walking_in_the_palette, by_find, by_outline, by_fit, by_zoom]
)
def test_back_leads_to_where_one_was_before_a_jump_and_forward_there_again(
    far: MainWindow, qtbot: QtBot, jump: Callable[[MainWindow, QtBot], None]
) -> None:
    before = there(far)
    jump(far, qtbot)
    after = there(far)
    assert after != before
    far.view.setFocus()
    qtbot.waitUntil(far.actions_.by_id["view.back"].isEnabled)
    qtbot.keyClick(far.view, Qt.Key.Key_B, CTRL)
    assert there(far) == before
    qtbot.waitUntil(far.actions_.by_id["view.forward"].isEnabled)
    qtbot.keyClick(far.view, Qt.Key.Key_B, CTRL | SHIFT)
    assert there(far) == after
    assert far.session.document.visits.can_go(-1)


def test_the_buttons_of_a_mouse_go_back_and_forward(far: MainWindow, qtbot: QtBot) -> None:
    before = there(far)
    by_fit(far, qtbot)
    after = there(far)
    place = QPoint(50, 50)
    QTest.mouseClick(far.view.viewport(), Qt.MouseButton.BackButton, pos=place)
    assert there(far) == before
    QTest.mouseClick(far.view.viewport(), Qt.MouseButton.ForwardButton, pos=place)
    assert there(far) == after


def test_going_about_by_hand_and_by_arrows_is_no_jump(far: MainWindow, qtbot: QtBot) -> None:
    far.view.pan(40, 40)
    far.view.zoom_in()
    far.session.selection.replace([id_of(far.session, "opened")])
    far.session.ask(RevealSelection())
    qtbot.keyClick(far.view, Qt.Key.Key_Tab)
    qtbot.keyClick(far.view, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert not far.session.document.visits.can_go(-1)


def test_looking_and_coming_back_is_no_jump(far: MainWindow, qtbot: QtBot) -> None:
    before = there(far)
    qtbot.keyClick(far.view, Qt.Key.Key_P, CTRL)
    qtbot.keyClick(far.finder.field, Qt.Key.Key_Down)
    qtbot.keyClick(far.finder.field, Qt.Key.Key_Escape)
    assert there(far) == before
    assert not far.session.document.visits.can_go(-1)


def test_a_place_whose_state_was_deleted_is_passed_over(far: MainWindow, qtbot: QtBot) -> None:
    document, session = far.session.document, far.session
    first = there(far)[0]
    session.selection.replace([])
    qtbot.wait(1)
    by_fit(far, qtbot)
    session.selection.replace([id_of(session, "opened.ajar")])
    qtbot.wait(1)
    by_zoom(far, qtbot)
    document.apply(edits.delete(document.chart, document.diagram, [id_of(session, "opened.ajar")]))
    session.ask(GoBack())
    assert there(far) == (first, ())


def test_with_nowhere_to_go_it_says_so(far: MainWindow) -> None:
    far.session.ask(GoBack())
    assert far.session.status == "There is no place to go back to."
    far.session.ask(GoForward())
    assert far.session.status == "There is no place ahead."


def test_each_document_has_its_own_way(far: MainWindow, qtbot: QtBot) -> None:
    by_fit(far, qtbot)
    assert far.session.document.visits.can_go(-1)
    far.session.replace_document(opened("id: other\ninitial: a\nstates: {a: {}}\n"))
    assert not far.session.document.visits.can_go(-1)

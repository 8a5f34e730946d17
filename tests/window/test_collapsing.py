"""Collapsed states in a real window: one line for many, in the field, in a run, when something is looked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from editor.document import files
from editor.geometry import Point
from editor.requests import EditLabel
from editor.window.app import Program
from editor.window.main_window import MainWindow
from tests.commands.desk import id_of
from tests.window.conftest import opened

pytestmark = pytest.mark.usefixtures("still")

TEXT = """\
id: shop
initial: a
states:
  a:
    on: {ONE: c.d, TWO: c.e, THREE: c.d}
  c:
    initial: d
    states:
      d: {on: {OUT: '#a'}}
      e: {}
"""


@pytest.fixture
def shop(program: Program, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """A window on a machine of which one composite was collapsed by its key."""
    made = opened(program, qtbot, tmp_path / "shop.yaml", TEXT)
    made.session.selection.replace([id_of(made.session, "c")])
    qtbot.waitUntil(made.actions_.by_id["arrange.collapse"].isEnabled)
    qtbot.keyClick(made.view, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    made.view.set_zoom(1.0)
    made.view.fit()
    return made


def merged(window: MainWindow) -> str:
    [first] = window.view.picture.merged
    return first


def test_it_is_undone_done_again_and_kept_in_the_file(shop: MainWindow, tmp_path: Path) -> None:
    document, c = shop.session.document, id_of(shop.session, "c")
    card, own = shop.view.picture.states[c].rect, document.diagram.boxes[c].rect
    assert (card.width, card.height) < (own.width, own.height)
    document.undo()
    assert shop.view.picture.states[c].rect == own
    document.redo()
    assert shop.view.picture.states[c].rect == card
    assert document.path is not None
    files.save(document, document.path)
    again = files.open_document(document.path)
    assert {box.rect for box in again.diagram.boxes.values()} == {
        box.rect for box in document.diagram.boxes.values()
    }
    document.undo_stack.mark_clean()


def test_one_of_many_is_not_typed_over(shop: MainWindow) -> None:
    shop.session.ask(EditLabel(merged(shop)))
    assert shop.view.labelling.editor is None
    assert "Expand" in shop.session.status


def test_what_is_looked_for_is_shown_on_the_line_that_stands_for_it(shop: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(shop.view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(shop.strips.find.field, "three")
    lights = shop.view.overlay.lights
    assert lights is not None
    assert lights.drawn == {merged(shop)}


def test_a_run_takes_one_of_many_only_where_it_is_clear_which(shop: MainWindow, qtbot: QtBot) -> None:
    session, view = shop.session, shop.view
    shop.actions_.by_id["simulate.toggle"].trigger()
    first = merged(shop)
    assert first in view.overlay.enabled
    route = view.picture.route(first)
    assert route is not None
    at = view.to_view(Point(*route.label.center)).toPoint()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert session.simulator is not None
    assert id_of(session, "a") in session.simulator.configuration
    assert session.status.startswith("Several events")
    session.simulator.send("THREE")
    assert id_of(session, "c.d") in session.simulator.configuration
    assert first in view.overlay.taken, "the line that stands for it flashes"
    shop.actions_.by_id["simulate.toggle"].trigger()

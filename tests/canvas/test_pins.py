"""Pins of states that no layout moves: seen where layouts heed them or the settings say so, taken out by a click."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from pytestqt.qtbot import QtBot

from editor.canvas.camera import Camera
from editor.canvas.view import ChartView
from editor.document import accepting
from editor.document.settings import Settings
from editor.geometry import Point
from editor.layout_engine.options import Options, Rung
from editor.layout_engine.proposed import Asked, Proposed
from editor.layout_engine.rungs import Proposal
from editor.tools.base import HitKind
from tests import charts
from tests.canvas.shown import looked_at

TEXT = """
initial: a
states:
  a: {on: {GO: b}}
  b: {}
"""


@pytest.fixture
def view(qtbot: QtBot) -> ChartView:
    still = Settings(animation="off")
    made = looked_at(charts.document(TEXT), qtbot, Camera(1.0, 40, 40), settings=still)
    document = made.session.document
    ids = [charts.id_of(document.chart, path) for path in ("a", "b")]
    document.apply(accepting.set_pinned(document.chart, document.diagram, ids, is_pinned=False))
    document.apply(accepting.set_pinned(document.chart, document.diagram, ids[:1], is_pinned=True))
    return made


def propose(view: ChartView, *, frees: bool = False) -> None:
    document = view.session.document
    id = charts.id_of(document.chart, "b")
    diagram = document.diagram.copy()
    diagram.put_box(id, replace(diagram.boxes[id], x=400, y=300))
    answer = Proposal(diagram=diagram, rung=Rung.LEVELS)
    view.session.proposed.put(Proposed(asked=Asked(options=Options(), frees=frees), answer=answer))


def pin_of(view: ChartView, path: str) -> Point:
    rect = view.picture.rect(charts.id_of(view.session.document.chart, path))
    assert rect is not None
    return Point(rect.x + 18, rect.y)


def click(qtbot: QtBot, view: ChartView, at: Point) -> None:
    there = view.to_view(at).toPoint()
    qtbot.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(there)
    )


def is_pin(view: ChartView, path: str) -> bool:
    return view.hit(pin_of(view, path)).kind is HitKind.PIN


def test_a_pin_looks_the_same_on_the_border_of_a_selected_state(view: ChartView) -> None:
    propose(view)
    middle = view.to_view(pin_of(view, "a")).toPoint()
    area = QRect(middle.x() - 6, middle.y() - 6, 12, 12)
    found = []
    for path in ("a", "b"):
        view.session.selection.replace([charts.id_of(view.session.document.chart, path)])
        found.append(view.viewport().grab().toImage().copy(area))
    assert found[0] == found[1]
    view.session.proposed.put(None)
    assert view.viewport().grab().toImage().copy(area) != found[0]


def test_pins_are_there_while_a_layout_heeds_them(view: ChartView) -> None:
    assert not is_pin(view, "a")
    bare = view.viewport().grab().toImage()
    propose(view)
    assert is_pin(view, "a")
    assert not is_pin(view, "b")
    propose(view, frees=True)
    assert not is_pin(view, "a")
    view.session.proposed.put(None)
    view.look(Camera(1.0, 40, 40))
    assert view.viewport().grab().toImage() == bare


def test_pins_are_always_there_where_the_settings_say_so(view: ChartView) -> None:
    bare = view.viewport().grab().toImage()
    view.session.set_settings(replace(view.session.settings, pins=True))
    assert is_pin(view, "a")
    assert view.viewport().grab().toImage() != bare
    view.look(Camera(0.3, 40, 40))
    assert not is_pin(view, "a")


def test_a_click_on_a_pin_releases_its_state_and_undo_pins_it_again(view: ChartView, qtbot: QtBot) -> None:
    propose(view)
    document = view.session.document
    before = tuple(view.session.selection.ids)
    click(qtbot, view, pin_of(view, "a"))
    assert accepting.pinned(document.chart, document.diagram) == frozenset()
    assert tuple(view.session.selection.ids) == before
    document.undo()
    assert accepting.pinned(document.chart, document.diagram) == {charts.id_of(document.chart, "a")}


def test_a_selected_state_can_be_released_by_its_pin_too(view: ChartView) -> None:
    propose(view)
    view.session.selection.replace([charts.id_of(view.session.document.chart, "a")])
    assert is_pin(view, "a")


def test_other_tools_see_no_pins(view: ChartView) -> None:
    propose(view)
    view.session.set_tool("transition")
    assert not is_pin(view, "a")


def test_a_proposal_that_moves_pinned_states_shows_no_pins_whatever_the_settings_say(view: ChartView) -> None:
    view.session.set_settings(replace(view.session.settings, pins=True))
    propose(view, frees=True)
    assert not is_pin(view, "a")
    propose(view)
    assert is_pin(view, "a")

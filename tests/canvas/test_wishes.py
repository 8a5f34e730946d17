from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from editor.canvas import motion
from editor.canvas.peeking import Peek
from editor.canvas.view import ChartView
from editor.document.settings import TEXT_SIZES, Settings
from editor.engine.simulator import Simulator
from editor.requests import ZoomToFull
from editor.session import Session
from tests import charts

TEXT = "initial: a\nstates: {a: {on: {GO: b}}, b: {}}"


@pytest.fixture
def view(qtbot: QtBot) -> ChartView:
    made = ChartView(Session(charts.document(TEXT), Settings(animation="on")))
    qtbot.addWidget(made)
    made.resize(400, 300)
    return made


def test_the_grid_comes_and_goes_with_its_setting(view: ChartView) -> None:
    with_grid = view.grab().toImage()
    view.session.set_settings(replace(view.session.settings, grid=False))
    without = view.grab().toImage()
    assert with_grid != without
    view.session.replace_document(charts.document(TEXT))
    assert view.grab().toImage() == without
    view.session.set_settings(replace(view.session.settings, grid=True))
    assert view.grab().toImage() == with_grid


def test_a_run_that_is_shown_moves_or_keeps_still_at_once(view: ChartView) -> None:
    session = view.session
    session.set_simulator(Simulator(session.document.chart))
    assert view.running.highlight is not None
    assert view.running.highlight.has_motion
    session.set_settings(replace(session.settings, animation="off"))
    assert not view.running.highlight.has_motion


def test_tools_are_told_whether_anything_sticks(view: ChartView) -> None:
    assert view.surface.is_snapping
    view.session.set_settings(replace(view.session.settings, snapping=False))
    assert not view.surface.is_snapping


@pytest.mark.parametrize(
    ("animation", "is_reduced", "expected"),
    [("system", False, True), ("system", True, False), ("on", True, True), ("off", False, False)],
)
def test_what_is_chosen_counts_more_than_the_system(
    animation: str, is_reduced: bool, expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(motion, "is_reduced", lambda: is_reduced)
    assert motion.is_wanted(animation) is expected


def test_larger_text_is_a_closer_look_and_changes_no_measure(view: ChartView) -> None:
    view.session.ask(ZoomToFull())
    state = next(each for each in view.session.document.chart.states.values() if each.key == "a")
    before, middle = view.picture.rect(state.id), view.to_chart(QPointF(view.viewport().rect().center()))
    view.session.set_settings(replace(view.session.settings, text_size=150))
    assert view.zoom == pytest.approx(1.5)
    assert view.to_chart(QPointF(view.viewport().rect().center())).x == pytest.approx(middle.x, abs=1)
    assert view.picture.rect(state.id) == before
    view.session.set_settings(replace(view.session.settings, text_size=80))
    assert view.zoom == pytest.approx(0.8)


@pytest.mark.parametrize("size", TEXT_SIZES)
def test_what_is_shown_whole_comes_no_closer_than_the_text_size(size: int, qtbot: QtBot) -> None:
    text = "initial: a\nstates: {a: {}}"
    made = ChartView(Session(charts.document(text), Settings(text_size=size)))
    qtbot.addWidget(made)
    made.resize(1600, 1200)
    made.fit()
    assert made.zoom == pytest.approx(size / 100)
    states = made.session.document.chart.states.values()
    made.session.selection.replace([each.id for each in states if each.key == "a"])
    made.zoom_to_selection()
    assert made.zoom == pytest.approx(2 * size / 100)
    made.session.ask(ZoomToFull())
    assert made.zoom == pytest.approx(size / 100)
    made.session.replace_document(charts.document(text))
    assert made.zoom == pytest.approx(size / 100)


def test_looking_in_passing_keeps_to_the_text_size(view: ChartView) -> None:
    view.session.set_settings(replace(view.session.settings, text_size=200))
    view.resize(1600, 1200)
    view.session.ask(ZoomToFull())
    ids = [each.id for each in view.session.document.chart.states.values() if each.key == "b"]
    Peek(view).show(ids, 0)
    assert view.zoom == pytest.approx(2.0)

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from editor.canvas import motion
from editor.canvas.view import ChartView
from editor.document.settings import Settings
from editor.engine.simulator import Simulator
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

"""Arrow keys move a part of the selected transition; many in a row are one step."""

from __future__ import annotations

from itertools import pairwise

import pytest
from pytestqt.qtbot import QtBot

from editor.canvas.bending import movable_stretch
from editor.canvas.view import ChartView
from editor.commands.table import COMMANDS
from editor.geometry import Point
from editor.session import Session
from tests import charts
from tests.commands.desk import FakeDesktop

MACHINE = "initial: a\nstates:\n  a: {on: {GO: b}}\n  b: {}\n"


@pytest.fixture
def view(qtbot: QtBot) -> ChartView:
    made = ChartView(Session(charts.document(MACHINE)))
    qtbot.addWidget(made)
    made.resize(800, 600)
    chart = made.session.document.chart
    [go] = [each.id for each in chart.transitions.values() if not each.is_pseudo]
    made.session.selection.replace([go])
    return made


def press(view: ChartView, word: str, times: int = 1, kind: str = "nudge") -> None:
    for _ in range(times):
        COMMANDS[f"edit.{kind}{word}"].run(view.session, FakeDesktop())


def path(view: ChartView) -> tuple[Point, ...]:
    return view.surface.path(view.session.selection.ids[0])


def test_a_stretch_goes_with_the_arrows_and_one_step_takes_it_back(view: ChartView) -> None:
    before = path(view)
    level = before[0].y
    press(view, "Down", 10)
    assert any(a.y == b.y == level + 80 for a, b in pairwise(path(view)))
    assert view.session.document.undo_stack.undo_label == "Bend transition"
    view.session.document.undo()
    assert path(view) == before
    assert not view.session.document.undo_stack.can_undo


def test_with_shift_it_goes_by_single_units(view: ChartView) -> None:
    level = path(view)[0].y
    press(view, "Up", 3, "fine")
    assert path(view)[0].y == level - 3


def test_what_cannot_go_that_way_stays_and_is_told(view: ChartView) -> None:
    before = path(view)
    press(view, "Right")
    assert path(view) == before
    assert "moved that way" in view.session.status


def test_nothing_selected_still_pans(view: ChartView) -> None:
    view.session.selection.replace([])
    camera = view.camera
    press(view, "Down")
    assert view.camera != camera
    assert not view.session.document.undo_stack.can_undo


def test_the_longest_stretch_across_the_way_is_taken() -> None:
    route = (Point(0, 0), Point(50, 0), Point(50, 90), Point(200, 90), Point(200, 60))
    assert movable_stretch(route, is_level=True) == 2
    assert movable_stretch(route, is_level=False) == 1
    assert movable_stretch(route[:2], is_level=False) is None
